//! The emulator inside a Rust test: it listens on a free port, and ends when its handle is dropped. Any number of them may
//! run in one process. Nothing is global, and no logger is installed.

mod control;
mod fault;
mod traffic;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::api::operations;
use crate::app::App;
use crate::config::{self, AuthMode, Settings, SourceError};
use crate::domain::bucket::{InvalidRate, RateSetting};
use crate::domain::project::Project;
use crate::domain::timestamp::{InvalidTimestamp, Timestamp};
use crate::server::{BindError, Server};
use crate::smtp::{InvalidSmtpServer, Mailer};
use crate::system::ClockRange;
use crate::tls::dns_name::InvalidName;
use crate::wire::profile::WireProfile;
use crate::wire::seed::report::{Problem, Source};
pub use control::Control;
pub use fault::Fault;

/// A running emulator.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use stytch_mock::Emulator;
///
/// let emulator = Emulator::builder()
///     .seed_json(r#"{"projects": [{"users": [{"external_id": "customer-42", "sessions": [{}]}]}]}"#)
///     .start()
///     .await?;
/// // point the app's own Stytch client here
/// let (base_url, id, secret) = (emulator.base_url(), emulator.project_id(), emulator.secret());
/// # assert!(base_url.starts_with("http://127.0.0.1:") && id.starts_with("project-test-") && !secret.is_empty());
/// # Ok(())
/// # }
/// ```
pub struct Emulator {
    address: SocketAddr,
    app: Arc<App>,
    /// Dropped to end the server.
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

impl Emulator {
    /// Describes an emulator. By default it has the built-in seed and listens on a free port of 127.0.0.1.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use stytch_mock::Emulator;
    /// let emulator = Emulator::builder().start().await?;
    /// # assert!(emulator.base_url().starts_with("http://127.0.0.1:"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens, such as `http://127.0.0.1:54321`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The id of the first project. Empty if there is none.
    #[must_use]
    pub fn project_id(&self) -> String {
        self.first_project().map(|project| project.id().to_string()).unwrap_or_default()
    }

    /// The first secret of the first project. Empty if there is none.
    #[must_use]
    pub fn secret(&self) -> String {
        let reveal = |project: Arc<Project>| project.secrets().first().map(|secret| secret.reveal().to_owned());
        self.first_project().and_then(reveal).unwrap_or_default()
    }

    /// What pages name the first project by. Empty if there is none.
    #[must_use]
    pub fn public_token(&self) -> String {
        let token = |project: Arc<Project>| project.login_settings().public_token(project.id()).into_owned();
        self.first_project().map(token).unwrap_or_default()
    }

    /// Steers it: everything that the control plane can do, without HTTP.
    #[must_use]
    pub fn control(&self) -> Control<'_> {
        Control::new(&self.app)
    }

    fn first_project(&self) -> Option<Arc<Project>> {
        self.app.running_world().world.first_project()
    }

    /// Ends it, and waits until requests in flight are answered. Dropping it ends it without waiting.
    pub async fn stop(mut self) {
        self.stop = None;
        // a server that panicked is as gone as one that returned
        let _ = (&mut self.server).await;
    }
}

/// Shows where it is. The world inside may be large and holds secrets.
impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Describes an emulator that is to be started.
#[derive(Debug, Default)]
#[must_use = "nothing runs until start() is awaited"]
pub struct Builder {
    settings: Settings,
    sources: Vec<Source>,
    files: Vec<PathBuf>,
    rate_limit: Option<String>,
    clock: Option<String>,
    control_hosts: Vec<String>,
    smtp: Option<String>,
    port: u16,
}

impl Builder {
    /// Adds a seed as JSON. Several merge.
    pub fn seed_json(mut self, json: impl Into<String>) -> Self {
        let name = if self.sources.is_empty() { "seed_json".to_owned() } else { format!("seed_json {}", self.sources.len() + 1) };
        self.sources.push(Source { name, text: json.into() });
        self
    }

