//! Flags and environment, as typed: what the command accepts, and the help that teaches it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::record::RecordArgs;
use super::verify::VerifyArgs;
use super::wire::WireArg;
use crate::config::{AuthMode, DEFAULT_HOST, DEFAULT_JOURNAL, DEFAULT_PORT, DEFAULT_RATE_LIMIT, Settings};
use crate::domain::bucket::RateSetting;
use crate::domain::timestamp::Timestamp;
use crate::smtp::SmtpServer;
use crate::tls::TlsSettings;
use crate::tls::dns_name::CertificateName;

const AFTER_HELP: &str = "\
Every flag has a variable. Examples:
  stytch-mock                                     the built-in seed on http://127.0.0.1:7898
  stytch-mock --seed users.json --port 0          your own users, on a free port
  stytch-mock --clock 2021-08-09T08:00:00Z        time stands still until a test moves it
  stytch-mock --rate-limit 5/s,burst=5            the sixth request of a second is a 429
  stytch-mock validate seeds/                     every problem, with its line
  stytch-mock verify --against https://test.stytch.com
                                                  what the real service answers otherwise

Exit codes: 0 done; 1 a seed or a check failed; 2 bad usage.";

/// A local emulator of Stytch's sessions API for test suites.
#[derive(Debug, Parser)]
#[command(name = "stytch-mock", version, about, after_help = AFTER_HELP, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do; `serve` if nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The flags of `serve`.
    #[command(flatten)]
    pub serve: ServeArgs,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the emulator (what happens without a command, too)
    Serve(Box<ServeArgs>),
    /// Check seed files: every problem with file, line, column and JSON path
    Validate(ValidateArgs),
    /// Print the seed's JSON Schema, for editors
    Schema,
    /// Print the certificate that clients of the TLS port have to trust
    Ca(CaArgs),
    /// Compare the emulator with the real service, by a project of yours
    Verify(Box<VerifyArgs>),
    /// Write a seed of what the real service answers about users of yours
    Record(Box<RecordArgs>),
    /// Exit with 0 if the emulator answers (the image's HEALTHCHECK)
    Healthcheck(AddressArgs),
}

/// Where the seed lies.
#[derive(Debug, Clone, Args)]
pub struct SeedArgs {
    /// A seed: a file, a folder of .json files, or - for standard input. Repeatable; several merge. Default: the built-in seed
    #[arg(long = "seed", value_name = "PATH", env = "STYTCH_MOCK_SEED", value_delimiter = ',')]
    pub seeds: Vec<PathBuf>,
    /// A folder whose .json files are seeds, too; empty or absent is no error. The image: /seed
    #[arg(long, value_name = "PATH", env = "STYTCH_MOCK_SEED_DIR")]
    pub seed_dir: Option<PathBuf>,
    /// A seed as JSON; merges with the files
    #[arg(long, value_name = "JSON", env = "STYTCH_MOCK_SEED_JSON", hide_env_values = true)]
    pub seed_json: Option<String>,
}

impl SeedArgs {
    /// Every path that was named; an empty variable names none.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        self.seeds.iter().filter(|path| !path.as_os_str().is_empty()).cloned().collect()
    }

    /// The seed given in place.
    #[must_use]
    pub fn inline(&self) -> Option<&str> {
        self.seed_json.as_deref().filter(|json| !json.is_empty())
    }
}

/// What is to be checked.
#[derive(Debug, Args)]
pub struct ValidateArgs {
    /// Seeds, as with --seed
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The seed as `serve` takes it.
    #[command(flatten)]
    pub seed: SeedArgs,
}

