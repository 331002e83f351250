//! The whole world as a seed: written back, loaded again, replaced, reset; all or nothing each time.

use serde_json::{Value, json};

use crate::client::Request;
use crate::fixture::{House, NOW, PROJECT, SECRET, seed_path, sessions_request};
use stytch_mock::Emulator;

const SEEDS: [&str; 7] = [
    "default.json",
    "docs-example.json",
    "errors.json",
    "factors.json",
    "fifty-sessions.json",
    "rate-limit.json",
    "test-and-live.json",
];

fn state(house: &House) -> Value {
    house.client.steered("GET", "/__mock/state", "")
}

/// What every user of a state is answered, by every name they have.
fn answers(house: &House, state: &Value) -> Vec<String> {
    let mut answers = Vec::new();
    for project in state["projects"].as_array().unwrap() {
        let credentials = [&project["project_id"], &project["secrets"][0]].map(|text| text.as_str().unwrap());
        for user in project["users"].as_array().unwrap() {
            for name in [&user["user_id"], &user["external_id"]].into_iter().filter_map(Value::as_str) {
                let request = sessions_request(&format!("user_id={name}")).basic(credentials[0], credentials[1]);
                answers.push(house.client.send(&request).with_request_id("…"));
            }
        }
    }
    answers
}

#[test]
fn a_state_that_is_put_back_is_the_same_state() {
    for name in SEEDS {
        let builder = || Emulator::builder().seed_file(seed_path(name)).rate_limit("off");
        let house = House::of(if name == "docs-example.json" { builder() } else { builder().clock(NOW) });
        let before = state(&house);
        let replied = answers(&house, &before);
        house.client.steered("PUT", "/__mock/state", before.to_string());
        assert_eq!(state(&house), before, "{name}");
        if name != "rate-limit.json" {
            assert_eq!(answers(&house, &before), replied, "{name}");
        }
        let other = House::of(Emulator::builder().seed_json(before.to_string()));
        assert_eq!(state(&other), before, "{name}, in another emulator");
        assert_eq!(other.emulator.project_id(), house.emulator.project_id());
        if name != "rate-limit.json" {
            assert_eq!(answers(&other, &before), replied, "{name}, in another emulator");
        }
    }
}

