//! What a reset goes back to: the seed that the emulator was started with, or that it last watched change.

use parking_lot::Mutex;

use super::running_world::RunningWorld;
use crate::config::Settings;
use crate::domain::frozen_project::FrozenProject;
use crate::domain::operation::Operation;
use crate::domain::timestamp::Timestamp;
use crate::domain::world::World;
use crate::system::{Clock, ClockMode, Entropy};
use crate::wire::seed::report::{Problem, Source};
use crate::wire::seed::{Counts, Seed, SeedClock, Terms, Unnamed};

/// A loaded seed.
#[derive(Debug)]
pub(super) struct Boot {
    seed: Mutex<Seed>,
    /// `--clock`, which wins over a seed's own.
    clock: Option<Timestamp>,
}

impl Boot {
    pub(super) fn load(
        settings: &Settings,
        sources: &[Source],
        operations: &[Operation],
        entropy: &Entropy,
    ) -> Result<Self, Vec<Problem>> {
        let now = Clock::new(ClockMode::system()).now();
        let now = settings.clock.map_or(SeedClock::Running(now), SeedClock::Fixed);
        let terms = Terms { clock: now, operations, unnamed: Unnamed::default() };
        let seed = entropy.ids(|ids| Seed::load(sources, &terms, ids))?;
        Ok(Self { seed: Mutex::new(seed), clock: settings.clock })
    }

    pub(super) fn counts(&self) -> Counts {
        self.seed.lock().counts()
    }

    /// The world that the seed describes, as it was loaded.
    pub(super) fn running_world(&self, settings: &Settings) -> RunningWorld {
        let seed = self.seed.lock();
        RunningWorld { clock: self.clock_of(&seed), world: World::from_frozen(&seed.frozen_projects(settings.rate_limit)) }
    }

    /// The world that the seed would describe if it were loaded now.
    pub(super) fn fresh_world(&self, settings: &Settings) -> RunningWorld {
        let clock = self.clock_of(&self.seed.lock());
        let world = World::from_frozen(&self.frozen_projects(clock.now(), settings));
        RunningWorld { clock, world }
    }

    fn clock_of(&self, seed: &Seed) -> Clock {
        Clock::new(self.clock.or(seed.clock).map_or_else(ClockMode::system, ClockMode::Frozen))
    }

    /// What the seed describes at `now`. Asked for again at a time that makes no difference, users come back as they
    /// are, and worlds built from them share what they don't change.
    pub(super) fn frozen_projects(&self, now: Timestamp, settings: &Settings) -> Vec<FrozenProject> {
        let mut seed = self.seed.lock();
        seed.move_to(now);
        seed.frozen_projects(settings.rate_limit)
    }
}
