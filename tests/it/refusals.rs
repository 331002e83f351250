//! Every row of the error catalogue that an operation can come to by itself, each by a request that a real client
//! could send; and the rows that only a seed's `respond_with` can bring about, with the reason.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::catalogue::rows;
use crate::client::Request;
use crate::fixture::{House, PROJECT, SECRET, STRANGER};
use crate::jwt::{claims_of, forge};
use crate::life::{
    ALICE, ATTEST, AUTHENTICATE, CAROL, EXCHANGE, EXPIRED_TOKEN, MIGRATE, REVOKE, REVOKED_TOKEN, SEARCH, SESSION, STRANGE_TOKEN,
    TOKEN, life, request,
};
use crate::messages::{EMAIL_CODE, FOLLOW, INVITE, LINK, MAGIC_LINK, OTP, SEND_LINK};
use crate::{oauth, openapi, totps};

/// Rows that no request comes to.
const ONLY_SCRIPTED: &[(&str, &str)] = &[
    (
        "unauthorized_credentials_homepage",
        "what the vendor says to credentials copied out of its documentation; here they are unknown ones",
    ),
    ("invalid_secret_authentication", "a wrong secret is `unauthorized_credentials`, as captured"),
    ("use_https", "the emulator speaks plain HTTP on purpose"),
    ("oauth_state_mismatch", "no provider calls back here, so there is no cookie to compare"),
    ("inactive_email", "no mail bounces here"),
    ("invalid_session_duration", "a project here sets no longest duration"),
    ("duplicate_email_for_user", "whoever has the address already gets the message"),
    ("duplicate_phone_number_for_user", "whoever has the number already gets the message"),
    ("email_template_not_found", "any template is taken"),
    ("unsubscribed_phone_number", "nobody unsubscribes here"),
    ("invalid_phone_number_country_code", "every country is served"),
    ("captcha_failed", "no operation here takes a captcha"),
    ("too_few_tokens_authenticated", "abuse detection of the vendor's"),
    ("client_closed_request", "whoever closed the connection does not read the answer"),
    ("internal_server_error", "a bug in the emulator, which none is known to cause"),
    ("server_unavailable", "an outage of the vendor's"),
];

/// The files of the logins: what they expect is come to there, after the steps that it takes.
const FLOWS: &[&str] = &[
    include_str!("connected_apps.rs"),
    include_str!("consent.rs"),
    include_str!("door_access.rs"),
    include_str!("idp.rs"),
    include_str!("flaws.rs"),
    include_str!("hash_flaws.rs"),
    include_str!("login_flaws.rs"),
    include_str!("m2m.rs"),
    include_str!("fraud.rs"),
    include_str!("impersonation.rs"),
    include_str!("wallets.rs"),
    include_str!("webauthn.rs"),
];

const BOBS_PHONE_ID: &str = "phone-number-test-00000000-0000-4000-8000-0000000000b1";

/// One operand of a search.
fn operand(name: &str, value: impl Into<Value>) -> Value {
    json!({ "query": { "operator": "AND", "operands": [{ "filter_name": name, "filter_value": value.into() }] } })
}

