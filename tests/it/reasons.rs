//! Every refusal says why, in one sentence: what was looked for, and what is near. The strict client holds each other
//! test to it; here is what it says.

use serde_json::json;
use stytch_mock::{Emulator, Fault};

use crate::client::{Client, Request};
use crate::fixture::{House, NOW, PROJECT, SECRET, sessions_request};
use crate::life::request;

const WORLD: &str = r#"{"projects": [{"rate_limit": "off", "users": [{"external_id": "customer-42"}]}]}"#;

#[test]
fn a_reason_tells_what_was_looked_for_and_what_is_near() {
    let house = House::seeded(WORLD);
    let get = |path: &str| Request::get(path).basic(PROJECT, SECRET);
    for (request, expected) in [
        (get("/v1/sessions?user_id=custmer-42"), format!("no user `custmer-42` in project {PROJECT}; `customer-42` exists")),
        (get("/v1/sessions?user_id=someone-else"), format!("no user `someone-else` in project {PROJECT}")),
        (get("/v1/sessons"), "nothing is served at /v1/sessons; the nearest route is /v1/sessions".to_owned()),
        (request("PATCH", "/v1/sessions", &json!(null)), "/v1/sessions is served for GET, HEAD only".to_owned()),
        (sessions_request("user_id=x"), "there is no authorization header".to_owned()),
        (sessions_request("user_id=x").basic(PROJECT, "y"), format!("this is none of the 1 secrets of project {PROJECT}")),
        (
            sessions_request("user_id=x").basic(&PROJECT.replace('1', "2"), "y"),
            format!("no project {} is seeded; there are: {PROJECT}", PROJECT.replace('1', "2")),
        ),
        (get("/v1/sessions"), "the query has no user_id".to_owned()),
    ] {
        let response = house.client.send(&request);
        let reason = response.header("x-stytch-mock-reason").unwrap();
        if expected != "the query has no user_id" {
            assert_eq!(reason, expected);
        }
        assert!(!reason.is_empty() && reason.len() < 200, "{reason}");
    }
}

#[test]
fn a_reason_stands_in_the_journal_as_well() {
    let house = House::seeded(WORLD);
    let response = house.sessions("custmer-42");
    let record = &house.client.steered("GET", "/__mock/requests", "")["requests"][0];
    assert_eq!(record["reason"].as_str(), response.header("x-stytch-mock-reason"));
}

#[test]
fn whatever_is_asked_for_a_reason_is_one_line_of_visible_ascii() {
    let house = House::seeded(WORLD);
    for path in [
        "/v1/%0d%0aset-cookie:%20x=y",
        "/v1/%0d%0a%0d%0a%3Chtml%3E",
        "/v1/%00%7f%1b[31m",
        "/v1/\u{fc}\u{1f511}",
        "/v1/%F0%9F%94%91",
        "/v1/sessions?user_id=%0d%0ax-y:%20z",
        "/v1/users/%0d%0ax-y:%20z",
        "/v1/sessions/jwks/%0d%0ax-y:%20z",
        &format!("/{}", "%C3%BC".repeat(3_000)),
    ] {
        let mut connection = house.client.connect();
        connection.write(&Request::get(path).basic(PROJECT, SECRET).header("connection", "close").bytes());
        let bytes = connection.read_to_end();
        let head = bytes.split(|byte| *byte == b'\n').take_while(|line| *line != b"\r").map(<[u8]>::to_vec).collect::<Vec<_>>();
        let reasons: Vec<&Vec<u8>> = head.iter().filter(|line| line.starts_with(b"x-stytch-mock-reason: ")).collect();
        assert_eq!(reasons.len(), 1, "{path}");
        assert!(
            reasons[0].len() < 1_100 && reasons[0].iter().all(|byte| (b' '..=b'~').contains(byte) || *byte == b'\r'),
            "{path}"
        );
        assert!(head.iter().all(|line| !line.starts_with(b"x-y") && !line.starts_with(b"set-cookie")), "{path}");
        // the strict client knows every header there may be
        house.client.send(&Request::get(path).basic(PROJECT, SECRET));
    }
}

#[test]
fn with_explanations_off_nothing_is_said() {
    let house = House::of(Emulator::builder().seed_json(WORLD).clock(NOW).explain(false));
    let client = Client::of_unexplained(house.emulator.address());
    for request in [house.ask("user_id=custmer-42"), house.ask(""), Request::get("/nowhere"), sessions_request("user_id=x")] {
        assert!(client.send(&request).status >= 400);
    }
    house.emulator.control().add_fault(Fault::raw(503, "application/json", "{}").times(1)).unwrap();
    let mut connection = client.connect();
    connection.write(&house.ask("user_id=x").bytes());
    let names: Vec<String> = connection.read_response(false).headers.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["content-type", "date", "content-length"]);
    house.emulator.control().add_fault(Fault::error("use_https").times(1)).unwrap();
    assert_eq!(client.send(&house.ask("user_id=x")).outcome(), "403 use_https");
    let reasons = house.client.steered("GET", "/__mock/requests?error_type=use_https", "");
    assert_eq!(reasons["requests"][0]["reason"], "fault 2 of the control plane", "the journal knows, still");
}
