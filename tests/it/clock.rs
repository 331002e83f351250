//! The one clock: read, set, frozen, released and moved through the control plane; expiry goes by it.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::client::Request;
use crate::fixture::{House, NOW};
use crate::life::{TOKEN, life};
use stytch_mock::{Emulator, Fault};

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
fn a_scaled_clock_runs_as_much_faster() {
    let house = House::seeded(WORLD);
    // a frozen clock that is let go at no speed shows where it was
    assert_eq!(put(&house, r#"{"frozen": false, "scale": 0}"#), json!({"now": NOW, "frozen": false, "scale": 0.0}));
    assert_eq!(house.client.steered("GET", "/__mock/clock", "")["now"], NOW);
    put(&house, r#"{"scale": 1000000}"#);
    let later = || house.client.steered("GET", "/__mock/clock", "")["now"].as_str().unwrap().to_owned();
    let (one, two) = (later(), later());
    assert!(NOW < one.as_str() && one < two, "{one} {two}");
    let control = house.emulator.control();
    control.freeze().unwrap();
    assert_eq!(control.now(), control.now());
    control.freeze_at(NOW).unwrap();
    control.run(0.0).unwrap();
    assert!(control.now().starts_with("2021-08-09T08:00:00"), "{}", control.now());
    for scale in [f64::NAN, f64::INFINITY, -1.0, 1_000_001.0] {
        assert!(control.run(scale).is_err(), "{scale}");
    }
    control.release().unwrap();
    assert!(control.now().as_str() > "2025");
}

#[test]
fn a_clock_at_the_end_of_the_calendar_stays_there_and_everything_goes_on() {
    let mut caller = life();
    put(&caller.house, r#"{"now": "9999-12-31T23:59:59Z", "frozen": false, "scale": 1000000}"#);
    for _ in 0..2 {
        assert_eq!(caller.house.client.steered("GET", "/__mock/clock", "")["now"], "9999-12-31T23:59:59Z");
    }
    let user = caller.house.client.steered("POST", "/__mock/users", r#"{"sessions": [{"session_token": "last"}]}"#);
    assert_eq!(user["sessions"][0]["expires_at"], "9999-12-31T23:59:59Z");
    let fault = Fault::error("use_https").for_time(Duration::from_secs(1)).times(1);
    caller.house.emulator.control().add_fault(fault).unwrap();
    assert_eq!(caller.get("/v1/debug/whoami").outcome(), "403 use_https");
    assert_eq!(caller.authenticate(&json!({"session_token": "last"})).outcome(), "404 session_not_found");
    assert_eq!(caller.post("/v1/users", &json!({"email": "a@example.com"})).status, 201);
}

#[test]
fn tokens_and_journal_go_by_the_clock() {
    let mut caller = life();
    for (at, seconds) in [("2021-08-09T08:10:00Z", 1_628_496_600), ("2021-08-09T07:45:00Z", 1_628_495_100)] {
        put(&caller.house, &json!({"now": at}).to_string());
        let jwt = caller.jwt(TOKEN);
        let claims = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!((&claims["iat"], &claims["exp"]), (&json!(seconds), &json!(seconds + 300)));
        let journal = caller.house.client.steered("GET", "/__mock/requests", "");
        assert_eq!(journal["requests"].as_array().unwrap().last().unwrap()["time"], at);
    }
}

#[test]
fn no_move_is_lost_while_the_world_is_swapped() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    control.save_snapshot("running").unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| (0..200).for_each(|_| control.replace_state("{}").unwrap()));
        (0..200).for_each(|_| control.advance(Duration::from_secs(1)).unwrap());
    });
    assert_eq!(control.now(), "2021-08-09T08:03:20Z");
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
        ("PUT", "clock", r#"["2030-01-01T00:00:00Z", true, null]"#, "the body: expected an object"),
        ("PUT", "clock", r#"{"scale": 2}"#, "scale: a frozen clock has none"),
        ("PUT", "clock", r#"{"frozen": true, "scale": 2, "now": "system"}"#, "scale: a frozen clock has none"),
        ("PUT", "clock", r#"{"frozen": false, "scale": -1}"#, "scale: expected a number from 0"),
        ("PUT", "clock", r#"{"frozen": false, "scale": 1e400}"#, ""),
        ("POST", "clock/advance", r#"["1h"]"#, "the body: expected an object"),
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
