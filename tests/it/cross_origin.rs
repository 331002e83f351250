//! CORS, header by header: what the SDK for browsers needs is open to every page, the rest to none.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::{Request, Response};
use crate::fixture::{House, NOW, PROJECT, SECRET, USER};
use crate::messages::{FOLLOW, PUBLIC_TOKEN};
use crate::openapi;
use crate::pages::{self, ORIGIN, VARY};

const OPEN: [&str; 8] = [
    "/sdk/v1/sessions/authenticate",
    "/sdk/v1/projects/bootstrap/x",
    "/sdk/v1/users/me",
    "/sdk/v1/events",
    "/sdk/v1/nothing",
    "//sdk//v1/users%2fme/",
    "/v1/public/oauth/google/start",
    FOLLOW,
];

fn house() -> House {
    House::of(Emulator::builder().clock(NOW))
}

/// An answer as it came, held to no rule.
fn ask(house: &House, request: &Request) -> Response {
    let mut connection = house.client.connect();
    connection.write(&request.bytes());
    connection.read_response(request.method == "HEAD")
}

fn headers(response: &Response) -> BTreeMap<&str, &str> {
    response.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn a_preflight_is_answered_header_by_header() {
    let house = house();
    let allowed = [
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-headers", "authorization,content-type,x-sdk-client,x-sdk-parent-host"),
        ("access-control-allow-methods", "GET,POST,PUT,DELETE"),
        ("access-control-max-age", "600"),
        ("content-length", "0"),
        ("date", "Mon, 09 Aug 2021 08:00:00 GMT"),
        ("vary", VARY),
    ];
    for path in OPEN {
        for origin in [ORIGIN, "https://app.example", "https://app.example:8443", "null", "chrome-extension://abc"] {
            for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
                let preflight = Request::new("OPTIONS", path)
                    .header("origin", origin)
                    .header("access-control-request-method", method)
                    .header("access-control-request-headers", "authorization,content-type,x-sdk-client,x-sdk-parent-host");
                let mut expected: BTreeMap<&str, &str> = allowed.into();
                expected.insert("access-control-allow-origin", origin);
                let response = ask(&house, &preflight);
                assert_eq!((response.status, headers(&response)), (200, expected.clone()), "{path} {origin} {method}");
                expected.insert("access-control-allow-private-network", "true");
                let response = ask(&house, &preflight.header("access-control-request-private-network", "true"));
                assert_eq!((response.status, headers(&response)), (200, expected), "{path} {origin} {method}");
            }
        }
    }
}

#[test]
fn every_answer_to_a_page_names_its_origin_and_none_to_others() {
    let house = house();
    let post = |path: &str, body: &Value| pages::request("POST", path, body, None);
    let search = json!({ "email": "a@example.com" });
    let bootstrap = format!("/sdk/v1/projects/bootstrap/{PUBLIC_TOKEN}");
    for (request, outcome) in [
        (post("/sdk/v1/users/search", &search), "200"),
        (pages::request("GET", &bootstrap, &Value::Null, None), "200"),
        (pages::request("GET", "/sdk/v1/users/me", &Value::Null, None), "401 user_unauthenticated"),
        (post("/sdk/v1/users/search", &json!({ "email": 1 })), "400 bad_request"),
        (post("/sdk/v1/nothing", &search), "404 route_not_found"),
        (pages::request("PATCH", "/sdk/v1/users/me", &Value::Null, None), "405 method_not_allowed"),
        (post("/sdk/v1/users/search", &search).without("authorization"), "401 unauthorized_credentials"),
        (pages::request("GET", "/v1/public/oauth/google/start", &Value::Null, None), "400 public_token_required"),
        (pages::request("GET", FOLLOW, &Value::Null, None), "400 public_token_required"),
    ] {
        // is held to the rules for pages
        let answer =
            if request.bytes().starts_with(b"GET /v1/") { ask(&house, &request) } else { pages::send(&house.client, &request) };
        assert_eq!(answer.outcome(), outcome, "{answer:?}");
        assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN), "{answer:?}");
        let nobody = ask(&house, &request.without("origin"));
        assert_eq!((nobody.outcome().as_str(), nobody.header("access-control-allow-origin")), (outcome, None));
        assert_eq!(nobody.header("vary"), Some(VARY), "a cache must not give one page what another got");
    }
}

#[test]
fn a_fault_keeps_the_page_able_to_read_what_it_says() {
    let house = house();
    for (fault, outcome) in [
        (json!({ "error": "internal_server_error", "times": 1 }), "500 internal_server_error"),
        (json!({ "error": "too_many_requests", "times": 1 }), "429 too_many_requests"),
        (json!({ "status": 503, "body": "{}", "times": 1 }), "503"),
    ] {
        house.client.steered("POST", "/__mock/faults", fault.to_string());
        let search = json!({ "email": "a@example.com" });
        let answer = ask(&house, &pages::request("POST", "/sdk/v1/users/search", &search, None));
        let status = answer.status.to_string();
        assert_eq!(if answer.text() == "{}" { status } else { answer.outcome() }, outcome);
        assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN));
    }
}

#[test]
fn nothing_else_is_open_to_a_page() {
    let house = house();
    let document = openapi::document(&house.client);
    let paths = document["paths"].as_object().unwrap().iter();
    let closed: Vec<_> = paths.filter(|(path, _)| !OPEN.contains(&path.replace("{provider}", "google").as_str())).collect();
    let closed: Vec<_> =
        closed.into_iter().filter(|(path, _)| !["/sdk/v1/", "/v1/public/"].iter().any(|open| path.starts_with(open))).collect();
    assert!(closed.len() > 60, "{}", closed.len());
    let silent = |request: Request, what: &str| {
        let response = ask(&house, &request);
        let told = response.headers.iter().find(|(name, _)| name.starts_with("access-control-"));
        assert_eq!(told, None, "{what}: {response:?}");
        response
    };
    for (path, methods) in closed {
        let path = path.replace(['{', '}'], "-");
        for method in methods.as_object().unwrap().keys().map(|method| method.to_uppercase()) {
            let preflight = Request::new("OPTIONS", &path).header("origin", ORIGIN);
            let preflight = preflight.header("access-control-request-method", &method);
            let refused = silent(preflight.header("access-control-request-headers", "authorization"), &path);
            assert!(matches!(refused.status, 403 | 405), "{path}: {refused:?}");
            let request = Request::new(&method, &path).basic(PROJECT, SECRET).header("origin", ORIGIN);
            let answer = silent(request.header("sec-fetch-site", "cross-site").body("{}"), &path);
            assert!(!path.starts_with("/__mock") || answer.status == 403, "{method} {path}: {answer:?}");
        }
    }
    for path in ["/", "/nothing", "/v1/nothing", "/sdk", "/sdk/v1", "/sdk/v2/users/me", "/v1/public", "/__mock/nothing"] {
        silent(Request::get(path).header("origin", ORIGIN), path);
    }
    // the core operation answers whoever has the secret, and still tells no page
    let request = house.ask(&format!("user_id={USER}")).header("origin", ORIGIN);
    assert_eq!(silent(request, "/v1/sessions").status, 200);
}