#[test]
fn a_state_holds_everything_that_a_seed_can_say() {
    let user = json!({
        "biometric_registrations": [{"biometric_registration_id": "b", "verified": false}],
        "created_at": "2020-01-01T00:00:00.5Z",
        "crypto_wallets": [{"crypto_wallet_address": "0x1", "crypto_wallet_id": "c", "crypto_wallet_type": "solana", "verified": true}],
        "emails": [{"email": "a@example.com", "email_id": "e", "verified": false}, {"email": "", "email_id": "", "verified": true}],
        "external_id": "a|b",
        "is_locked": true,
        "lock_created_at": "2021-01-01T00:00:00Z",
        "lock_expires_at": "2021-01-02T00:00:00Z",
        "name": {"first_name": "Zoë", "last_name": "\"", "middle_name": ""},
        "password": {"password_id": "p", "requires_reset": true},
        "phone_numbers": [{"phone_id": "p", "phone_number": "+1", "verified": true}],
        "providers": [{"locale": "en", "oauth_user_registration_id": "o", "profile_picture_url": "https://example.com/",
            "provider_subject": "1", "provider_type": "Google"}],
        "respond_with": "use_https",
        "roles": [],
        "sessions": [{
            "attributes": null,
            "authentication_factors": [],
            "custom_claims": null,
            "expires_at": "9999-12-31T23:59:59Z",
            "last_accessed_at": "2021-01-01T00:00:00Z",
            "revoked_at": "2021-01-01T00:00:00.25Z",
            "roles": null,
            "session_id": "session-live-00000000-0000-4000-8000-000000000001",
            "session_token": "t",
            "started_at": "0000-01-01T00:00:00Z",
            "user_id": "user-live-00000000-0000-4000-8000-000000000001"
        }],
        "status": "pending",
        "totps": [{"totp_id": "t", "verified": true}],
        "trusted_metadata": serde_json::from_str::<Value>(r#"{"a":{"b":[1.50,-0,12345678901234567890123]}}"#).unwrap(),
        "untrusted_metadata": {"": null},
        "user_id": "user-live-00000000-0000-4000-8000-000000000001",
        "webauthn_registrations": [{"authenticator_type": "a", "domain": "d", "name": "n", "user_agent": "u", "verified": true,
            "webauthn_registration_id": "w"}],
    });
    let seed = json!({"clock": NOW, "projects": [{"project_id": "project-test-a_B-1", "secrets": [":", "\u{1F511}"],
        "rate_limit": "5/m,burst=7", "users": [user]}, {"project_id": PROJECT, "secrets": [SECRET], "rate_limit": "off", "users": []}]});
    let house = House::of(Emulator::builder().seed_json(seed.to_string()));
    assert_eq!(state(&house), seed);
}

#[test]
fn a_state_that_is_wrong_changes_nothing() {
    let house =
        House::seeded(r#"{"projects": [{"rate_limit": "3/h", "users": [{"external_id": "someone", "sessions": [{}]}]}]}"#);
    house.sessions("someone");
    let before = state(&house);
    for body in [
        "",
        "null",
        "{",
        r#"{"project": []}"#,
        r#"{"clock": "2030-01-01T00:00:00Z", "projects": [{"users": [{}, {"user_id": "x"}]}]}"#,
        r#"{"projects": [{}, {}]}"#,
    ] {
        let response = house.client.steer(&Request::new("PUT", "/__mock/state").body(body));
        assert_eq!(response.status, 400, "{body}");
        assert!(response.json()["error"].as_str().unwrap().starts_with("nothing was changed: "), "{}", response.text());
        assert_eq!(state(&house), before, "{body}");
    }
    let statuses: Vec<u16> = (0..3).map(|_| house.sessions("someone").status).collect();
    assert_eq!(statuses, [200, 200, 429], "the bucket was not filled either");
}

#[test]
fn the_problems_of_a_state_are_told_one_by_one() {
    let house = House::of(Emulator::builder());
    let body = "{\"projects\": [{\"users\": [\n  {\"user_id\": 5},\n  {\"statsu\": \"active\"}\n]}]}";
    let response = house.client.steer(&Request::new("PUT", "/__mock/state").body(body));
    let problems = json!([
        {"file": "the body", "line": 2, "column": 15, "path": "$.projects[0].users[0].user_id",
         "message": "expected a string, found the number 5"},
        {"file": "the body", "line": 3, "column": 4, "path": "$.projects[0].users[1].statsu",
         "message": "unknown key `statsu` in a user; did you mean `status`?"},
    ]);
    let error = "nothing was changed: 2 problems, the first: the body:2:15: $.projects[0].users[0].user_id: expected a string, found the number 5";
    assert_eq!(response.json(), json!({"error": error, "problems": problems}));
}

#[test]
fn a_put_state_counts_what_it_holds_and_moves_the_clock_it_names() {
    let house = House::seeded("{}");
    let counts = house.client.steered(
        "PUT",
        "/__mock/state",
        r#"{"clock": "2030-01-01T00:00:00Z", "projects": [{"users": [{"sessions": [{}, {}]}, {}]}]}"#,
    );
    assert_eq!(counts, json!({"projects": 1, "users": 2, "sessions": 2}));
    assert_eq!(house.client.steered("GET", "/__mock/clock", ""), json!({"now": "2030-01-01T00:00:00Z", "frozen": true}));
    house.client.steered("PUT", "/__mock/state", "{}");
    assert_eq!(
        house.client.steered("GET", "/__mock/clock", "")["now"],
        "2030-01-01T00:00:00Z",
        "a seed without a clock leaves it"
    );
    assert_eq!(state(&house), json!({"clock": "2030-01-01T00:00:00Z", "projects": []}));
}

#[test]
fn a_reset_goes_back_to_the_boot_seed() {
    let house = House::seeded(r#"{"projects": [{"users": [{"external_id": "someone", "sessions": [{"expires_at": "+1h"}]}]}]}"#);
    let before = state(&house);
    let change = || {
        house.client.steered("POST", "/__mock/users", r#"{"external_id": "new"}"#);
        house.client.steered("POST", "/__mock/users/someone/sessions", "{}");
        house.client.steered("POST", "/__mock/clock/advance", r#"{"by": "2h"}"#);
    };
    for replace in [false, true] {
        change();
        if replace {
            house.client.steered("PUT", "/__mock/state", "{}");
        }
        assert_ne!(state(&house), before);
        assert_eq!(house.client.steered("POST", "/__mock/reset", ""), json!({"projects": 1, "users": 1, "sessions": 1}));
        assert_eq!(state(&house), before);
        assert_eq!(house.sessions("new").outcome(), "404 user_not_found");
        assert_eq!(house.sessions("someone").session_ids().len(), 1);
    }
}

#[test]
fn relative_times_are_resolved_anew_by_a_reset_of_a_running_clock() {
    let seed = r#"{"projects": [{"users": [{"external_id": "someone", "sessions": [{"expires_at": "+1h"}]}]}]}"#;
    let house = House::of(Emulator::builder().seed_json(seed));
    house.client.steered("POST", "/__mock/clock/advance", r#"{"by": "2h"}"#);
    assert_eq!(house.sessions("someone").session_ids().len(), 0);
    house.client.steered("POST", "/__mock/reset", "");
    assert_eq!(house.sessions("someone").session_ids().len(), 1);
    assert_eq!(state(&house).get("clock"), None, "a running clock is none of the seed's");
}

#[test]
fn requests_see_one_world_while_it_is_swapped() {
    let world = |count: usize| {
        let sessions: Vec<Value> = (0..count).map(|_| json!({"roles": [count.to_string()]})).collect();
        json!({"projects": [{"users": [{"external_id": "someone", "sessions": sessions}]}]}).to_string()
    };
    let house = House::seeded(&world(3));
    let request = house.ask("user_id=someone");
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut connection = house.client.connect();
                    for _ in 0..100 {
                        let body = connection.send(&request).json();
                        let sessions = body["sessions"].as_array().unwrap();
                        let expected = sessions.len().to_string();
                        assert!(sessions.iter().all(|session| session["roles"][0] == expected.as_str()), "{body}");
                    }
                })
            })
            .collect();
        for count in (1..40).cycle().take(60) {
            house.client.steered("PUT", "/__mock/state", world(count));
        }
        for reader in readers {
            reader.join().unwrap();
        }
    });
}