#[expect(clippy::too_many_lines, reason = "it is a table")]
fn to_operations() -> Vec<(&'static str, &'static str, String, Value)> {
    let none = Value::Null;
    let (users, alice) = ("/v1/users", format!("/v1/users/{ALICE}"));
    let exchange_factor = format!("/v1/users/{CAROL}/exchange_primary_factor");
    let token = |token: &str| json!({ "session_token": token });
    let keys: Value = (0..21).map(|key| (key.to_string(), json!(1))).collect::<serde_json::Map<_, _>>().into();
    let large = json!({ "large": "x".repeat(4096) });
    let jwt = |edit: &dyn Fn(&mut Value)| {
        let mut claims = claims_of(SESSION);
        edit(&mut claims);
        json!({ "session_jwt": forge(&claims) })
    };
    let check = json!({ "session_token": TOKEN, "authorization_check": { "resource_id": "documents", "action": "delete" } });
    let link = |key: &str, value: Value| json!({ "email": "new@example.com", key: value });
    let attest = |profile: &str, token: &str| json!({ "profile_id": profile, "token": token });
    vec![
        ("400 bad_request", "POST", AUTHENTICATE.into(), json!([])),
        ("403 consumer_session_authorization_error", "POST", AUTHENTICATE.into(), check),
        ("404 route_not_found", "POST", "/v1/b2b/passwords".into(), none.clone()),
        ("405 method_not_allowed", "PATCH", users.into(), none.clone()),
        ("404 project_not_found", "GET", "/v1/sessions/jwks/project-test-x".into(), none.clone()),
        ("400 invalid_user_id", "GET", "/v1/sessions?user_id=user-test-1".into(), none.clone()),
        ("404 user_not_found", "GET", format!("/v1/users/{STRANGER}"), none.clone()),
        ("404 session_not_found", "POST", AUTHENTICATE.into(), token(STRANGE_TOKEN)),
        ("404 session_not_found", "POST", AUTHENTICATE.into(), token(EXPIRED_TOKEN)),
        ("404 session_not_found", "POST", AUTHENTICATE.into(), token(REVOKED_TOKEN)),
        ("400 invalid_session_token", "POST", AUTHENTICATE.into(), token("invalid-token-for-test")),
        ("400 invalid_session_id", "POST", REVOKE.into(), json!({ "session_id": "session-test-1" })),
        ("400 no_session_arguments", "POST", AUTHENTICATE.into(), json!({})),
        ("400 too_many_session_arguments", "POST", AUTHENTICATE.into(), json!({ "session_token": TOKEN, "session_jwt": "x" })),
        ("400 no_session_revoke_arguments", "POST", REVOKE.into(), json!({})),
        (
            "400 too_many_session_revoke_arguments",
            "POST",
            REVOKE.into(),
            json!({ "session_token": TOKEN, "session_id": SESSION }),
        ),
        ("400 unable_to_parse_session_jwt", "POST", AUTHENTICATE.into(), json!({ "session_jwt": "x.y.z" })),
        ("400 jwt_invalid_audience", "POST", AUTHENTICATE.into(), jwt(&|claims| claims["aud"] = json!(["project-test-other"]))),
        ("400 jwt_invalid_issuer", "POST", AUTHENTICATE.into(), jwt(&|claims| claims["iss"] = json!("somebody.example"))),
        ("400 jwt_invalid_claims", "POST", AUTHENTICATE.into(), jwt(&|claims| claims["https://stytch.com/session"] = json!({}))),
        (
            "400 invalid_session_duration_minutes",
            "POST",
            AUTHENTICATE.into(),
            json!({ "session_token": TOKEN, "session_duration_minutes": 4 }),
        ),
        (
            "400 custom_claims_too_large",
            "POST",
            AUTHENTICATE.into(),
            json!({ "session_token": TOKEN, "session_custom_claims": large }),
        ),
        ("400 migrate_from_external_unexpected_response", "POST", MIGRATE.into(), token("unknown")),
        ("400 migrate_from_external_email_does_not_exist", "POST", MIGRATE.into(), token("external-of-nobody")),
        ("404 idp_access_token_not_found", "POST", EXCHANGE.into(), json!({ "access_token": "unknown" })),
        ("404 idp_access_token_could_not_be_exchanged", "POST", EXCHANGE.into(), json!({ "access_token": "access-used" })),
        ("400 oauth_access_token_exchange_token_too_old", "POST", EXCHANGE.into(), json!({ "access_token": "access-too-old" })),
        (
            "400 oauth_access_token_exchange_missing_full_access",
            "POST",
            EXCHANGE.into(),
            json!({ "access_token": "access-to-read" }),
        ),
        ("404 trusted_token_profile_not_found", "POST", ATTEST.into(), attest("profile-z", "trusted-of-alice")),
        ("400 invalid_trusted_auth_token", "POST", ATTEST.into(), attest("profile-a", "unknown")),
        ("400 invalid_create_user_request", "POST", users.into(), json!({})),
        ("400 invalid_email", "POST", users.into(), json!({ "email": "nobody" })),
        ("400 invalid_phone_number", "POST", users.into(), json!({ "phone_number": "0123" })),
        ("400 duplicate_email", "POST", users.into(), json!({ "email": "ALICE@EXAMPLE.COM" })),
        ("400 duplicate_phone_number", "POST", users.into(), json!({ "phone_number": "+12025550142" })),
        ("400 duplicate_user_external_id", "POST", users.into(), json!({ "email": "new@example.com", "external_id": "bob" })),
        ("400 metadata_invalid_format", "PUT", alice.clone(), json!({ "trusted_metadata": "gold" })),
        ("400 metadata_too_large", "PUT", alice.clone(), json!({ "untrusted_metadata": large })),
        ("400 metadata_too_many_keys", "PUT", alice, json!({ "trusted_metadata": keys })),
        ("400 no_user_selection_arguments", "PUT", exchange_factor.clone(), json!({})),
        (
            "400 too_many_user_selection_arguments",
            "PUT",
            exchange_factor,
            json!({ "email_address": "new@example.com", "phone_number": "+12025550143" }),
        ),
        (
            "400 cannot_delete_last_primary_factor",
            "DELETE",
            "/v1/users/emails/email-test-00000000-0000-4000-8000-0000000000c1".into(),
            none.clone(),
        ),
        ("400 invalid_locale", "POST", EMAIL_CODE.into(), json!({ "email": "new@example.com", "locale": "de" })),
        (
            "400 invalid_expiration_otp",
            "POST",
            EMAIL_CODE.into(),
            json!({ "email": "new@example.com", "expiration_minutes": 11 }),
        ),
        (
            "400 user_id_mismatch",
            "POST",
            SEND_LINK.into(),
            json!({ "email": "new@example.com", "user_id": CAROL, "session_token": TOKEN }),
        ),
        ("400 invalid_method_id", "POST", OTP.into(), json!({ "method_id": "x", "code": "123456" })),
        ("400 invalid_code", "POST", OTP.into(), json!({ "method_id": "x", "code": "12345" })),
        ("404 otp_code_not_found", "POST", OTP.into(), json!({ "method_id": BOBS_PHONE_ID, "code": "123456" })),
        ("400 invalid_expiration", "POST", LINK.into(), link("login_expiration_minutes", 4.into())),
        ("400 invalid_login_magic_link_url", "POST", LINK.into(), link("login_magic_link_url", "/in".into())),
        ("400 invalid_signup_magic_link_url", "POST", LINK.into(), link("signup_magic_link_url", "/up".into())),
        ("400 invalid_invite_magic_link_url", "POST", INVITE.into(), link("invite_magic_link_url", "/in".into())),
        ("400 invalid_pkce_code_challenge", "POST", LINK.into(), link("code_challenge", "short".into())),
        ("400 pkce_required_for_native_callback", "POST", LINK.into(), link("signup_magic_link_url", "app://in".into())),
        ("400 invalid_token", "POST", MAGIC_LINK.into(), json!({ "token": "" })),
        ("404 magic_link_not_found", "POST", MAGIC_LINK.into(), json!({ "token": "unknown" })),
        (
            "401 unable_to_auth_magic_link",
            "POST",
            MAGIC_LINK.into(),
            json!({ "token": "3pzjQpgksDlGKWEwUq2Up--hCHC_0oamfLHyfspKDFU=" }),
        ),
        ("400 public_token_required", "GET", FOLLOW.into(), none.clone()),
        ("404 public_token_not_found", "GET", format!("{FOLLOW}?public_token=x"), none.clone()),
        ("404 email_not_found", "DELETE", "/v1/users/emails/x".into(), none.clone()),
        ("404 phone_number_not_found", "DELETE", "/v1/users/phone_numbers/x".into(), none.clone()),
        ("404 webauthn_registration_not_found", "DELETE", "/v1/users/webauthn_registrations/x".into(), none.clone()),
        ("404 biometric_registration_not_found", "DELETE", "/v1/users/biometric_registrations/x".into(), none.clone()),
        ("404 totp_not_found", "DELETE", "/v1/users/totps/x".into(), none.clone()),
        ("404 crypto_wallet_not_found", "DELETE", "/v1/users/crypto_wallets/x".into(), none.clone()),
        ("404 password_not_found", "DELETE", "/v1/users/passwords/x".into(), none.clone()),
        ("404 oauth_user_registration_not_found", "DELETE", "/v1/users/oauth/x".into(), none),
        ("400 user_search_invalid_cursor", "POST", SEARCH.into(), json!({ "cursor": "x" })),
        ("400 user_search_invalid_limit", "POST", SEARCH.into(), json!({ "limit": 1001 })),
        ("400 user_search_invalid_operator", "POST", SEARCH.into(), json!({ "query": { "operator": "XOR", "operands": [] } })),
        (
            "400 user_search_missing_filter_name",
            "POST",
            SEARCH.into(),
            json!({ "query": { "operands": [{ "filter_value": 1 }] } }),
        ),
        (
            "400 user_search_missing_filter_value",
            "POST",
            SEARCH.into(),
            json!({ "query": { "operands": [{ "filter_name": "status" }] } }),
        ),
        ("400 user_search_filter_name_not_recognized", "POST", SEARCH.into(), operand("shoe_size", 43)),
        ("400 user_search_expected_array_of_string", "POST", SEARCH.into(), operand("email_address", "alice@example.com")),
        ("400 user_search_expected_bool", "POST", SEARCH.into(), operand("password_exists", "true")),
        ("400 user_search_expected_object", "POST", SEARCH.into(), operand("created_at_between", "2021-08-09T08:00:00Z")),
        ("400 user_search_expected_string", "POST", SEARCH.into(), operand("status", json!(["active"]))),
        ("400 user_search_expected_timestamp", "POST", SEARCH.into(), operand("created_at_less_than", "yesterday")),
        (
            "400 user_search_cannot_mix_internal_and_external_user_ids",
            "POST",
            SEARCH.into(),
            operand("user_id", json!([ALICE, "bob"])),
        ),
        ("400 user_search_email_address_fuzzy_too_short", "POST", SEARCH.into(), operand("email_address_fuzzy", "al")),
        ("400 user_search_full_name_fuzzy_too_short", "POST", SEARCH.into(), operand("full_name_fuzzy", "al")),
        ("400 user_search_phone_number_fuzzy_too_short", "POST", SEARCH.into(), operand("phone_number_fuzzy", "+1")),
    ]
}

