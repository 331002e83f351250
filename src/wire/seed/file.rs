//! Seed files, and several of them joined into one.

use std::collections::HashMap;

use super::external_token::KnownTokens;
use super::json_slice::JsonSlice;
use super::object::seed_object;
use super::path::Path;
use super::positions::Positions;
use super::project::ProjectEntry;
use super::report::Report;
use crate::domain::id::ProjectId;
use crate::domain::operation::Operation;
use crate::domain::secret::Secret;
use crate::domain::timestamp::Timestamp;

seed_object! {
    /// A world for stytch-mock: projects, their users, their sessions.
    SeedFile, "a seed" {
        /// For editors: the path of seed.schema.json. Not looked at.
        schema as "$schema": Option<String>,
        /// Freezes the emulator's clock at this instant.
        clock: Option<Timestamp>,
        /// The projects, side by side: an id in one is unknown in another.
        projects: Option<Vec<ProjectEntry>>,
    }
}

/// What a project is that doesn't say which one.
#[derive(Debug)]
pub struct Unnamed {
    pub id: ProjectId,
    pub secrets: Vec<Secret>,
}

/// A file, and its text.
pub(super) struct ReadFile<'t> {
    pub(super) entry: SeedFile,
    /// `None`, if it is no JSON.
    pub(super) json: Option<JsonSlice<'t>>,
}

/// The users of a project that stand together in a file. They have not been read yet.
#[derive(Clone, Copy)]
pub(super) struct UserList<'t> {
    /// The file's number.
    pub(super) source: usize,
    /// The project's number in the file.
    pub(super) project: usize,
    pub(super) json: JsonSlice<'t>,
}

/// A project that has been put together from one file or several, and its users there.
pub(super) struct MergedProject<'t> {
    pub(super) entry: ProjectEntry,
    pub(super) users: Vec<UserList<'t>>,
}

/// Projects that have been joined.
pub(super) struct Merged<'t> {
    pub(super) clock: Option<Timestamp>,
    pub(super) projects: Vec<MergedProject<'t>>,
}

/// Joins some files; what they disagree on is reported.
pub(super) fn merge<'t>(
    files: Vec<ReadFile<'t>>,
    positions: &[Positions<'_>],
    (operations, unnamed): (&[Operation], &Unnamed),
    reports: &mut [Report<'_>],
) -> Merged<'t> {
    let mut merged = Merged { clock: merge_clocks(&files, positions, reports), projects: Vec::new() };
    let mut first_places: HashMap<ProjectId, (usize, usize, usize)> = HashMap::new();
    let mut tokens = KnownTokens::default();
    for (source, file) in files.into_iter().enumerate() {
        let report = &mut reports[source];
        let mut pieces = file.json.and_then(|json| json.member("projects")).into_iter().flat_map(JsonSlice::elements);
        for (index, mut project) in file.entry.projects.unwrap_or_default().into_iter().enumerate() {
            let path = Path::ROOT.key("projects");
            let path = path.index(index);
            project.check(operations, &path, report);
            let id = project.project_id.get_or_insert_with(|| unnamed.id.clone()).clone();
            tokens.note((&id, project.tokens()), (source, index), positions, report);
            let users = pieces.next().and_then(|piece| piece.member("users")).filter(|_| project.users.is_some());
            let users = users.map(|json| UserList { source, project: index, json });
            let Some(&(place, other_source, other_index)) = first_places.get(&id) else {
                first_places.insert(id, (merged.projects.len(), source, index));
                merged.projects.push(MergedProject { entry: project, users: users.into_iter().collect() });
                continue;
            };
            let other = positions[other_source].name(&Path::ROOT.key("projects").index(other_index));
            if other_source == source {
                let remedy = "give each project a project_id of its own";
                report.add(&path, format!("project {id} stands at {other} already; {remedy}"));
                continue;
            }
            let first = &mut merged.projects[place];
            first.users.extend(users);
            first.entry.join(project, |key, what| {
                report.add(&path.key(key), format!("project {id} has {what} at {other} already"));
            });
        }
    }
    for project in &mut merged.projects {
        project.entry.secrets.get_or_insert_with(|| unnamed.secrets.clone());
    }
    merged
}

fn merge_clocks(files: &[ReadFile<'_>], positions: &[Positions<'_>], reports: &mut [Report<'_>]) -> Option<Timestamp> {
    let mut first: Option<(usize, Timestamp)> = None;
    let path = Path::ROOT.key("clock");
    for (source, file) in files.iter().enumerate() {
        let Some(clock) = file.entry.clock else { continue };
        if clock < Timestamp::EPOCH {
            reports[source].add(&path, "the clock starts at 1970-01-01T00:00:00Z");
        }
        match first {
            Some((other, at)) if at != clock => {
                let other = positions[other].name(&path);
                reports[source].add(&path, format!("another seed freezes the clock elsewhere, at {other}"));
            }
            Some(_) => {}
            None => first = Some((source, clock)),
        }
    }
    first.map(|(_, clock)| clock)
}
