//! Several seed files become one: projects of the same id are joined, and what stands twice is reported with both
//! of its places.

use std::collections::HashMap;

use super::build::life;
use super::entries::{ProjectEntry, SeedFile, SessionEntry, UserEntry};
use super::fill;
use super::report::{Path, Report, Source};
use super::{DEFAULT_PROJECT_ID, loaded, user_id};
use crate::domain::id::{ProjectId, UserId};
use crate::domain::mint::Mint;
use crate::domain::timestamp::Timestamp;

/// Where an entry stands: its source, its project there, its user there.
#[derive(Debug, Clone, Copy)]
struct Origin {
    source: usize,
    project: usize,
    user: usize,
}

impl Origin {
    /// Calls `visit` with the path of the user.
    fn path<T>(self, visit: impl FnOnce(&Path<'_>) -> T) -> T {
        visit(&Path::ROOT.key("projects").index(self.project).key("users").index(self.user))
    }
}

/// Projects that have been joined, their users still knowing where they came from.
pub(super) struct Merged {
    pub(super) clock: Option<Timestamp>,
    projects: Vec<(ProjectEntry, Vec<Origin>)>,
}

/// Joins some files; what they disagree on is reported.
pub(super) fn merge(files: Vec<SeedFile>, sources: &[Source], reports: &mut [Report<'_>]) -> Merged {
    let mut merged = Merged { clock: None, projects: Vec::new() };
    let mut clock_source = 0;
    let mut first_places: HashMap<ProjectId, (usize, usize)> = HashMap::new();
    for (source, file) in files.into_iter().enumerate() {
        if let Some(clock) = file.clock {
            let path = Path::ROOT.key("clock");
            if merged.clock.is_some_and(|other| other != clock) {
                let other = Report::place(&sources[clock_source], &path);
                reports[source].add(&path, format!("another seed freezes the clock elsewhere, at {other}"));
            }
            if clock < Timestamp::EPOCH {
                reports[source].add(&path, "the clock starts at 1970-01-01T00:00:00Z");
            }
            clock_source = if merged.clock.is_none() { source } else { clock_source };
            merged.clock.get_or_insert(clock);
        }
        for (index, mut project) in file.projects.unwrap_or_default().into_iter().enumerate() {
            let default_id = || ProjectId::parse(DEFAULT_PROJECT_ID).expect("the default project id is one");
            let id = project.project_id.get_or_insert_with(default_id).clone();
            let users = project.users.as_ref().map_or(0, Vec::len);
            let origins = (0..users).map(|user| Origin { source, project: index, user });
            let path = Path::ROOT.key("projects");
            let path = path.index(index);
            let Some(&(other_source, other_index)) = first_places.get(&id) else {
                first_places.insert(id, (source, index));
                merged.projects.push((project, origins.collect()));
                continue;
            };
            let other = Report::place(&sources[other_source], &Path::ROOT.key("projects").index(other_index));
            if other_source == source {
                reports[source]
                    .add(&path, format!("project {id} stands at {other} already; give each project a project_id of its own"));
                continue;
            }
            let Some((first, first_origins)) =
                merged.projects.iter_mut().find(|(first, _)| first.project_id.as_ref() == Some(&id))
            else {
                continue;
            };
            match (first.rate_limit, project.rate_limit) {
                (Some(one), Some(two)) if one != two => {
                    let message = format!("rate_limit {two} of project {id} is {one} at {other}");
                    reports[source].add(&path.key("rate_limit"), message);
                }
                (one, two) => first.rate_limit = one.or(two),
            }
            match (&first.signing_key, project.signing_key) {
                (Some(one), Some(two)) if *one != two => {
                    reports[source].add(&path.key("signing_key"), format!("project {id} has another signing_key at {other}"));
                }
                (None, two) => first.signing_key = two,
                _ => {}
            }
            if let Some(secrets) = project.secrets {
                let known = first.secrets.get_or_insert_default();
                known.extend(secrets.into_iter().filter(|secret| !known.contains(secret)).collect::<Vec<_>>());
            }
            first.users.get_or_insert_default().extend(project.users.unwrap_or_default());
            first_origins.extend(origins);
        }
    }
    merged
}

impl Merged {
    /// Fills in what was left out and checks what was given; the projects are fit for use if nothing was reported.
    pub(super) fn into_projects(
        self,
        now: Timestamp,
        mint: &mut Mint<'_>,
        sources: &[Source],
        reports: &mut [Report<'_>],
    ) -> Vec<ProjectEntry> {
        let mut projects = Vec::with_capacity(self.projects.len());
        for (mut project, origins) in self.projects {
            let environment = loaded(project.project_id.as_ref()).environment();
            if project.secrets.as_ref().is_some_and(Vec::is_empty)
                && let Some(origin) = origins.first()
            {
                reports[origin.source].add(
                    &Path::ROOT.key("projects").index(origin.project).key("secrets"),
                    "a project needs at least one secret; leave the key out for the default one",
                );
            }
            let mut ids = Ids::with_capacity(origins.len());
            for (user, origin) in project.users.iter_mut().flatten().zip(&origins) {
                fill::user(user, environment, mint);
                origin.path(|path| check_user(user, path, now, &mut reports[origin.source]));
                ids.note(user, *origin, sources, reports);
            }
            projects.push(project);
        }
        projects
    }
}

/// The ids of one project, each with the place where it stood first.
struct Ids {
    users: HashMap<UserId, Origin>,
    externals: HashMap<String, Origin>,
    sessions: HashMap<String, (Origin, usize)>,
    tokens: HashMap<String, (Origin, usize)>,
}

impl Ids {
    fn with_capacity(users: usize) -> Self {
        Self {
            users: HashMap::with_capacity(users),
            externals: HashMap::new(),
            sessions: HashMap::with_capacity(users),
            tokens: HashMap::with_capacity(users),
        }
    }

    /// Notes the ids of a user and reports those that were there before.
    fn note(&mut self, user: &UserEntry, origin: Origin, sources: &[Source], reports: &mut [Report<'_>]) {
        let report = &mut reports[origin.source];
        if let Some(first) = self.users.insert(user_id(user).clone(), origin) {
            let place = first.path(|path| Report::place(&sources[first.source], &path.key("user_id")));
            origin.path(|path| report.add(&path.key("user_id"), format!("user_id {} stands at {place} already", user_id(user))));
        }
        if let Some(external_id) = &user.external_id
            && let Some(first) = self.externals.insert(external_id.as_str().to_owned(), origin)
        {
            let place = first.path(|path| Report::place(&sources[first.source], &path.key("external_id")));
            origin.path(|path| {
                report.add(&path.key("external_id"), format!("external_id {external_id} stands at {place} already"))
            });
        }
        for (index, session) in user.sessions.iter().flatten().enumerate() {
            let ids = [
                ("session_id", loaded(session.session_id.as_ref()).as_str(), &mut self.sessions),
                ("session_token", loaded(session.session_token.as_ref()).as_str(), &mut self.tokens),
            ];
            for (key, id, known) in ids {
                if let Some((first, first_index)) = known.insert(id.to_owned(), (origin, index)) {
                    let place = first
                        .path(|path| Report::place(&sources[first.source], &path.key("sessions").index(first_index).key(key)));
                    origin.path(|path| {
                        report.add(&path.key("sessions").index(index).key(key), format!("this {key} stands at {place} already"));
                    });
                }
            }
        }
    }
}

/// Reports what a filled-in user says that can't be.
pub(super) fn check_user(user: &UserEntry, path: &Path<'_>, now: Timestamp, report: &mut Report<'_>) {
    let sessions = path.key("sessions");
    for (index, session) in user.sessions.iter().flatten().enumerate() {
        check_session(session, user_id(user), &sessions.index(index), now, report);
    }
}

/// Reports what a filled-in session says that can't be.
pub(super) fn check_session(session: &SessionEntry, user_id: &UserId, path: &Path<'_>, now: Timestamp, report: &mut Report<'_>) {
    if let Some(other) = session.user_id.as_ref().filter(|id| *id != user_id) {
        report.add(&path.key("user_id"), format!("this session is {other}'s and stands among those of {user_id}"));
    }
    let (started_at, expires_at) = life(session, now);
    if expires_at < started_at {
        let key = if session.expires_at.is_some() { "expires_at" } else { "started_at" };
        report.add(&path.key(key), format!("the session ends ({expires_at}) before it starts ({started_at})"));
    }
}
