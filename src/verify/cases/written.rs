//! What can be seen only of users, who are made for it and deleted again (`--write`). Their e-mail addresses end in
//! `@stytch-mock-verify.example.com`, to which nothing can be sent, and nothing is.
//!
//! No two sessions of a user are listed: those that begin in the same second have no order of their own.

use crate::domain::evidence::Evidence::{Assumed, Captured, Documented};
use crate::verify::case::{Case, Step};

const USER_ID: (&str, &str) = ("user_id", "user_id");

const MAKE_USER: Step =
    Step::post("/v1/users", r#"{"email":"<email>","name":{"first_name":"stytch-mock","last_name":"verify"}}"#)
        .keeping(&[USER_ID])
        .making_user();

const MAKE_PASSWORD: Step =
    Step::post("/v1/passwords", r#"{"email":"<email>","password":"<password>","session_duration_minutes":60}"#)
        .keeping(&[
            USER_ID,
            ("session_id", "session.session_id"),
            ("session_token", "session_token"),
            ("session_jwt", "session_jwt"),
        ])
        .making_user();

const DELETE_USER: Step = Step::delete("/v1/users/<user_id>");

/// Users and sessions of their own.
pub const CASES: &[Case] = &[
    Case::new(
        "a-users-life",
        Captured,
        "answers of the real service to POST /v1/users and GET /v1/users/{user_id}; the rest is documented",
        &[
            MAKE_USER,
            Step::get("/v1/users/<user_id>"),
            Step::get("/v1/sessions?user_id=<user_id>"),
            DELETE_USER,
            Step::get("/v1/users/<user_id>"),
            Step::get("/v1/sessions?user_id=<user_id>"),
        ],
    ),
    Case::new(
        "a-user-is-updated",
        Documented,
        "the vendor's reference of PUT /v1/users/{user_id}",
        &[
            MAKE_USER,
            Step::put(
                "/v1/users/<user_id>",
                r#"{"name":{"middle_name":"was here"},"trusted_metadata":{"b":[1,null,"x"],"a":{}},"untrusted_metadata":{"c":true}}"#,
            ),
            Step::get("/v1/users/<user_id>"),
            DELETE_USER,
        ],
    ),
    Case::new(
        "a-user-by-external-id",
        Documented,
        "the vendor's changelog of April 2025: an external id stands wherever a user_id does",
        &[
            Step::post("/v1/users", r#"{"email":"<email>","external_id":"<external_id>"}"#).keeping(&[USER_ID]).making_user(),
            Step::get("/v1/users/<external_id>"),
            Step::get("/v1/sessions?user_id=<external_id>"),
            Step::delete("/v1/users/<user_id>/external_id"),
            DELETE_USER,
        ],
    ),
    Case::new(
        "an-email-is-taken",
        Captured,
        "an older answer of the real service: 400 duplicate_email",
        &[MAKE_USER, Step::post("/v1/users", r#"{"email":"<email>"}"#).making_user(), DELETE_USER],
    ),
    Case::new(
        "a-password-login",
        Captured,
        "answers of the real service to POST /v1/passwords/authenticate, GET /v1/sessions and POST /v1/sessions/authenticate",
        &[
            MAKE_PASSWORD,
            Step::get("/v1/sessions?user_id=<user_id>"),
            Step::post("/v1/sessions/authenticate", r#"{"session_token":"<session_token>"}"#),
            Step::post("/v1/sessions/authenticate", r#"{"session_jwt":"<session_jwt>"}"#),
            Step::post("/v1/passwords/authenticate", r#"{"email":"<email>","password":"<password>"}"#),
            Step::post(
                "/v1/passwords/authenticate",
                r#"{"email":"<email>","password":"<password>","session_duration_minutes":30}"#,
            ),
            DELETE_USER,
        ],
    ),
    Case::new(
        "a-wrong-password",
        Documented,
        "the text of an official SDK: 401 unauthorized_credentials",
        &[
            MAKE_PASSWORD,
            Step::post("/v1/passwords/authenticate", r#"{"email":"<email>","password":"not <password>"}"#),
            DELETE_USER,
        ],
    ),
    Case::new(
        "a-session-is-prolonged",
        Documented,
        "the vendor's reference of POST /v1/sessions/authenticate: session_duration_minutes, session_custom_claims",
        &[
            MAKE_PASSWORD,
            Step::post(
                "/v1/sessions/authenticate",
                r#"{"session_token":"<session_token>","session_duration_minutes":120,"session_custom_claims":{"b":{"c":1},"a":"x"}}"#,
            ),
            Step::post(
                "/v1/sessions/authenticate",
                r#"{"session_token":"<session_token>","session_custom_claims":{"b":{"d":2},"a":null}}"#,
            ),
            DELETE_USER,
        ],
    ),
    Case::new(
        "a-session-is-revoked",
        Captured,
        "session_not_found was seen on the real service; that a revoked session is not listed is documented",
        &[
            MAKE_PASSWORD,
            Step::post("/v1/sessions/revoke", r#"{"session_id":"<session_id>"}"#),
            Step::get("/v1/sessions?user_id=<user_id>"),
            Step::post("/v1/sessions/authenticate", r#"{"session_token":"<session_token>"}"#),
            DELETE_USER,
        ],
    ),
    Case::new(
        "a-session-is-revoked-twice",
        Assumed,
        "what a second revoke comes to is not documented",
        &[
            MAKE_PASSWORD,
            Step::post("/v1/sessions/revoke", r#"{"session_token":"<session_token>"}"#),
            Step::post("/v1/sessions/revoke", r#"{"session_token":"<session_token>"}"#),
            DELETE_USER,
        ],
    ),
];
