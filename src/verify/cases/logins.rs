//! Logins that can't succeed, and what needs no user.

use crate::domain::evidence::Evidence::{Captured, Documented};
use crate::verify::case::{Case, Step};
use crate::verify::compare::answers::Slack;

/// How strong a password has to be is a project's setting, and a dictionary grows.
const STRENGTH: &[(&str, Slack)] = &[
    ("breach_detection_on_create", Slack::Values),
    ("breached_password", Slack::Values),
    ("feedback", Slack::Values),
    ("score", Slack::Values),
    ("strength_policy", Slack::Values),
    ("valid_password", Slack::Values),
];

/// Passwords, one-time codes, magic links, OAuth.
pub const CASES: &[Case] = &[
    Case::new(
        "password-of-unknown-email",
        Documented,
        "the page of POST /v1/passwords/authenticate: 404 email_not_found",
        &[Step::post("/v1/passwords/authenticate", r#"{"email":"nobody@stytch-mock-verify.example.com","password":"wrong"}"#)],
    ),
    Case::new(
        "password-of-invalid-email",
        Documented,
        "the text of an official SDK: 400 invalid_email",
        &[Step::post("/v1/passwords/authenticate", r#"{"email":"stytch-mock-verify","password":"wrong"}"#)],
    ),
    Case::new(
        "password-strength",
        Documented,
        "the vendor's reference of POST /v1/passwords/strength_check",
        &[Step::post("/v1/passwords/strength_check", r#"{"password":"<password>"}"#)],
    )
    .with_slack(STRENGTH),
    Case::new(
        "code-of-invalid-method",
        Documented,
        "the text of an official SDK: 400 invalid_method_id",
        &[Step::post("/v1/otps/authenticate", r#"{"method_id":"stytch-mock-verify","code":"123456"}"#)],
    ),
    Case::new(
        "magic-link-sandbox-refused",
        Captured,
        "an integration test of the official Node SDK against the real service: 401 unable_to_auth_magic_link",
        &[Step::post("/v1/magic_links/authenticate", r#"{"token":"3pzjQpgksDlGKWEwUq2Up--hCHC_0oamfLHyfspKDFU="}"#)],
    )
    .in_sandbox(),
    Case::new(
        "magic-link-sandbox-unknown",
        Captured,
        "an integration test of the official Node SDK against the real service: 404 magic_link_not_found",
        &[Step::post("/v1/magic_links/authenticate", r#"{"token":"CprTtwhnRNiMBiUS2jSLcWYrfuO2POeBNdo5HhW6qTM="}"#)],
    )
    .in_sandbox(),
    Case::new(
        "oauth-sandbox-unknown",
        Documented,
        "the vendor's sandbox values: 400 oauth_token_not_found; its message is assumed",
        &[Step::post("/v1/oauth/authenticate", r#"{"token":"59cnLELtq5cFVS6uYK9f-pAWzBkhqZl8AvLhbhOvKNWw"}"#)],
    )
    .in_sandbox(),
];
