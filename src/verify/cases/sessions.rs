//! Sessions: refusals that need no session and no user.

use crate::domain::evidence::Evidence::{Assumed, Captured, Documented};
use crate::verify::case::{Case, Step};

/// `GET /v1/sessions`, authenticate and revoke.
pub const CASES: &[Case] = &[
    Case::new(
        "sessions-without-user-id",
        Assumed,
        "the page of GET /v1/sessions has invalid_user_id; that an absent user_id comes to it is not said there",
        &[Step::get("/v1/sessions")],
    ),
    Case::new(
        "sessions-with-empty-user-id",
        Assumed,
        "the page of GET /v1/sessions has invalid_user_id; POST /v1/totps was seen to answer user_not_found",
        &[Step::get("/v1/sessions?user_id=")],
    ),
    Case::new(
        "sessions-with-invalid-user-id",
        Documented,
        "the page of GET /v1/sessions: 400 invalid_user_id",
        &[Step::get("/v1/sessions?user_id=user-<environment>-123")],
    ),
    Case::new(
        "sessions-with-invalid-characters",
        Assumed,
        "which letters an external id may have is documented; that others come to invalid_user_id is not",
        &[Step::get("/v1/sessions?user_id=stytch%20mock%21")],
    ),
    Case::new(
        "sessions-of-unknown-user",
        Documented,
        "the page of GET /v1/sessions: 404 user_not_found",
        &[Step::get("/v1/sessions?user_id=<stranger>")],
    ),
    Case::new(
        "sessions-of-unknown-external-id",
        Assumed,
        "that an external id stands wherever a user_id does is documented; what an unknown one comes to is not",
        &[Step::get("/v1/sessions?user_id=stytch-mock-verify-nobody")],
    ),
    Case::new(
        "sessions-of-sandbox-user",
        Captured,
        "an integration test of the official .NET SDK against the real service: 404 user_not_found",
        &[Step::get("/v1/sessions?user_id=user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd")],
    )
    .in_sandbox(),
    Case::new(
        "authenticate-nothing",
        Assumed,
        "only the type's name is known, of an SDK",
        &[Step::post("/v1/sessions/authenticate", "{}")],
    ),
    Case::new(
        "authenticate-invalid-token",
        Captured,
        "an answer of the real service of 2026, to this token",
        &[Step::post("/v1/sessions/authenticate", r#"{"session_token":"invalid-token-for-test"}"#)],
    ),
    Case::new(
        "authenticate-unknown-token",
        Captured,
        "answers of the real service, in both environments",
        &[Step::post("/v1/sessions/authenticate", r#"{"session_token":"<token>"}"#)],
    ),
    Case::new(
        "authenticate-token-and-jwt",
        Documented,
        "the message stands in published code that met it",
        &[Step::post("/v1/sessions/authenticate", r#"{"session_token":"<token>","session_jwt":"<jwt>"}"#)],
    ),
    Case::new(
        "authenticate-invalid-jwt",
        Assumed,
        "only the type's name is known, of an SDK",
        &[Step::post("/v1/sessions/authenticate", r#"{"session_jwt":"a.b.c"}"#)],
    ),
    Case::new(
        "authenticate-short-duration",
        Documented,
        "the text of an official SDK; that it comes before the session is looked for is assumed",
        &[Step::post("/v1/sessions/authenticate", r#"{"session_token":"<token>","session_duration_minutes":1}"#)],
    ),
    Case::new(
        "authenticate-sandbox-token-that-fails",
        Documented,
        "the vendor's sandbox values: 404 session_not_found",
        &[Step::post("/v1/sessions/authenticate", r#"{"session_token":"59cnLELtq5cFVS6uYK9f-pAWzBkhqZl8AvLhbhOvKNWw"}"#)],
    )
    .in_sandbox(),
    Case::new("revoke-nothing", Assumed, "only the type's name is known, of an SDK", &[Step::post("/v1/sessions/revoke", "{}")]),
    Case::new(
        "revoke-invalid-session-id",
        Documented,
        "the page of POST /v1/sessions/revoke: 400 invalid_session_id",
        &[Step::post("/v1/sessions/revoke", r#"{"session_id":"stytch-mock-verify"}"#)],
    ),
    Case::new(
        "revoke-unknown-session",
        Assumed,
        "what a session that there is not comes to is not documented",
        &[Step::post("/v1/sessions/revoke", r#"{"session_id":"session-<environment>-99999999-9999-4999-8999-999999999999"}"#)],
    ),
];
