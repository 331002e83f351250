//! Named snapshots of the world, or of one project: kept in memory, sharing what has not changed, restored by a swap.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{App, Stage, SteerError, state};
use crate::ambient::{Clock, ClockMode};
use crate::domain::project::{Blueprint, Project};
use crate::domain::world::World;
use crate::wire::seed::Counts;

/// The most snapshots at a time.
const MOST_SNAPSHOTS: usize = 100;

/// A saved world.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// Where the clock stood, if it was frozen and the whole world was saved.
    clock: Option<ClockMode>,
    /// Whether it is the whole world.
    whole: bool,
    projects: Vec<Blueprint>,
}

impl App {
    /// Saves the world, or one project, under a name; an older snapshot of that name gives way.
    ///
    /// # Errors
    /// If there is no such project, the name is none, or there are too many snapshots.
    pub fn save_snapshot(&self, name: &str, project_id: Option<&str>) -> Result<Counts, SteerError> {
        if name.is_empty() || name.len() > 128 {
            return Err(SteerError::Invalid("a snapshot's name has 1 to 128 bytes".to_owned()));
        }
        let stage = self.stage();
        let projects = match project_id {
            Some(_) => vec![stage.project(project_id)?],
            None => stage.world.projects(),
        };
        let clock = Some(stage.clock.mode()).filter(|mode| project_id.is_none() && matches!(mode, ClockMode::Frozen(_)));
        let saved = projects.iter().map(|project| project.blueprint()).collect();
        let mut snapshots = self.snapshots.lock();
        if snapshots.len() >= MOST_SNAPSHOTS && !snapshots.contains_key(name) {
            return Err(SteerError::Full(format!("there are {MOST_SNAPSHOTS} snapshots; delete some")));
        }
        snapshots.insert(name.to_owned(), Arc::new(Snapshot { clock, whole: project_id.is_none(), projects: saved }));
        Ok(state::counts(&projects.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
    }

    /// Puts a saved world, or project, in the place of what is there. Buckets are full and journals empty then; a clock
    /// that was frozen is frozen where it stood, a running one runs on.
    ///
    /// # Errors
    /// If there is no such snapshot.
    pub fn restore_snapshot(&self, name: &str) -> Result<(), SteerError> {
        let snapshot = self.snapshots.lock().get(name).cloned();
        let snapshot = snapshot.ok_or_else(|| no_snapshot(name))?;
        let _turn = self.swapping.lock();
        let stage = self.stage();
        if !snapshot.whole {
            for blueprint in &snapshot.projects {
                stage.world.put(Project::raise(blueprint));
            }
            return Ok(());
        }
        let clock = Clock::new(snapshot.clock.unwrap_or_else(|| stage.clock.mode()));
        self.stage.store(Arc::new(Stage { clock, world: World::raise(&snapshot.projects) }));
        Ok(())
    }

    /// Drops a snapshot.
    ///
    /// # Errors
    /// If it is not there.
    pub fn drop_snapshot(&self, name: &str) -> Result<(), SteerError> {
        self.snapshots.lock().remove(name).map(drop).ok_or_else(|| no_snapshot(name))
    }

    /// The names of the snapshots, each with the number of its projects.
    #[must_use]
    pub fn snapshots(&self) -> BTreeMap<String, usize> {
        self.snapshots.lock().iter().map(|(name, snapshot)| (name.clone(), snapshot.projects.len())).collect()
    }
}

fn no_snapshot(name: &str) -> SteerError {
    SteerError::NotFound(format!("there is no snapshot {name}"))
}