/// What is refused before any operation.
fn before_operations() -> Vec<(&'static str, Request)> {
    let get = |id: &str, secret: &str| Request::get("/v1/debug/whoami").basic(id, secret);
    vec![
        ("400 invalid_project_id_authentication", get("project-test-123", SECRET)),
        ("401 unauthorized_credentials", get(PROJECT, "wrong")),
    ]
}

#[test]
fn every_row_that_an_operation_can_come_to_is_come_to() {
    let mut caller = life();
    let before = caller.state();
    let document = openapi::document(&caller.house.client);
    let requests = to_operations().into_iter().map(|(expected, method, path, body)| (expected, request(method, &path, &body)));
    let mut met = BTreeSet::new();
    for (expected, request) in before_operations().into_iter().chain(requests) {
        let response = caller.send(&request);
        assert_eq!(response.outcome(), expected, "{request:?}");
        openapi::assert_declared(&document, &request.method, &String::from_utf8_lossy(&request.target), &response.json());
        met.insert(expected.split_once(' ').unwrap().1.to_owned());
    }
    assert_eq!(caller.state(), before, "who is refused changes nothing");
    let limited = House::seeded(r#"{"projects": [{"rate_limit": "1/h"}]}"#);
    let outcomes = [0, 1].map(|_| limited.client.send(&request("GET", "/v1/debug/whoami", &Value::Null)).outcome());
    assert_eq!(outcomes, ["200", "429 too_many_requests"]);
    met.insert("too_many_requests".to_owned());
    met.extend(oauth::refused().into_iter().map(str::to_owned));
    met.extend(totps::refusals().iter().map(|(expected, ..)| expected.split_once(' ').unwrap().1.to_owned()));
    let is_in = |flows: &str, row: &str| [format!(" {row}\""), format!("\"{row}\"")].iter().any(|text| flows.contains(text));
    let is_in_flows = |row: &String| FLOWS.iter().any(|flows| is_in(flows, row));
    let is_scripted = |row: &String| ONLY_SCRIPTED.iter().any(|(scripted, _)| scripted == row);
    met.extend(rows().into_iter().filter(|row| is_in_flows(row) && !is_scripted(row)));
    for (row, reason) in ONLY_SCRIPTED {
        assert!(met.insert((*row).to_owned()), "{row} is said to be only scripted ({reason}), and is come to");
    }
    assert_eq!(met, rows());
}
