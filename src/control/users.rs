//! `/__mock/users`: the users, a window at a time; one of them, as a seed entry; one more, or one session more, with a
//! seed entry's defaults.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{ControlError, Refusal};
use super::extractors::{Deleted, OneProject, PathParameters, QueryParameters, SeedJson, SeedText};
use super::route::{Created, Description, Entry, Example};
use super::window::limit;
use crate::app::{App, ListFilter, ListedUsers};
use crate::wire::seed::{SessionEntry, UserEntry};

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/users",
                id: "control.getUsers",
                summary: "The users of all projects that fit, a window at a time.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    path: Some("/users?q=GRACE"),
                    status: 200,
                    answer: r#"{"count": 1, "users": [{
                        "project_id": "project-test-11111111-1111-4111-8111-111111111111",
                        "user_id": "user-test-22222222-2222-4222-8222-222222222222", "external_id": "customer-42",
                        "name": "", "status": "active", "emails": ["grace@example.com"], "phone_numbers": [],
                        "created_at": "2026-01-01T00:00:00Z", "sessions": 1, "active_sessions": 1, "respond_with": null
                    }]}"#,
                    ..Example::default()
                },
            },
            list,
        ),
        T::of(
            Description {
                method: "GET",
                path: "/users/{id}",
                id: "control.getUser",
                summary: "A user with all that is theirs, as a seed entry.",
                refusals: &[Refusal::NotFound],
                example: Example { path: Some("/users/customer-42"), status: 200, answer: GRACE, ..Example::default() },
            },
            get,
        ),
        T::of(
            Description {
                method: "DELETE",
                path: "/users/{id}",
                id: "control.deleteUser",
                summary: "Deletes a user and all that is theirs.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    path: Some("/users/customer-42"),
                    status: 200,
                    answer: r#"{"deleted": 1}"#,
                    ..Example::default()
                },
            },
            delete,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/users",
                id: "control.addUser",
                summary: "Adds a user, described as in a seed, to a project. The answer is the whole entry.",
                refusals: &[Refusal::NotFound, Refusal::Conflict],
                example: Example {
                    body: r#"{"external_id": "customer-43", "emails": [{"email": "ada@example.com"}]}"#,
                    status: 201,
                    answer: ADA,
                    ..Example::default()
                },
            },
            post,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/users/{id}/sessions",
                id: "control.addSession",
                summary: "Adds a session, described as in a seed, to a user. The answer is the whole entry.",
                refusals: &[Refusal::NotFound, Refusal::Conflict],
                example: Example {
                    path: Some("/users/customer-42/sessions"),
                    body: r#"{"expires_at": "+5m"}"#,
                    status: 201,
                    answer: SESSION,
                    ..Example::default()
                },
            },
            post_session,
        ),
    ]
}

/// A user who is added.
const ADA: &str = r#"{
    "user_id": "user-test-a363bcd7-02cb-4423-b46c-a6a200cea844", "external_id": "customer-43",
    "emails": [{"email": "ada@example.com", "verified": true,
        "email_id": "email-test-0e1135f4-1247-46d8-a120-b0550d856f8f"}],
    "biometric_registrations": [], "created_at": "2026-01-01T00:00:00Z", "crypto_wallets": [],
    "is_locked": false, "lock_created_at": null, "lock_expires_at": null,
    "name": {"first_name": "", "last_name": "", "middle_name": ""}, "password": null,
    "phone_numbers": [], "providers": [], "roles": ["stytch_user"], "sessions": [],
    "status": "active", "totps": [], "trusted_metadata": {}, "untrusted_metadata": {},
    "webauthn_registrations": []
}"#;

/// A session that is added.
const SESSION: &str = r#"{
    "session_id": "session-test-a363bcd7-02cb-4423-b46c-a6a200cea844",
    "session_token": "DhE19BJHptjhILBVDYVvj22fKkHDbeR0clx0jzgZJ72V",
    "user_id": "user-test-22222222-2222-4222-8222-222222222222",
    "attributes": {"ip_address": "", "user_agent": ""},
    "authentication_factors": [{
        "type": "magic_link", "delivery_method": "email",
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
        "last_authenticated_at": "2026-01-01T00:00:00Z",
        "email_factor": {"email_address": "grace@example.com",
            "email_id": "email-test-611830d3-641a-48f9-8a69-0dcc25d1f4b0"}
    }],
    "custom_claims": {}, "roles": ["stytch_user"], "started_at": "2026-01-01T00:00:00Z",
    "last_accessed_at": "2026-01-01T00:00:00Z", "expires_at": "2026-01-01T00:05:00Z"
}"#;

