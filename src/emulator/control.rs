//! Everything that the control plane can do, as methods instead of HTTP routes.

use std::fmt::Display;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Value;

use super::Fault;
use crate::app::{App, Credentials, SavedSnapshot, SteerError};
use crate::domain::bucket::RateSetting;
use crate::domain::timestamp::Timestamp;
use crate::system;
use crate::wire::seed::report::Source;

/// Steers a running emulator, or one project of it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use stytch_mock::{Emulator, Fault, RequestFilter};
///
/// let emulator = Emulator::builder().clock("2026-01-01T00:00:00Z").start().await?;
/// let control = emulator.control();
///
/// // time is moved, not waited for
/// control.advance(Duration::from_secs(3600))?;
/// assert_eq!(control.now(), "2026-01-01T01:00:00Z");
///
/// // the next two listings fail
/// control.add_fault(Fault::error("internal_server_error").on_operation("sessions.get").times(2))?;
///
/// // one project for each parallel worker
/// let worker = control.create_project()?;
/// control.of_project(&worker.project_id).drain_bucket()?;
///
/// // what was asked
/// assert_eq!(control.requests(&RequestFilter::default())?.count, 0);
/// control.reset()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Control<'a> {
    pub(super) app: &'a App,
    pub(super) project_id: Option<String>,
}

impl<'a> Control<'a> {
    pub(super) fn new(app: &'a App) -> Self {
        Self { app, project_id: None }
    }

    /// The same for one project: the methods of what it gives are about that project alone.
    #[must_use]
    pub fn of_project(&self, project_id: impl Into<String>) -> Self {
        Self { app: self.app, project_id: Some(project_id.into()) }
    }

    pub(super) fn scope(&self) -> Option<&str> {
        self.project_id.as_deref()
    }

