//! What handlers receive: the settings, the machine's clock and randomness, the running world, and what it can go back to.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use arc_swap::ArcSwap;
use parking_lot::Mutex;

use super::arrivals::Arrivals;
use super::boot_seed::Boot;
use super::running_world::RunningWorld;
use super::saved::Snapshots;
use crate::config::Settings;
use crate::domain::operation::Operation;
use crate::smtp::Mailer;
use crate::system::Entropy;
use crate::wire::profile::WireProfile;
use crate::wire::seed::report::{Problem, Source};

/// The emulator without its sockets.
#[derive(Debug)]
pub struct App {
    pub(super) settings: Settings,
    /// What the emulated API serves; said by its routing table.
    pub(super) operations: Vec<Operation>,
    pub(super) entropy: Entropy,
    pub(super) running_world: ArcSwap<RunningWorld>,
    pub(super) boot: ArcSwap<Boot>,
    /// Held by who puts another world, or project, in place, or moves the clock.
    pub(super) swapping: Mutex<()>,
    pub(super) snapshots: Mutex<Snapshots>,
    /// How many requests there have been.
    pub(super) sequence: AtomicU64,
    /// Told of every request, if somebody waits for one.
    pub(super) arrivals: Arrivals,
    /// Told of every message.
    pub(super) outbox_arrivals: Arrivals,
    /// Where e-mails go beside the outbox.
    pub(super) mailer: Option<Mailer>,
    /// What clients of the TLS port have to trust, if the emulator issued it.
    ca_pem: Option<Arc<str>>,
}

impl App {
    /// Sets the emulator up from its settings and its seed, for an API that serves `operations`.
    ///
    /// # Errors
    /// Every problem of the seed.
    pub fn new(settings: Settings, sources: &[Source], operations: Vec<Operation>) -> Result<Self, Vec<Problem>> {
        let entropy = Entropy::new(settings.id_seed);
        let boot = Boot::load(&settings, sources, &operations, &entropy)?;
        entropy.rewind();
        let running_world = boot.running_world(&settings);
        Ok(Self {
            settings,
            operations,
            entropy,
            running_world: ArcSwap::from_pointee(running_world),
            boot: ArcSwap::from_pointee(boot),
            swapping: Mutex::new(()),
            snapshots: Mutex::default(),
            sequence: AtomicU64::new(0),
            arrivals: Arrivals::default(),
            outbox_arrivals: Arrivals::default(),
            mailer: None,
            ca_pem: None,
        })
    }

    /// With the certificate that clients of the TLS port have to trust.
    #[must_use]
    pub fn with_ca(self, ca_pem: Option<Arc<str>>) -> Self {
        Self { ca_pem, ..self }
    }

    /// With a mailer, to which every e-mail of the outbox goes as well.
    #[must_use]
    pub fn with_mailer(self, mailer: Option<Mailer>) -> Self {
        Self { mailer, ..self }
    }

    /// The certificate that clients of the TLS port have to trust, if the emulator issued it.
    #[must_use]
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }

    /// The world as it is now, for a whole request.
    #[must_use]
    pub fn running_world(&self) -> Arc<RunningWorld> {
        self.running_world.load_full()
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

    /// All settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
