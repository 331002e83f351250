//! A seed, loaded: its files are read, joined, filled in and checked, and its users built one by one.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;

use super::duplicate_ids;
use super::file::{MergedProject, ReadFile, SeedFile, Unnamed, UserList, merge};
use super::node::Node;
use super::path::Path;
use super::positions::Positions;
use super::project::ProjectEntry;
use super::report::{Problem, Report, Source};
use super::user::{UserEntry, UserTimes};
use super::value::SeedValue;
use crate::domain::bucket::RateSetting;
use crate::domain::frozen_project::FrozenProject;
use crate::domain::frozen_users::FrozenUsers;
use crate::domain::id::{Environment, ProjectId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::operation::Operation;
use crate::domain::secret::Secret;
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
    /// The time from which relative times count.
    pub clock: SeedClock,
    /// What faults may aim at.
    pub operations: &'a [Operation],
    /// What a project is that doesn't say which one.
    pub unnamed: Unnamed,
}

impl Default for Unnamed {
    fn default() -> Self {
        Self {
            id: ProjectId::parse(DEFAULT_PROJECT_ID).expect("the default project id is one"),
            secrets: Secret::parse(DEFAULT_SECRET).into_iter().collect(),
        }
    }
}

/// A valid seed, and the users that it describes.
#[derive(Debug)]
pub struct Seed {
    /// Where the clock is frozen.
    pub clock: Option<Timestamp>,
    projects: Vec<LoadedProject>,
    /// When relative times are counted from.
    now: Timestamp,
}

#[derive(Debug)]
struct LoadedProject {
    entry: ProjectEntry,
    frozen_users: FrozenUsers,
    times: Times,
}

/// What was said of the times of each user. Mostly it is the same of all.
#[derive(Debug, Default)]
struct Times {
    distinct: Vec<UserTimes>,
    numbers: HashMap<UserTimes, usize>,
    of_users: Vec<u32>,
}

impl Times {
    fn push(&mut self, times: UserTimes) {
        if let Some(last) = self.of_users.last().filter(|last| self.distinct[**last as usize] == times) {
            self.of_users.push(*last);
            return;
        }
        let number = self.numbers.get(&times).copied().unwrap_or_else(|| {
            self.distinct.push(times.clone());
            self.numbers.insert(times, self.distinct.len() - 1);
            self.distinct.len() - 1
        });
        self.of_users.push(u32::try_from(number).expect("memory ends before four thousand million users"));
    }

    fn of(&self, user: usize) -> &UserTimes {
        &self.distinct[self.of_users[user] as usize]
    }

    fn are_fixed(&self) -> bool {
        self.distinct.iter().all(UserTimes::are_fixed)
    }
}

impl Seed {
    /// Reads some sources as one seed.
    ///
    /// # Errors
    /// Every problem there is.
    pub fn load(sources: &[Source], terms: &Terms<'_>, ids: &mut IdGenerator<'_>) -> Result<Self, Vec<Problem>> {
        let positions: Vec<Positions<'_>> = sources.iter().map(Positions::of).collect();
        let mut reports: Vec<Report<'_>> = positions.iter().map(Report::on).collect();
        let files = reports.iter_mut().map(read_file).collect();
        let merged = merge(files, &positions, (terms.operations, &terms.unnamed), &mut reports);
        let (clock, now) = (merged.clock, terms.clock.with(merged.clock));
        let load = |project| LoadedProject::load(project, now, ids, &positions, &mut reports);
        let projects = merged.projects.into_iter().map(load).collect();
        let problems: Vec<Problem> = reports.into_iter().flat_map(Report::into_problems).collect();
        if problems.is_empty() { Ok(Self { clock, projects, now }) } else { Err(problems) }
    }

    /// What the seed describes; `rate_limit` is for projects that have none of their own.
    #[must_use]
    pub fn frozen_projects(&self, rate_limit: RateSetting) -> Vec<FrozenProject> {
        let frozen = |project: &LoadedProject| project.entry.build(project.frozen_users.clone(), self.now, rate_limit);
        self.projects.iter().map(frozen).collect()
    }

