//! A world after a day's work, written as a state and started from it: every token, every refusal, every used-up grant
//! is as it was.

use serde_json::{Value, json};
use stytch_mock::{Emulator, WireProfile};

use crate::life::{
    ALICE, ATTEST, AUTHENTICATE, BARE_TOKEN, BOB, BOBS_TOKEN, CAROL, Caller, EXCHANGE, EXPIRED_TOKEN, MIGRATE, REVOKE,
    REVOKED_TOKEN, SEARCH, SEED, SESSION, STRANGE_TOKEN, TOKEN, builder, life, text,
};

/// Something of everything: sessions renewed, revoked and begun, users made, changed and deleted. The tokens that came of it.
fn a_days_work(caller: &mut Caller) -> Vec<String> {
    let renew =
        json!({ "session_token": BARE_TOKEN, "session_duration_minutes": 600, "session_custom_claims": { "a": { "b": 1.50 } } });
    caller.posted(AUTHENTICATE, &renew);
    caller.posted(
        AUTHENTICATE,
        &json!({ "session_token": BOBS_TOKEN, "session_custom_claims": { "big": 12_345_678_901_234_567_890_u64 } }),
    );
    let mut tokens = Vec::new();
    for (path, body) in [
        (MIGRATE, json!({ "session_token": "external-of-alice" })),
        (EXCHANGE, json!({ "access_token": "access-of-alice", "session_duration_minutes": 6 })),
        (EXCHANGE, json!({ "access_token": "access-of-bob" })),
        (ATTEST, json!({ "profile_id": "profile-a", "token": "trusted-of-alice" })),
        (ATTEST, json!({ "profile_id": "profile-b", "token": "trusted-of-bob", "session_token": BOBS_TOKEN })),
    ] {
        tokens.push(text(&caller.posted(path, &body), "/session_token").to_owned());
        caller.advance("1s");
    }
    caller.posted(REVOKE, &json!({ "session_token": tokens[0] }));
    let new = caller.posted(
        "/v1/users",
        &json!({ "phone_number": "+12025550150", "create_user_as_pending": true, "untrusted_metadata": { "é": [1] } }),
    );
    caller.put(&format!("/v1/users/{}", text(&new, "/user_id")), &json!({ "external_id": "new", "roles": [] }));
    caller.delete(&format!("/v1/users/{CAROL}"));
    caller.delete("/v1/users/totps/totp-test-00000000-0000-4000-8000-0000000000a7");
    caller.delete("/v1/users/passwords/password-test-00000000-0000-4000-8000-0000000000a9");
    caller.delete("/v1/users/bob/external_id");
    caller.put(&format!("/v1/users/{BOB}/exchange_primary_factor"), &json!({ "email_address": "bob@example.com" }));
    tokens.extend([TOKEN, BARE_TOKEN, BOBS_TOKEN, EXPIRED_TOKEN, REVOKED_TOKEN, STRANGE_TOKEN, "daves-token"].map(str::to_owned));
    tokens
}

/// What a world says to whoever asks; nothing here changes it but for when its sessions were last accessed.
fn answers(caller: &mut Caller, proofs: &[Value]) -> Vec<String> {
    let check = json!({ "resource_id": "documents", "action": "write" });
    let checks = proofs.iter().map(|proof| {
        let mut proof = proof.clone();
        proof["authorization_check"] = check.clone();
        ("POST", AUTHENTICATE.to_owned(), proof)
    });
    let mut calls: Vec<(&str, String, Value)> =
        proofs.iter().map(|proof| ("POST", AUTHENTICATE.to_owned(), proof.clone())).chain(checks).collect();
    for name in [ALICE, BOB, CAROL, "alice", "bob", "new", "always-fails"] {
        calls.push(("GET", format!("/v1/users/{name}"), Value::Null));
        calls.push(("GET", format!("/v1/sessions?user_id={name}"), Value::Null));
    }
    calls.push(("POST", SEARCH.into(), json!({})));
    calls.push(("GET", "/.well-known/jwks.json".into(), Value::Null));
    for token in ["access-of-alice", "access-of-bob", "access-used", "access-to-read", "access-of-nobody"] {
        calls.push(("POST", EXCHANGE.into(), json!({ "access_token": token })));
    }
    for (profile_id, token) in
        [("profile-a", "trusted-of-alice"), ("profile-b", "trusted-of-bob"), ("profile-a", "trusted-used"), ("profile-c", "x")]
    {
        calls.push(("POST", ATTEST.into(), json!({ "profile_id": profile_id, "token": token })));
    }
    calls.iter().map(|(method, path, body)| caller.call(method, path, body).with_request_id("…")).collect()
}

#[test]
fn a_world_that_starts_from_a_state_is_the_world_that_wrote_it() {
    for wire in [WireProfile::Page, WireProfile::Live] {
        let mut caller = Caller::of(builder().wire(wire));
        let tokens = a_days_work(&mut caller);
        let mut proofs: Vec<Value> = tokens.iter().map(|token| json!({ "session_token": token })).collect();
        for token in [TOKEN, BOBS_TOKEN, &tokens[1]] {
            proofs.push(json!({ "session_jwt": caller.jwt(token) }));
        }
        caller.posted(REVOKE, &json!({ "session_id": SESSION }));
        caller.advance("30s");
        let state = caller.state();
        let mut other = Caller::of(Emulator::builder().seed_json(state.to_string()).wire(wire));
        assert_eq!(other.state(), state);
        let expected = answers(&mut caller, &proofs);
        for (answer, expected) in answers(&mut other, &proofs).iter().zip(&expected) {
            assert_eq!(answer, expected);
        }
        assert_eq!(other.state(), caller.state());
        // and put back where it came from, after everything was changed
        caller.house.client.steered("POST", "/__mock/reset", "");
        a_days_work(&mut caller);
        caller.house.client.steered("PUT", "/__mock/state", state.to_string());
        assert_eq!(caller.state(), state);
        assert_eq!(answers(&mut caller, &proofs), expected);
    }
}

