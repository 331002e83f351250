//! The context of a request: what is known of it while it is answered, and what the log and the journal tell of it.

use std::sync::Arc;

use axum::http::request::Parts;

use crate::app::{App, RunningWorld};
use crate::domain::id::Environment;
use crate::domain::project::Project;
use crate::domain::request_id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::system::Stopwatch;

/// A request and what is known of it so far.
pub struct RequestContext<'a> {
    pub app: &'a Arc<App>,
    /// The clock and the world, for the whole request.
    pub running_world: Arc<RunningWorld>,
    /// The one instant of the request.
    pub now: Timestamp,
    /// Started when it came.
    pub stopwatch: Stopwatch,
    pub parts: Parts,
    /// Whose request it is, once that is known.
    pub project: Option<Arc<Project>>,
    /// The fault that struck it, if one did.
    pub fault: Option<u64>,
    /// Whether it came before the `retry-after` that the project was given had passed.
    pub before_retry_after: bool,
    /// The names of what it sent and its operation does not have.
    pub ignored: Vec<String>,
    /// Its body, if the journal keeps bodies.
    pub journaled_body: Option<String>,
    request_id: RequestId,
}

impl<'a> RequestContext<'a> {
    /// Begins with a request's head.
    #[must_use]
    pub fn begin(app: &'a Arc<App>, parts: Parts) -> Self {
        let stopwatch = Stopwatch::start();
        let running_world = app.running_world();
        let now = running_world.clock.now();
        Self {
            app,
            running_world,
            now,
            stopwatch,
            parts,
            project: None,
            fault: None,
            before_retry_after: false,
            ignored: Vec::new(),
            journaled_body: None,
            request_id: RequestId::new(Environment::Test, app.entropy().uuid()),
        }
    }

    /// Its `request_id`, of the environment of the project that it turned out to be for.
    #[must_use]
    pub fn request_id(&self) -> RequestId {
        self.request_id.of(self.project.as_ref().map_or(Environment::Test, |project| project.environment()))
    }
}
