//! The one clock: read, set, frozen, released and moved through the control plane; expiry goes by it.

use serde_json::json;

use crate::client::Request;
use crate::fixture::{House, NOW};
use stytch_mock::Emulator;

const WORLD: &str = r#"{"projects": [{"users": [{"external_id": "someone", "sessions": [
    {"session_id": "session-test-00000000-0000-4000-8000-000000000001", "started_at": "-3h", "expires_at": "+30m"},
    {"session_id": "session-test-00000000-0000-4000-8000-000000000002", "started_at": "-2h", "expires_at": "+1h"},
    {"session_id": "session-test-00000000-0000-4000-8000-000000000003", "started_at": "-1h", "expires_at": "+7d"}]}]}]}"#;

fn put(house: &House, body: &str) -> serde_json::Value {
    house.client.steered("PUT", "/__mock/clock", body)
}

fn advance(house: &House, by: &str) -> serde_json::Value {
    house.client.steered("POST", "/__mock/clock/advance", format!(r#"{{"by": "{by}"}}"#))
}

#[test]
fn sessions_expire_as_the_clock_is_moved() {
    let house = House::seeded(WORLD);
    for (by, expected) in [("29m 59s", 3), ("1s", 2), ("29m 59s 999ms", 2), ("1ms", 1), ("-1s", 2), ("7d", 0), ("-8d", 3)] {
        advance(&house, by);
        assert_eq!(house.sessions("someone").session_ids().len(), expected, "after {by}");
    }
    put(&house, r#"{"now": "2021-08-16T07:59:59Z"}"#);
    assert_eq!(house.sessions("someone").session_ids().len(), 1);
}

#[test]
fn the_clock_shows_what_it_was_told() {
    let house = House::seeded(WORLD);
    let get = || house.client.steered("GET", "/__mock/clock", "");
    assert_eq!(get(), json!({"now": NOW, "frozen": true}));
    for (by, now) in [
        ("1h", "2021-08-09T09:00:00Z"),
        ("-1h", "2021-08-09T08:00:00Z"),
        ("+90s", "2021-08-09T08:01:30Z"),
        ("1h30m", "2021-08-09T09:31:30Z"),
        ("500ms", "2021-08-09T09:31:30Z"),
        ("500ms", "2021-08-09T09:31:31Z"),
        ("0s", "2021-08-09T09:31:31Z"),
        (" 1s ", "2021-08-09T09:31:32Z"),
    ] {
        assert_eq!(advance(&house, by), json!({"now": now, "frozen": true}), "{by}");
        assert_eq!(get()["now"], now);
    }
    for (body, now) in [
        (r#"{"now": "2030-01-01T00:00:00Z"}"#, "2030-01-01T00:00:00Z"),
        (r#"{"now": "2030-01-01T02:00:00+02:00", "frozen": true}"#, "2030-01-01T00:00:00Z"),
        (r#"{"now": "1970-01-01T00:00:00Z"}"#, "1970-01-01T00:00:00Z"),
        (r#"{"now": "2030-01-01T00:00:00.5Z"}"#, "2030-01-01T00:00:00.5Z"),
        (r#"{"frozen": true}"#, "2030-01-01T00:00:00.5Z"),
        (r#"{"now": "9999-12-31T23:59:59Z"}"#, "9999-12-31T23:59:59Z"),
        (r#"{"frozen": true}"#, "9999-12-31T23:59:59Z"),
        ("{}", "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(put(&house, body), json!({"now": now, "frozen": true}), "{body}");
        assert_eq!(house.sessions("someone").status, 200, "and the date header can be written");
    }
}

#[test]
fn a_released_clock_runs_from_where_it_is() {
    let house = House::seeded(WORLD);
    let released = put(&house, r#"{"frozen": false}"#);
    assert_eq!(released["frozen"], false);
    assert!(released["now"].as_str().unwrap().starts_with("2021-08-09T08:0"), "{released}");
    assert!(advance(&house, "1d")["now"].as_str().unwrap().starts_with("2021-08-10T08:0"));
    assert_eq!(
        put(&house, r#"{"now": "2021-08-09T12:00:00Z", "frozen": true}"#),
        json!({"now": "2021-08-09T12:00:00Z", "frozen": true})
    );
    let system = put(&house, r#"{"now": "system", "frozen": false}"#);
    assert!(system["now"].as_str().unwrap() > "2025", "{system}");
}

#[test]
fn the_date_header_goes_by_the_clock() {
    let house = House::seeded(WORLD);
    assert_eq!(house.sessions("someone").header("date"), Some("Mon, 09 Aug 2021 08:00:00 GMT"));
    advance(&house, "1d");
    assert_eq!(house.client.send(&Request::get("/nowhere")).header("date"), Some("Tue, 10 Aug 2021 08:00:00 GMT"));
}

#[test]
fn a_wrong_time_moves_nothing_and_says_why() {
    let house = House::seeded(WORLD);
    for (method, path, body, message) in [
        ("PUT", "clock", r#"{"now": "yesterday"}"#, "now: expected an RFC 3339 time"),
        ("PUT", "clock", r#"{"now": "2021-08-09"}"#, "found \"2021-08-09\""),
        ("PUT", "clock", r#"{"now": "1969-12-31T23:59:59Z"}"#, "the clock runs from 1970-01-01T00:00:00Z"),
        ("PUT", "clock", r#"{"now": 5}"#, "the body: invalid type: integer `5`"),
        ("PUT", "clock", r#"{"freeze": true}"#, "unknown field `freeze`"),
        ("PUT", "clock", "[", "the body: EOF"),
        ("PUT", "clock", "\u{0}", "the body: "),
        ("POST", "clock/advance", "", "missing field `by`"),
        ("POST", "clock/advance", r#"{"by": ""}"#, "by: expected a duration such as 90s"),
        ("POST", "clock/advance", r#"{"by": "1"}"#, "by: expected a duration"),
        ("POST", "clock/advance", r#"{"by": "--1s"}"#, "by: expected a duration"),
        ("POST", "clock/advance", r#"{"by": "soon"}"#, "found \"soon\""),
        ("POST", "clock/advance", r#"{"by": 60}"#, "the body: invalid type"),
        ("POST", "clock/advance", r#"{"by": "-100y"}"#, "the clock was not moved: the clock runs from 1970"),
        ("POST", "clock/advance", r#"{"by": "9000y"}"#, "the clock was not moved: "),
        ("POST", "clock/advance", r#"{"by": "99999999999999y"}"#, "by: expected a duration"),
    ] {
        let response = house.client.steer(&Request::new(method, format!("/__mock/{path}")).body(body));
        let error = response.json()["error"].as_str().unwrap().to_owned();
        assert_eq!(response.status, 400, "{body}");
        assert!(error.contains(message), "{body}: {error}");
        assert_eq!(house.client.steered("GET", "/__mock/clock", "")["now"], NOW, "{body}");
    }
}

#[test]
fn the_chosen_clock_wins_over_the_seeds() {
    let seed = r#"{"clock": "2030-01-01T00:00:00Z", "projects": [{}]}"#;
    for (builder, now) in
        [(Emulator::builder().seed_json(seed), "2030-01-01T00:00:00Z"), (Emulator::builder().seed_json(seed).clock(NOW), NOW)]
    {
        let house = House::of(builder);
        let clock = || house.client.steered("GET", "/__mock/clock", "");
        assert_eq!(clock(), json!({"now": now, "frozen": true}));
        advance(&house, "3d");
        put(&house, r#"{"frozen": false}"#);
        house.client.steered("POST", "/__mock/reset", "");
        assert_eq!(clock(), json!({"now": now, "frozen": true}), "a reset goes back to it");
    }
}

#[test]
fn an_emulator_refuses_a_clock_that_it_cannot_show() {
    for at in ["1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "soon", ""] {
        let started = crate::fixture::start(Emulator::builder().clock(at));
        let error = started.expect_err(at).to_string();
        assert!(error.starts_with("clock: "), "{at}: {error}");
    }
}