#[test]
fn what_was_used_or_revoked_stays_so_and_what_was_not_does_not() {
    let mut caller = life();
    a_days_work(&mut caller);
    let state = caller.state();
    let grants = |list: &str| -> Vec<(String, bool)> {
        let tokens = state["projects"][0][list].as_array().unwrap();
        tokens.iter().map(|token| (text(token, "/token").to_owned(), token.get("used_at").is_some())).collect()
    };
    let used = |tokens: &[(&str, bool)]| -> Vec<(String, bool)> {
        tokens.iter().map(|(token, used)| ((*token).to_owned(), *used)).collect()
    };
    assert_eq!(
        grants("access_tokens"),
        used(&[
            ("access-of-alice", true),
            ("access-of-bob", true),
            ("access-of-nobody", false),
            ("access-to-read", false),
            ("access-too-old", false),
            ("access-used", true)
        ])
    );
    assert_eq!(
        grants("trusted_auth_tokens"),
        used(&[("trusted-of-alice", true), ("trusted-of-bob", true), ("trusted-of-nobody", false), ("trusted-used", true)])
    );
    assert_eq!(grants("external_session_tokens"), used(&[("external-of-alice", false), ("external-of-nobody", false)]));
    // a reset forgets the day
    caller.house.client.steered("POST", "/__mock/reset", "");
    let mut fresh = life();
    assert_eq!(caller.state(), fresh.state());
    assert_eq!(caller.post(EXCHANGE, &json!({ "access_token": "access-of-alice" })).outcome(), "200");
}

#[test]
fn a_state_written_while_the_clock_was_elsewhere_can_be_loaded() {
    // a clock that runs an hour ahead, which a state does not say
    let mut caller = Caller::of(
        Emulator::builder()
            .seed_json(r#"{"projects": [{"users": [{"external_id": "someone", "sessions": [{"session_token": "t"}, {}]}]}]}"#),
    );
    caller.advance("30m");
    caller.posted(REVOKE, &json!({ "session_token": "t" }));
    let state = caller.state();
    let mut other = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(other.state(), state);
    assert_eq!(other.authenticate(&json!({ "session_token": "t" })).outcome(), "404 session_not_found");
    assert_eq!(other.sessions("someone").len(), 1);

    // a frozen one that was moved back, to before a session's start
    let mut caller = Caller::of(Emulator::builder().seed_json(SEED));
    caller.posted(REVOKE, &json!({ "session_token": BOBS_TOKEN }));
    caller.advance("-2h");
    let body = caller.posted(AUTHENTICATE, &json!({ "session_token": TOKEN, "session_duration_minutes": 5 }));
    assert_eq!(body["session"]["expires_at"], body["session"]["started_at"], "a session does not end before it starts");
    let state = caller.state();
    let mut other = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(other.state(), state);
    assert_eq!(other.authenticate(&json!({ "session_token": BOBS_TOKEN })).outcome(), "404 session_not_found");
    assert_eq!(other.authenticate(&json!({ "session_token": TOKEN })).outcome(), "200");
}

#[test]
fn a_key_of_the_projects_own_goes_with_its_state() {
    let key = include_str!("../../src/domain/test_key/published-test-key.pem");
    let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{ "signing_key": key, "users": [{ "sessions": [{ "session_token": "t" }] }] }] });
    let mut caller = Caller::of(Emulator::builder().seed_json(seed.to_string()));
    let jwt = caller.jwt("t");
    let state = caller.state();
    assert_eq!(text(&state, "/projects/0/signing_key"), key);
    let mut other = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(other.state(), state);
    assert_eq!(other.authenticate(&json!({ "session_jwt": jwt })).outcome(), "200");
    assert_eq!(other.jwt("t"), jwt);
}

#[test]
fn a_state_with_claims_and_metadata_as_deep_as_a_body_may_be_can_be_loaded() {
    let deep = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!({ "a": inner }));
    let mut caller = life();
    let mut deepest = 0;
    for depth in [1, 50, 90].into_iter().chain(95..105).chain([126, 127, 128]) {
        let claims = caller.authenticate(&json!({ "session_token": TOKEN, "session_custom_claims": { "deep": deep(depth) } }));
        let metadata = caller.put("/v1/users/bob", &json!({ "trusted_metadata": { "deep": deep(depth) } }));
        assert_eq!(claims.status, metadata.status, "{depth}");
        match claims.outcome().as_str() {
            "200" => {
                deepest = depth;
                // what a parser with the usual limit can read of it
                caller.posted(SEARCH, &json!({}));
            }
            outcome => assert_eq!(outcome, "400 bad_request", "{depth}"),
        }
    }
    assert!(deepest > 50, "{deepest}");
    let state = caller.house.client.steer(&crate::client::Request::get("/__mock/state")).text().to_owned();
    let mut other = Caller::of(Emulator::builder().seed_json(state));
    assert_eq!(other.authenticate(&json!({ "session_token": TOKEN })).outcome(), "200");
}