/// The flags of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The address to listen on
    #[arg(long, value_name = "HOST", env = "STYTCH_MOCK_HOST", default_value = DEFAULT_HOST)]
    pub host: String,
    /// The port to listen on; 0 picks a free one
    #[arg(long, value_name = "PORT", env = "STYTCH_MOCK_PORT", default_value_t = DEFAULT_PORT)]
    pub port: u16,
    /// The seed.
    #[command(flatten)]
    pub seed: SeedArgs,
    /// TLS.
    #[command(flatten)]
    pub tls: TlsArgs,
    /// Which face to show: as the documentation prints answers, or as the real service was captured
    #[arg(long, value_enum, value_name = "PROFILE", env = "STYTCH_MOCK_WIRE", default_value = "page")]
    pub wire: WireArg,
    /// Check credentials as the real service does, or take any
    #[arg(long, value_enum, value_name = "MODE", env = "STYTCH_MOCK_AUTH", default_value = "strict")]
    pub auth: AuthArg,
    /// Each project's token bucket: 100/s, 600/m, 1000/h, 100/s,burst=20 or off. A seed's own limit wins
    #[arg(long, value_name = "RATE", env = "STYTCH_MOCK_RATE_LIMIT", default_value = DEFAULT_RATE_LIMIT)]
    pub rate_limit: RateSetting,
    /// Freeze the clock at this RFC 3339 time. Default: the system's clock
    #[arg(long, value_name = "RFC3339", env = "STYTCH_MOCK_CLOCK", value_parser = parse_clock)]
    pub clock: Option<Timestamp>,
    /// Draw ids and tokens from this number, so that they repeat. Default: random
    #[arg(long, value_name = "N", env = "STYTCH_MOCK_ID_SEED")]
    pub id_seed: Option<u64>,
    /// Write the base URL into this file once the emulator listens
    #[arg(long, value_name = "PATH", env = "STYTCH_MOCK_READY_FILE")]
    pub ready_file: Option<PathBuf>,
    /// End when standard input ends: when whoever started the emulator is gone, however that came about
    #[arg(long, env = "STYTCH_MOCK_EXIT_WITH_STDIN")]
    pub exit_with_stdin: bool,
    /// Log each request to standard error. Default: pretty on a terminal, else json
    #[arg(long, value_enum, value_name = "FORMAT", env = "STYTCH_MOCK_LOG")]
    pub log: Option<LogFormat>,
    /// Start the world over when a seed changes; a bad edit changes nothing
    #[arg(long, env = "STYTCH_MOCK_WATCH")]
    pub watch: bool,
    /// Whether the control plane is there, under /__mock
    #[arg(long, value_enum, value_name = "ON|OFF", env = "STYTCH_MOCK_CONTROL", default_value = "on")]
    pub control: Switch,
    /// One more host name that the control plane answers to, beside addresses and local names. Repeatable
    #[arg(long = "control-host", value_name = "NAME", env = "STYTCH_MOCK_CONTROL_HOST", value_delimiter = ',')]
    pub control_hosts: Vec<CertificateName>,
    /// Give unknown credentials of the form project-test-<uuid> a project of their own, cloned from the seed's first
    #[arg(long, value_enum, value_name = "MODE", env = "STYTCH_MOCK_PROJECTS", default_value = "seeded")]
    pub projects: ProjectsArg,
    /// Say in a header, x-stytch-mock-reason, why a request was refused
    #[arg(long, value_enum, value_name = "ON|OFF", env = "STYTCH_MOCK_EXPLAIN", default_value = "on")]
    pub explain: Switch,
    /// How many requests the journal of each project keeps; 0 keeps none
    #[arg(long, value_name = "N", env = "STYTCH_MOCK_JOURNAL", default_value_t = DEFAULT_JOURNAL)]
    pub journal: usize,
    /// Keep request bodies in the journal, with their secrets redacted
    #[arg(long, value_enum, value_name = "ON|OFF", env = "STYTCH_MOCK_JOURNAL_BODIES", default_value = "off")]
    pub journal_bodies: Switch,
    /// Send every e-mail of the outbox to this server as well, such as `smtp://localhost:1025`
    #[arg(long, value_name = "URL", env = "STYTCH_MOCK_SMTP")]
    pub smtp: Option<SmtpServer>,
    /// Whether the vendor's sandbox values work, in test projects
    #[arg(long, value_enum, value_name = "ON|OFF", env = "STYTCH_MOCK_SANDBOX", default_value = "on")]
    pub sandbox: Switch,
}

impl ServeArgs {
    /// Refuses what does not go together.
    ///
    /// # Errors
    /// What that is.
    pub fn check(&self) -> Result<(), String> {
        if self.exit_with_stdin && self.seed.paths().iter().any(|path| path.as_os_str() == "-") {
            let what = "--exit-with-stdin (STYTCH_MOCK_EXIT_WITH_STDIN) needs standard input for itself; give --seed a file";
            return Err(what.to_owned());
        }
        self.tls.check()
    }

    /// The settings that they come to. The control plane answers to every name that the user gave the emulator.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            wire: self.wire.profile(),
            auth: match self.auth {
                AuthArg::Strict => AuthMode::Strict,
                AuthArg::Any => AuthMode::Any,
            },
            rate_limit: self.rate_limit,
            clock: self.clock,
            id_seed: self.id_seed,
            control: self.control == Switch::On,
            control_hosts: self.control_hosts.iter().chain(&self.tls.tls_names).cloned().chain(self.host.parse()).collect(),
            auto_projects: self.projects == ProjectsArg::Auto,
            explain: self.explain == Switch::On,
            journal: self.journal,
            journal_bodies: self.journal_bodies == Switch::On,
            sandbox: self.sandbox == Switch::On,
            smtp: self.smtp.clone(),
        }
    }
}

