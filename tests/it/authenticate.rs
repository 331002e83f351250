//! `POST /v1/sessions/authenticate`: what proves a session, what it is given, and what stays as it was.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::fixture::NOW;
use crate::life::{
    ALICE, AUTHENTICATE, BARE_SESSION, BARE_TOKEN, BOB, BOBS_TOKEN, Caller, EXPIRED_TOKEN, REVOKED_TOKEN, SESSION, STRANGE_TOKEN,
    TOKEN, builder, life, text,
};

/// `body` and the token of Alice's session.
fn with_token(mut body: Value) -> Value {
    body["session_token"] = json!(TOKEN);
    body
}

#[test]
fn exactly_one_proof_is_taken_and_null_is_none() {
    let mut caller = life();
    let jwt = caller.jwt(TOKEN);
    for (body, expected) in [
        (json!({ "session_token": TOKEN }), "200"),
        (json!({ "session_jwt": jwt }), "200"),
        (json!({ "session_token": TOKEN, "session_jwt": null }), "200"),
        (json!({ "session_token": null, "session_jwt": jwt }), "200"),
        (json!({ "session_token": TOKEN, "session_jwt": "" }), "200"),
        // the proof of a revocation is none here
        (json!({ "session_token": TOKEN, "session_id": SESSION }), "200"),
        (json!({ "session_id": SESSION }), "400 no_session_arguments"),
        (json!({}), "400 no_session_arguments"),
        (Value::Null, "400 no_session_arguments"),
        (json!({ "session_token": null, "session_jwt": null }), "400 no_session_arguments"),
        (json!({ "session_token": "" }), "400 no_session_arguments"),
        (json!({ "session_token": TOKEN, "session_jwt": jwt }), "400 too_many_session_arguments"),
        (json!({ "session_token": "x", "session_jwt": "x" }), "400 too_many_session_arguments"),
        (json!({ "session_token": 1 }), "400 bad_request"),
        (json!({ "session_token": [TOKEN] }), "400 bad_request"),
        (json!({ "session_jwt": { "jwt": jwt } }), "400 bad_request"),
        (json!({ "session_token": TOKEN, "session_jwt": false }), "400 bad_request"),
    ] {
        assert_eq!(caller.authenticate(&body).outcome(), expected, "{body}");
    }
}

#[test]
fn a_token_is_malformed_unknown_over_or_good() {
    let mut caller = life();
    for (token, expected) in [
        (TOKEN, "200"),
        (BARE_TOKEN, "200"),
        (BOBS_TOKEN, "200"),
        ("daves-token", "503 server_unavailable"),
        (EXPIRED_TOKEN, "404 session_not_found"),
        (REVOKED_TOKEN, "404 session_not_found"),
        (STRANGE_TOKEN, "404 session_not_found"),
        (&STRANGE_TOKEN[1..], "400 invalid_session_token"),
        (&format!("{STRANGE_TOKEN}0"), "400 invalid_session_token"),
        (&STRANGE_TOKEN.replace('-', "+"), "400 invalid_session_token"),
        (&TOKEN.to_uppercase(), "404 session_not_found"),
        ("bobs-own-toke", "400 invalid_session_token"),
        (SESSION, "400 invalid_session_token"),
        (" ", "400 invalid_session_token"),
        ("ü", "400 invalid_session_token"),
    ] {
        assert_eq!(caller.authenticate(&json!({ "session_token": token })).outcome(), expected, "{token}");
    }
}

#[test]
fn a_token_answers_with_itself_the_session_and_the_user() {
    let mut caller = life();
    let user = caller.get(&format!("/v1/users/{ALICE}")).json();
    let body = caller.posted(AUTHENTICATE, &json!({ "session_token": TOKEN }));
    assert_eq!(body["session_token"], TOKEN);
    assert_eq!(body["session"], caller.sessions(ALICE)[0], "as it is listed from now on");
    for (key, value) in body["user"].as_object().unwrap() {
        assert_eq!(*value, user[key], "{key}");
    }
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["request_id", "session", "session_jwt", "session_token", "status_code", "user"], "no user_id, no verdict");
}

