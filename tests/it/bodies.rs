//! Request bodies of the operations that read one: JSON objects of at most 1 MiB, or a `bad_request`.

use serde_json::{Value, json};

use crate::client::{Request, Response};
use crate::fixture::{PROJECT, SECRET};
use crate::life::{ALICE, ATTEST, AUTHENTICATE, CAROL, Caller, EXCHANGE, MIGRATE, REVOKE, SEARCH, TOKEN, life};

const BAD: &str = "400 bad_request";

/// Every operation that reads a body, and what it says to an empty one.
fn readers() -> Vec<(&'static str, String, &'static str)> {
    vec![
        ("POST", AUTHENTICATE.into(), "400 no_session_arguments"),
        ("POST", REVOKE.into(), "400 no_session_revoke_arguments"),
        ("POST", MIGRATE.into(), BAD),
        ("POST", EXCHANGE.into(), BAD),
        ("POST", ATTEST.into(), BAD),
        ("POST", SEARCH.into(), "200"),
        ("POST", "/v1/users".into(), "400 invalid_create_user_request"),
        ("PUT", format!("/v1/users/{ALICE}"), "200"),
        ("PUT", format!("/v1/users/{CAROL}/exchange_primary_factor"), "400 no_user_selection_arguments"),
    ]
}

fn send(caller: &mut Caller, method: &str, path: &str, content_type: Option<&str>, body: impl AsRef<[u8]>) -> Response {
    let request = Request::new(method, path).basic(PROJECT, SECRET);
    let request = match content_type {
        Some(content_type) => request.header("content-type", content_type),
        None => request,
    };
    caller.send(&request.body(body))
}

