//! Sessions out of other parties' tokens: `migrate`, `exchange_access_token`, `attest`, steered by the seed.

use serde_json::{Value, json};

use crate::life::{
    ALICE, ATTEST, BARE_SESSION, BARE_TOKEN, BOB, BOBS_SESSION, BOBS_TOKEN, Caller, EXCHANGE, EXPIRED_TOKEN, MIGRATE, REVOKE,
    SESSION, TOKEN, life, text,
};

/// Each operation with a token of Alice's that it takes.
fn ways() -> [(&'static str, Value, Value); 3] {
    let dates = json!({ "created_at": "2021-08-09T08:00:00Z", "last_authenticated_at": "2021-08-09T08:00:00Z", "updated_at": "2021-08-09T08:00:00Z" });
    let factor = |mut factor: Value| {
        factor.as_object_mut().unwrap().extend(dates.as_object().unwrap().clone());
        factor
    };
    [
        (
            MIGRATE,
            json!({ "session_token": "external-of-alice" }),
            factor(json!({ "type": "imported", "delivery_method": "imported_auth0" })),
        ),
        (
            EXCHANGE,
            json!({ "access_token": "access-of-alice" }),
            factor(json!({ "type": "oauth", "delivery_method": "oauth_access_token_exchange",
                "oauth_access_token_exchange_factor": { "client_id": "connected-app-test-1" } })),
        ),
        (
            ATTEST,
            json!({ "profile_id": "profile-a", "token": "trusted-of-alice" }),
            factor(json!({ "type": "trusted_auth_token", "delivery_method": "trusted_token_exchange",
                "trusted_auth_token_factor": { "token_id": "trusted-auth-token-test-1" } })),
        ),
    ]
}

fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn attest(profile_id: &str, token: &str) -> Value {
    json!({ "profile_id": profile_id, "token": token })
}

#[test]
fn each_token_begins_a_session_of_the_user_it_stands_for() {
    for (path, body, factor) in ways() {
        let mut caller = life();
        let answer = caller.posted(path, &body);
        let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            ["request_id", "session", "session_jwt", "session_token", "status_code", "user", "user_device", "user_id"],
            "{path}"
        );
        assert_eq!((&answer["user_id"], &answer["user"]["user_id"]), (&json!(ALICE), &json!(ALICE)));
        let session = &answer["session"];
        let mut expected = json!({
            "attributes": { "ip_address": "", "user_agent": "" }, "authentication_factors": [factor], "custom_claims": {},
            "started_at": "2021-08-09T08:00:00Z", "last_accessed_at": "2021-08-09T08:00:00Z", "expires_at": "2021-08-09T09:00:00Z",
            "roles": ["stytch_user", "editor"], "user_id": ALICE
        });
        expected["session_id"] = session["session_id"].clone();
        assert_eq!(*session, expected, "{path}");
        assert_eq!(caller.sessions(ALICE)[2], expected, "and it is listed, the newest last");
        let token = text(&answer, "/session_token");
        assert_eq!(token.len(), 44);
        for proof in [json!({ "session_token": token }), json!({ "session_jwt": answer["session_jwt"] })] {
            assert_eq!(caller.authenticate(&proof).json()["session"]["session_id"], expected["session_id"]);
        }
        assert_eq!(caller.post(REVOKE, &json!({ "session_token": token })).outcome(), "200");
    }
}

#[test]
fn a_new_session_gets_the_lifetime_and_the_claims_asked_for() {
    for (path, body, _) in ways() {
        let mut caller = life();
        for (wrong, expected) in [
            (json!({ "session_duration_minutes": 4 }), "400 invalid_session_duration_minutes"),
            (json!({ "session_duration_minutes": "60" }), "400 bad_request"),
            (json!({ "session_custom_claims": [] }), "400 bad_request"),
            (json!({ "session_custom_claims": { "x": "y".repeat(4096) } }), "400 custom_claims_too_large"),
        ] {
            let before = caller.state();
            assert_eq!(caller.post(path, &with(&body, &wrong)).outcome(), expected, "{path}");
            assert_eq!(caller.state(), before, "{path} {wrong}: a refused request uses no token up");
        }
        let claims = json!({ "a": { "b": null, "c": 1 }, "iss": "x" });
        let asked = json!({ "session_duration_minutes": 5, "session_custom_claims": claims, "telemetry_id": "unheard-of" });
        let answer = caller.posted(path, &with(&body, &asked));
        assert_eq!(answer["session"]["expires_at"], "2021-08-09T08:05:00Z", "{path}");
        assert_eq!(answer["session"]["custom_claims"], json!({ "a": { "c": 1 } }), "{path}");
    }
}

