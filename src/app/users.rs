//! One user, or one session: put into the living world with a seed entry's defaults, shown as a seed entry, ended, taken
//! away.

use std::sync::Arc;

use serde_json::Value;

use super::core::App;
use super::running_world::{RunningWorld, SteerError};
use crate::domain::conflict::Conflict;
use crate::domain::id::{SessionId, UserHandle};
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;
use crate::wire::seed;
use crate::wire::seed::report::{Problem, Source};

impl App {
    /// Adds a user with all that is theirs to a project; by default to the first.
    ///
    /// # Errors
    /// Every problem of the entry, or that one of its ids is taken.
    pub fn add_user(&self, source: &Source, project_id: Option<&str>) -> Result<Value, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        let project = running_world.project(project_id)?;
        let now = running_world.clock.now();
        let read = || self.entropy.ids(|ids| seed::read_user(source, project.environment(), now, ids));
        let record = with_new_ids(read, |record| taken_ids(&project, record))?;
        let taken = |conflict: Conflict| SteerError::Conflict(format!("nothing was changed: {conflict}"));
        let record = project.add_user(record, |_, _| None::<Conflict>).map_err(taken)?;
        Ok(seed::user::export(&record))
    }

    /// Adds a session to a user, who may be named by either id.
    ///
    /// # Errors
    /// Every problem of the entry, that there is no such user, or that one of its ids is taken.
    pub fn add_session(&self, source: &Source, user_id: &str, project_id: Option<&str>) -> Result<Value, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        let project = running_world.project(project_id)?;
        let now = running_world.clock.now();
        let record = user(&project, user_id)?;
        let read = || self.entropy.ids(|ids| seed::read_session(source, &record, project.environment(), now, ids));
        let session = with_new_ids(read, |session| taken_session_id(&project, session).into_iter().collect())?;
        let added = project.change_user(&record.user.id, |record| {
            record.add_session(session.clone());
            Ok(())
        });
        let (record, ()) = added.map_err(|refusal| match refusal.error {
            ErrorType::UserNotFound => no_user(&project, user_id),
            _ => SteerError::Conflict(format!("nothing was changed: {}", refusal.reason)),
        })?;
        Ok(seed::session::export(&session, &record))
    }

    /// A user, who may be named by either id, with all that is theirs.
    ///
    /// # Errors
    /// If there is no such user.
    pub fn user(&self, user_id: &str, project_id: Option<&str>) -> Result<Value, SteerError> {
        let project = self.running_world_with(project_id)?.project(project_id)?;
        user(&project, user_id).map(|record| seed::user::export(&record))
    }

    /// Takes a user, who may be named by either id, and all that is theirs away.
    ///
    /// # Errors
    /// If there is no such user.
    pub fn delete_user(&self, user_id: &str, project_id: Option<&str>) -> Result<(), SteerError> {
        let project = self.running_world_with(project_id)?.project(project_id)?;
        let id = user(&project, user_id)?.user.id;
        if project.remove_user(&id) { Ok(()) } else { Err(no_user(&project, user_id)) }
    }

    /// Revokes a session, unless it is revoked already.
    ///
    /// # Errors
    /// If there is no such session.
    pub fn revoke_session(&self, session_id: &str, project_id: Option<&str>) -> Result<Value, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        change_session(&running_world, session_id, project_id, |session, now| {
            session.revoked_at.get_or_insert(now.whole_seconds());
            Ok(())
        })
    }

    /// Lets a session end now, unless it has ended already.
    ///
    /// # Errors
    /// If there is no such session, or it has not started yet.
    pub fn expire_session(&self, session_id: &str, project_id: Option<&str>) -> Result<Value, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        change_session(&running_world, session_id, project_id, |session, now| {
            if session.started_at > now {
                return Err(SteerError::Conflict(format!("nothing was changed: the session starts at {}", session.started_at)));
            }
            // a session of this very second has no whole second to end in
            session.expires_at = session.expires_at.min(now.whole_seconds().max(session.started_at));
            Ok(())
        })
    }
}

/// Reads an entry again for as long as an id that it draws is taken: a chosen id seed repeats its ids after a reset. An id
/// that the entry names itself comes again as it is; it is left, to be refused.
fn with_new_ids<T>(read: impl Fn() -> Result<T, Vec<Problem>>, taken: impl Fn(&T) -> Vec<String>) -> Result<T, SteerError> {
    let mut entry = read().map_err(SteerError::Problems)?;
    let mut before = taken(&entry);
    while !before.is_empty() {
        let next = read().map_err(SteerError::Problems)?;
        let after = taken(&next);
        if after == before {
            break;
        }
        (entry, before) = (next, after);
    }
    Ok(entry)
}

/// The ids of an entry that others in the project have.
fn taken_ids(project: &Project, record: &UserRecord) -> Vec<String> {
    let id = record.user.id;
    let user = project.user(&UserHandle::Stytch(id)).map(|_| id.to_string());
    user.into_iter().chain(record.sessions.iter().filter_map(|session| taken_session_id(project, session))).collect()
}

fn taken_session_id(project: &Project, session: &Session) -> Option<String> {
    project.user_by_session(&session.id).map(|_| session.id.to_string())
}

fn user(project: &Project, user_id: &str) -> Result<Arc<UserRecord>, SteerError> {
    let handle = UserHandle::parse(user_id).map_err(|error| SteerError::Invalid(format!("user id: {error}")))?;
    project.user(&handle).ok_or_else(|| no_user(project, user_id))
}

fn no_user(project: &Project, user_id: &str) -> SteerError {
    SteerError::NotFound(format!("there is no user {user_id} in project {}", project.id()))
}

/// Changes a session, active or not; the session as a seed entry.
fn change_session(
    running_world: &RunningWorld,
    session_id: &str,
    project_id: Option<&str>,
    change: impl FnOnce(&mut Session, Timestamp) -> Result<(), SteerError>,
) -> Result<Value, SteerError> {
    let project = running_world.project(project_id)?;
    let id = SessionId::parse(session_id).map_err(|error| SteerError::Invalid(format!("session id: {error}")))?;
    let missing = || SteerError::NotFound(format!("there is no session {session_id} in project {}", project.id()));
    let owner = project.user_by_session(&id).ok_or_else(missing)?;
    let now = running_world.clock.now();
    let mut refused = missing();
    let changed = project.change_user(&owner.user.id, |record| {
        let gone = || Refusal::new(ErrorType::SessionNotFound, format!("session {id} is gone"));
        let session = record.sessions.iter_mut().find(|session| session.id == id).ok_or_else(gone)?;
        change(session, now).map_err(|error| {
            refused = error;
            gone()
        })?;
        Ok(session.clone())
    });
    let (record, session) = changed.map_err(|_| refused)?;
    Ok(seed::session::export(&session, &record))
}
