//! Locks, whatever a user fails with: after how many failures, of whom, until when, and exact when many guess at once.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::Request;
use crate::fixture::{House, NOW};
use crate::life::{Caller, text};
use crate::messages::{PUBLIC_TOKEN, joined, last_message, other_code};
use crate::oauth::CHALLENGE;
use crate::password_races::at_once;
use crate::totps::code;

const STRONG: &str = "correct horse battery staple";
const OTHER: &str = "another horse battery staple";
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const LOCKED: &str = "429 user_lock_limit_reached";

/// Ada and Bea, who have every kind of proof.
fn seed(lock: &Value) -> String {
    let user = |name: &str| {
        json!({
            "external_id": name, "emails": [{ "email": format!("{name}@example.com") }], "password": { "password": STRONG },
            "totps": [{ "secret": SECRET, "recovery_codes": (0..40).map(|code| format!("{code:04}-aaaa-bbbb")).collect::<Vec<_>>() }],
            "sessions": [{}],
        })
    };
    let identity = |name: &str| json!({ "provider_subject": name, "email": format!("{name}@example.com") });
    let project = json!({
        "user_lock": lock, "users": [user("ada"), user("bea")], "oauth_identities": [identity("ada"), identity("bea")],
    });
    json!({ "clock": NOW, "projects": [project] }).to_string()
}

fn world(lock: &Value) -> Caller {
    Caller::of(Emulator::builder().seed_json(seed(lock)).id_seed(7))
}

/// A way to log in: what is called, what comes of a wrong proof, and the request that brings one of a user's, right or wrong.
struct Way {
    path: &'static str,
    failure: &'static str,
    bring: fn(&mut Caller, &str, bool) -> Value,
}

fn email(name: &str) -> Value {
    json!({ "email": format!("{name}@example.com") })
}

fn ways() -> [Way; 6] {
    [
        Way {
            path: "/v1/passwords/authenticate",
            failure: "401 unauthorized_credentials",
            bring: |_, name, right| joined(email(name), &json!({ "password": if right { STRONG } else { OTHER } })),
        },
        Way {
            path: "/v1/otps/authenticate",
            failure: "404 otp_code_not_found",
            bring: |caller, name, right| {
                let sent = caller.sent("/v1/otps/email/send", &email(name));
                let code = if right { text(&sent, "/code").to_owned() } else { other_code(&sent["code"]) };
                json!({ "method_id": sent["method_id"], "code": code })
            },
        },
        Way {
            path: "/v1/magic_links/authenticate",
            failure: "401 unable_to_auth_magic_link",
            bring: |caller, name, right| {
                let sent =
                    caller.sent("/v1/magic_links/email/send", &joined(email(name), &json!({ "login_expiration_minutes": 5 })));
                let token = json!({ "token": sent["token"] });
                if !right {
                    caller.advance("5m");
                }
                token
            },
        },
        Way {
            path: "/v1/totps/authenticate",
            failure: "401 unable_to_authenticate_totp",
            bring: |caller, name, right| {
                let now = caller.house.client.steered("GET", "/__mock/clock", "")["now"].as_str().unwrap().to_owned();
                let minute: u64 = now[14..16].parse().unwrap();
                let hour: u64 = now[11..13].parse().unwrap();
                let seconds = (hour - 8) * 3600 + minute * 60 + now[17..19].parse::<u64>().unwrap();
                json!({ "user_id": name, "totp_code": code(SECRET, if right { seconds } else { seconds + 3600 }) })
            },
        },
        Way {
            path: "/v1/totps/recover",
            failure: "401 unable_to_authenticate_recovery_code",
            bring: |caller, name, right| {
                let codes = caller.posted("/v1/totps/recovery_codes", &json!({ "user_id": name }));
                let right_one = codes["totps"][0]["recovery_codes"][0].clone();
                json!({ "user_id": name, "recovery_code": if right { right_one } else { json!("zzzz-zzzz-zzzz") } })
            },
        },
        Way {
            path: "/v1/oauth/authenticate",
            failure: "400 pkce_mismatch",
            bring: |caller, name, right| {
                let challenge = if right { String::new() } else { format!("&code_challenge={CHALLENGE}") };
                let path = format!("/v1/public/oauth/google/start?public_token={PUBLIC_TOKEN}&as={name}{challenge}");
                let response = caller.send(&Request::get(path));
                let token = response.header("location").unwrap().split_once("&token=").unwrap().1.to_owned();
                let verifier = if right { json!({}) } else { json!({ "code_verifier": "x".repeat(43) }) };
                joined(json!({ "token": token }), &verifier)
            },
        },
    ]
}

