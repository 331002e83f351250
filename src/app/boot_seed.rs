//! What a reset goes back to: the seed that the emulator was started with, or that it last watched change.

use parking_lot::Mutex;

use super::stage::Stage;
use crate::config::Settings;
use crate::domain::blueprint::Blueprint;
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

    /// The stage that the seed describes, as it was loaded.
    pub(super) fn stage(&self, settings: &Settings) -> Stage {
        let seed = self.seed.lock();
        Stage { clock: self.clock_of(&seed), world: World::from_blueprints(&seed.blueprints(settings.rate_limit)) }
    }

    /// The stage that the seed would describe if it were loaded now.
    pub(super) fn fresh_stage(&self, settings: &Settings) -> Stage {
        let clock = self.clock_of(&self.seed.lock());
        let world = World::from_blueprints(&self.blueprints(clock.now(), settings));
        Stage { clock, world }
    }

    fn clock_of(&self, seed: &Seed) -> Clock {
        Clock::new(self.clock.or(seed.clock).map_or_else(ClockMode::system, ClockMode::Frozen))
    }

    /// What the seed describes at `now`. Asked for again at a time that makes no difference, users come back as they
    /// are, and worlds built from them share what they don't change.
    pub(super) fn blueprints(&self, now: Timestamp, settings: &Settings) -> Vec<Blueprint> {
        let mut seed = self.seed.lock();
        seed.move_to(now);
        seed.blueprints(settings.rate_limit)
    }
}
