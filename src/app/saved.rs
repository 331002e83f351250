//! What a snapshot holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::fault::Fault;
use crate::domain::frozen_project::FrozenProject;
use crate::domain::project::Project;
use crate::system::ClockMode;

/// All snapshots, by the project that they are of (none: the whole world) and their name.
pub(super) type Snapshots = BTreeMap<(Option<String>, String), Arc<Snapshot>>;

/// A saved world, or one project of it.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// Where the clock stood, if it was frozen.
    pub(super) clock: Option<ClockMode>,
    /// The faults of the world.
    pub(super) faults: Arc<[Fault]>,
    pub(super) projects: Vec<Saved>,
}

/// A saved project.
#[derive(Debug)]
pub(super) struct Saved {
    /// As it was.
    pub(super) now: FrozenProject,
    /// What it had been made from.
    pub(super) origin: FrozenProject,
}

/// What a snapshot is called, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Snapshot")]
#[non_exhaustive]
pub struct SavedSnapshot {
    /// Its name.
    pub name: String,
    /// The project that it is of; `None` if it is of the whole world.
    pub project_id: Option<String>,
    /// How many projects it holds.
    pub projects: usize,
}

impl Saved {
    pub(super) fn restore(&self) -> Project {
        Project::restore(&self.now, &self.origin)
    }
}
