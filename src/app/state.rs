//! The whole world: shown, replaced, reset, reloaded. Each puts another world in place in one step.

use std::sync::Arc;

use serde_json::Value;

use super::boot_seed::Boot;
use super::core::App;
use super::projects::counts;
use super::running_world::{RunningWorld, SteerError};
use crate::domain::project::Project;
use crate::domain::world::World;
use crate::system::{Clock, ClockMode};
use crate::wire::seed::report::Source;
use crate::wire::seed::{Counts, Seed, SeedClock, Terms, Unnamed, export};

impl App {
    /// How much the boot seed describes.
    #[must_use]
    pub fn boot_counts(&self) -> Counts {
        self.boot.load().counts()
    }

    /// The world, or one project of it, as a seed: whoever loads it gets the same users, sessions and tokens.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn state(&self, project_id: Option<&str>) -> Result<Value, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        let clock = match running_world.clock.mode() {
            ClockMode::Frozen(at) => Some(at),
            ClockMode::Running { .. } => None,
        };
        let projects = running_world.projects(project_id)?;
        Ok(export::world(clock, running_world.clock.now(), projects.iter().map(AsRef::as_ref)))
    }

    /// Goes back to the boot seed: world, clock, buckets, faults, journal, and the ids of a chosen id seed. A project
    /// alone goes back to what it was made from, and the clock stays.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn reset(&self, project_id: Option<&str>) -> Result<Counts, SteerError> {
        self.provide_named(project_id)?;
        let _turn = self.swapping.lock();
        let boot = self.boot.load();
        let Some(id) = project_id else {
            self.entropy.rewind();
            self.running_world.store(Arc::new(boot.fresh_world(&self.settings)));
            return Ok(boot.counts());
        };
        let running_world = self.running_world();
        let project = running_world.project(Some(id))?;
        let seeded =
            boot.frozen_projects(running_world.clock.now(), &self.settings).into_iter().find(|seeded| seeded.id == *project.id());
        let fresh = Project::from_frozen(&seeded.unwrap_or_else(|| project.origin().clone()));
        // one that was made without a secret keeps the one that it was brought
        project.secrets().iter().take(1).cloned().for_each(|secret| fresh.adopt(secret));
        let counts = counts(&[&fresh]);
        running_world.world.outbox().clear_project(fresh.id());
        running_world.world.put(fresh);
        Ok(counts)
    }

    /// Replaces the world, or one project of it, by what a seed describes. The clock stays, unless the seed freezes it
    /// (a seed for one project may not). A seed for one project needn't say its id and secrets again.
    ///
    /// # Errors
    /// Every problem of the seed, or that there is no such project; nothing is changed then.
    pub fn replace(&self, source: Source, project_id: Option<&str>) -> Result<Counts, SteerError> {
        self.provide_named(project_id)?;
        let _turn = self.swapping.lock();
        let running_world = self.running_world();
        let now = running_world.clock.now();
        let scope = project_id.map(|id| running_world.project(Some(id))).transpose()?;
        let own = |project: &Arc<Project>| Unnamed { id: project.id().clone(), secrets: project.secrets().to_vec() };
        let unnamed = scope.as_ref().map(own).unwrap_or_default();
        let terms = Terms { clock: SeedClock::Running(now), operations: &self.operations, unnamed };
        let seed = self.entropy.ids(|ids| Seed::load(&[source], &terms, ids)).map_err(SteerError::Problems)?;
        if let Some(project) = scope {
            let id = project.id();
            let frozen_projects = seed.frozen_projects(self.settings.rate_limit);
            let [frozen] = frozen_projects.as_slice() else {
                return Err(SteerError::Invalid(format!(
                    "the seed has {} projects; here it has one, {id}",
                    frozen_projects.len()
                )));
            };
            if frozen.id != *id || seed.clock.is_some_and(|clock| clock != now) {
                return Err(SteerError::Invalid(format!("the seed is to describe project {id}, and no other clock")));
            }
            running_world.world.put(Project::restore(frozen, project.origin()));
            return Ok(seed.counts());
        }
        let clock = match seed.clock {
            Some(at) => Clock::new(ClockMode::Frozen(at)),
            None => Clock::new(running_world.clock.mode()),
        };
        let world = World::from_frozen(&seed.frozen_projects(self.settings.rate_limit));
        self.running_world.store(Arc::new(RunningWorld { clock, world }));
        Ok(seed.counts())
    }

    /// Starts over from another boot seed, as a restart would.
    ///
    /// # Errors
    /// Every problem of the seed; the old one stays then.
    pub fn reload(&self, sources: &[Source]) -> Result<Counts, SteerError> {
        let boot = Boot::load(&self.settings, sources, &self.operations, &self.entropy).map_err(SteerError::Problems)?;
        let _turn = self.swapping.lock();
        let counts = boot.counts();
        self.entropy.rewind();
        self.running_world.store(Arc::new(boot.running_world(&self.settings)));
        self.boot.store(Arc::new(boot));
        Ok(counts)
    }
}
