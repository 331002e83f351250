//! CONTRACT §2.1: which request lines mean `GET /v1/sessions`, and what all others are told.

use crate::client::Request;
use crate::fixture::{House, NOW, USER};
use stytch_mock::Emulator;

fn house() -> House {
    House::of(Emulator::builder().clock(NOW))
}

#[test]
fn slashes_and_escapes_in_the_path_do_not_matter() {
    let house = house();
    for path in [
        "/v1/sessions",
        "//v1/sessions",
        "/v1//sessions",
        "/v1/sessions/",
        "///v1///sessions///",
        "/%76%31/sessions",
        "/v1/%73%65ssions",
        "/v1/sess%69ons/",
        "http://api.example.com/v1/sessions",
    ] {
        let request = Request::get(format!("{path}?user_id={USER}"));
        let response = house.client.send(&request.basic(&house.emulator.project_id(), &house.emulator.secret()));
        assert_eq!(response.status, 200, "{path}: {}", response.text());
    }
}

#[test]
fn other_paths_are_not_found_whatever_the_method() {
    let house = house();
    for path in [
        "/",
        "/v1",
        "/v1/",
        "/v2/sessions",
        "/v1/session",
        "/V1/sessions",
        "/v1/Sessions",
        "/v1%2Fsessions",
        "/v1/sessions%2F",
        "/v1/sessions%00",
        "/v1/sessions%20",
        "/v1/sessions/a/b/c/d",
        "/v1/./sessions",
        "/v1/x/../sessions",
        "/v1/%2e/sessions",
        "/v1/%ff",
        "/v1/%zz",
        "/%",
        "/v1/sessions;a=b",
        "/__mockery",
        "/favicon.ico",
    ] {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
            let response = house.client.send(&Request::new(method, path));
            assert_eq!(response.outcome(), "404 route_not_found", "{method} {path}");
            assert_eq!(response.json()["error_message"], "The route provided is not supported.");
        }
    }
    let star = house.client.send(&Request::new("OPTIONS", "*"));
    assert_eq!(star.outcome(), "404 route_not_found");
}

#[test]
fn another_method_is_told_which_are_allowed() {
    let house = house();
    for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get"] {
        for path in ["/v1/sessions", "//v1/%73essions/?user_id=x"] {
            let response = house.client.send(&Request::new(method, path));
            assert_eq!(response.outcome(), "405 method_not_allowed", "{method} {path}");
            assert_eq!(response.header("allow"), Some("GET, HEAD"), "{method}");
        }
    }
    for (path, allowed) in [
        ("/v1/users/somebody", "GET, HEAD, PUT, DELETE"),
        // a word of a path goes before a name
        ("/v1/users/search", "POST"),
        ("/v1/users/emails/external_id", "DELETE"),
    ] {
        let response = house.client.send(&Request::new("PATCH", path));
        assert_eq!(
            (response.outcome(), response.header("allow")),
            ("405 method_not_allowed".to_owned(), Some(allowed)),
            "{path}"
        );
    }
}

#[test]
fn head_answers_as_get_without_a_body() {
    let house = house();
    let (id, secret) = (house.emulator.project_id(), house.emulator.secret());
    for target in [format!("/v1/sessions?user_id={USER}"), "/v1/sessions".to_owned(), "/nowhere".to_owned()] {
        let get = house.client.send(&Request::get(&target).basic(&id, &secret));
        let mut connection = house.client.connect();
        let head = connection.send(&Request::new("HEAD", &target).basic(&id, &secret));
        assert_eq!(head.status, get.status, "{target}");
        assert_eq!(head.headers, get.headers, "{target}");
        // on the same connection: had a body followed, this would be read in its place
        assert_eq!(connection.send(&Request::get(&target).basic(&id, &secret)).status, get.status);
    }
    let unauthorized = house.client.send(&Request::new("HEAD", "/v1/sessions"));
    assert_eq!(unauthorized.status, 401);
}
