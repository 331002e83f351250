//! The vendor's sandbox values, row by row as its guide has them, those that must fail included; where they are switched
//! off, and in live projects, they are values like any others.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::{Request, Response};
use crate::fixture::House;
use crate::life::{Caller, builder};
use crate::messages::{joined, message_count};

const USER_ID: &str = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd";
const EMAIL_ID: &str = "email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286";
const PHONE_ID: &str = "phone-number-test-98cfbe19-6c8f-4b8b-b62a-e78a5a7bdff3";
const SESSION_ID: &str = "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028";
const SESSION_TOKEN: &str = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY";
const UNKNOWN_TOKEN: &str = "59cnLELtq5cFVS6uYK9f-pAWzBkhqZl8AvLhbhOvKNWw";

/// What is sent where, what comes of it, and what comes of it where there is no sandbox.
struct Row {
    path: &'static str,
    body: Value,
    expected: &'static str,
    /// What the answer has beside its `user_id`, which is the sandbox user's.
    answer: Value,
    without: &'static str,
}

fn row(path: &'static str, body: Value, expected: &'static str, answer: Value, without: &'static str) -> Row {
    Row { path, body, expected, answer, without }
}

fn rows() -> Vec<Row> {
    let email = || json!({ "email": "sandbox@stytch.com" });
    let number = || json!({ "phone_number": "+10000000000" });
    let (email_id, phone_id) = (json!({ "email_id": EMAIL_ID }), json!({ "phone_id": PHONE_ID }));
    let known = |answer: &Value| joined(answer.clone(), &json!({ "user_created": false }));
    let token = |token: &str| json!({ "token": token });
    let session = |token: &str| json!({ "session_token": token });
    let password = |password: &str| joined(email(), &json!({ "password": password }));
    let code = |method_id: &str, code: &str| json!({ "method_id": method_id, "code": code });
    let totp = |code: &str| json!({ "user_id": USER_ID, "totp_code": code });
    let recover = |code: &str| json!({ "user_id": USER_ID, "recovery_code": code });
    let none = || json!({});
    vec![
        row("/v1/magic_links/email/send", email(), "200", email_id.clone(), "404 email_not_found"),
        row("/v1/magic_links/email/login_or_create", email(), "200", known(&email_id), "200"),
        row("/v1/magic_links/email/invite", email(), "200", email_id.clone(), "400 duplicate_email"),
        row("/v1/magic_links/email/revoke_invite", email(), "200", none(), "404 email_not_found"),
        row("/v1/otps/email/send", email(), "200", email_id.clone(), "200"),
        row("/v1/otps/email/login_or_create", email(), "200", known(&email_id), "200"),
        row("/v1/otps/sms/send", number(), "200", phone_id.clone(), "404 phone_number_not_found"),
        row("/v1/otps/sms/login_or_create", number(), "200", known(&phone_id), "200"),
        row("/v1/otps/whatsapp/send", number(), "200", phone_id.clone(), "200"),
        row("/v1/otps/whatsapp/login_or_create", number(), "200", known(&phone_id), "200"),
        row("/v1/otps/authenticate", code(EMAIL_ID, "000000"), "200", json!({ "method_id": EMAIL_ID }), "404 otp_code_not_found"),
        row("/v1/otps/authenticate", code(PHONE_ID, "000000"), "200", json!({ "method_id": PHONE_ID }), "404 otp_code_not_found"),
        row("/v1/otps/authenticate", code(PHONE_ID, "123456"), "404 otp_code_not_found", none(), "404 otp_code_not_found"),
        row(
            "/v1/magic_links/authenticate",
            token("DOYoip3rvIMMW5lgItikFK-Ak1CfMsgjuiCyI7uuU94="),
            "200",
            json!({ "method_id": EMAIL_ID }),
            "404 magic_link_not_found",
        ),
        row(
            "/v1/magic_links/authenticate",
            token("3pzjQpgksDlGKWEwUq2Up--hCHC_0oamfLHyfspKDFU="),
            "401 unable_to_auth_magic_link",
            none(),
            "404 magic_link_not_found",
        ),
        row(
            "/v1/magic_links/authenticate",
            token("CprTtwhnRNiMBiUS2jSLcWYrfuO2POeBNdo5HhW6qTM="),
            "404 magic_link_not_found",
            none(),
            "404 magic_link_not_found",
        ),
        row("/v1/sessions/authenticate", session(SESSION_TOKEN), "200", session(SESSION_TOKEN), "404 session_not_found"),
        row("/v1/sessions/authenticate", session(UNKNOWN_TOKEN), "404 session_not_found", none(), "404 session_not_found"),
        row(
            "/v1/oauth/authenticate",
            token("hdPVZHHX0UoRa7hJTuuPHi1vlddffSnoweRbVFf5-H8g"),
            "200",
            json!({ "provider_type": "Google" }),
            "400 oauth_token_not_found",
        ),
        row("/v1/oauth/authenticate", token(UNKNOWN_TOKEN), "400 oauth_token_not_found", none(), "400 oauth_token_not_found"),
        row("/v1/passwords", password("any"), "200", email_id.clone(), "400 duplicate_email"),
        row("/v1/passwords/authenticate", password("any other"), "200", none(), "400 no_user_password"),
        row(
            "/v1/passwords/authenticate",
            joined(password(""), &json!({ "email": "Sandbox@Stytch.com" })),
            "200",
            none(),
            "400 no_user_password",
        ),
        row("/v1/totps", json!({ "user_id": USER_ID }), "200", none(), "404 user_not_found"),
        row("/v1/totps/authenticate", totp("000000"), "200", none(), "404 user_not_found"),
        row("/v1/totps/authenticate", totp("123456"), "401 unable_to_authenticate_totp", none(), "404 user_not_found"),
        row("/v1/totps/recover", recover("a1b2-c3d4-e5f6"), "200", none(), "404 user_not_found"),
        row(
            "/v1/totps/recover",
            recover("a1b2-c3d4-e5f7"),
            "401 unable_to_authenticate_recovery_code",
            none(),
            "404 user_not_found",
        ),
        row("/v1/totps/recovery_codes", json!({ "user_id": USER_ID }), "200", none(), "404 user_not_found"),
    ]
}

