//! Ids that stand twice among the users of a project. Looked for only when there are any: then the users are read once
//! more, and it is remembered where each of their ids stood first.

use std::collections::HashMap;
use std::hash::Hash;

use super::file::UserList;
use super::node::Node;
use super::path::Path;
use super::positions::Positions;
use super::report::Report;
use super::user::UserEntry;
use super::value::SeedValue;
use crate::domain::id::{ExternalId, SessionId, UserId};
use crate::domain::session_token::SessionToken;

/// Where a user stands: the source, the project there, the user there.
#[derive(Debug, Clone, Copy)]
struct Place {
    source: usize,
    project: usize,
    user: usize,
}

impl Place {
    /// Calls `visit` with the path of the user.
    fn path<T>(self, visit: impl FnOnce(&Path<'_>) -> T) -> T {
        visit(&Path::ROOT.key("projects").index(self.project).key("users").index(self.user))
    }
}

/// The ids of a project, each with the place where it stood last.
#[derive(Default)]
struct Known {
    users: HashMap<UserId, Place>,
    external_ids: HashMap<ExternalId, Place>,
    sessions: HashMap<SessionId, (Place, usize)>,
    tokens: HashMap<SessionToken, (Place, usize)>,
}

/// Reports the ids that stand twice among these users.
pub(super) fn report(lists: &[UserList<'_>], positions: &[Positions<'_>], reports: &mut [Report<'_>]) {
    let mut known = Known::default();
    for list in lists {
        for (user, json) in list.json.elements().enumerate() {
            let place = Place { source: list.source, project: list.project, user };
            // what is wrong with the user was reported before
            let mut unheard = Report::on(&positions[list.source]);
            if let Some(entry) = place.path(|path| UserEntry::read(&Node::at(json, *path), &mut unheard)) {
                known.note(&entry, place, positions, &mut reports[list.source]);
            }
        }
    }
}

impl Known {
    fn note(&mut self, user: &UserEntry, place: Place, positions: &[Positions<'_>], report: &mut Report<'_>) {
        let key_of = |first: Place, key: &str| first.path(|path| positions[first.source].name(&path.key(key)));
        if let Some((id, first)) = seen(&mut self.users, user.known_id(), place) {
            let message = || format!("user_id {id} stands at {} already", key_of(first, "user_id"));
            place.path(|path| report.add_with(&path.key("user_id"), message));
        }
        if let Some((id, first)) = seen(&mut self.external_ids, user.external_id.clone(), place) {
            let message = || format!("external_id {id} stands at {} already", key_of(first, "external_id"));
            place.path(|path| report.add_with(&path.key("external_id"), message));
        }
        for (index, session) in user.sessions.iter().flatten().enumerate() {
            let here = (place, index);
            let id = seen(&mut self.sessions, session.session_id, here).map(|(_, first)| ("session_id", first));
            let token = seen(&mut self.tokens, session.session_token.clone(), here).map(|(_, first)| ("session_token", first));
            for (key, (first, first_index)) in id.into_iter().chain(token) {
                let name = || first.path(|path| positions[first.source].name(&path.key("sessions").index(first_index).key(key)));
                let message = || format!("this {key} stands at {} already", name());
                place.path(|path| report.add_with(&path.key("sessions").index(index).key(key), message));
            }
        }
    }
}

/// Notes an id; where it was before, if it was.
fn seen<K: Clone + Eq + Hash, V>(known: &mut HashMap<K, V>, id: Option<K>, place: V) -> Option<(K, V)> {
    let id = id?;
    let first = known.insert(id.clone(), place)?;
    Some((id, first))
}
