//! A living world, written back as a seed: whoever loads it gets the same users, sessions, tokens and answers.

use serde_json::{Value, json};

use super::external_tokens;
use super::faults::rule_json;
use crate::domain::project::Project;
use crate::domain::secret::Secret;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;
use crate::wire::session::{SessionBody, Time};
use crate::wire::user::UserBody;

/// The seed of some projects; `clock` is where the clock is frozen, if it is.
#[must_use]
pub fn world<'a>(clock: Option<Timestamp>, now: Timestamp, projects: impl IntoIterator<Item = &'a Project>) -> Value {
    let projects = projects.into_iter().map(|each| project(each, now));
    let mut seed = json!({ "projects": projects.collect::<Vec<_>>() });
    if let Some(clock) = clock {
        seed["clock"] = tree(&Time(clock));
    }
    seed
}

fn project(project: &Project, now: Timestamp) -> Value {
    let (users, tokens) = project.at_a_moment();
    let mut entry = json!({
        "project_id": project.id().as_str(),
        "rate_limit": project.bucket().setting().to_string(),
        "users": users.iter().map(|record| user(record)).collect::<Vec<_>>(),
    });
    if !project.secrets().is_empty() {
        entry["secrets"] = project.secrets().iter().map(Secret::reveal).collect();
    }
    if let Some(key) = project.own_signing_key() {
        entry["signing_key"] = json!(key.pem());
    }
    if !project.faults().is_empty() {
        entry["faults"] = project.faults().all().iter().map(|fault| rule_json(&fault.rule, now)).collect();
    }
    external_tokens::export(&mut entry, tokens, project.rbac_policy());
    entry
}

/// The seed entry of a user.
#[must_use]
pub fn user(record: &UserRecord) -> Value {
    let mut entry = tree(&UserBody::new(&record.user));
    entry["sessions"] = record.sessions.iter().map(|each| session(each, record)).collect();
    if let Some(error) = record.respond_with {
        entry["respond_with"] = json!(error.as_str());
    }
    entry
}

/// The seed entry of a user's session.
#[must_use]
pub fn session(session: &Session, record: &UserRecord) -> Value {
    let mut entry = tree(&SessionBody::new(session, &record.user.id));
    entry["session_token"] = json!(session.token.as_str());
    if session.roles.is_none() {
        entry["roles"] = Value::Null;
    }
    if let Some(revoked_at) = session.revoked_at {
        entry["revoked_at"] = tree(&Time(revoked_at));
    }
    entry
}

fn tree(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("wire types are plain JSON")
}
