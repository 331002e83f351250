//! The world that requests see, with the clock that it goes by; and what steering it refuses.

use std::sync::Arc;

use crate::domain::project::Project;
use crate::domain::world::World;
use crate::system::Clock;
use crate::wire::seed::report::{Problem, summary};

/// A world and its clock. Replaced whole; never half.
#[derive(Debug)]
pub struct RunningWorld {
    /// The clock that everything in the world goes by.
    pub clock: Clock,
    /// The projects.
    pub world: World,
}

/// What steering refuses. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SteerError {
    /// What was named is not there.
    #[error("{0}")]
    NotFound(String),
    /// What was asked for collides with what is there.
    #[error("{0}")]
    Conflict(String),
    /// What was asked for makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// There is no room for more.
    #[error("{0}")]
    Full(String),
    /// A seed, or a part of one, is wrong.
    #[error("nothing was changed: {}", summary(.0))]
    Problems(Vec<Problem>),
}

impl RunningWorld {
    /// The project of this id, or all of them.
    ///
    /// # Errors
    /// If it is not there.
    pub fn projects(&self, id: Option<&str>) -> Result<Vec<Arc<Project>>, SteerError> {
        match id {
            Some(_) => Ok(vec![self.project(id)?]),
            None => Ok(self.world.projects()),
        }
    }

    /// The project of this id, or the first.
    ///
    /// # Errors
    /// If it is not there.
    pub fn project(&self, id: Option<&str>) -> Result<Arc<Project>, SteerError> {
        match id {
            Some(id) => self.world.project(id).ok_or_else(|| SteerError::NotFound(format!("there is no project {id}"))),
            None => self.world.first_project().ok_or_else(|| SteerError::NotFound("the world has no project".to_owned())),
        }
    }
}