#[test]
fn what_is_no_json_object_is_a_bad_request_everywhere() {
    let mut caller = life();
    for (method, path, empty) in readers() {
        for nothing in ["", "{}", " {\n} "] {
            assert_eq!(
                send(&mut caller, method, &path, Some("application/json"), nothing).outcome(),
                empty,
                "{path} {nothing:?}"
            );
        }
        let no_json =
            ["not json", "{", "{}{}", "{} x", "{'a': 1}", "{\"a\": 1,}", "{\"a\": NaN}", "\u{feff}{}", " ", "a=b&c=d", "\0"];
        let no_object = ["[]", "null", "1", "\"{}\"", "true", "[{}]"];
        for wrong in no_json.into_iter().chain(no_object) {
            assert_eq!(send(&mut caller, method, &path, Some("application/json"), wrong).outcome(), BAD, "{path} {wrong:?}");
        }
        assert_eq!(
            send(&mut caller, method, &path, Some("application/json"), b"{\"a\": \"\xff\"}").outcome(),
            BAD,
            "{path}: no UTF-8"
        );
        let deep = format!("{{\"a\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(send(&mut caller, method, &path, None, deep).outcome(), BAD, "{path}: too deep");
    }
}

#[test]
fn a_body_says_that_it_is_json_or_nothing() {
    let mut caller = life();
    let body = json!({ "session_token": TOKEN }).to_string();
    for (content_type, expected) in [
        (None, "200"),
        (Some("application/json"), "200"),
        (Some("application/json; charset=utf-8"), "200"),
        (Some("application/json;charset=utf-8"), "200"),
        (Some("Application/JSON"), "200"),
        (Some("text/plain"), BAD),
        (Some("text/json"), BAD),
        (Some("application/jsonp"), BAD),
        (Some("application/x-www-form-urlencoded"), BAD),
        (Some("multipart/form-data; boundary=x"), BAD),
        (Some(""), BAD),
        (Some("\u{fc}"), BAD),
    ] {
        let outcome = send(&mut caller, "POST", AUTHENTICATE, content_type, &body).outcome();
        assert_eq!(outcome, expected, "{content_type:?}");
    }
    // where there is nothing, its type does not matter
    assert_eq!(send(&mut caller, "POST", SEARCH, Some("text/plain"), "").outcome(), "200");
}

#[test]
fn a_body_may_have_a_mebibyte_and_no_more() {
    let mut caller = life();
    for (method, path, empty) in readers() {
        let sized = |bytes: usize| format!("{{{}}}", " ".repeat(bytes - 2));
        assert_eq!(send(&mut caller, method, &path, None, sized(1 << 20)).outcome(), empty, "{path}");
        // each on a connection of its own: what is left of it may be closed
        let request = Request::new(method, &path).basic(PROJECT, SECRET).body(sized((1 << 20) + 1));
        assert_eq!(caller.house.client.send(&request).outcome(), BAD, "{path}");
        let request = Request::new(method, &path).basic(PROJECT, SECRET).body(sized(8 << 20));
        assert_eq!(caller.house.client.send(&request).outcome(), BAD, "{path}: far too large");
    }
}

#[test]
fn a_body_comes_in_chunks_too() {
    let caller = life();
    let request = Request::new("POST", AUTHENTICATE).basic(PROJECT, SECRET).header("transfer-encoding", "chunked");
    let mut connection = caller.house.client.connect();
    connection.write(&request.bytes());
    for part in ["{\"session", "_token\": ", &format!("\"{TOKEN}\"}}")] {
        connection.write(format!("{:x}\r\n{part}\r\n", part.len()).as_bytes());
    }
    connection.write(b"0\r\n\r\n");
    assert_eq!(connection.read(false).outcome(), "200");
    // one that breaks off is no body
    let mut connection = caller.house.client.connect();
    connection.write(&request.bytes());
    connection.write(b"zz\r\nno chunk\r\n");
    assert_eq!(connection.read(false).outcome(), BAD);
}

#[test]
fn fields_that_nobody_asks_for_are_ignored_and_null_is_absence() {
    let mut caller = life();
    let extra = json!({ "unheard_of": { "a": [1, null] }, "another_id": 7, "": "", "intermediate_session_token": "x" });
    let unset = json!({
        "session_jwt": null, "session_duration_minutes": null, "session_custom_claims": null, "authorization_check": null,
        "phone_number": null, "name": null, "attributes": null, "create_user_as_pending": null, "trusted_metadata": null,
        "untrusted_metadata": null, "external_id": null, "roles": null, "limit": null, "cursor": null, "query": null
    });
    for (method, path, needed) in [
        ("POST", AUTHENTICATE, json!({ "session_token": TOKEN })),
        ("POST", MIGRATE, json!({ "session_token": "external-of-alice" })),
        ("POST", EXCHANGE, json!({ "access_token": "access-of-alice" })),
        ("POST", ATTEST, json!({ "profile_id": "profile-a", "token": "trusted-of-alice" })),
        ("POST", SEARCH, json!({})),
        ("POST", "/v1/users", json!({ "email": "new@example.com" })),
        ("PUT", "/v1/users/alice", json!({})),
        ("POST", REVOKE, json!({ "session_token": TOKEN })),
    ] {
        let mut body = unset.clone();
        for part in [&extra, &needed] {
            body.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        }
        let response = caller.call(method, path, &body);
        assert!(response.status < 300, "{method} {path}: {response:?}");
    }
    // of a field that stands twice the last one counts
    let body = r#"{"session_token": "x", "session_token": null}"#;
    assert_eq!(send(&mut caller, "POST", AUTHENTICATE, None, body).outcome(), "400 no_session_arguments");
}

#[test]
fn a_body_is_not_read_before_its_sender_is_known() {
    let mut caller = life();
    for (method, path, _) in readers() {
        let request = Request::new(method, &path).basic(PROJECT, "wrong").body("not json");
        assert_eq!(caller.send(&request).outcome(), "401 unauthorized_credentials", "{path}");
    }
    let request = Request::new("GET", AUTHENTICATE).basic(PROJECT, SECRET).body("not json");
    assert_eq!(caller.send(&request).outcome(), "405 method_not_allowed");
}

#[test]
fn a_body_on_a_delete_is_ignored() {
    let mut caller = life();
    for body in ["{}", "not json", "[]"] {
        // the Node SDK sends {} with every DELETE
        let request = Request::new("DELETE", "/v1/users/alice/external_id").basic(PROJECT, SECRET);
        let request = request.header("content-type", "text/plain").body(body);
        assert_eq!(caller.send(&request).outcome(), "200", "{body}");
        assert_eq!(caller.put(&format!("/v1/users/{ALICE}"), &json!({ "external_id": "alice" })).outcome(), "200");
    }
    assert_eq!(caller.call("DELETE", &format!("/v1/users/{CAROL}"), &Value::Null).outcome(), "200");
}
