//! Several seed files become one: projects of the same id are joined, and what stands twice is reported with both
//! of its places.

use std::collections::HashMap;
use std::hash::BuildHasher;

use chrono::TimeDelta;
use foldhash::fast::RandomState;

use super::build::life;
use super::defaults;
use super::entries::{ProjectEntry, SeedFile, SessionEntry, UserEntry};
use super::external_tokens;
use super::positions::Positions;
use super::report::{Path, Report};
use super::value::When;
use super::{Terms, loaded, user_id};
use crate::domain::id::{ExternalId, ProjectId, UserId};
use crate::domain::id_generator::IdGenerator;
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
pub(super) fn merge(files: Vec<SeedFile>, places: &[Positions<'_>], terms: &Terms<'_>, reports: &mut [Report<'_>]) -> Merged {
    let mut merged = Merged { clock: merge_clocks(&files, places, reports), projects: Vec::new() };
    let mut first_places: HashMap<ProjectId, (usize, usize, usize)> = HashMap::new();
    let mut tokens = external_tokens::Tokens::default();
    for (source, file) in files.into_iter().enumerate() {
        let report = &mut reports[source];
        for (index, mut project) in file.projects.unwrap_or_default().into_iter().enumerate() {
            let path = Path::ROOT.key("projects");
            let path = path.index(index);
            check_project(&project, &path, report);
            let faults = path.key("faults");
            for (index, fault) in project.faults.iter().flatten().enumerate() {
                fault.check(terms.operations, &faults.index(index), report);
                if fault.project_id.as_ref().is_some_and(|id| Some(id) != project.project_id.as_ref()) {
                    report.add(&faults.index(index), "a fault of a project strikes the requests of that project");
                }
            }
            let id = project.project_id.get_or_insert_with(|| terms.unnamed.id.clone()).clone();
            tokens.note((&id, &project), (source, index), places, report);
            let users = project.users.as_ref().map_or(0, Vec::len);
            let origins = (0..users).map(|user| Origin { source, project: index, user });
            let Some(&(place, other_source, other_index)) = first_places.get(&id) else {
                first_places.insert(id, (merged.projects.len(), source, index));
                merged.projects.push((project, origins.collect()));
                continue;
            };
            let other = places[other_source].name(&Path::ROOT.key("projects").index(other_index));
            if other_source == source {
                let remedy = "give each project a project_id of its own";
                report.add(&path, format!("project {id} stands at {other} already; {remedy}"));
                continue;
            }
            let (first, first_origins) = &mut merged.projects[place];
            first_origins.extend(origins);
            join(first, project, |key, what| {
                report.add(&path.key(key), format!("project {id} has {what} at {other} already"));
            });
        }
    }
    for (project, _) in &mut merged.projects {
        project.secrets.get_or_insert_with(|| terms.unnamed.secrets.clone());
    }
    merged
}

fn merge_clocks(files: &[SeedFile], places: &[Positions<'_>], reports: &mut [Report<'_>]) -> Option<Timestamp> {
    let mut first: Option<(usize, Timestamp)> = None;
    let path = Path::ROOT.key("clock");
    for (source, file) in files.iter().enumerate() {
        let Some(clock) = file.clock else { continue };
        if clock < Timestamp::EPOCH {
            reports[source].add(&path, "the clock starts at 1970-01-01T00:00:00Z");
        }
        match first {
            Some((other, at)) if at != clock => {
                let other = places[other].name(&path);
                reports[source].add(&path, format!("another seed freezes the clock elsewhere, at {other}"));
            }
            Some(_) => {}
            None => first = Some((source, clock)),
        }
    }
    first.map(|(_, clock)| clock)
}

/// Adds what a second file says of a project; where it says something else, `clash` is told the key.
fn join(first: &mut ProjectEntry, second: ProjectEntry, mut clash: impl FnMut(&str, &str)) {
    match (first.rate_limit, second.rate_limit) {
        (Some(one), Some(two)) if one != two => clash("rate_limit", &format!("rate_limit {one}")),
        (one, two) => first.rate_limit = one.or(two),
    }
    match (&first.signing_key, second.signing_key) {
        (Some(one), Some(two)) if *one != two => clash("signing_key", "another signing_key"),
        (None, two) => first.signing_key = two,
        _ => {}
    }
    match (&first.rbac_policy, second.rbac_policy) {
        (Some(_), Some(_)) => clash("rbac_policy", "an rbac_policy"),
        (None, two) => first.rbac_policy = two,
        _ => {}
    }
    if let Some(secrets) = second.secrets {
        let known = first.secrets.get_or_insert_default();
        known.extend(secrets.into_iter().filter(|secret| !known.contains(secret)).collect::<Vec<_>>());
    }
    append(&mut first.external_session_tokens, second.external_session_tokens);
    append(&mut first.access_tokens, second.access_tokens);
    append(&mut first.trusted_auth_tokens, second.trusted_auth_tokens);
    append(&mut first.faults, second.faults);
    append(&mut first.users, second.users);
}

fn check_project(project: &ProjectEntry, path: &Path<'_>, report: &mut Report<'_>) {
    if project.secrets.as_ref().is_some_and(Vec::is_empty) {
        report.add(&path.key("secrets"), "a project needs at least one secret; leave the key out for the default one");
    }
    external_tokens::check(project, path, report);
}

fn append<T>(first: &mut Option<Vec<T>>, second: Option<Vec<T>>) {
    if let Some(second) = second {
        first.get_or_insert_default().extend(second);
    }
}

impl Merged {
    /// Fills in what was left out and checks what was given; the projects are fit for use if nothing was reported.
    pub(super) fn into_projects(
        self,
        now: Timestamp,
        ids: &mut IdGenerator<'_>,
        places: &[Positions<'_>],
        reports: &mut [Report<'_>],
    ) -> Vec<ProjectEntry> {
        let mut projects = Vec::with_capacity(self.projects.len());
        for (mut project, origins) in self.projects {
            let environment = loaded(project.project_id.as_ref()).environment();
            external_tokens::fill(&mut project, environment, ids);
            for user in project.users.iter_mut().flatten() {
                defaults::user(user, environment, ids);
            }
            let users = project.users.as_deref().unwrap_or_default();
            let mut ids = may_have_twins(users).then(Ids::default);
            for (user, origin) in users.iter().zip(&origins) {
                origin.path(|path| check_user(user, path, now, &mut reports[origin.source]));
                if let Some(ids) = &mut ids {
                    ids.note(user, *origin, places, reports);
                }
            }
            projects.push(project);
        }
        projects
    }
}

/// Whether an id may stand twice among some users. Mostly none does: then nobody has to remember where they all stand.
fn may_have_twins(users: &[UserEntry]) -> bool {
    let hasher = RandomState::default();
    let mut hashes: Vec<u64> = users.iter().flat_map(ids_of).map(|id| hasher.hash_one(id)).collect();
    hashes.sort_unstable();
    hashes.array_windows().any(|[one, other]| one == other)
}

/// All that has to be unique of a filled-in user.
fn ids_of(user: &UserEntry) -> impl Iterator<Item = &str> {
    let sessions = user.sessions.iter().flatten();
    let sessions = sessions
        .flat_map(|session| [loaded(session.session_id.as_ref()).as_str(), loaded(session.session_token.as_ref()).as_str()]);
    sessions.chain([user_id(user).as_str()]).chain(user.external_id.as_ref().map(ExternalId::as_str))
}

/// The ids of one project, each with the place where it stood first.
#[derive(Default)]
struct Ids<'e> {
    users: HashMap<&'e str, Origin>,
    externals: HashMap<&'e str, Origin>,
    sessions: HashMap<&'e str, (Origin, usize)>,
    tokens: HashMap<&'e str, (Origin, usize)>,
}

impl<'e> Ids<'e> {
    /// Notes the ids of a user and reports those that were there before.
    fn note(&mut self, user: &'e UserEntry, origin: Origin, places: &[Positions<'_>], reports: &mut [Report<'_>]) {
        let report = &mut reports[origin.source];
        if let Some(first) = self.users.insert(user_id(user).as_str(), origin) {
            let place = || first.path(|path| places[first.source].name(&path.key("user_id")));
            let message = || format!("user_id {} stands at {} already", user_id(user), place());
            origin.path(|path| report.add_with(&path.key("user_id"), message));
        }
        if let Some(external_id) = &user.external_id
            && let Some(first) = self.externals.insert(external_id.as_str(), origin)
        {
            let place = || first.path(|path| places[first.source].name(&path.key("external_id")));
            let message = || format!("external_id {external_id} stands at {} already", place());
            origin.path(|path| report.add_with(&path.key("external_id"), message));
        }
        for (index, session) in user.sessions.iter().flatten().enumerate() {
            let ids = [
                ("session_id", loaded(session.session_id.as_ref()).as_str(), &mut self.sessions),
                ("session_token", loaded(session.session_token.as_ref()).as_str(), &mut self.tokens),
            ];
            for (key, id, known) in ids {
                if let Some((first, first_index)) = known.insert(id, (origin, index)) {
                    let place =
                        || first.path(|path| places[first.source].name(&path.key("sessions").index(first_index).key(key)));
                    let message = || format!("this {key} stands at {} already", place());
                    origin.path(|path| report.add_with(&path.key("sessions").index(index).key(key), message));
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
    // only what counts from now can be told to be a slip: a state may have been written by a clock that was ahead of this one
    if let Some(When::FromNow(delta)) = session.revoked_at
        && delta > TimeDelta::zero()
    {
        let at = When::FromNow(delta).resolve(now);
        report.add(&path.key("revoked_at"), format!("the session would be revoked in the future ({at})"));
    }
    let (started_at, expires_at) = life(session, now);
    if expires_at < started_at {
        let key = if session.expires_at.is_some() { "expires_at" } else { "started_at" };
        report.add(&path.key(key), format!("the session ends ({expires_at}) before it starts ({started_at})"));
    }
}