#[test]
fn each_value_answers_as_the_guide_says_and_leaves_nothing() {
    let mut caller = Caller::of(builder());
    let before = caller.state();
    for Row { path, body, expected, answer, .. } in rows() {
        let response = caller.post(path, &body);
        assert_eq!(response.outcome(), expected, "{path} {body}");
        if response.status >= 400 {
            continue;
        }
        let found = response.json();
        let is_about_the_user = !path.ends_with("revoke_invite") && !path.starts_with("/v1/sessions");
        assert!(!is_about_the_user || found["user_id"] == USER_ID, "{path} {found}");
        for (key, value) in answer.as_object().unwrap() {
            assert_eq!(&found[key], value, "{path} {key} {found}");
        }
    }
    assert_eq!((caller.state(), message_count(&caller.house)), (before, 0));
    assert_eq!(
        caller.get(&format!("/v1/sessions?user_id={USER_ID}")).outcome(),
        "404 user_not_found",
        "as the real service says"
    );
    assert_eq!(caller.get(&format!("/v1/users/{USER_ID}")).outcome(), "404 user_not_found");
}

#[test]
fn each_login_gives_the_one_session_and_it_is_proved_by_its_token_and_its_jwt() {
    let mut caller = Caller::of(builder());
    let is_login =
        |row: &Row| row.expected == "200" && row.path.ends_with("/authenticate") && !row.path.starts_with("/v1/sessions");
    for Row { path, body, .. } in rows().into_iter().filter(is_login) {
        let unasked = caller.posted(path, &body);
        // an OAuth login calls it otherwise
        let key = if path.starts_with("/v1/oauth") { "user_session" } else { "session" };
        let none = (Some(&Value::Null), &json!(""), &json!(""));
        assert_eq!((unasked.get(key), &unasked["session_token"], &unasked["session_jwt"]), none, "{path}");
        let claims = json!({ "plan": "pro" });
        let more = json!({ "session_duration_minutes": 30, "session_custom_claims": claims });
        let login = caller.posted(path, &joined(body, &more));
        let session = &login[key];
        assert_eq!((&session["session_id"], &login["session_token"]), (&json!(SESSION_ID), &json!(SESSION_TOKEN)), "{path}");
        assert_eq!((&session["custom_claims"], &session["expires_at"]), (&claims, &json!("2021-08-09T08:30:00Z")), "{path}");
        for (proof, token) in [("session_token", SESSION_TOKEN), ("session_jwt", "")] {
            let proven = caller.posted("/v1/sessions/authenticate", &json!({ proof: login[proof] }));
            assert_eq!(
                (&proven["session"]["session_id"], &proven["session_token"]),
                (&json!(SESSION_ID), &json!(token)),
                "{path}"
            );
        }
    }
    // a clock that is past its captured start shows it
    caller.advance("1000h");
    let proven =
        caller.posted("/v1/sessions/authenticate", &json!({ "session_token": SESSION_TOKEN, "session_duration_minutes": 5 }));
    assert_eq!(proven["session"]["started_at"], "2021-08-28T00:41:58.935673Z");
    assert_eq!(proven["session"]["expires_at"], "2021-09-20T00:05:00Z");
    assert_eq!(proven["user"]["user_id"], USER_ID);
    assert_eq!(caller.authenticate(&json!({ "session_token": SESSION_TOKEN, "session_duration_minutes": 4 })).status, 400);
    let check = json!({ "resource_id": "documents", "action": "delete" });
    let refused = caller.authenticate(&json!({ "session_token": SESSION_TOKEN, "authorization_check": check }));
    assert_eq!(refused.outcome(), "403 consumer_session_authorization_error");
}

