//! What handlers receive: the settings, the door to the machine, and the stage, which is the world and the clock
//! it lives by. A request holds one stage from its start to its end.

use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::ambient::{Clock, ClockMode, Entropy};
use crate::config::{AuthMode, Settings};
use crate::domain::project::Blueprint;
use crate::domain::timestamp::Timestamp;
use crate::domain::world::World;
use crate::wire::profile::WireProfile;
use crate::wire::seed::report::{Problem, Source};
use crate::wire::seed::{Counts, Seed, SeedClock};

/// A world and its clock. Replaced whole; never half.
#[derive(Debug)]
pub struct Stage {
    /// The clock that everything in the world goes by.
    pub clock: Clock,
    /// The projects.
    pub world: World,
}

/// The emulator without its sockets.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    entropy: Entropy,
    stage: ArcSwap<Stage>,
    boot: Boot,
    /// What clients of the TLS port have to trust, if the emulator issued it.
    ca_pem: Option<Arc<str>>,
}

/// What a reset goes back to.
#[derive(Debug)]
struct Boot {
    seed: Seed,
    /// `--clock`, which wins over a seed's own.
    clock: Option<Timestamp>,
    /// The seed raised once, if it would always come out the same.
    blueprints: Option<Vec<Blueprint>>,
}

impl Boot {
    fn stage(&self, settings: &Settings) -> Stage {
        let clock = Clock::new(match self.clock.or(self.seed.clock) {
            Some(at) => ClockMode::Frozen(at),
            None => ClockMode::system(),
        });
        let world = match &self.blueprints {
            Some(blueprints) => World::raise(blueprints),
            None => World::raise(&self.seed.blueprints(clock.now(), settings.rate_limit)),
        };
        Stage { clock, world }
    }
}

impl App {
    /// Sets the emulator up from its settings and its seed.
    ///
    /// # Errors
    /// Every problem of the seed.
    pub fn new(settings: Settings, sources: &[Source]) -> Result<Self, Vec<Problem>> {
        let entropy = Entropy::new(settings.id_seed);
        let now = Clock::new(ClockMode::system()).now();
        let now = settings.clock.map_or(SeedClock::Running(now), SeedClock::Fixed);
        let seed = entropy.mint(|mint| Seed::load(sources, now, mint))?;
        entropy.rewind();
        let mut boot = Boot { blueprints: None, clock: settings.clock, seed };
        let stage = boot.stage(&settings);
        if boot.seed.is_timeless() {
            boot.blueprints = Some(stage.world.projects().iter().map(|project| project.blueprint()).collect());
        }
        Ok(Self { settings, entropy, stage: ArcSwap::from_pointee(stage), boot, ca_pem: None })
    }

    /// With the certificate that clients of the TLS port have to trust.
    #[must_use]
    pub fn with_ca(self, ca_pem: Option<Arc<str>>) -> Self {
        Self { ca_pem, ..self }
    }

    /// The certificate that clients of the TLS port have to trust, if the emulator issued it.
    #[must_use]
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }

    /// The stage as it is now, for a whole request.
    #[must_use]
    pub fn stage(&self) -> Arc<Stage> {
        self.stage.load_full()
    }

    /// The source of ids.
    #[must_use]
    pub fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    /// The face the emulator shows.
    #[must_use]
    pub fn wire(&self) -> WireProfile {
        self.settings.wire
    }

    /// How strictly credentials are checked.
    #[must_use]
    pub fn auth(&self) -> AuthMode {
        self.settings.auth
    }

    /// All settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How much the boot seed describes.
    #[must_use]
    pub fn boot_counts(&self) -> Counts {
        self.boot.seed.counts()
    }

    /// Goes back to the boot seed: world, clock, buckets, and the ids of a chosen id seed, in one step.
    pub fn reset(&self) {
        self.entropy.rewind();
        self.stage.store(Arc::new(self.boot.stage(&self.settings)));
    }

    /// Replaces the world with the one a seed describes. The clock stays, unless the seed freezes it.
    ///
    /// # Errors
    /// Every problem of the seed; nothing is changed then.
    pub fn replace(&self, source: Source) -> Result<Counts, Vec<Problem>> {
        let clock = Clock::new(self.stage().clock.mode());
        let seed = self.entropy.mint(|mint| Seed::load(&[source], SeedClock::Running(clock.now()), mint))?;
        let clock = seed.clock.map_or(clock, |at| Clock::new(ClockMode::Frozen(at)));
        let world = World::raise(&seed.blueprints(clock.now(), self.settings.rate_limit));
        self.stage.store(Arc::new(Stage { clock, world }));
        Ok(seed.counts())
    }
}