    /// Counts relative times from `now` on. If that changes nothing, worlds built before and after share their users.
    pub fn move_to(&mut self, now: Timestamp) {
        let delta = now.whole_seconds().since(self.now.whole_seconds());
        self.now = now;
        for project in self.projects.iter_mut().filter(|project| !delta.is_zero() && !project.times.are_fixed()) {
            project.move_by(delta, now);
        }
    }

    /// How much it describes.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let users = || self.projects.iter().flat_map(|project| project.frozen_users.records());
        Counts {
            projects: self.projects.len(),
            users: users().count(),
            sessions: users().map(|record| record.sessions.len()).sum(),
        }
    }
}

impl LoadedProject {
    /// Fills a project in and checks it; it is fit for use if nothing was reported.
    fn load(
        project: MergedProject<'_>,
        now: Timestamp,
        ids: &mut IdGenerator<'_>,
        positions: &[Positions<'_>],
        reports: &mut [Report<'_>],
    ) -> Self {
        let MergedProject { mut entry, users } = project;
        let environment = entry.project_id.as_ref().map_or(Environment::Test, ProjectId::environment);
        entry.fill_defaults(environment, ids);
        let (mut records, mut times) = (Vec::new(), Times::default());
        for list in &users {
            let mut read = |record: UserRecord, of_user| {
                records.push(Arc::new(UserRecord { ordinal: records.len() as u64, ..record }));
                times.push(of_user);
            };
            read_users(list, environment, now, ids, &mut reports[list.source], &mut read);
        }
        let count = records.len() as u64;
        let frozen_users = FrozenUsers::new(records, count).unwrap_or_else(|_| {
            duplicate_ids::report(&users, positions, reports);
            FrozenUsers::default()
        });
        Self { entry, frozen_users, times }
    }

    fn move_by(&mut self, delta: TimeDelta, now: Timestamp) {
        let old = std::mem::take(&mut self.times);
        let moved = self.frozen_users.records().iter().enumerate().map(|(user, record)| {
            let (record, times) = old.of(user).moved(record, delta, now);
            self.times.push(times);
            Arc::new(record)
        });
        let moved = moved.collect();
        self.frozen_users = FrozenUsers::new(moved, self.frozen_users.next_ordinal()).expect("a seed's ids don't change");
    }
}

/// Reads a file but for its users.
fn read_file<'t>(report: &mut Report<'t>) -> ReadFile<'t> {
    let root = Node::root(report);
    let entry = root.and_then(|root| SeedFile::read(&root, report)).unwrap_or_default();
    ReadFile { entry, json: report.positions().whole().ok() }
}

