//! `/__mock/sessions`: the sessions of all users, a window at a time; and how one ends.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::{ControlError, Refusal};
use super::extractors::{OneProject, PathParameters, QueryParameters, SeedJson};
use super::route::{Description, Entry, Example};
use super::window::limit;
use crate::app::{App, ListFilter, ListedSession};
use crate::wire::seed::SessionEntry;

/// The session of the documentation's seed, with its end and what more there is to say.
macro_rules! session {
    ($expires_at:literal, $more:literal) => {
        concat!(
            r#"{"session_id": "session-test-33333333-3333-4333-8333-333333333333", "session_token": "token-1",
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
            "last_accessed_at": "2026-01-01T00:00:00Z", "expires_at": ""#,
            $expires_at,
            "\"",
            $more,
            "}"
        )
    };
}

/// Its routes.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![
        T::of(
            Description {
                method: "GET",
                path: "/sessions",
                id: "control.getSessions",
                summary: "The sessions of all projects that fit, active and over, a window at a time.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    path: Some("/sessions?q=customer-42"),
                    status: 200,
                    answer: concat!(
                        r#"{"count": 1, "sessions": [{"project_id": "project-test-11111111-1111-4111-8111-111111111111",
                        "state": "active", "session": "#,
                        session!("2026-01-01T01:00:00Z", ""),
                        "}]}"
                    ),
                    ..Example::default()
                },
            },
            list,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/sessions/{id}/revoke",
                id: "control.revokeSession",
                summary: "Revokes a session, unless it is revoked already. The answer is the whole entry.",
                refusals: &[Refusal::NotFound],
                example: Example {
                    path: Some("/sessions/session-test-33333333-3333-4333-8333-333333333333/revoke"),
                    status: 200,
                    answer: session!("2026-01-01T01:00:00Z", r#", "revoked_at": "2026-01-01T00:00:00Z""#),
                    ..Example::default()
                },
            },
            revoke,
        ),
        T::of(
            Description {
                method: "POST",
                path: "/sessions/{id}/expire",
                id: "control.expireSession",
                summary: "Lets a session end now, unless it has ended already. The answer is the whole entry.",
                refusals: &[Refusal::NotFound, Refusal::Conflict],
                example: Example {
                    path: Some("/sessions/session-test-33333333-3333-4333-8333-333333333333/expire"),
                    status: 200,
                    answer: session!("2026-01-01T00:00:00Z", ""),
                    ..Example::default()
                },
            },
            expire,
        ),
    ]
}

/// Which sessions are meant, and which of those are shown.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SessionQuery {
    /// Only those that are active, or only the others. Default: both.
    active: Option<bool>,
    /// The project that they are of. Default: any.
    project_id: Option<String>,
    /// A part of an id, an address, a number or a name, in any letter case; or a whole session token. Default: all fit.
    q: Option<String>,
    /// How many come before the first that is shown. Default: 0.
    offset: Option<usize>,
    /// The most that are shown, at most 500. Default: 50.
    limit: Option<usize>,
}

/// A session in a list.
#[derive(Debug, Serialize, JsonSchema)]
struct SessionOfProject {
    /// The project that it is of.
    project_id: String,
    /// `active`, `expired` or `revoked`.
    state: &'static str,
    /// The session.
    session: SeedJson<SessionEntry>,
}

/// A window on the sessions that fit.
#[derive(Debug, Serialize, JsonSchema)]
struct Sessions {
    /// How many fit.
    count: usize,
    /// Some of them, in the order in which projects and users came, and of a user by their start.
    sessions: Vec<SessionOfProject>,
}

impl From<ListedSession> for SessionOfProject {
    fn from(ListedSession { project_id, state, entry }: ListedSession) -> Self {
        Self { project_id, state, session: entry.into() }
    }
}

/// Which session is meant.
#[derive(Debug, Deserialize, JsonSchema)]
struct SessionPath {
    /// The session's id.
    id: String,
}

async fn list(
    State(app): State<Arc<App>>,
    QueryParameters(query): QueryParameters<SessionQuery>,
) -> Result<Json<Sessions>, ControlError> {
    let SessionQuery { active, project_id, q, offset, limit: most } = query;
    let filter = ListFilter { project_id, q, active, offset: offset.unwrap_or(0), limit: limit(most)? };
    let (count, sessions) = app.sessions(&filter)?;
    Ok(Json(Sessions { count, sessions: sessions.into_iter().map(SessionOfProject::from).collect() }))
}

async fn revoke(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
    PathParameters(SessionPath { id }): PathParameters<SessionPath>,
) -> Result<Json<SeedJson<SessionEntry>>, ControlError> {
    Ok(Json(app.revoke_session(&id, project.project_id.as_deref())?.into()))
}

async fn expire(
    State(app): State<Arc<App>>,
    QueryParameters(project): QueryParameters<OneProject>,
    PathParameters(SessionPath { id }): PathParameters<SessionPath>,
) -> Result<Json<SeedJson<SessionEntry>>, ControlError> {
    Ok(Json(app.expire_session(&id, project.project_id.as_deref())?.into()))
}
