//! One user, or one session, put into the living world with a seed entry's defaults; answered as a seed entry.

use serde_json::Value;

use super::core::App;
use super::stage::SteerError;
use crate::domain::conflict::Conflict;
use crate::domain::id::UserHandle;
use crate::domain::refusal::ErrorType;
use crate::wire::seed;
use crate::wire::seed::report::Source;

impl App {
    /// Adds a user with all that is theirs to a project; by default to the first.
    ///
    /// # Errors
    /// Every problem of the entry, or that one of its ids is taken.
    pub fn add_user(&self, source: &Source, project_id: Option<&str>) -> Result<Value, SteerError> {
        let stage = self.stage_with(project_id)?;
        let project = stage.project(project_id)?;
        let now = stage.clock.now();
        let record = self.entropy.ids(|ids| seed::read_user(source, project.environment(), now, ids));
        let record = record.map_err(SteerError::Problems)?;
        let taken = |conflict: Conflict| SteerError::Conflict(format!("nothing was changed: {conflict}"));
        let record = project.add_user(record, |_, _| None::<Conflict>).map_err(taken)?;
        Ok(seed::user::export(&record))
    }

    /// Adds a session to a user, who may be named by either id.
    ///
    /// # Errors
    /// Every problem of the entry, that there is no such user, or that one of its ids is taken.
    pub fn add_session(&self, source: &Source, user_id: &str, project_id: Option<&str>) -> Result<Value, SteerError> {
        let stage = self.stage_with(project_id)?;
        let project = stage.project(project_id)?;
        let now = stage.clock.now();
        let handle = UserHandle::parse(user_id).map_err(|error| SteerError::Invalid(format!("user id: {error}")))?;
        let missing = || SteerError::NotFound(format!("there is no user {user_id} in project {}", project.id()));
        let record = project.user(&handle).ok_or_else(missing)?;
        let session = self.entropy.ids(|ids| seed::read_session(source, &record, project.environment(), now, ids));
        let session = session.map_err(SteerError::Problems)?;
        let added = project.change_user(&record.user.id, |record| {
            record.add_session(session.clone());
            Ok(())
        });
        let (record, ()) = added.map_err(|refusal| match refusal.error {
            ErrorType::UserNotFound => missing(),
            _ => SteerError::Conflict(format!("nothing was changed: {}", refusal.reason)),
        })?;
        Ok(seed::session::export(&session, &record))
    }
}
