//! What a reset goes back to: the seed that the emulator was started with, or that it last watched change.

use parking_lot::Mutex;

use super::Stage;
use crate::config::Settings;
use crate::domain::operation::Operation;
use crate::domain::project::Blueprint;
use crate::domain::timestamp::Timestamp;
use crate::domain::world::World;
use crate::system::{Clock, ClockMode, Entropy};
use crate::wire::seed::report::{Problem, Source};
use crate::wire::seed::{Counts, Seed, SeedClock, Terms, Unnamed};

/// A loaded seed, and the last world that was described by it.
#[derive(Debug)]
pub(super) struct Boot {
    seed: Seed,
    /// `--clock`, which wins over a seed's own.
    clock: Option<Timestamp>,
    /// What the seed came to, and when: relative times make another world of it a second later.
    built: Mutex<Option<(Timestamp, Vec<Blueprint>)>>,
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
        Ok(Self { seed, clock: settings.clock, built: Mutex::new(None) })
    }

    pub(super) fn counts(&self) -> Counts {
        self.seed.counts()
    }

    /// The stage that the emulator starts with.
    pub(super) fn stage(&self, settings: &Settings) -> Stage {
        let clock = Clock::new(match self.clock.or(self.seed.clock) {
            Some(at) => ClockMode::Frozen(at),
            None => ClockMode::system(),
        });
        let world = World::from_blueprints(&self.blueprints(clock.now(), settings));
        Stage { clock, world }
    }

    /// What the seed describes at `now`. Asked for again at a time that makes no difference, the same blueprints come
    /// back, and worlds built from them share what they don't change.
    pub(super) fn blueprints(&self, now: Timestamp, settings: &Settings) -> Vec<Blueprint> {
        let mut built = self.built.lock();
        match &*built {
            Some((at, blueprints)) if self.seed.is_timeless() || *at == now.whole_seconds() => blueprints.clone(),
            _ => {
                let blueprints = self.seed.blueprints(now, settings.rate_limit);
                *built = Some((now.whole_seconds(), blueprints.clone()));
                blueprints
            }
        }
    }
}
