//! The seed file: a world described in JSON. Load, validate, apply, and write one back from a living world.
//!
//! Reading gathers every problem before it refuses; ids are generated when a seed is loaded, relative times are
//! resolved each time a world is built from it, so that a reset gives the same people a fresh hour.

pub mod build;
pub mod defaults;
pub mod entries;
pub mod export;
mod external_tokens;
pub mod faults;
pub mod json_slice;
pub mod merge;
pub mod node;
pub mod positions;
pub mod report;
pub mod schema;
pub mod value;

use build::Owner;
use defaults::Contacts;
use entries::{FaultEntry, ProjectEntry, SeedFile, SessionEntry, UserEntry};
use node::Node;
use positions::Positions;
use report::{Path, Problem, Report, Source};
use value::SeedValue;

use crate::domain::bucket::RateSetting;
use crate::domain::fault::FaultRule;
use crate::domain::id::{Environment, ProjectId, UserId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::operation::Operation;
use crate::domain::project::Blueprint;
use crate::domain::secret::Secret;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;

/// The project of a seed that names none, and of the built-in seed.
pub const DEFAULT_PROJECT_ID: &str = "project-test-11111111-1111-4111-8111-111111111111";

/// The secret of a project that names none. Obviously no real one, so that no scanner cries.
pub const DEFAULT_SECRET: &str = "secret-test-stytch-mock-local-emulator";

/// The seed that is built into the program.
pub const BUILT_IN: &str = include_str!("../../../seed/default.json");

/// By what a seed is read.
#[derive(Debug)]
pub struct Terms<'a> {
    /// The time against which relative times are checked; they are not resolved yet.
    pub clock: SeedClock,
    /// What faults may aim at.
    pub operations: &'a [Operation],
    /// What a project is that doesn't say which one.
    pub unnamed: Unnamed,
}

/// The id and the secrets of a project that a seed gives none.
#[derive(Debug)]
pub struct Unnamed {
    pub id: ProjectId,
    pub secrets: Vec<Secret>,
}

impl Default for Unnamed {
    fn default() -> Self {
        Self {
            id: ProjectId::parse(DEFAULT_PROJECT_ID).expect("the default project id is one"),
            secrets: Secret::parse(DEFAULT_SECRET).into_iter().collect(),
        }
    }
}

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
    /// Reads some sources as one seed.
    ///
    /// # Errors
    /// Every problem there is.
    pub fn load(sources: &[Source], terms: &Terms<'_>, ids: &mut IdGenerator<'_>) -> Result<Self, Vec<Problem>> {
        let places: Vec<Positions<'_>> = sources.iter().map(Positions::of).collect();
        let mut reports: Vec<Report<'_>> = places.iter().map(Report::on).collect();
        let mut files: Vec<SeedFile> = Vec::with_capacity(sources.len());
        for report in &mut reports {
            let file = Node::root(report).and_then(|root| SeedFile::read(&root, report));
            files.push(file.unwrap_or_default());
        }
        let merged = merge::merge(files, &places, terms, &mut reports);
        let clock = merged.clock;
        let projects = merged.into_projects(terms.clock.with(clock), ids, &places, &mut reports);
        let problems: Vec<Problem> = reports.into_iter().flat_map(Report::into_problems).collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let timeless = projects.iter().all(build::is_timeless);
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
    ids: &mut IdGenerator<'_>,
) -> Result<UserRecord, Vec<Problem>> {
    let places = Positions::of(source);
    let mut report = Report::on(&places);
    let entry = Node::root(&mut report).and_then(|root| UserEntry::read(&root, &mut report));
    let entry = entry.map(|mut entry| {
        defaults::user(&mut entry, environment, ids);
        merge::check_user(&entry, &Path::ROOT, now, &mut report);
        entry
    });
    finish(report, entry.map(|entry| build::user(&entry, now)))
}

/// Reads a fault, as the control plane takes it, and the project that it names.
///
/// # Errors
/// Every problem there is.
pub fn read_fault(
    source: &Source,
    now: Timestamp,
    operations: &[Operation],
) -> Result<(FaultRule, Option<String>), Vec<Problem>> {
    let places = Positions::of(source);
    let mut report = Report::on(&places);
    let entry = Node::root(&mut report).and_then(|root| FaultEntry::read(&root, &mut report));
    if let Some(entry) = &entry {
        entry.check(operations, &Path::ROOT, &mut report);
    }
    let rule = entry.and_then(|entry| Some((entry.rule(now).ok()?, entry.project_id.map(|id| id.to_string()))));
    finish(report, rule)
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
    ids: &mut IdGenerator<'_>,
) -> Result<Session, Vec<Problem>> {
    let places = Positions::of(source);
    let mut report = Report::on(&places);
    let contacts = Contacts::of_record(record);
    let entry = Node::root(&mut report).and_then(|root| SessionEntry::read(&root, &mut report));
    let entry = entry.map(|mut entry| {
        defaults::session(&mut entry, &contacts, environment, ids);
        merge::check_session(&entry, &record.user.id, &Path::ROOT, now, &mut report);
        entry
    });
    let owner = Owner { roles: &record.user.roles, usual_factor: defaults::usual_factor(&contacts) };
    finish(report, entry.map(|entry| build::session(&entry, &owner, now)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_with_anything_that_counts_from_now_is_not_timeless() {
        const FIXED: &str = r#"{"created_at": "2021-08-09T07:00:00Z", "sessions": []}"#;
        for (project, expected) in [
            (format!(r#""users": [{FIXED}]"#), true),
            (r#""users": [{}]"#.to_owned(), false),
            (format!(r#""users": [{FIXED}], "access_tokens": [{{"token": "t", "user_id": "u"}}]"#), false),
            (r#""access_tokens": [{"token": "t", "user_id": "u", "issued_at": "2021-08-09T07:00:00Z"}]"#.to_owned(), true),
            (
                r#""access_tokens": [{"token": "t", "user_id": "u", "issued_at": "2021-08-09T07:00:00Z", "used_at": "now"}]"#
                    .to_owned(),
                false,
            ),
            (r#""trusted_auth_tokens": [{"token": "t", "user_id": "u", "profile_id": "p"}]"#.to_owned(), true),
            (r#""trusted_auth_tokens": [{"token": "t", "user_id": "u", "profile_id": "p", "used_at": "-1m"}]"#.to_owned(), false),
            (r#""external_session_tokens": [{"token": "t", "user_id": "u"}]"#.to_owned(), true),
        ] {
            let source = Source { name: "a seed".to_owned(), text: format!(r#"{{"projects": [{{{project}}}]}}"#) };
            let mut fill = |bytes: &mut [u8]| bytes.fill(7);
            let clock = SeedClock::Running(Timestamp::EPOCH);
            let terms = Terms { clock, operations: &[], unnamed: Unnamed::default() };
            let seed = Seed::load(&[source], &terms, &mut IdGenerator::new(&mut fill));
            assert_eq!(seed.map(|seed| seed.is_timeless()).unwrap(), expected, "{project}");
        }
    }
}
