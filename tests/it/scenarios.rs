//! The seeds that users copy from: each loads and does what it is there for.

use std::collections::BTreeSet;

use crate::fixture::{House, PROJECT, SECRET, USER, seed_path, sessions_request};
use crate::program::run;
use stytch_mock::Emulator;

/// Every file of `seed/` but the schema.
fn names() -> BTreeSet<String> {
    let entries = std::fs::read_dir(seed_path("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.ends_with(".schema.json")).collect()
}

#[test]
fn every_seed_is_fine_and_points_editors_to_the_schema() {
    for name in names() {
        let ended = run(&["validate", "--seed", &seed_path(&name)]);
        assert_eq!(ended.code, Some(0), "{name}: {}", ended.stderr);
        assert!(crate::fixture::seed_text(&name).starts_with("{\n  \"$schema\": \"seed.schema.json\","), "{name}");
    }
}

#[test]
fn every_seed_answers_with_the_credentials_of_the_built_in_one() {
    for name in names() {
        let house = House::of_file(&name);
        let state = house.client.steered("GET", "/__mock/state", "");
        let user = state["projects"][0]["users"][0]["user_id"].as_str().unwrap().to_owned();
        let response = house.client.send(&sessions_request(&format!("user_id={user}")).basic(PROJECT, SECRET));
        assert_ne!(response.status, 404, "{name}: {}", response.text());
        assert!(name == "errors.json" || response.status == 200, "{name}: {}", response.text());
    }
}

#[test]
fn the_built_in_seed_has_one_of_each() {
    for house in [House::of(Emulator::builder()), House::of_file("default.json")] {
        assert_eq!((house.emulator.project_id().as_str(), house.emulator.secret().as_str()), (PROJECT, SECRET));
        let count = |number: u32| house.sessions(&format!("user-test-00000000-0000-4000-8000-{number:012}")).session_ids().len();
        assert_eq!(house.sessions(USER).session_ids(), ["session-test-fe6c042b-6286-479f-8a4f-b046a6c46509"]);
        assert_eq!([count(2), count(3), count(4), count(5)], [0, 0, 2, 1]);
        assert_eq!(house.sessions("customer-42").session_ids().len(), 1);
        assert_eq!(house.sessions("always-fails").outcome(), "500 internal_server_error");
    }
}

#[test]
fn the_rate_limit_seed_lets_three_pass_and_then_one_in_ten_seconds() {
    let house = House::of_file("rate-limit.json");
    house.client.steered("PUT", "/__mock/clock", r#"{"frozen": true}"#);
    let outcomes: Vec<u16> = (0..5).map(|_| house.sessions("hasty").status).collect();
    assert_eq!(outcomes, [200, 200, 200, 429, 429]);
    assert_eq!(house.sessions("hasty").header("retry-after"), Some("10"));
    house.client.steered("POST", "/__mock/clock/advance", r#"{"by": "10s"}"#);
    assert_eq!([house.sessions("hasty").status, house.sessions("hasty").status], [200, 429]);
}

#[test]
fn the_test_and_live_seed_has_one_customer_in_two_worlds() {
    let house = House::of_file("test-and-live.json");
    let live = "project-live-22222222-2222-4222-8222-222222222222";
    let ask = |id: &str, secret: &str| house.client.send(&sessions_request("user_id=customer-42").basic(id, secret));
    assert_eq!(ask(PROJECT, SECRET).session_ids(), ["session-test-00000000-0000-4000-8000-000000000011"]);
    for secret in ["secret-live-stytch-mock-old", "secret-live-stytch-mock-new"] {
        assert_eq!(ask(live, secret).session_ids().len(), 2, "{secret}");
    }
    assert_eq!(ask(live, SECRET).outcome(), "401 unauthorized_credentials");
}

#[test]
fn the_fifty_sessions_seed_lists_the_twenty_active_ones() {
    let house = House::of_file("fifty-sessions.json");
    let expected: Vec<String> = (1..=20).map(|number| format!("session-test-00000000-0000-4000-8000-{number:012}")).collect();
    assert_eq!(house.sessions("fifty").session_ids(), expected);
    let state = house.client.steered("GET", "/__mock/state", "");
    assert_eq!(state["projects"][0]["users"][0]["sessions"].as_array().unwrap().len(), 50);
    house.client.steered("POST", "/__mock/clock/advance", r#"{"by": "10h"}"#);
    assert_eq!(house.sessions("fifty").session_ids(), expected[10..]);
}
