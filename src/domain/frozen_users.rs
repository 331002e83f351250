//! The users of a frozen project: what a seed describes, and what worlds are built from. Shared, never changed.

use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::conflict::Conflict;
use super::id::{SessionId, UserId};
use super::session::Session;
use super::session_token::SessionToken;
use super::user::UserRecord;

/// From so many sessions on, indexes are made by two threads.
const WORTH_A_THREAD: usize = 10_000;

/// Users in the order in which they came, found by any of their ids. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct FrozenUsers(Arc<Indexed>);

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
///
/// A hash table of 8 bytes a slot, made once as large as it has to be: a look-up goes to one place in it, mostly, and to
/// the user.
#[derive(Debug)]
struct Index {
    /// The upper half of a key's hash, and the place in the list of users; `EMPTY` where there is none.
    slots: Box<[(u32, u32)]>,
    hasher: RandomState,
}

/// The place of no user.
const EMPTY: u32 = u32::MAX;

impl Index {
    fn with_capacity(keys: usize) -> Self {
        // a quarter of the slots stays free, so that what is not there is soon not found
        let slots = (keys + keys / 3 + 1).next_power_of_two();
        Self { slots: vec![(0, EMPTY); slots].into(), hasher: RandomState::default() }
    }

    /// The place of a key if it is there, or else the slot for it.
    #[expect(clippy::cast_possible_truncation, reason = "of a hash the lower bits say where to look")]
    fn find<K: Hash + ?Sized>(&self, key: &K, is_at: impl Fn(usize) -> bool) -> Result<usize, FreeSlot> {
        let hash = self.hasher.hash_one(key);
        let (half, mask) = ((hash >> 32) as u32, self.slots.len() - 1);
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                (_, EMPTY) => return Err(FreeSlot { slot, half }),
                (other, place) if other == half && is_at(place as usize) => return Ok(place as usize),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// Notes a key unless it is there already; whether it was new.
    fn note<K: Hash + ?Sized>(&mut self, key: &K, place: usize, is_at: impl Fn(usize) -> bool) -> bool {
        let Err(FreeSlot { slot, half }) = self.find(key, is_at) else { return false };
        self.slots[slot] = (half, u32::try_from(place).expect("memory ends before four thousand million users"));
        true
    }
}

impl Default for Index {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

struct FreeSlot {
    slot: usize,
    half: u32,
}

fn index_of_users(records: &[Arc<UserRecord>]) -> Result<Index, Conflict> {
    let mut index = Index::with_capacity(records.len());
    for (place, record) in records.iter().enumerate() {
        let id = record.user.id;
        if !index.note(&id, place, |other| records[other].user.id == id) {
            return Err(Conflict::UserId(id));
        }
    }
    Ok(index)
}

fn index_of_external_ids(records: &[Arc<UserRecord>]) -> Result<Index, Conflict> {
    let mut index = Index::with_capacity(records.iter().filter(|record| record.user.external_id.is_some()).count());
    for (place, record) in records.iter().enumerate() {
        if let Some(id) = &record.user.external_id
            && !index.note(id, place, |other| records[other].user.external_id.as_ref() == Some(id))
        {
            return Err(Conflict::ExternalId(id.clone()));
        }
    }
    Ok(index)
}

/// Where each session is found by one of its keys.
fn index_of_sessions<K: Hash + Eq>(
    records: &[Arc<UserRecord>],
    count: usize,
    key: impl Fn(&Session) -> &K,
    conflict: impl FnOnce(SessionId) -> Conflict,
) -> Result<Index, Conflict> {
    let mut index = Index::with_capacity(count);
    for (place, record) in records.iter().enumerate() {
        for (number, session) in record.sessions.iter().enumerate() {
            let is_at = |other: usize| {
                // of the user's own sessions those that come later are not noted yet
                let noted = if other == place { &record.sessions[..number] } else { &records[other].sessions };
                noted.iter().any(|other| key(other) == key(session))
            };
            if !index.note(key(session), place, is_at) {
                return Err(conflict(session.id));
            }
        }
    }
    Ok(index)
}

impl FrozenUsers {
    /// Puts users together, in this order; `next_ordinal` is that of a user who comes later.
    ///
    /// # Errors
    /// At the first id that occurs twice.
    pub fn new(records: Vec<Arc<UserRecord>>, next_ordinal: u64) -> Result<Self, Conflict> {
        let session_count = records.iter().map(|record| record.sessions.len()).sum();
        let index_tokens = || index_of_sessions(&records, session_count, |session| &session.token, Conflict::SessionToken);
        let index_others = || {
            let sessions = index_of_sessions(&records, session_count, |session| &session.id, Conflict::SessionId)?;
            Ok((index_of_users(&records)?, index_of_external_ids(&records)?, sessions))
        };
        // an index is made by going all over the memory, again and again: two of them at a time
        let (tokens, others) = if session_count < WORTH_A_THREAD {
            (index_tokens(), index_others())
        } else {
            std::thread::scope(|scope| {
                let tokens = scope.spawn(index_tokens);
                let others = index_others();
                (tokens.join().expect("an index is made without a panic"), others)
            })
        };
        let (users, external_ids, sessions) = others?;
        let tokens = tokens?;
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
        users.find(id, |place| records[place].user.id == *id).ok().map(|place| &records[place])
    }

    /// The user with this external id.
    #[must_use]
    pub fn user_by_external_id(&self, id: &str) -> Option<&Arc<UserRecord>> {
        let Indexed { records, external_ids, .. } = &*self.0;
        let has = |record: &UserRecord| record.user.external_id.as_ref().is_some_and(|own| own.as_str() == id);
        external_ids.find(id, |place| has(&records[place])).ok().map(|place| &records[place])
    }

    /// The user whose session has this id.
    #[must_use]
    pub fn user_by_session(&self, id: &SessionId) -> Option<&Arc<UserRecord>> {
        let Indexed { records, sessions, .. } = &*self.0;
        let has = |record: &UserRecord| record.sessions.iter().any(|session| session.id == *id);
        sessions.find(id, |place| has(&records[place])).ok().map(|place| &records[place])
    }

    /// The user whose session has this token.
    #[must_use]
    pub fn user_by_token(&self, token: &SessionToken) -> Option<&Arc<UserRecord>> {
        let Indexed { records, tokens, .. } = &*self.0;
        let has = |record: &UserRecord| record.sessions.iter().any(|session| session.token == *token);
        tokens.find(token, |place| has(&records[place])).ok().map(|place| &records[place])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::Environment;
    use crate::domain::user::User;

    fn record(number: u128) -> Arc<UserRecord> {
        Arc::new(UserRecord::new(User::new(UserId::new(Environment::Test, Uuid::from_u128(number)))))
    }

    #[test]
    fn every_user_is_found_and_nobody_else() {
        for count in [0, 1, 2, 3, 1_000] {
            let users = FrozenUsers::new((0..count).map(record).collect(), 0).unwrap();
            for number in 0..count {
                let record = record(number);
                assert_eq!(users.user(&record.user.id).map(|found| found.user.id), Some(record.user.id));
            }
            assert!(users.user(&record(count).user.id).is_none());
        }
    }

    #[test]
    fn an_id_has_one_owner() {
        let conflict = FrozenUsers::new([1, 2, 1].map(record).to_vec(), 0).map(drop);
        assert_eq!(conflict, Err(Conflict::UserId(record(1).user.id)));
    }
}