#[test]
fn only_what_is_asked_for_moves() {
    let mut caller = life();
    let before = caller.sessions(ALICE);
    caller.advance("10m 0.9s");
    caller.posted(AUTHENTICATE, &json!({ "session_token": TOKEN }));
    let after = caller.sessions(ALICE);
    let mut expected = before.clone();
    expected[0]["last_accessed_at"] = json!("2021-08-09T08:10:00Z");
    assert_eq!(after, expected, "expires_at stays, and so does the other session");
    caller.advance("1m");
    let body = caller.posted(AUTHENTICATE, &with_token(json!({ "session_duration_minutes": 5 })));
    assert_eq!(
        body["session"]["expires_at"], "2021-08-09T08:16:00Z",
        "a lifetime counts from now, and may be shorter than it was"
    );
    assert_eq!(caller.sessions(ALICE)[1], before[1]);
    caller.advance("5m");
    assert_eq!(caller.authenticate(&with_token(json!({}))).outcome(), "404 session_not_found");
    assert_eq!(caller.sessions(ALICE), before[1..]);
}

#[test]
fn a_lifetime_is_a_whole_number_from_5_to_527040() {
    let mut caller = life();
    for (minutes, expected) in [
        ("5", "200"),
        ("60", "200"),
        ("527040", "200"),
        ("null", "200"),
        ("4", "400 invalid_session_duration_minutes"),
        ("0", "400 invalid_session_duration_minutes"),
        ("-60", "400 invalid_session_duration_minutes"),
        ("527041", "400 invalid_session_duration_minutes"),
        ("9223372036854775807", "400 invalid_session_duration_minutes"),
        ("9223372036854775808", "400 invalid_session_duration_minutes"),
        ("-99999999999999999999", "400 invalid_session_duration_minutes"),
        ("60.5", "400 bad_request"),
        ("60.0", "400 bad_request"),
        ("6e1", "400 bad_request"),
        ("\"60\"", "400 bad_request"),
        ("true", "400 bad_request"),
        ("[60]", "400 bad_request"),
        ("{}", "400 bad_request"),
    ] {
        let body = format!(r#"{{"session_token": "{TOKEN}", "session_duration_minutes": {minutes}}}"#);
        let request = crate::life::request("POST", AUTHENTICATE, &Value::Null).body(&body);
        assert_eq!(caller.send(&request).outcome(), expected, "{minutes}");
    }
    let body = caller.posted(AUTHENTICATE, &with_token(json!({ "session_duration_minutes": 527_040 })));
    assert_eq!(body["session"]["expires_at"], "2022-08-10T08:00:00Z", "366 days");
}

#[test]
fn claims_are_merged_deeply_and_null_deletes_at_any_depth() {
    for (given, expected) in [
        (json!({}), json!({ "claim1": "value1", "nested": { "kept": 1, "dropped": { "deep": true } } })),
        (json!({ "claim1": null }), json!({ "nested": { "kept": 1, "dropped": { "deep": true } } })),
        (
            json!({ "nested": { "dropped": { "deep": null, "new": [1, { "x": null }] } } }),
            json!({ "claim1": "value1", "nested": { "kept": 1, "dropped": { "new": [1, { "x": null }] } } }),
        ),
        (json!({ "nested": null, "claim1": { "a": { "b": null, "c": {} } } }), json!({ "claim1": { "a": { "c": {} } } })),
        (json!({ "nested": "text", "claim1": [] }), json!({ "claim1": [], "nested": "text" })),
        (
            json!({ "never": null, "iss": "x", "sub": "x", "aud": "x", "exp": 1, "nbf": 1, "iat": 1, "jti": "x",
                "https://stytch.com/session": {}, "https://stytch.com/": 1, "claim1": null, "nested": { "iss": "ours" } }),
            json!({ "nested": { "kept": 1, "dropped": { "deep": true }, "iss": "ours" } }),
        ),
    ] {
        let mut caller = life();
        let body = caller.posted(AUTHENTICATE, &with_token(json!({ "session_custom_claims": given })));
        assert_eq!(body["session"]["custom_claims"], expected, "{given}");
        assert_eq!(caller.sessions(ALICE)[0]["custom_claims"], expected);
        let body = caller.posted(AUTHENTICATE, &with_token(json!({ "session_custom_claims": null })));
        assert_eq!(body["session"]["custom_claims"], expected, "null leaves them alone");
    }
}

#[test]
fn claims_that_were_null_begin_with_the_first_claim() {
    let mut caller = life();
    let claims = |caller: &mut crate::life::Caller, given: Value| {
        caller.posted(AUTHENTICATE, &json!({ "session_token": BARE_TOKEN, "session_custom_claims": given }))["session"]
            ["custom_claims"]
            .clone()
    };
    assert_eq!(claims(&mut caller, Value::Null), Value::Null);
    assert_eq!(claims(&mut caller, json!({ "a": 1 })), json!({ "a": 1 }));
    assert_eq!(claims(&mut caller, json!({ "a": null })), json!({}));
    assert_eq!(caller.sessions(ALICE)[1]["session_id"], BARE_SESSION);
}

#[test]
fn claims_come_back_digit_for_digit_and_take_4_kb() {
    let mut caller = life();
    let mut set = |claims: &str| {
        let body = format!(r#"{{"session_token": "{BOBS_TOKEN}", "session_custom_claims": {claims}}}"#);
        let request = crate::life::request("POST", AUTHENTICATE, &Value::Null).body(body);
        let response = caller.send(&request);
        (response.outcome(), response.text().to_owned())
    };
    let (outcome, body) = set(r#"{"b": 1.50, "a": 12345678901234567890123, "c": "\u00e9\/\u2028<&>", "d": -0.0}"#);
    assert_eq!(outcome, "200");
    let kept = "\"custom_claims\":{\"a\":12345678901234567890123,\"b\":1.50,\"c\":\"é/\u{2028}<&>\",\"d\":-0.0}";
    assert!(body.contains(kept), "{body}");
    for wrong in [r#""text""#, "1", "[]", "true"] {
        assert_eq!(set(wrong).0, "400 bad_request", "{wrong}");
    }
    let all_null = r#"{"a": null, "b": null, "c": null, "d": null}"#;
    assert!(set(all_null).1.contains(r#""custom_claims":{}"#));
    // {"x":"…"} has 8 bytes around its text
    let sized = |bytes: usize| format!(r#"{{"x": "{}"}}"#, "y".repeat(bytes - 8));
    assert_eq!(set(&sized(4096)).0, "200");
    assert_eq!(set(r#"{"z": 1}"#).0, "400 custom_claims_too_large", "what is there already counts");
    assert_eq!(set(&sized(4097)).0, "400 custom_claims_too_large");
    assert_eq!(set(r#"{"z": 1, "x": null}"#).0, "200");
    assert!(set("{}").1.contains(r#""custom_claims":{"z":1}"#), "a refused claim is not kept");
}

#[test]
fn a_refused_authentication_leaves_the_session_alone() {
    let mut caller = life();
    caller.advance("1m");
    let before = caller.state();
    let claims = json!({ "session_custom_claims": { "new": 1 }, "session_duration_minutes": 600 });
    for spoiler in [
        json!({ "session_custom_claims": { "new": "x".repeat(4096) } }),
        json!({ "session_duration_minutes": 1 }),
        json!({ "authorization_check": { "resource_id": "documents", "action": "delete" } }),
        json!({ "authorization_check": {} }),
        json!({ "session_jwt": "x" }),
    ] {
        let mut body = with_token(claims.clone());
        body.as_object_mut().unwrap().extend(spoiler.as_object().unwrap().clone());
        assert!(caller.authenticate(&body).status >= 400, "{body}");
        assert_eq!(caller.state(), before, "{spoiler}");
    }
}

#[test]
fn an_authorization_check_is_decided_by_the_sessions_roles() {
    let mut caller = life();
    for (token, resource_id, action, granting_roles) in [
        (TOKEN, "documents", "read", &["editor"][..]),
        (TOKEN, "documents", "write", &["editor"]),
        (TOKEN, "profile", "read", &["stytch_user", "editor"]),
        (TOKEN, "profile", "anything", &["editor"]),
        (BOBS_TOKEN, "profile", "read", &["stytch_user"]),
        (TOKEN, "documents", "delete", &[]),
        (TOKEN, "unheard-of", "read", &[]),
        (TOKEN, "*", "read", &[]),
        (BOBS_TOKEN, "documents", "read", &[]),
        // a session without roles
        (BARE_TOKEN, "profile", "read", &[]),
    ] {
        let check = json!({ "resource_id": resource_id, "action": action });
        let response = caller.authenticate(&json!({ "session_token": token, "authorization_check": check }));
        if granting_roles.is_empty() {
            assert_eq!(response.outcome(), "403 consumer_session_authorization_error", "{token} {check}");
        } else {
            assert_eq!(
                response.json()["verdict"],
                json!({ "authorized": true, "granting_roles": granting_roles }),
                "{token} {check}"
            );
        }
    }
    for wrong in
        [json!({}), json!({ "resource_id": "documents" }), json!({ "action": "read" }), json!("documents:read"), json!([])]
    {
        let outcome = caller.authenticate(&with_token(json!({ "authorization_check": wrong }))).outcome();
        assert_eq!(outcome, "400 bad_request", "{wrong}");
    }
    // who is no session is nobody to be forbidden anything
    let check = json!({ "resource_id": "documents", "action": "delete" });
    let outcome = caller.authenticate(&json!({ "session_token": EXPIRED_TOKEN, "authorization_check": check })).outcome();
    assert_eq!(outcome, "404 session_not_found");
}

#[test]
fn a_fresh_jwt_tells_the_time() {
    let mut caller = life();
    let first = caller.jwt(TOKEN);
    assert_eq!(caller.jwt(TOKEN), first, "the same second, the same bytes");
    caller.advance("1s");
    let second = caller.posted(AUTHENTICATE, &json!({ "session_jwt": first }));
    assert_ne!(text(&second, "/session_jwt"), first);
    assert_eq!(second["session"]["last_accessed_at"], NOW.replace("00Z", "01Z"));
    assert_eq!(caller.sessions(BOB)[0]["last_accessed_at"], "2021-08-09T07:00:00Z", "nobody else was accessed");
}

#[test]
fn the_sandbox_token_needs_no_seed_and_leaves_nothing() {
    const SANDBOX: &str = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY";
    let mut caller = life();
    let before = caller.state();
    let body = json!({ "session_token": SANDBOX, "session_duration_minutes": 30, "session_custom_claims": { "plan": "pro" } });
    let answer = caller.posted(AUTHENTICATE, &body);
    assert_eq!(answer["session"]["session_id"], "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028");
    assert_eq!(answer["user"]["user_id"], "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd");
    assert_eq!((&answer["session_token"], &answer["session"]["user_id"]), (&json!(SANDBOX), &answer["user"]["user_id"]));
    assert_eq!(
        (&answer["session"]["expires_at"], &answer["session"]["custom_claims"]),
        (&json!("2021-08-09T08:30:00Z"), &json!({ "plan": "pro" }))
    );
    for (body, expected) in [
        (json!({ "session_token": SANDBOX }), "200"),
        (json!({ "session_token": SANDBOX, "session_duration_minutes": 4 }), "400 invalid_session_duration_minutes"),
        (
            json!({ "session_token": SANDBOX, "authorization_check": { "resource_id": "nothing", "action": "read" } }),
            "403 consumer_session_authorization_error",
        ),
        (json!({ "session_token": "59cnLELtq5cFVS6uYK9f-pAWzBkhqZl8AvLhbhOvKNWw" }), "404 session_not_found"),
    ] {
        assert_eq!(caller.authenticate(&body).outcome(), expected, "{body}");
    }
    assert_eq!(caller.post("/v1/sessions/revoke", &json!({ "session_token": SANDBOX })).outcome(), "404 session_not_found");
    assert_eq!(caller.state(), before);
    let mut without = Caller::of(builder().sandbox(false));
    assert_eq!(without.authenticate(&json!({ "session_token": SANDBOX })).outcome(), "404 session_not_found");
    // a session of the project's own has the token for itself
    let user = json!({ "user_id": ALICE, "sessions": [{ "session_id": SESSION, "session_token": SANDBOX }] });
    let mut own = Caller::of(Emulator::builder().seed_json(json!({ "projects": [{ "users": [user] }] }).to_string()));
    assert_eq!(own.posted(AUTHENTICATE, &json!({ "session_token": SANDBOX }))["session"]["session_id"], SESSION);
}