/// The flags of TLS.
#[derive(Debug, Args)]
pub struct TlsArgs {
    /// Answer over TLS on this port, too; 0 picks a free one
    #[arg(long, value_name = "PORT", env = "STYTCH_MOCK_TLS_PORT")]
    pub tls_port: Option<u16>,
    /// A certificate chain of your own, as PEM. Default: one is issued at start
    #[arg(long, value_name = "PATH", env = "STYTCH_MOCK_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The key of --tls-cert, as PEM
    #[arg(long, value_name = "PATH", env = "STYTCH_MOCK_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// One more name for the issued certificate, beside localhost, test.stytch.com and api.stytch.com. Repeatable
    #[arg(long = "tls-name", value_name = "NAME", env = "STYTCH_MOCK_TLS_NAME", value_delimiter = ',')]
    pub tls_names: Vec<CertificateName>,
    /// Write the certificate that clients have to trust into this file
    #[arg(long, value_name = "PATH", env = "STYTCH_MOCK_CA_FILE")]
    pub ca_file: Option<PathBuf>,
    /// Keep the issuing authority in this folder, so that trust outlives a restart
    #[arg(long, value_name = "PATH", env = "STYTCH_MOCK_CA_DIR")]
    pub ca_dir: Option<PathBuf>,
}

impl TlsArgs {
    /// The settings they come to.
    #[must_use]
    pub fn settings(&self) -> TlsSettings {
        TlsSettings {
            identity: self.tls_cert.clone().zip(self.tls_key.clone()),
            names: self.tls_names.clone(),
            ca_dir: self.ca_dir.clone(),
        }
    }

    /// Refuses what would be without effect.
    ///
    /// # Errors
    /// What that is.
    pub fn check(&self) -> Result<(), String> {
        let about_issued = [
            ("--tls-name", !self.tls_names.is_empty()),
            ("--ca-file", self.ca_file.is_some()),
            ("--ca-dir", self.ca_dir.is_some()),
        ];
        let given = |flags: &[(&'static str, bool)]| flags.iter().find(|(_, given)| *given).map(|(flag, _)| *flag);
        let idle = given(&about_issued).or_else(|| given(&[("--tls-cert", self.tls_cert.is_some())]));
        match (idle, given(&about_issued)) {
            (Some(flag), _) if self.tls_port.is_none() => {
                Err(format!("{flag} ({}) needs --tls-port (STYTCH_MOCK_TLS_PORT)", variable(flag)))
            }
            (_, Some(flag)) if self.tls_cert.is_some() => Err(format!(
                "{flag} ({}) is about certificates that are issued; --tls-cert (STYTCH_MOCK_TLS_CERT) brings one",
                variable(flag)
            )),
            _ => Ok(()),
        }
    }
}

/// The variable of a flag.
#[must_use]
pub fn variable(flag: &str) -> String {
    format!("STYTCH_MOCK_{}", flag.trim_start_matches('-').replace('-', "_").to_uppercase())
}

/// Whose certificate is to be printed.
#[derive(Debug, Args)]
pub struct CaArgs {
    /// The authority kept in this folder, made if it is not there. Default: that of a running emulator
    #[arg(long, value_name = "PATH", env = "STYTCH_MOCK_CA_DIR")]
    pub ca_dir: Option<PathBuf>,
    /// Where the emulator runs
    #[command(flatten)]
    pub emulator: AddressArgs,
}

/// Where a running emulator listens.
#[derive(Debug, Args)]
pub struct AddressArgs {
    /// The address it listens on
    #[arg(long, value_name = "HOST", env = "STYTCH_MOCK_HOST", default_value = DEFAULT_HOST)]
    pub host: String,
    /// The port it listens on
    #[arg(long, value_name = "PORT", env = "STYTCH_MOCK_PORT", default_value_t = DEFAULT_PORT)]
    pub port: u16,
}

/// `--auth`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuthArg {
    /// Project and secret must be seeded
    Strict,
    /// Any Basic credentials do
    Any,
}

/// `--projects`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProjectsArg {
    /// Only those of the seed, and those made through the control plane
    Seeded,
    /// Any that is asked for
    Auto,
}

/// `--log`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Pretty,
    /// For machines, an object a line
    Json,
    /// Nothing
    Off,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

fn parse_clock(text: &str) -> Result<Timestamp, String> {
    let at = Timestamp::parse(text).map_err(|error| error.to_string())?;
    if at < Timestamp::EPOCH {
        return Err("the clock starts at 1970-01-01T00:00:00Z".to_owned());
    }
    Ok(at)
}
