//! Users: nobody is there who is asked for.

use crate::domain::evidence::Evidence::{Assumed, Captured};
use crate::verify::case::{Case, Step};

/// Get and search.
pub const CASES: &[Case] = &[
    Case::new("user-unknown", Captured, "answers of the real service: 404 user_not_found", &[Step::get("/v1/users/<stranger>")]),
    Case::new(
        "connected-apps-of-unknown-user",
        Assumed,
        "that an unknown user is refused is not documented for this operation",
        &[Step::get("/v1/users/<stranger>/connected_apps")],
    ),
    Case::new(
        "search-finds-nobody",
        Captured,
        "answers of the real service: unknown ids are no error",
        &[Step::post(
            "/v1/users/search",
            r#"{"query":{"operator":"AND","operands":[{"filter_name":"user_id","filter_value":["<stranger>"]}]}}"#,
        )],
    ),
    Case::new(
        "search-with-unknown-filter",
        Assumed,
        "the type's name is known, of an SDK; its message was seen only of the B2B search",
        &[Step::post(
            "/v1/users/search",
            r#"{"query":{"operator":"AND","operands":[{"filter_name":"shoe_size","filter_value":["42"]}]}}"#,
        )],
    ),
    Case::new(
        "search-with-too-high-limit",
        Assumed,
        "that the limit is 1000 is documented; the message is not",
        &[Step::post("/v1/users/search", r#"{"limit":1001}"#)],
    ),
    Case::new(
        "totp-without-user-id",
        Captured,
        "an answer of the real service of April 2026: 404 user_not_found",
        &[Step::post("/v1/totps", r#"{"user_id":""}"#)],
    ),
];