impl Way {
    fn tries(&self, caller: &mut Caller, name: &str, right: bool) -> String {
        let body = (self.bring)(caller, name, right);
        caller.post(self.path, &body).outcome()
    }
}

fn lock_of(caller: &mut Caller, name: &str) -> [Value; 3] {
    let user = caller.get(&format!("/v1/users/{name}")).json();
    let lock = ["is_locked", "lock_created_at", "lock_expires_at"].map(|key| user[key].clone());
    let found = caller.posted("/v1/users/search", &json!({}));
    let listed = found["results"].as_array().unwrap().iter().find(|user| user["external_id"] == name).unwrap();
    assert_eq!(lock, ["is_locked", "lock_created_at", "lock_expires_at"].map(|key| listed[key].clone()), "{listed}");
    lock
}

#[test]
fn every_way_to_fail_locks_its_user_and_nobody_else_until_the_clock_says() {
    let free = [json!(false), Value::Null, Value::Null];
    for way in ways() {
        let mut caller = world(&json!({ "after": 3, "for": "20m" }));
        for _ in 0..2 {
            assert_eq!(way.tries(&mut caller, "ada", false), way.failure);
        }
        assert_eq!(way.tries(&mut caller, "ada", true), "200", "{}: a success starts the count again", way.path);
        for _ in 0..2 {
            assert_eq!(way.tries(&mut caller, "ada", false), way.failure);
        }
        assert_eq!(lock_of(&mut caller, "ada"), free, "{}", way.path);
        assert_eq!(way.tries(&mut caller, "ada", false), way.failure);
        let [is_locked, created_at, expires_at] = lock_of(&mut caller, "ada");
        assert_eq!(is_locked, true, "{}", way.path);
        assert!(created_at.is_string() && expires_at.is_string(), "{created_at} {expires_at}");
        for other in ways() {
            // a link that is late takes five of the minutes
            let right = other.tries(&mut caller, "ada", true);
            assert_eq!(right, LOCKED, "{} after {}", other.path, way.path);
            assert_eq!(other.tries(&mut caller, "bea", true), "200", "{} after {}", other.path, way.path);
        }
        assert_eq!(way.tries(&mut caller, "ada", false), LOCKED, "whoever is locked fails no more");
        assert_eq!(lock_of(&mut caller, "bea"), free);
        assert_eq!(caller.sessions("ada").len(), 1, "a lock ends no session");
        assert_eq!(lock_of(&mut caller, "ada")[2], expires_at, "and nothing makes it longer");
        caller.house.client.steered("PUT", "/__mock/clock", json!({ "now": expires_at, "frozen": true }).to_string());
        assert_eq!(lock_of(&mut caller, "ada"), free, "{}", way.path);
        assert_eq!(way.tries(&mut caller, "ada", false), way.failure, "the count begins anew");
        assert_eq!(way.tries(&mut caller, "ada", true), "200");
    }
}

#[test]
fn failures_of_all_kinds_are_counted_together() {
    let mut caller = world(&json!({ "after": 6 }));
    for way in ways() {
        assert_eq!(lock_of(&mut caller, "ada")[0], false);
        assert_eq!(way.tries(&mut caller, "ada", false), way.failure);
    }
    assert_eq!(lock_of(&mut caller, "ada")[0], true);
}

#[test]
fn a_hundred_wrong_guesses_at_once_are_counted_exactly_and_for_each_user() {
    for way in ways() {
        let mut caller = world(&json!({}));
        let wrong = ["ada", "bea"].map(|name| (way.bring)(&mut caller, name, false));
        let outcomes = at_once(&caller.house, 100, |number| (way.path, wrong[number % 2].clone()));
        let expected = [(way.failure, 20), (LOCKED, 80)].map(|(outcome, count)| (outcome.to_owned(), count));
        assert_eq!(outcomes, expected.into(), "{}", way.path);
    }
}

#[test]
fn a_lock_comes_back_from_a_state() {
    let mut caller = world(&json!({ "after": 1, "for": "7d" }));
    let way = &ways()[0];
    assert_eq!(way.tries(&mut caller, "ada", false), way.failure);
    let state = caller.state();
    let mut other = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(other.state(), state);
    assert_eq!(lock_of(&mut other, "ada"), [json!(true), json!(NOW), json!("2021-08-16T08:00:00Z")]);
    assert_eq!((way.tries(&mut other, "ada", true), way.tries(&mut other, "bea", true)), (LOCKED.to_owned(), "200".to_owned()));
    let house: &House = &other.house;
    assert_eq!(last_message(house), Value::Null);
}