/// Reads users one by one, fills each in, checks it, and gives what it describes to `read`.
fn read_users(
    list: &UserList<'_>,
    environment: Environment,
    now: Timestamp,
    ids: &mut IdGenerator<'_>,
    report: &mut Report<'_>,
    read: &mut impl FnMut(UserRecord, UserTimes),
) {
    let path = Path::ROOT.key("projects");
    let path = path.index(list.project);
    let path = path.key("users");
    for (index, json) in list.json.elements().enumerate() {
        let path = path.index(index);
        let Some(mut entry) = UserEntry::read(&Node::at(json, path), report) else { continue };
        let id = entry.fill_defaults(environment, ids);
        entry.check(&id, &path, now, report);
        let (record, times) = entry.build(id, now);
        read(record, times);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::seed::user;

    /// A seed of one user, loaded so many seconds after 1970; ids are the same each time.
    fn loaded(user: &str, seconds: i64) -> Seed {
        let source = Source { name: "a seed".to_owned(), text: format!(r#"{{"projects": [{{"users": [{user}]}}]}}"#) };
        let mut drawn = 0_u8;
        let mut fill = |bytes: &mut [u8]| {
            drawn += 1;
            bytes.fill(drawn);
        };
        let terms = Terms { clock: SeedClock::Running(at(seconds)), operations: &[], unnamed: Unnamed::default() };
        Seed::load(&[source], &terms, &mut IdGenerator::new(&mut fill)).unwrap()
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::EPOCH.saturating_add(TimeDelta::milliseconds(1_000 * seconds + 700))
    }

    fn only_user(seed: &Seed) -> Arc<UserRecord> {
        Arc::clone(&seed.projects[0].frozen_users.records()[0])
    }

    #[test]
    fn users_are_left_alone_unless_something_of_theirs_counts_from_now() {
        const FIXED: &str = r#""created_at": "2021-08-09T07:00:00Z""#;
        const SESSION: &str = r#""started_at": "2021-08-09T07:00:00Z", "expires_at": "2021-08-09T09:00:00Z""#;
        for (user, expected) in [
            (FIXED.to_owned(), true),
            (String::new(), false),
            (format!(r#"{FIXED}, "lock_expires_at": "+1h""#), false),
            (format!(r#"{FIXED}, "totps": [{{"last_code_at": "2021-08-09T07:00:00Z"}}]"#), true),
            (format!(r#"{FIXED}, "totps": [{{"last_code_at": "-1m"}}]"#), false),
            (format!(r#"{FIXED}, "crypto_wallets": [{{"challenge_expires_at": "+1m"}}]"#), false),
            (format!(r#"{FIXED}, "devices": {{"ip_addresses": [{{"first_seen_at": "-1d"}}]}}"#), false),
            (format!(r#"{FIXED}, "sessions": [{{{SESSION}}}]"#), true),
            (format!(r#"{FIXED}, "sessions": [{{}}]"#), false),
            (format!(r#"{FIXED}, "sessions": [{{{SESSION}, "revoked_at": "-1m"}}]"#), false),
            (format!(r#"{FIXED}, "sessions": [{{{SESSION}, "authentication_factors": [{{}}]}}]"#), true),
            (format!(r#"{FIXED}, "sessions": [{{{SESSION}, "authentication_factors": [{{"updated_at": "now"}}]}}]"#), false),
        ] {
            let mut seed = loaded(&format!("{{{user}}}"), 0);
            let before = only_user(&seed);
            seed.move_to(at(7_200));
            assert_eq!(Arc::ptr_eq(&before, &only_user(&seed)), expected, "{user}");
        }
    }

    #[test]
    fn a_seed_that_is_moved_is_the_seed_loaded_then() {
        for user in [
            r#"{"sessions": [{}, {"expires_at": "+1500ms"}, {"expires_at": "1970-01-01T01:00:00Z"}, {"expires_at": "-5m"}]}"#,
            r#"{"created_at": "-1d", "lock_created_at": "-1m", "lock_expires_at": "1971-01-01T00:00:00Z", "is_locked": true}"#,
            r#"{"sessions": [{"started_at": "1970-01-01T00:30:00Z", "expires_at": "+1d", "revoked_at": "-1s"},
                {"started_at": "-10m", "last_accessed_at": "-1m"}, {"last_accessed_at": "1970-01-01T00:00:00Z"}]}"#,
            r#"{"sessions": [{"authentication_factors": []}, {"authentication_factors": [{}, {"type": "otp", "created_at": null},
                {"created_at": "-1h", "updated_at": "1970-01-01T00:00:00Z"}]}]}"#,
            r#"{"emails": [], "phone_numbers": [{}], "sessions": [{}]}"#,
            r#"{"totps": [{"expires_at": "+1m"}, {"secret": "GEZDGNBVGY3TQOJQ", "recovery_codes": [], "last_code_at": "-40s"},
                {"secret": "GEZDGNBVGY3TQOJQ", "recovery_codes": ["a"], "verified": false, "expires_at": "+10m"}]}"#,
            r#"{"crypto_wallets": [{"challenge_expires_at": "+1m"}, {"challenge": "sign", "challenge_expires_at": "+5m"}]}"#,
            r#"{"devices": {"visitor_ids": [{"value": "v", "first_seen_at": "-2d"},
                {"value": "w", "first_seen_at": "1970-01-01T00:00:00Z", "last_seen_at": "-1h"}],
                "ip_addresses": [{"value": "a", "first_seen_at": "-2d", "last_seen_at": "-1d"}], "ip_geo_countries": [{}]}}"#,
        ] {
            let mut seed = loaded(user, 0);
            for seconds in [3_000, 90_000, 10] {
                seed.move_to(at(seconds));
                assert_eq!(user::export(&only_user(&seed)), user::export(&only_user(&loaded(user, seconds))), "{user}");
            }
        }
    }
}