    /// Goes back to the boot seed, with its clock, full buckets, its faults, an empty journal and an empty outbox. For one project the clock
    /// stays.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn reset(&self) -> Result<(), SteerError> {
        self.app.reset(self.scope()).map(drop)
    }

    /// The world, or the project, as a seed.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn state(&self) -> Result<Value, SteerError> {
        self.app.state(self.scope())
    }

    /// Replaces the world, or the project, by what a seed describes.
    ///
    /// # Errors
    /// Every problem of the seed; nothing is changed then.
    pub fn replace_state(&self, seed: impl Display) -> Result<(), SteerError> {
        self.app.replace(source("seed", seed), self.scope()).map(drop)
    }

    /// Adds a user, described as in a seed. Gives the whole entry.
    ///
    /// # Errors
    /// Every problem of the entry, or that one of its ids is taken.
    pub fn add_user(&self, entry: impl Display) -> Result<Value, SteerError> {
        self.app.add_user(&source("user", entry), self.scope())
    }

    /// Adds a session, described as in a seed, to a user named by either id. Gives the whole entry.
    ///
    /// # Errors
    /// Every problem of the entry, that there is no such user, or that one of its ids is taken.
    pub fn add_session(&self, user_id: &str, entry: impl Display) -> Result<Value, SteerError> {
        self.app.add_session(&source("session", entry), user_id, self.scope())
    }

    /// Makes a token by which somebody can log in as a user, named by either id: once, and within five minutes.
    ///
    /// # Errors
    /// If there is no such user, or there are too many tokens.
    pub fn make_impersonation_token(&self, user_id: &str) -> Result<String, SteerError> {
        self.app.make_impersonation_token(user_id, None, None, self.scope()).map(|made| made.impersonation_token)
    }

    /// Takes a user, named by either id, and all that is theirs away.
    ///
    /// # Errors
    /// If there is no such user.
    pub fn delete_user(&self, user_id: &str) -> Result<(), SteerError> {
        self.app.delete_user(user_id, self.scope())
    }

    /// Revokes a session, unless it is revoked already. Gives the whole entry.
    ///
    /// # Errors
    /// If there is no such session.
    pub fn revoke_session(&self, session_id: &str) -> Result<Value, SteerError> {
        self.app.revoke_session(session_id, self.scope())
    }

    /// Lets a session end now, unless it has ended already. Gives the whole entry.
    ///
    /// # Errors
    /// If there is no such session, or it has not started yet.
    pub fn expire_session(&self, session_id: &str) -> Result<Value, SteerError> {
        self.app.expire_session(session_id, self.scope())
    }

    /// What the clock shows.
    #[must_use]
    pub fn now(&self) -> String {
        self.app.clock().now.to_string()
    }

    /// Stops the clock where it is.
    ///
    /// # Errors
    /// Never where the clock already is.
    pub fn freeze(&self) -> Result<(), SteerError> {
        self.app.set_clock(None, Some(true), None).map(drop)
    }

    /// Stops the clock at an RFC 3339 time.
    ///
    /// # Errors
    /// If the clock can't show it.
    pub fn freeze_at(&self, at: &str) -> Result<(), SteerError> {
        let at = Timestamp::parse(at).map_err(invalid)?;
        self.app.set_clock(Some(at), Some(true), None).map(drop)
    }

    /// Moves the clock forward. A frozen clock stays frozen, a running one runs on.
    ///
    /// # Errors
    /// If the clock can't show the time it would arrive at.
    pub fn advance(&self, by: Duration) -> Result<(), SteerError> {
        let by = TimeDelta::from_std(by).map_err(invalid)?;
        self.app.advance_clock(by).map(drop)
    }

    /// Lets the clock run from where it is, `scale` times as fast as the machine's.
    ///
    /// # Errors
    /// If the scale is none, from 0 to 1,000,000.
    pub fn run(&self, scale: f64) -> Result<(), SteerError> {
        self.app.set_clock(None, Some(false), Some(scale)).map(drop)
    }

    /// Lets the clock go with the machine's.
    ///
    /// # Errors
    /// Never while the machine's clock is between 1970 and 9999.
    pub fn release(&self) -> Result<(), SteerError> {
        self.app.set_clock(Some(system::machine_time()), Some(false), Some(1.0)).map(drop)
    }

    /// Adds a fault. Gives its number, by which it can be deleted.
    ///
    /// # Errors
    /// Every problem of the rule: an operation that is not served is one.
    pub fn add_fault(&self, fault: Fault) -> Result<u64, SteerError> {
        let added = self.app.add_fault(&source("fault", fault), self.scope())?;
        Ok(added["id"].as_u64().unwrap_or_default())
    }

    /// The faults with their counts, as the control plane shows them.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn faults(&self) -> Result<Vec<Value>, SteerError> {
        self.app.faults(self.scope())
    }

    /// Deletes one fault.
    ///
    /// # Errors
    /// If it is not there.
    pub fn delete_fault(&self, id: u64) -> Result<(), SteerError> {
        self.app.delete_faults(Some(id), self.scope()).map(drop)
    }

    /// Deletes every fault.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn clear_faults(&self) -> Result<(), SteerError> {
        self.app.delete_faults(None, self.scope()).map(drop)
    }

    /// The whole tokens in the project's bucket. `None` if it has no limit.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn bucket_level(&self) -> Result<Option<u64>, SteerError> {
        let running_world = self.app.running_world_with(self.scope())?;
        Ok(running_world.project(self.scope())?.bucket().level(running_world.clock.now()))
    }

    /// Empties the project's bucket: the next request is a 429.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn drain_bucket(&self) -> Result<(), SteerError> {
        self.set_bucket_level(0)
    }

    /// Fills the project's bucket.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn fill_bucket(&self) -> Result<(), SteerError> {
        self.set_bucket_level(u64::MAX)
    }

    /// Puts so many tokens into the project's bucket, at most as many as it holds.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn set_bucket_level(&self, tokens: u64) -> Result<(), SteerError> {
        let running_world = self.app.running_world_with(self.scope())?;
        running_world.project(self.scope())?.bucket().set_level(tokens, running_world.clock.now());
        Ok(())
    }

    /// Gives the project's bucket another limit, such as `5/s,burst=1` or `off`, and fills it.
    ///
    /// # Errors
    /// If the rate is none, or there is no such project.
    pub fn set_rate_limit(&self, rate: &str) -> Result<(), SteerError> {
        let setting: RateSetting = rate.parse().map_err(invalid)?;
        let running_world = self.app.running_world_with(self.scope())?;
        running_world.project(self.scope())?.bucket().set(setting, running_world.clock.now());
        Ok(())
    }

    /// Makes a project with credentials of its own: a clone of the seed's first project, or of the one that this is about.
    ///
    /// # Errors
    /// If there is no such project, or there are too many.
    pub fn create_project(&self) -> Result<Credentials, SteerError> {
        self.app.clone_project(self.scope())
    }

    /// Makes a project from its entry in a seed.
    ///
    /// # Errors
    /// Every problem of the entry, or that its id is taken.
    pub fn add_project(&self, entry: impl Display) -> Result<Credentials, SteerError> {
        self.app.add_project(&source("project", entry))
    }

    /// Deletes a project, its snapshots and its messages.
    ///
    /// # Errors
    /// If it is not there.
    pub fn delete_project(&self, project_id: &str) -> Result<(), SteerError> {
        self.app.delete_project(project_id)
    }

    /// The credentials of every project.
    #[must_use]
    pub fn projects(&self) -> Vec<Credentials> {
        self.app.projects()
    }

    /// Saves the world, or the project, under a name.
    ///
    /// # Errors
    /// If there is no such project, or there are too many snapshots.
    pub fn save_snapshot(&self, name: &str) -> Result<(), SteerError> {
        self.app.save_snapshot(name, self.scope()).map(drop)
    }

    /// Puts what was saved in the place of what is there. For one project it is that project's own snapshot, or its part of
    /// the world's.
    ///
    /// # Errors
    /// If there is no such snapshot.
    pub fn restore_snapshot(&self, name: &str) -> Result<(), SteerError> {
        self.app.restore_snapshot(name, self.scope())
    }

    /// Drops a snapshot.
    ///
    /// # Errors
    /// If it is not there.
    pub fn drop_snapshot(&self, name: &str) -> Result<(), SteerError> {
        self.app.drop_snapshot(name, self.scope())
    }

    /// The snapshots that there are: all, or the project's.
    #[must_use]
    pub fn snapshots(&self) -> Vec<SavedSnapshot> {
        self.app.snapshots(self.scope())
    }
}

fn source(name: &str, json: impl Display) -> Source {
    Source { name: name.to_owned(), text: json.to_string() }
}

fn invalid(error: impl Display) -> SteerError {
    SteerError::Invalid(error.to_string())
}
