//! The emulator without its sockets: what handlers receive. The settings, the door to the machine, and the stage, which
//! is the world and the clock it lives by; a request holds one stage from its start to its end. Both the control plane
//! and the in-process handle steer it through the methods here.

mod boot_seed;
mod clock;
mod faults;
mod projects;
mod requests;
mod snapshots;
mod state;
mod users;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use arc_swap::ArcSwap;
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::config::Settings;
use crate::domain::operation::Operation;
use crate::domain::project::Project;
use crate::domain::world::World;
use crate::system::{Clock, Entropy};
use crate::wire::profile::WireProfile;
use crate::wire::seed::report::{Problem, Source};
use boot_seed::Boot;
pub use clock::ClockReading;
pub use projects::Credentials;
pub use requests::{Record, RequestFilter, Requests};
pub use snapshots::SavedSnapshot;
use snapshots::Snapshots;

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
    /// What the emulated API serves; said by its routing table.
    operations: Vec<Operation>,
    entropy: Entropy,
    stage: ArcSwap<Stage>,
    boot: ArcSwap<Boot>,
    /// Held by who puts another stage, or project, in place, or moves the clock.
    swapping: Mutex<()>,
    snapshots: Mutex<Snapshots>,
    /// How many requests there have been.
    sequence: AtomicU64,
    /// Told of every request, if somebody waits for one.
    arrivals: watch::Sender<()>,
    /// What clients of the TLS port have to trust, if the emulator issued it.
    ca_pem: Option<Arc<str>>,
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
    /// A seed, or a piece of one, is wrong.
    #[error("nothing was changed: {}", crate::wire::seed::report::summary(.0))]
    Problems(Vec<Problem>),
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
        let stage = boot.stage(&settings);
        Ok(Self {
            settings,
            operations,
            entropy,
            stage: ArcSwap::from_pointee(stage),
            boot: ArcSwap::from_pointee(boot),
            swapping: Mutex::new(()),
            snapshots: Mutex::default(),
            sequence: AtomicU64::new(0),
            arrivals: watch::Sender::default(),
            ca_pem: None,
        })
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

    /// All settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Stage {
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
