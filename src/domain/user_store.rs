//! The users of a running project: those that it was made with, which are frozen, and what has changed since. Whoever
//! changes something holds the project's turn to write.

use std::sync::Arc;

use super::conflict::Conflict;
use super::frozen_users::FrozenUsers;
use super::id::{ExternalId, SessionId, UserHandle, UserId};
use super::layered::Changes;
use super::session::Session;
use super::session_token::SessionToken;
use super::user::UserRecord;

/// Users, found by any of their ids.
#[derive(Debug)]
pub(super) struct UserStore {
    base: FrozenUsers,
    users: Changes<UserId, Arc<UserRecord>>,
    external_ids: Changes<ExternalId, UserId>,
    sessions: Changes<SessionId, UserId>,
    tokens: Changes<SessionToken, UserId>,
}

impl UserStore {
    /// Those that a project is made with.
    pub(super) fn of(base: FrozenUsers) -> Self {
        Self {
            base,
            users: Changes::default(),
            external_ids: Changes::default(),
            sessions: Changes::default(),
            tokens: Changes::default(),
        }
    }

    /// The users as they are now, frozen.
    pub(super) fn freeze(&self, next_ordinal: u64) -> FrozenUsers {
        if self.users.is_empty() {
            return self.base.clone();
        }
        FrozenUsers::new(self.all(), next_ordinal).expect("each id has one owner")
    }

    /// The user that a handle means: by Stytch id, else by external id.
    pub(super) fn user(&self, handle: &UserHandle<'_>) -> Option<Arc<UserRecord>> {
        match handle {
            UserHandle::Stytch(id) => self.by_id(id),
            UserHandle::External(id) => self.by_id(&self.owner_of_external_id(id)?),
        }
    }

    pub(super) fn by_id(&self, id: &UserId) -> Option<Arc<UserRecord>> {
        self.users.get_or(id, || self.base.user(id).cloned())
    }

    pub(super) fn by_session(&self, id: &SessionId) -> Option<Arc<UserRecord>> {
        self.by_id(&self.owner_of_session(id)?)
    }

    pub(super) fn by_token(&self, token: &SessionToken) -> Option<Arc<UserRecord>> {
        self.by_id(&self.owner_of_token(token)?)
    }

    fn owner_of_external_id(&self, id: &str) -> Option<UserId> {
        self.external_ids.get_or(id, || self.base.user_by_external_id(id).map(|record| record.user.id))
    }

    fn owner_of_session(&self, id: &SessionId) -> Option<UserId> {
        self.sessions.get_or(id, || self.base.user_by_session(id).map(|record| record.user.id))
    }

    fn owner_of_token(&self, token: &SessionToken) -> Option<UserId> {
        self.tokens.get_or(token, || self.base.user_by_token(token).map(|record| record.user.id))
    }

    /// Whether a session has this token, or had it before its user was deleted.
    pub(super) fn has_known_token(&self, token: &SessionToken) -> bool {
        self.tokens.has(token) || self.base.user_by_token(token).is_some()
    }

    /// Whether there may be more than `count` users; a cheap upper estimate.
    pub(super) fn may_exceed(&self, count: usize) -> bool {
        self.base.records().len() + self.users.len() > count
    }

    /// All users, in the order in which they came.
    pub(super) fn all(&self) -> Vec<Arc<UserRecord>> {
        let mut all: Vec<_> = self.unchanged().cloned().collect();
        if !self.users.is_empty() {
            all.extend(self.users.values());
            all.sort_by_key(|record| record.ordinal);
        }
        all
    }

    /// The user who came first of those for whom `wanted` holds. Looks at all of them, and sorts none.
    pub(super) fn first(&self, wanted: impl Fn(&UserRecord) -> bool) -> Option<Arc<UserRecord>> {
        let first = self.unchanged().find(|record| wanted(record)).cloned();
        let changed = self.users.values().into_iter().filter(|record| wanted(record));
        changed.chain(first).min_by_key(|record| record.ordinal)
    }

    /// Those who are as the project was made with them, in their order.
    fn unchanged(&self) -> impl Iterator<Item = &Arc<UserRecord>> {
        self.base.records().iter().filter(|record| !self.users.has(&record.user.id))
    }

    /// Puts a record in the place of its former self and keeps the indexes true.
    pub(super) fn put(&self, old: Option<&UserRecord>, record: UserRecord) -> Result<Arc<UserRecord>, Conflict> {
        let id = record.user.id;
        let old_external_id = old.and_then(|old| old.user.external_id.as_ref());
        let external_id = record.user.external_id.as_ref();
        let is_taken = |id: &&ExternalId| Some(*id) != old_external_id && self.owner_of_external_id(id.as_str()).is_some();
        if let Some(taken) = external_id.filter(is_taken) {
            return Err(Conflict::ExternalId(taken.clone()));
        }
        let is_in = |sessions: &[Session], id: &SessionId| sessions.iter().any(|other| other.id == *id);
        // of two with one id the second is no old one
        let is_old = |index: usize, id: &SessionId| {
            old.is_some_and(|old| is_in(&old.sessions, id)) && !is_in(&record.sessions[..index], id)
        };
        let fresh = record.sessions.iter().enumerate().filter(|(index, session)| !is_old(*index, &session.id));
        let fresh: Vec<&Session> = fresh.map(|(_, session)| session).collect();
        for (index, session) in fresh.iter().enumerate() {
            let is_twin = |other: &&Session| other.id == session.id || other.token == session.token;
            if self.owner_of_session(&session.id).is_some() || fresh[..index].iter().any(is_twin) {
                return Err(Conflict::SessionId(session.id));
            }
            if self.owner_of_token(&session.token).is_some() {
                return Err(Conflict::SessionToken(session.id));
            }
        }
        for session in fresh {
            self.sessions.insert(session.id, id);
            self.tokens.insert(session.token.clone(), id);
        }
        if old_external_id != external_id {
            if let Some(old) = old_external_id {
                self.external_ids.remove(old.clone());
            }
            if let Some(new) = external_id {
                self.external_ids.insert(new.clone(), id);
            }
        }
        let record = Arc::new(record);
        self.users.insert(id, Arc::clone(&record));
        Ok(record)
    }

    /// Takes a user and all that is theirs away; whether there was one.
    pub(super) fn remove(&self, id: &UserId) -> bool {
        let Some(record) = self.by_id(id) else { return false };
        for session in &record.sessions {
            self.sessions.remove(session.id);
            self.tokens.remove(session.token.clone());
        }
        if let Some(external_id) = &record.user.external_id {
            self.external_ids.remove(external_id.clone());
        }
        self.users.remove(*id);
        true
    }
}
