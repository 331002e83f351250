//! What any request may come to: credentials, routes, bodies.

use crate::domain::evidence::Evidence::{Assumed, Captured, Documented};
use crate::verify::case::{Case, Login, Step};

const ASK: Step = Step::get("/v1/sessions?user_id=<stranger>");

/// Credentials, routes, bodies.
pub const CASES: &[Case] = &[
    Case::new(
        "no-credentials",
        Assumed,
        "the vendor documents 401 unauthorized_credentials for every operation, not what a missing header comes to",
        &[Step { login: Login::Nobody, ..ASK }],
    ),
    Case::new(
        "another-scheme",
        Assumed,
        "the vendor documents 401 unauthorized_credentials for every operation, not what another scheme comes to",
        &[Step { login: Login::Bearer, ..ASK }],
    ),
    Case::new(
        "wrong-secret",
        Captured,
        "an older, published answer of the real service to a wrong project or secret; its error_url had no anchor",
        &[Step { login: Login::WrongSecret, ..ASK }],
    ),
    Case::new(
        "unknown-project",
        Captured,
        "an older, published answer of the real service to a wrong project or secret; its error_url had no anchor",
        &[Step { login: Login::UnknownProject, ..ASK }],
    ),
    Case::new(
        "invalid-project-id",
        Captured,
        "an answer of the real service of April 2026",
        &[Step { login: Login::InvalidProject, ..ASK }],
    ),
    Case::new(
        "unknown-route",
        Captured,
        "an answer of the real service of 2026, to another path",
        &[Step::get("/v1/stytch-mock-verify")],
    ),
    Case::new("wrong-method", Assumed, "only the type's name is known, of an SDK", &[Step::get("/v1/sessions/authenticate")]),
    Case::new(
        "body-is-no-json",
        Assumed,
        "the message is documented (docs/api/errors/400); that this is what it answers is not",
        &[Step::post("/v1/sessions/authenticate", "this is no JSON")],
    ),
    Case::new(
        "wrong-type-in-a-body",
        Assumed,
        "the message is documented (docs/api/errors/400); that this is what it answers is not",
        &[Step::post("/v1/sessions/authenticate", r#"{"session_token":5}"#)],
    ),
    Case::new("who-am-i", Documented, "the SDKs' type of GET /v1/debug/whoami", &[Step::get("/v1/debug/whoami")])
        .with_slack(super::projects::NAME),
];