#[test]
fn only_an_external_session_can_be_brought_twice() {
    for (path, body, _) in ways() {
        let mut caller = life();
        let outcomes = [0, 1].map(|_| caller.post(path, &body).outcome());
        let second = match path {
            MIGRATE => "200",
            EXCHANGE => "404 idp_access_token_could_not_be_exchanged",
            _ => "400 invalid_trusted_auth_token",
        };
        assert_eq!(outcomes, ["200", second], "{path}");
        let sessions = if path == MIGRATE { 4 } else { 3 };
        assert_eq!(caller.sessions(ALICE).len(), sessions);
    }
}

#[test]
fn an_access_token_can_be_exchanged_for_five_minutes() {
    let body = json!({ "access_token": "access-of-alice" });
    // issued at 07:59:00
    for (by, expected) in [("4m", "200"), ("4m 0.001s", "400 oauth_access_token_exchange_token_too_old"), ("-1h", "200")] {
        let mut caller = life();
        caller.advance(by);
        assert_eq!(caller.post(EXCHANGE, &body).outcome(), expected, "after {by}");
    }
    let mut caller = life();
    caller.advance("1h");
    caller.post(EXCHANGE, &body);
    caller.advance("-1h");
    assert_eq!(caller.post(EXCHANGE, &body).outcome(), "200", "a refusal has not used it up");
}

#[test]
fn what_the_seed_says_of_a_token_decides() {
    let mut caller = life();
    let before = caller.state();
    for (path, body, expected) in [
        (MIGRATE, json!({}), "400 bad_request"),
        (MIGRATE, json!({ "session_token": null }), "400 bad_request"),
        (MIGRATE, json!({ "session_token": TOKEN }), "400 migrate_from_external_unexpected_response"),
        (MIGRATE, json!({ "session_token": "access-of-alice" }), "400 migrate_from_external_unexpected_response"),
        (MIGRATE, json!({ "session_token": "external-of-nobody" }), "400 migrate_from_external_email_does_not_exist"),
        (EXCHANGE, json!({}), "400 bad_request"),
        (EXCHANGE, json!({ "access_token": ["access-of-alice"] }), "400 bad_request"),
        (EXCHANGE, json!({ "access_token": "external-of-alice" }), "404 idp_access_token_not_found"),
        (EXCHANGE, json!({ "access_token": "access-of-nobody" }), "404 user_not_found"),
        (ATTEST, json!({ "token": "trusted-of-alice" }), "400 bad_request"),
        (ATTEST, json!({ "profile_id": "profile-a" }), "400 bad_request"),
        (ATTEST, attest("profile-a", "trusted-of-bob"), "400 invalid_trusted_auth_token"),
        (ATTEST, attest("profile-b", "trusted-of-alice"), "400 invalid_trusted_auth_token"),
        (ATTEST, attest("profile-a", "trusted-used"), "400 invalid_trusted_auth_token"),
        (ATTEST, attest("profile-a", "trusted-of-nobody"), "404 user_not_found"),
    ] {
        assert_eq!(caller.post(path, &body).outcome(), expected, "{path} {body}");
    }
    assert_eq!(caller.state(), before);
    // a token follows the external id it names
    caller.put(&format!("/v1/users/{ALICE}"), &json!({ "external_id": "alicia" }));
    caller.put(&format!("/v1/users/{BOB}"), &json!({ "external_id": "alice" }));
    assert_eq!(caller.posted(MIGRATE, &json!({ "session_token": "external-of-alice" }))["user_id"], BOB);
    caller.delete(&format!("/v1/users/{BOB}"));
    assert_eq!(caller.post(EXCHANGE, &json!({ "access_token": "access-of-alice" })).outcome(), "404 user_not_found");
}

