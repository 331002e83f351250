//! The users of a project at rest: what a seed describes, and what worlds are built from. Shared, never changed.

use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::conflict::Conflict;
use super::id::{SessionId, UserId};
use super::session_token::SessionToken;
use super::user::UserRecord;

/// Users in the order in which they came, found by any of their ids. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Population(Arc<Indexed>);

#[derive(Debug, Default)]
struct Indexed {
    records: Vec<Arc<UserRecord>>,
    users: Index,
    external_ids: Index,
    sessions: Index,
    tokens: Index,
    next_ordinal: u64,
}

/// Where in a list of users each key lies. The keys themselves lie in the users only.
#[derive(Debug, Default)]
struct Index {
    places: HashTable<u32>,
    hasher: RandomState,
}

impl Index {
    fn with_capacity(keys: usize) -> Self {
        Self { places: HashTable::with_capacity(keys), hasher: RandomState::default() }
    }

    fn find<K: Hash + ?Sized>(&self, key: &K, is_at: impl Fn(usize) -> bool) -> Option<usize> {
        let place = self.places.find(self.hasher.hash_one(key), |place| is_at(*place as usize));
        place.map(|place| *place as usize)
    }

    /// Notes a key unless it is there already; whether it was new.
    fn note<K: Hash + ?Sized>(&mut self, key: &K, place: usize, is_at: impl Fn(usize) -> bool) -> bool {
        let hash = self.hasher.hash_one(key);
        if self.places.find(hash, |place| is_at(*place as usize)).is_some() {
            return false;
        }
        let place = u32::try_from(place).expect("memory ends before four thousand million users");
        self.places.insert_unique(hash, place, |_| unreachable!("an index is made as large as it has to be"));
        true
    }
}

impl Population {
    /// Puts users together, in this order; `next_ordinal` is that of a user who comes later.
    ///
    /// # Errors
    /// At the first id that occurs twice.
    pub fn new(records: Vec<Arc<UserRecord>>, next_ordinal: u64) -> Result<Self, Conflict> {
        let session_count = records.iter().map(|record| record.sessions.len()).sum();
        let external_count = records.iter().filter(|record| record.user.external_id.is_some()).count();
        let mut users = Index::with_capacity(records.len());
        let mut external_ids = Index::with_capacity(external_count);
        let mut sessions = Index::with_capacity(session_count);
        let mut tokens = Index::with_capacity(session_count);
        for (place, record) in records.iter().enumerate() {
            let user = &record.user;
            if !users.note(&user.id, place, |other| records[other].user.id == user.id) {
                return Err(Conflict::UserId(user.id));
            }
            if let Some(id) = &user.external_id
                && !external_ids.note(id, place, |other| records[other].user.external_id.as_ref() == Some(id))
            {
                return Err(Conflict::ExternalId(id.clone()));
            }
            for (index, session) in record.sessions.iter().enumerate() {
                // of the user's own sessions those that come later are not noted yet
                let noted = |other: usize| {
                    let sessions = records[other].sessions.as_slice();
                    if other == place { &sessions[..index] } else { sessions }
                };
                if !sessions.note(&session.id, place, |other| noted(other).iter().any(|other| other.id == session.id)) {
                    return Err(Conflict::SessionId(session.id));
                }
                if !tokens.note(&session.token, place, |other| noted(other).iter().any(|other| other.token == session.token)) {
                    return Err(Conflict::SessionToken(session.id));
                }
            }
        }
        Ok(Self(Arc::new(Indexed { records, users, external_ids, sessions, tokens, next_ordinal })))
    }

    /// All users, in their order.
    #[must_use]
    pub fn records(&self) -> &[Arc<UserRecord>] {
        &self.0.records
    }

    /// The ordinal of the next user.
    #[must_use]
    pub fn next_ordinal(&self) -> u64 {
        self.0.next_ordinal
    }

    /// The user with this id.
    #[must_use]
    pub fn user(&self, id: &UserId) -> Option<&Arc<UserRecord>> {
        let Indexed { records, users, .. } = &*self.0;
        users.find(id, |place| records[place].user.id == *id).map(|place| &records[place])
    }

    /// The user with this external id.
    #[must_use]
    pub fn user_by_external_id(&self, id: &str) -> Option<&Arc<UserRecord>> {
        let Indexed { records, external_ids, .. } = &*self.0;
        let has = |record: &UserRecord| record.user.external_id.as_ref().is_some_and(|own| own.as_str() == id);
        external_ids.find(id, |place| has(&records[place])).map(|place| &records[place])
    }

    /// The user whose session has this id.
    #[must_use]
    pub fn user_by_session(&self, id: &SessionId) -> Option<&Arc<UserRecord>> {
        let Indexed { records, sessions, .. } = &*self.0;
        let has = |record: &UserRecord| record.sessions.iter().any(|session| session.id == *id);
        sessions.find(id, |place| has(&records[place])).map(|place| &records[place])
    }

    /// The user whose session has this token.
    #[must_use]
    pub fn user_by_token(&self, token: &SessionToken) -> Option<&Arc<UserRecord>> {
        let Indexed { records, tokens, .. } = &*self.0;
        let has = |record: &UserRecord| record.sessions.iter().any(|session| session.token == *token);
        tokens.find(token, |place| has(&records[place])).map(|place| &records[place])
    }
}
