//! Impersonation: from a token of the control plane, or of a seed, to a session that ends after an hour.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::Request;
use crate::fixture::STRANGER;
use crate::life::{ALICE, AUTHENTICATE, Caller, life, request, text};

pub const IMPERSONATE: &str = "/v1/impersonation/authenticate";

/// A token for a user, by the control plane.
fn made(caller: &Caller, user_id: &str, body: &Value) -> Value {
    caller.house.client.steered("POST", &format!("/__mock/users/{user_id}/impersonation_tokens"), body.to_string())
}

fn by(token: &Value) -> Value {
    json!({ "impersonation_token": token })
}

/// A world whose seed has a token for Alice, one that is used, and one for nobody.
fn seeded() -> Caller {
    let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{
        "users": [{ "user_id": ALICE, "external_id": "alice" }],
        "impersonation_tokens": [
            { "token": "for-alice", "user_id": "alice", "impersonator_id": "agent-7", "expires_at": "+1m" },
            { "token": "used", "user_id": "alice", "used_at": "-1m" },
            { "token": "for-nobody", "user_id": "nobody" },
        ],
    }] });
    Caller::of(Emulator::builder().seed_json(seed.to_string()).id_seed(7))
}

#[test]
fn a_token_makes_a_session_of_an_hour_that_says_who_began_it() {
    let mut caller = life();
    let token =
        made(&caller, "alice", &json!({ "impersonator_id": "agent-7", "impersonator_email_address": "agent@example.com" }));
    assert_eq!(text(&token, "/impersonation_token").len(), 44);
    assert_eq!((&token["user_id"], &token["expires_at"]), (&json!(ALICE), &json!("2021-08-09T08:05:00Z")));
    caller.advance("4m59s");
    let answer = caller.posted(IMPERSONATE, &by(&token["impersonation_token"]));
    let at = "2021-08-09T08:04:59Z";
    assert_eq!(
        answer["session"]["authentication_factors"],
        json!([{ "type": "impersonated", "delivery_method": "impersonation",
            "impersonated_factor": { "impersonator_id": "agent-7", "impersonator_email_address": "agent@example.com" },
            "created_at": at, "last_authenticated_at": at, "updated_at": at }])
    );
    assert_eq!(answer["session"]["expires_at"], "2021-08-09T09:04:59Z");
    assert_eq!((&answer["user_id"], &answer["user"]["user_id"]), (&json!(ALICE), &json!(ALICE)));
    let proof = json!({ "session_token": answer["session_token"], "session_duration_minutes": 600 });
    let session = caller.posted(AUTHENTICATE, &proof)["session"].clone();
    assert_eq!(session["expires_at"], "2021-08-09T09:04:59Z", "it can't be extended");
    let proof = json!({ "session_jwt": answer["session_jwt"] });
    caller.posted(AUTHENTICATE, &proof);
    caller.advance("1h");
    assert_eq!(caller.post(AUTHENTICATE, &proof).outcome(), "404 session_not_found");
}

#[test]
fn a_token_counts_once_in_time_and_for_its_user() {
    let mut caller = seeded();
    for (token, expected) in [
        ("unheard-of", "401 unable_to_auth_impersonation_token"),
        ("used", "401 unable_to_auth_impersonation_token"),
        ("for-nobody", "404 user_not_found"),
        ("", "400 bad_request"),
        ("for-alice", "200"),
        ("for-alice", "401 unable_to_auth_impersonation_token"),
    ] {
        assert_eq!(caller.post(IMPERSONATE, &by(&json!(token))).outcome(), expected, "{token}");
    }
    let mut caller = seeded();
    caller.advance("1m");
    assert_eq!(caller.post(IMPERSONATE, &by(&json!("for-alice"))).outcome(), "401 unable_to_auth_impersonation_token");
    let path = format!("/__mock/users/{STRANGER}/impersonation_tokens");
    assert_eq!(caller.house.client.steer(&Request::new("POST", &path).body("{}")).status, 404);
    assert!(caller.house.emulator.control().make_impersonation_token("nobody").is_err());
    let token = caller.house.emulator.control().make_impersonation_token("alice").unwrap();
    let answer = caller.posted(IMPERSONATE, &by(&json!(token)));
    let factor = &answer["session"]["authentication_factors"][0]["impersonated_factor"];
    assert_eq!(*factor, json!({ "impersonator_id": "support", "impersonator_email_address": "support@example.com" }));
}

#[test]
fn of_two_who_come_with_one_token_one_is_late() {
    let caller = life();
    let token = made(&caller, ALICE, &json!({}))["impersonation_token"].clone();
    let (barrier, client) = (Barrier::new(8), &caller.house.client);
    let outcomes: Vec<String> = thread::scope(|scope| {
        let callers: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    client.send(&request("POST", IMPERSONATE, &by(&token))).outcome()
                })
            })
            .collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "200").count(), 1, "{outcomes:?}");
}

#[test]
fn tokens_come_back_from_a_state_a_snapshot_and_a_reset() {
    let mut caller = seeded();
    let client = caller.house.client.clone();
    client.steered("PUT", "/__mock/snapshots/before", "");
    caller.posted(IMPERSONATE, &by(&json!("for-alice")));
    let state = caller.state();
    assert_eq!(state["projects"][0]["impersonation_tokens"][0]["used_at"], "2021-08-09T08:00:00Z");
    let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(again.state(), state);
    assert_eq!(again.post(IMPERSONATE, &by(&json!("for-alice"))).status, 401);
    client.steered("POST", "/__mock/snapshots/before", "");
    caller.posted(IMPERSONATE, &by(&json!("for-alice")));
    client.steered("POST", "/__mock/reset", "");
    caller.posted(IMPERSONATE, &by(&json!("for-alice")));
}

#[test]
fn a_seed_names_each_token_once_and_whole() {
    for (tokens, problem) in [
        (r#"[{"user_id": "u"}]"#, "token is missing"),
        (r#"[{"token": "t"}]"#, "user_id is missing"),
        (
            r#"[{"token": "t", "user_id": "u"}, {"token": "t", "user_id": "v"}]"#,
            "this token stands at impersonation_tokens[0] already",
        ),
    ] {
        let seed = format!(r#"{{"projects": [{{"impersonation_tokens": {tokens}}}]}}"#);
        let refused = crate::fixture::start(Emulator::builder().seed_json(seed)).unwrap_err().to_string();
        assert!(refused.starts_with("the seed has 1 problem\n") && refused.contains(problem), "{refused}");
    }
}