#[test]
fn switched_off_they_are_values_like_any_others() {
    let mut caller = Caller::of(builder().sandbox(false));
    for Row { path, body, without, .. } in rows() {
        assert_eq!(caller.post(path, &body).outcome(), without, "{path} {body}");
    }
    assert_ne!(message_count(&caller.house), 0, "what is sent to the address is in the outbox");
}

#[test]
fn a_live_project_has_none() {
    let id = "project-live-11111111-1111-4111-8111-111111111111";
    let seed = json!({ "projects": [{ "project_id": id, "secrets": ["s"] }] }).to_string();
    let house = House::of(Emulator::builder().seed_json(seed));
    for Row { path, body, expected, .. } in rows() {
        let refused = |response: &Response| match (body.get("email").is_some(), body.get("phone_number").is_some()) {
            (true, _) if !path.starts_with("/v1/passwords") => response.outcome() == "400 invalid_email_sandbox",
            (_, true) => response.outcome() == "400 invalid_phone_number_sandbox",
            _ => response.status >= 400 || path == "/v1/passwords",
        };
        let ask = Request::new("POST", path).basic(id, "s").header("content-type", "application/json");
        let response = house.client.send(&ask.body(body.to_string()));
        assert!(refused(&response), "{path} {body}, which is {expected} in a test project: {response:?}");
        assert!(!response.text().contains(USER_ID), "{response:?}");
    }
}

#[test]
fn what_a_seed_has_goes_before_the_sandbox() {
    let seed = json!({ "projects": [{ "users": [{
        "user_id": USER_ID, "external_id": "mine", "sessions": [{ "session_token": SESSION_TOKEN, "expires_at": "+1h" }],
    }] }] });
    let mut caller = Caller::of(Emulator::builder().seed_json(seed.to_string()));
    let proven = caller.posted("/v1/sessions/authenticate", &json!({ "session_token": SESSION_TOKEN }));
    assert_eq!(proven["user"]["external_id"], "mine");
    assert_ne!(proven["session"]["session_id"], SESSION_ID);
    let totp = json!({ "user_id": USER_ID, "totp_code": "000000" });
    assert_eq!(caller.post("/v1/totps/authenticate", &totp).outcome(), "404 totps_not_found_for_user");
}