/// The user of the documentation's seed.
const GRACE: &str = r#"{
    "user_id": "user-test-22222222-2222-4222-8222-222222222222", "external_id": "customer-42",
    "emails": [{"email": "grace@example.com", "verified": true,
        "email_id": "email-test-611830d3-641a-48f9-8a69-0dcc25d1f4b0"}],
    "biometric_registrations": [], "created_at": "2026-01-01T00:00:00Z", "crypto_wallets": [],
    "is_locked": false, "lock_created_at": null, "lock_expires_at": null,
    "name": {"first_name": "", "last_name": "", "middle_name": ""}, "password": null,
    "phone_numbers": [], "providers": [], "roles": ["stytch_user"],
    "sessions": [{
        "session_id": "session-test-33333333-3333-4333-8333-333333333333", "session_token": "token-1",
        "user_id": "user-test-22222222-2222-4222-8222-222222222222",
        "attributes": {"ip_address": "", "user_agent": ""},
        "authentication_factors": [{
            "type": "magic_link", "delivery_method": "email",
            "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
            "last_authenticated_at": "2026-01-01T00:00:00Z",
            "email_factor": {"email_address": "grace@example.com",
                "email_id": "email-test-611830d3-641a-48f9-8a69-0dcc25d1f4b0"}
        }],
        "custom_claims": {}, "roles": ["stytch_user"], "started_at": "2026-01-01T00:00:00Z",
        "last_accessed_at": "2026-01-01T00:00:00Z", "expires_at": "2026-01-01T01:00:00Z"
    }],
    "status": "active", "totps": [], "trusted_metadata": {}, "untrusted_metadata": {}, "webauthn_registrations": []
}"#;

/// Which users are meant, and which of those are shown.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct UserQuery {
    /// The project that they are of. Default: any.
    project_id: Option<String>,
    /// A part of an id, an address, a number or a name, in any letter case; or a whole session token. Default: all fit.
    q: Option<String>,
    /// How many come before the first that is shown. Default: 0.
    offset: Option<usize>,
    /// The most that are shown, at most 500. Default: 50.
    limit: Option<usize>,
}

/// Which user is meant.
#[derive(Debug, Deserialize, JsonSchema)]
struct UserPath {
    /// The user's `user_id` or `external_id`.
    id: String,
}

async fn list(
    State(app): State<Arc<App>>,
    QueryParameters(query): QueryParameters<UserQuery>,
) -> Result<Json<ListedUsers>, ControlError> {
    let UserQuery { project_id, q, offset, limit: most } = query;
    let filter = ListFilter { project_id, q, active: None, offset: offset.unwrap_or(0), limit: limit(most)? };
    Ok(Json(app.users(&filter)?))
}

async fn get(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
    PathParameters(UserPath { id }): PathParameters<UserPath>,
) -> Result<Json<SeedJson<UserEntry>>, ControlError> {
    Ok(Json(app.user(&id, project.project_id.as_deref())?.into()))
}

async fn delete(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
    PathParameters(UserPath { id }): PathParameters<UserPath>,
) -> Result<Json<Deleted>, ControlError> {
    app.delete_user(&id, project.project_id.as_deref())?;
    Ok(Json(Deleted { deleted: 1 }))
}

async fn post(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
    body: SeedText<SeedJson<UserEntry>>,
) -> Result<Created<SeedJson<UserEntry>>, ControlError> {
    Ok(Created(app.add_user(&body.source, project.project_id.as_deref())?.into()))
}

async fn post_session(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
    PathParameters(UserPath { id }): PathParameters<UserPath>,
    body: SeedText<SeedJson<SessionEntry>>,
) -> Result<Created<SeedJson<SessionEntry>>, ControlError> {
    Ok(Created(app.add_session(&body.source, &id, project.project_id.as_deref())?.into()))
}