    /// Adds a seed file, or a folder of them.
    pub fn seed_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.push(path.into());
        self
    }

    /// The form of answers. Default: as the documentation prints them.
    pub fn wire(mut self, wire: WireProfile) -> Self {
        self.settings.wire = wire;
        self
    }

    /// How strictly credentials are checked. Default: as the real service does.
    pub fn auth(mut self, auth: AuthMode) -> Self {
        self.settings.auth = auth;
        self
    }

    /// The bucket of projects whose seed has none: `100/s`, `100/s,burst=20`, `off`. Default: `10000/s`.
    pub fn rate_limit(mut self, rate: impl Into<String>) -> Self {
        self.rate_limit = Some(rate.into());
        self
    }

    /// Freezes the clock at an RFC 3339 time. Default: the seed's, or the system's clock.
    pub fn clock(mut self, at: impl Into<String>) -> Self {
        self.clock = Some(at.into());
        self
    }

    /// Draws ids and tokens from this number, so that they repeat. Default: random.
    pub fn id_seed(mut self, seed: u64) -> Self {
        self.settings.id_seed = Some(seed);
        self
    }

    /// Whether the control plane is there, under `/__mock`. Default: it is.
    pub fn control(mut self, control: bool) -> Self {
        self.settings.control = control;
        self
    }

    /// Adds a host by which the control plane may be asked for: `mock.example.com`, `*.example.com`. Default: addresses
    /// and local names.
    pub fn control_host(mut self, name: impl Into<String>) -> Self {
        self.control_hosts.push(name.into());
        self
    }

    /// Gives unknown credentials of the form `project-test-<uuid>` a project of their own. Default: it does not.
    pub fn auto_projects(mut self, auto: bool) -> Self {
        self.settings.auto_projects = auto;
        self
    }

    /// Whether refusals say why in a header. Default: they do.
    pub fn explain(mut self, explain: bool) -> Self {
        self.settings.explain = explain;
        self
    }

    /// How many requests the journal of each project keeps. Default: 1,000.
    pub fn journal(mut self, requests: usize) -> Self {
        self.settings.journal = requests;
        self
    }

    /// Whether the journal keeps bodies, with their secrets redacted. Default: it does not.
    pub fn journal_bodies(mut self, bodies: bool) -> Self {
        self.settings.journal_bodies = bodies;
        self
    }

    /// Whether the vendor's sandbox values work, in test projects. Default: they do.
    pub fn sandbox(mut self, sandbox: bool) -> Self {
        self.settings.sandbox = sandbox;
        self
    }

    /// Sends every e-mail of the outbox to a server as well: `smtp://localhost:1025`.
    pub fn smtp(mut self, server: impl Into<String>) -> Self {
        self.smtp = Some(server.into());
        self
    }

    /// The port. Default: a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts it on the runtime of the caller. It answers as soon as this returns.
    ///
    /// # Errors
    /// If a seed, a rate or a time is wrong, or the port is taken.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let Self { mut settings, mut sources, files, rate_limit, clock, control_hosts, smtp, port } = self;
        if let Some(rate) = rate_limit {
            settings.rate_limit = rate.parse::<RateSetting>()?;
        }
        if let Some(at) = clock {
            let at = Timestamp::parse(&at)?;
            settings.clock = Some(if at < Timestamp::EPOCH { return Err(ClockRange.into()) } else { at });
        }
        settings.smtp = smtp.map(|server| server.parse()).transpose()?;
        settings.control_hosts = control_hosts.iter().map(|name| name.parse()).collect::<Result<_, InvalidName>>()?;
        if !files.is_empty() || sources.is_empty() {
            sources.extend(config::read_sources(&files, None)?);
        }
        let mailer = settings.smtp.as_ref().map(Mailer::start);
        let app = App::new(settings, &sources, operations::names()).map_err(StartError::Seed)?;
        let app = Arc::new(app.with_mailer(mailer));
        let server = Server::bind(config::DEFAULT_HOST, port, Arc::clone(&app)).await?;
        let address = server.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let run = server.run(async {
            // the sender is never used, only dropped
            let _ = stopped.await;
        });
        Ok(Emulator { address, app, stop: Some(stop), server: tokio::spawn(run) })
    }
}

/// Why an emulator did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The seed is wrong; every problem is there.
    #[error("{}", Problems(.0))]
    Seed(Vec<Problem>),
    /// A seed file can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The rate is none.
    #[error("rate_limit: {0}")]
    Rate(#[from] InvalidRate),
    /// The time is none.
    #[error("clock: {0}")]
    Clock(#[from] InvalidTimestamp),
    /// The time is one that the clock can't show.
    #[error("clock: {0}")]
    ClockRange(#[from] ClockRange),
    /// A name given to [`Builder::control_host`] is none.
    #[error("control_host: {0}")]
    ControlHost(#[from] InvalidName),
    /// The server given to [`Builder::smtp`] is none.
    #[error("smtp: {0}")]
    Smtp(#[from] InvalidSmtpServer),
    /// The port can't be had.
    #[error(transparent)]
    Listen(#[from] BindError),
    /// The socket has no address.
    #[error("the socket has no address: {0}")]
    Address(#[from] std::io::Error),
}

/// The problems of a seed as people read them: how many, and one a line.
pub(crate) struct Problems<'a>(pub(crate) &'a [Problem]);

impl fmt::Display for Problems<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(f, "the seed has {} problem{plural}", self.0.len())?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}
