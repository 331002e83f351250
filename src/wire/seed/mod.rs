//! The seed file: a world described in JSON. Load, validate, apply, and write one back from a living world.
//!
//! Reading gathers every problem before it refuses; ids are minted when a seed is loaded, relative times are
//! resolved each time a world is raised from it, so that a reset gives the same people a fresh hour.

pub mod build;
pub mod entries;
pub mod export;
pub mod fill;
mod grants;
pub mod merge;
pub mod node;
pub mod report;
pub mod schema;
pub mod value;

use entries::{ProjectEntry, SeedFile, SessionEntry, UserEntry};
use fill::Contacts;
use node::Node;
use report::{Path, Problem, Report, Source};
use value::SeedValue;

use crate::domain::bucket::RateSetting;
use crate::domain::id::{Environment, UserId};
use crate::domain::mint::Mint;
use crate::domain::project::Blueprint;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;

/// The project of a seed that names none, and of the built-in seed.
pub const DEFAULT_PROJECT_ID: &str = "project-test-11111111-1111-4111-8111-111111111111";

/// The secret of a project that names none. Obviously no real one, so that no scanner cries.
pub const DEFAULT_SECRET: &str = "secret-test-stytch-mock-local-emulator";

/// The seed that is built into the program.
pub const BUILT_IN: &str = include_str!("../../../seed/default.json");

/// A valid seed: every id is there, every time may still be relative.
#[derive(Debug, Clone)]
pub struct Seed {
    /// Where the clock is frozen.
    pub clock: Option<Timestamp>,
    projects: Vec<ProjectEntry>,
    /// Whether raising it at another time would give the same world.
    timeless: bool,
}

impl Seed {
    /// Reads some sources as one seed. Relative times are checked, not resolved, against `now`, or against the
    /// seed's own clock if it has one and `now` is not binding.
    ///
    /// # Errors
    /// Every problem there is.
    pub fn load(sources: &[Source], now: SeedClock, mint: &mut Mint<'_>) -> Result<Self, Vec<Problem>> {
        let mut reports: Vec<Report<'_>> = sources.iter().map(Report::on).collect();
        let mut files: Vec<SeedFile> = Vec::with_capacity(sources.len());
        for report in &mut reports {
            let file = Node::root(report).and_then(|root| SeedFile::read(&root, report));
            files.push(file.unwrap_or_default());
        }
        let merged = merge::merge(files, sources, &mut reports);
        let clock = merged.clock;
        let projects = merged.into_projects(now.with(clock), mint, sources, &mut reports);
        let problems: Vec<Problem> = reports.into_iter().flat_map(Report::into_problems).collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let timeless = projects.iter().flat_map(|project| project.users.iter().flatten()).all(build::is_timeless);
        Ok(Self { clock, projects, timeless })
    }

    /// What the seed describes, as it is at `now`; `rate_limit` is for projects that have none of their own.
    ///
    /// # Panics
    /// Never: a loaded seed has no two things of one id.
    #[must_use]
    pub fn blueprints(&self, now: Timestamp, rate_limit: RateSetting) -> Vec<Blueprint> {
        self.projects.iter().map(|project| build::project(project, now, rate_limit)).collect()
    }

    /// Whether it describes the same world at any time.
    #[must_use]
    pub fn is_timeless(&self) -> bool {
        self.timeless
    }

    /// How much it describes.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let users = || self.projects.iter().flat_map(|project| project.users.iter().flatten());
        Counts {
            projects: self.projects.len(),
            users: users().count(),
            sessions: users().flat_map(|user| &user.sessions).map(Vec::len).sum(),
        }
    }
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Counts {
    pub projects: usize,
    pub users: usize,
    pub sessions: usize,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plural = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        write!(f, "{}, {}, {}", plural(self.projects, "project"), plural(self.users, "user"), plural(self.sessions, "session"))
    }
}

/// The time against which a seed is checked.
#[derive(Debug, Clone, Copy)]
pub enum SeedClock {
    /// This one, whatever the seed says (`--clock`).
    Fixed(Timestamp),
    /// The seed's own, or this one if it has none.
    Running(Timestamp),
}

impl SeedClock {
    /// The instant it comes to, for a seed with this `clock`.
    #[must_use]
    pub fn with(self, clock: Option<Timestamp>) -> Timestamp {
        match self {
            Self::Fixed(at) => at,
            Self::Running(at) => clock.unwrap_or(at),
        }
    }
}

/// Reads one user, as the control plane takes it, with a seed entry's defaults.
///
/// # Errors
/// Every problem there is.
pub fn read_user(
    source: &Source,
    environment: Environment,
    now: Timestamp,
    mint: &mut Mint<'_>,
) -> Result<UserRecord, Vec<Problem>> {
    let mut report = Report::on(source);
    let entry = Node::root(&mut report).and_then(|root| UserEntry::read(&root, &mut report));
    let entry = entry.map(|mut entry| {
        fill::user(&mut entry, environment, mint);
        merge::check_user(&entry, &Path::ROOT, now, &mut report);
        entry
    });
    finish(report, entry.map(|entry| build::user(&entry, now)))
}

/// Reads one session of a user, as the control plane takes it, with a seed entry's defaults.
///
/// # Errors
/// Every problem there is.
pub fn read_session(
    source: &Source,
    record: &UserRecord,
    environment: Environment,
    now: Timestamp,
    mint: &mut Mint<'_>,
) -> Result<Session, Vec<Problem>> {
    let mut report = Report::on(source);
    let entry = Node::root(&mut report).and_then(|root| SessionEntry::read(&root, &mut report));
    let entry = entry.map(|mut entry| {
        fill::session(&mut entry, &Contacts::of_record(record), environment, mint);
        merge::check_session(&entry, &record.user.id, &Path::ROOT, now, &mut report);
        entry
    });
    finish(report, entry.map(|entry| build::session(&entry, &record.user.roles, now)))
}

fn finish<T>(report: Report<'_>, value: Option<T>) -> Result<T, Vec<Problem>> {
    let problems = report.into_problems();
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        _ => Err(problems),
    }
}

/// The user id that a loaded entry has.
fn loaded<T>(value: Option<&T>) -> &T {
    value.expect("loading a seed fills in every id")
}

/// The user id of a loaded entry.
fn user_id(entry: &UserEntry) -> &UserId {
    loaded(entry.user_id.as_ref())
}
