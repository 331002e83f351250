//! `/__mock/users/{id}/impersonation_tokens`: makes a token by which somebody can be a user, as the vendor's dashboard does.

use std::sync::Arc;

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{ControlError, Refusal};
use super::extractors::{JsonBody, OneProject, PathParameters, QueryParameters};
use super::route::{Created, Description, Entry, Example};
use crate::app::{App, MadeImpersonationToken};

/// Its route.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![T::of(
        Description {
            method: "POST",
            path: "/users/{id}/impersonation_tokens",
            id: "control.makeImpersonationToken",
            summary: "Makes a token by which somebody can log in as a user, once and within five minutes.",
            refusals: &[Refusal::NotFound, Refusal::Full],
            example: Example {
                path: Some("/users/customer-42/impersonation_tokens"),
                body: r#"{"impersonator_id": "agent-7", "impersonator_email_address": "agent@example.com"}"#,
                status: 201,
                answer: r#"{
                    "impersonation_token": "o2O81wLLVCN0bKaiAM6oRA4RNfQSR6bY4SCwVQ2Fb49t",
                    "user_id": "user-test-22222222-2222-4222-8222-222222222222", "impersonator_id": "agent-7",
                    "impersonator_email_address": "agent@example.com", "expires_at": "2026-01-01T00:05:00Z"
                }"#,
                ..Example::default()
            },
        },
        post,
    )]
}

/// Who is impersonated.
#[derive(Debug, Deserialize, JsonSchema)]
struct UserPath {
    /// The user's `user_id` or `external_id`.
    id: String,
}

/// Who impersonates.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Impersonator {
    /// Their id. Default: `support`.
    impersonator_id: Option<String>,
    /// Their address. Default: `support@example.com`.
    impersonator_email_address: Option<String>,
}

async fn post(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
    PathParameters(UserPath { id }): PathParameters<UserPath>,
    JsonBody(impersonator): JsonBody<Impersonator>,
) -> Result<Created<MadeImpersonationToken>, ControlError> {
    let Impersonator { impersonator_id, impersonator_email_address } = impersonator;
    Ok(Created(app.make_impersonation_token(
        &id,
        impersonator_id.as_deref(),
        impersonator_email_address.as_deref(),
        project.project_id.as_deref(),
    )?))
}
