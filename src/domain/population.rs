//! The people of a project at rest: what a seed describes, and what worlds are built from. Shared, never changed.

use std::sync::Arc;

use foldhash::fast::RandomState;

use super::id::{ExternalId, SessionId, SessionToken, UserId};
use super::layered::{Base, IdMap};
use super::user::UserRecord;

/// Users, found by any of their ids. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Population {
    pub(super) users: Base<UserId, Arc<UserRecord>>,
    pub(super) external_ids: Base<ExternalId, UserId>,
    pub(super) sessions: Base<SessionId, UserId>,
    pub(super) tokens: Base<SessionToken, UserId>,
    /// The ordinal of the next user.
    pub(super) next_ordinal: u64,
}

/// An id that has to be unique in its project and isn't.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Two users with one id.
    #[error("user_id {0} is taken in this project")]
    UserId(UserId),
    /// Two users with one external id.
    #[error("external_id {0} is taken in this project")]
    ExternalId(ExternalId),
    /// Two sessions with one id.
    #[error("session_id {0} is taken in this project")]
    SessionId(SessionId),
    /// Two sessions with one token.
    #[error("the session_token of {0} is taken in this project")]
    SessionToken(SessionId),
}

impl Population {
    /// Gathers the users of a project that is being described, in order; they have about as many `sessions`.
    ///
    /// # Errors
    /// At the first id that occurs twice.
    pub fn from_records(records: impl ExactSizeIterator<Item = UserRecord>, sessions: usize) -> Result<Self, Conflict> {
        let mut users = IdMap::with_capacity_and_hasher(records.len(), RandomState::default());
        let mut external_ids = IdMap::default();
        let mut tokens = IdMap::with_capacity_and_hasher(sessions, RandomState::default());
        let mut sessions = IdMap::with_capacity_and_hasher(sessions, RandomState::default());
        let mut next_ordinal = 0;
        for mut record in records {
            record.ordinal = next_ordinal;
            next_ordinal += 1;
            let id = record.user.id.clone();
            if let Some(external_id) = &record.user.external_id
                && external_ids.insert(external_id.clone(), id.clone()).is_some()
            {
                return Err(Conflict::ExternalId(external_id.clone()));
            }
            for session in &record.sessions {
                if sessions.insert(session.id.clone(), id.clone()).is_some() {
                    return Err(Conflict::SessionId(session.id.clone()));
                }
                if tokens.insert(session.token.clone(), id.clone()).is_some() {
                    return Err(Conflict::SessionToken(session.id.clone()));
                }
            }
            if users.insert(id.clone(), Arc::new(record)).is_some() {
                return Err(Conflict::UserId(id));
            }
        }
        Ok(Self {
            users: Arc::new(users),
            external_ids: Arc::new(external_ids),
            sessions: Arc::new(sessions),
            tokens: Arc::new(tokens),
            next_ordinal,
        })
    }
}
