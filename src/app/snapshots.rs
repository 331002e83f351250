//! Named snapshots of the world, or of one project: kept in memory, sharing what has not changed, restored by a swap.
//! Names are a project's own: workers with a project each may all call theirs the same.

use std::sync::Arc;

use super::core::App;
use super::projects;
use super::running_world::{RunningWorld, SteerError};
use super::saved::{Saved, SavedSnapshot, Snapshot};
use crate::domain::world::World;
use crate::system::{Clock, ClockMode};
use crate::wire::seed::Counts;

/// The most snapshots at a time.
const MAX_SNAPSHOTS: usize = 1_000;

impl App {
    /// Saves the world, or one project, under a name; an older snapshot of that name gives way.
    ///
    /// # Errors
    /// If there is no such project, the name is none, or there are too many snapshots.
    pub fn save_snapshot(&self, name: &str, project_id: Option<&str>) -> Result<Counts, SteerError> {
        if name.is_empty() || name.len() > 128 {
            return Err(SteerError::Invalid("a snapshot's name has 1 to 128 bytes".to_owned()));
        }
        self.provide_named(project_id)?;
        let _turn = self.swapping.lock();
        let running_world = self.running_world();
        let projects = running_world.projects(project_id)?;
        let snapshot = Snapshot {
            clock: Some(running_world.clock.mode()).filter(|mode| matches!(mode, ClockMode::Frozen(_))),
            faults: running_world.world.faults().all(),
            projects: projects.iter().map(|each| Saved { now: each.frozen(), origin: each.origin().clone() }).collect(),
        };
        let (mut snapshots, key) = (self.snapshots.lock(), key(name, project_id));
        if snapshots.len() >= MAX_SNAPSHOTS && !snapshots.contains_key(&key) {
            return Err(SteerError::Full(format!("there are {MAX_SNAPSHOTS} snapshots; delete some")));
        }
        snapshots.insert(key, Arc::new(snapshot));
        Ok(projects::counts(&projects.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
    }

    /// Puts the saved world in the place of what is there: its projects, its faults, and the clock if it was frozen; a
    /// running one runs on. Buckets are full and journals empty then. Of one project, its own snapshot of that name, or
    /// else its part of the world's: nothing but the project changes then.
    ///
    /// # Errors
    /// If there is no such snapshot.
    pub fn restore_snapshot(&self, name: &str, project_id: Option<&str>) -> Result<(), SteerError> {
        let _turn = self.swapping.lock();
        let running_world = self.running_world();
        let Some(id) = project_id else {
            let snapshot = self.snapshot(name, None).ok_or_else(|| no_snapshot(name, None))?;
            let clock = Clock::new(snapshot.clock.unwrap_or_else(|| running_world.clock.mode()));
            let world = World::of(snapshot.projects.iter().map(Saved::restore), &snapshot.faults);
            self.running_world.store(Arc::new(RunningWorld { clock, world }));
            return Ok(());
        };
        let snapshot = self.snapshot(name, project_id).or_else(|| self.snapshot(name, None));
        let saved = snapshot.as_ref().and_then(|snapshot| snapshot.projects.iter().find(|saved| saved.now.id.as_str() == id));
        let saved = saved.ok_or_else(|| no_snapshot(name, project_id))?;
        if running_world.world.project(id).is_none() {
            projects::check_room(&running_world)?;
        }
        running_world.world.put(saved.restore());
        Ok(())
    }

    /// Drops a snapshot of the world, or of a project.
    ///
    /// # Errors
    /// If it is not there.
    pub fn drop_snapshot(&self, name: &str, project_id: Option<&str>) -> Result<(), SteerError> {
        let dropped = self.snapshots.lock().remove(&key(name, project_id));
        dropped.map(drop).ok_or_else(|| no_snapshot(name, project_id))
    }

    /// What snapshots there are, of everything or of a project.
    #[must_use]
    pub fn snapshots(&self, project_id: Option<&str>) -> Vec<SavedSnapshot> {
        let snapshots = self.snapshots.lock();
        let meant = snapshots.iter().filter(|((of, _), _)| project_id.is_none() || of.as_deref() == project_id);
        meant
            .map(|((of, name), snapshot)| SavedSnapshot {
                name: name.clone(),
                project_id: of.clone(),
                projects: snapshot.projects.len(),
            })
            .collect()
    }

    fn snapshot(&self, name: &str, project_id: Option<&str>) -> Option<Arc<Snapshot>> {
        self.snapshots.lock().get(&key(name, project_id)).cloned()
    }
}

fn key(name: &str, project_id: Option<&str>) -> (Option<String>, String) {
    (project_id.map(str::to_owned), name.to_owned())
}

fn no_snapshot(name: &str, project_id: Option<&str>) -> SteerError {
    let of = project_id.map_or("the world".to_owned(), |id| format!("project {id}"));
    SteerError::NotFound(format!("there is no snapshot {name} of {of}"))
}
