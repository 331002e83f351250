//! `/__mock/sessions`: the sessions of all users, a window at a time; and how one ends.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::{ControlError, Refusal};
use super::extractors::{OneProject, PathParameters, QueryParameters, SeedJson};
use super::route::{Description, Example, Route};
use super::window::limit;
use crate::app::{App, ListedSession, PeopleFilter};
use crate::wire::seed::SessionEntry;

/// Its routes.
pub fn routes() -> Vec<Route> {
    vec![
        Route::of(
            Description {
                method: "GET",
                path: "/sessions",
                id: "control.getSessions",
                summary: "The sessions of all projects that fit, active and over, a window at a time.",
                refusals: &[Refusal::NotFound],
                example: Example { path: Some("/sessions?q=customer-42"), status: 200, ..Example::default() },
            },
            list,
        ),
        Route::of(
            Description {
                method: "POST",
                path: "/sessions/{id}/revoke",
                id: "control.revokeSession",
                summary: "Revokes a session, unless it is revoked already. The answer is the whole entry.",
                refusals: &[Refusal::NotFound],
                example: Example { path: Some(REVOKE), status: 200, ..Example::default() },
            },
            revoke,
        ),
        Route::of(
            Description {
                method: "POST",
                path: "/sessions/{id}/expire",
                id: "control.expireSession",
                summary: "Lets a session end now, unless it has ended already. The answer is the whole entry.",
                refusals: &[Refusal::NotFound, Refusal::Conflict],
                example: Example { path: Some(EXPIRE), status: 200, ..Example::default() },
            },
            expire,
        ),
    ]
}

const REVOKE: &str = "/sessions/session-test-33333333-3333-4333-8333-333333333333/revoke";
const EXPIRE: &str = "/sessions/session-test-33333333-3333-4333-8333-333333333333/expire";

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
    let filter = PeopleFilter { project_id, q, active, offset: offset.unwrap_or(0), limit: limit(most)? };
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