#[test]
fn an_attested_token_becomes_a_factor_of_the_session_at_hand() {
    let jwt = life().jwt(TOKEN);
    for proof in [json!({ "session_token": TOKEN, "session_jwt": null }), json!({ "session_jwt": jwt })] {
        let mut caller = life();
        let before = caller.sessions(ALICE);
        caller.advance("10m");
        let body = with(
            &attest("profile-a", "trusted-of-alice"),
            &with(&proof, &json!({ "session_custom_claims": { "claim1": null } })),
        );
        let answer = caller.posted(ATTEST, &body);
        assert_eq!(answer["session"]["session_id"], SESSION);
        assert_eq!(answer["session_token"], TOKEN, "whatever proved the session");
        let after = caller.sessions(ALICE);
        assert_eq!(after[0], answer["session"]);
        let mut expected = before.clone();
        let factors = expected[0]["authentication_factors"].as_array_mut().unwrap();
        let mut factor = ways()[2].2.clone();
        for date in ["created_at", "last_authenticated_at", "updated_at"] {
            factor[date] = json!("2021-08-09T08:10:00Z");
        }
        factors.push(factor);
        expected[0]["last_accessed_at"] = json!("2021-08-09T08:10:00Z");
        expected[0]["custom_claims"].as_object_mut().unwrap().remove("claim1");
        assert_eq!(after, expected, "nothing else of hers has changed; without a lifetime the end stays");
    }
}

#[test]
fn a_token_that_does_not_fit_the_session_at_hand_is_not_used_up() {
    let mut caller = life();
    let before = caller.state();
    for (proof, expected) in [
        (json!({ "session_token": BOBS_TOKEN }), "400 invalid_trusted_auth_token"),
        (json!({ "session_token": EXPIRED_TOKEN }), "404 session_not_found"),
        (json!({ "session_token": "x" }), "400 invalid_session_token"),
        (json!({ "session_jwt": "x" }), "400 unable_to_parse_session_jwt"),
        (json!({ "session_token": TOKEN, "session_jwt": "x" }), "400 too_many_session_arguments"),
        (json!({ "session_token": TOKEN, "session_custom_claims": { "x": "y".repeat(4096) } }), "400 custom_claims_too_large"),
    ] {
        let body = with(&attest("profile-a", "trusted-of-alice"), &proof);
        assert_eq!(caller.post(ATTEST, &body).outcome(), expected, "{proof}");
        assert_eq!(caller.state(), before, "{proof}");
    }
    let body = with(&attest("profile-a", "trusted-of-alice"), &json!({ "session_token": BARE_TOKEN }));
    assert_eq!(caller.posted(ATTEST, &body)["session"]["session_id"], BARE_SESSION);
    assert_eq!(caller.sessions(BOB)[0]["session_id"], BOBS_SESSION);
}

#[test]
fn a_seed_names_each_token_once_and_whole() {
    for (project, problem) in [
        (r#""access_tokens": [{"token": "t", "user_id": "u"}, {"token": "t", "user_id": "v"}]"#, "this token stands at"),
        (r#""external_session_tokens": [{"token": "", "user_id": "u"}]"#, "token is missing"),
        (r#""external_session_tokens": [{"token": "t"}]"#, "user_id is missing"),
        (r#""trusted_auth_tokens": [{"token": "t", "user_id": "u"}]"#, "profile_id is missing"),
    ] {
        let seed = format!(r#"{{"projects": [{{{project}}}]}}"#);
        let refused = crate::fixture::start(stytch_mock::Emulator::builder().seed_json(seed)).unwrap_err().to_string();
        assert!(refused.starts_with("the seed has 1 problem\n") && refused.contains(problem), "{refused}");
    }
    let file = |list: &str| format!(r#"{{"projects": [{{"{list}": [{{"token": "t", "user_id": "u", "profile_id": "p"}}]}}]}}"#);
    let twice = stytch_mock::Emulator::builder().seed_json(file("trusted_auth_tokens")).seed_json(file("trusted_auth_tokens"));
    let refused = crate::fixture::start(twice).unwrap_err().to_string();
    assert!(refused.contains("this token stands at seed_json:1:"), "{refused}");
    // tokens of different kinds don't meet
    let seed = r#"{"projects": [{"access_tokens": [{"token": "t", "user_id": "u"}], "external_session_tokens": [{"token": "t", "user_id": "u"}],
        "users": [{"external_id": "u"}]}]}"#;
    let mut caller = Caller::of(stytch_mock::Emulator::builder().seed_json(seed));
    for (path, body) in [(MIGRATE, json!({ "session_token": "t" })), (EXCHANGE, json!({ "access_token": "t" }))] {
        assert_eq!(caller.post(path, &body).outcome(), "200");
    }
}
