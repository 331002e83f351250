//! A project: its credentials, its bucket and its people, found by any of their ids in constant time.
//!
//! Readers take no lock: every user is one immutable record, and a change puts a new record in its place.
//! Writers of one project take turns.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

use super::bucket::{Bucket, RateSetting};
use super::id::{Environment, ExternalId, ProjectId, SessionId, SessionToken, UserHandle, UserId};
use super::layered::{Base, Layered};
use super::secret::Secret;
use super::session::Session;
use super::signing_key::SigningKey;
use super::user::UserRecord;

/// The people of a project at rest: what a seed describes, and what worlds are raised from. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Population {
    users: Base<UserId, Arc<UserRecord>>,
    external_ids: Base<ExternalId, UserId>,
    sessions: Base<SessionId, UserId>,
    tokens: Base<SessionToken, UserId>,
    /// The ordinal of the next user.
    next_ordinal: u64,
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
    /// Gathers the users of a project that is being described.
    ///
    /// # Errors
    /// At the first id that occurs twice.
    pub fn gather(records: impl IntoIterator<Item = UserRecord>) -> Result<Self, Conflict> {
        let records = records.into_iter();
        let mut users = HashMap::with_capacity(records.size_hint().0);
        let (mut external_ids, mut sessions, mut tokens) = (HashMap::new(), HashMap::new(), HashMap::new());
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

/// A project at rest.
#[derive(Debug, Clone)]
pub struct Blueprint {
    /// Its id.
    pub id: ProjectId,
    /// The secrets that prove it.
    pub secrets: Vec<Secret>,
    /// Its bucket's limit.
    pub rate_limit: RateSetting,
    /// What it signs session JWTs with, if not the published key.
    pub signing_key: Option<Arc<SigningKey>>,
    /// Its people.
    pub population: Population,
}

/// A project at work.
#[derive(Debug)]
pub struct Project {
    id: ProjectId,
    secrets: Vec<Secret>,
    bucket: Bucket,
    signing_key: Option<Arc<SigningKey>>,
    users: Layered<UserId, Arc<UserRecord>>,
    external_ids: Layered<ExternalId, UserId>,
    sessions: Layered<SessionId, UserId>,
    tokens: Layered<SessionToken, UserId>,
    /// Held by who writes: the ordinal of the next user.
    writing: Mutex<u64>,
}

impl Project {
    /// Sets a described project to work, its bucket full.
    #[must_use]
    pub fn raise(blueprint: &Blueprint) -> Self {
        let people = &blueprint.population;
        Self {
            id: blueprint.id.clone(),
            secrets: blueprint.secrets.clone(),
            bucket: Bucket::new(blueprint.rate_limit),
            signing_key: blueprint.signing_key.clone(),
            users: Layered::over(Arc::clone(&people.users)),
            external_ids: Layered::over(Arc::clone(&people.external_ids)),
            sessions: Layered::over(Arc::clone(&people.sessions)),
            tokens: Layered::over(Arc::clone(&people.tokens)),
            writing: Mutex::new(people.next_ordinal),
        }
    }

    /// The project as it stands now, at rest.
    #[must_use]
    pub fn blueprint(&self) -> Blueprint {
        let next_ordinal = self.writing.lock();
        Blueprint {
            id: self.id.clone(),
            secrets: self.secrets.clone(),
            rate_limit: self.bucket.setting(),
            signing_key: self.signing_key.clone(),
            population: Population {
                users: self.users.freeze(),
                external_ids: self.external_ids.freeze(),
                sessions: self.sessions.freeze(),
                tokens: self.tokens.freeze(),
                next_ordinal: *next_ordinal,
            },
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &ProjectId {
        &self.id
    }

    /// The environment it belongs to.
    #[must_use]
    pub fn environment(&self) -> Environment {
        self.id.environment()
    }

    /// The secrets that prove it.
    #[must_use]
    pub fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// Whether `candidate` is one of its secrets. Every secret is compared, whichever matches.
    #[must_use]
    pub fn is_proved_by(&self, candidate: &[u8]) -> bool {
        self.secrets.iter().fold(false, |proved, secret| proved | secret.matches(candidate))
    }

    /// Its bucket.
    #[must_use]
    pub fn bucket(&self) -> &Bucket {
        &self.bucket
    }

    /// What it signs session JWTs with.
    #[must_use]
    pub fn signing_key(&self) -> Arc<SigningKey> {
        self.signing_key.clone().unwrap_or_else(SigningKey::published)
    }

    /// The signing key of its own, if it has one.
    #[must_use]
    pub fn own_signing_key(&self) -> Option<&SigningKey> {
        self.signing_key.as_deref()
    }

    /// The user that a handle means: by Stytch id, else by external id.
    #[must_use]
    pub fn user(&self, handle: &UserHandle<'_>) -> Option<Arc<UserRecord>> {
        match handle {
            UserHandle::Stytch(id) => self.users.get(id.as_ref()),
            UserHandle::External(id) => self.users.get(&self.external_ids.get(*id)?),
        }
    }

    /// Whether there may be more than `count` users; a cheap upper estimate.
    #[must_use]
    pub fn user_count_exceeds(&self, count: usize) -> bool {
        self.users.may_exceed(count)
    }

    /// All users, in the order in which they came.
    #[must_use]
    pub fn users(&self) -> Vec<Arc<UserRecord>> {
        let mut users = self.users.values();
        users.sort_by_key(|record| record.ordinal);
        users
    }

    /// Adds a user with all that is theirs.
    ///
    /// # Errors
    /// If one of their ids is taken; nothing is added then.
    pub fn add_user(&self, mut record: UserRecord) -> Result<Arc<UserRecord>, Conflict> {
        let mut next_ordinal = self.writing.lock();
        if self.users.contains(&record.user.id) {
            return Err(Conflict::UserId(record.user.id));
        }
        if let Some(external_id) = record.user.external_id.as_ref().filter(|id| self.external_ids.contains(*id)) {
            return Err(Conflict::ExternalId(external_id.clone()));
        }
        for (index, session) in record.sessions.iter().enumerate() {
            self.check_session(session)?;
            if let Some(twin) =
                record.sessions[..index].iter().find(|other| other.id == session.id || other.token == session.token)
            {
                return Err(Conflict::SessionId(twin.id.clone()));
            }
        }
        record.ordinal = *next_ordinal;
        *next_ordinal += 1;
        let record = Arc::new(record);
        let id = &record.user.id;
        for session in &record.sessions {
            self.index_session(session, id);
        }
        if let Some(external_id) = &record.user.external_id {
            self.external_ids.insert(external_id.clone(), id.clone());
        }
        self.users.insert(id.clone(), Arc::clone(&record));
        Ok(record)
    }

    /// Adds a session to a user; `None` if there is no such user.
    ///
    /// # Errors
    /// If the session's id or token is taken; nothing is added then.
    pub fn add_session(&self, user_id: &UserId, session: Session) -> Result<Option<Arc<Session>>, Conflict> {
        let _turn = self.writing.lock();
        self.check_session(&session)?;
        let Some(record) = self.users.get(user_id) else {
            return Ok(None);
        };
        let session = Arc::new(session);
        let mut record = (*record).clone();
        record.add_session(Arc::clone(&session));
        self.index_session(&session, user_id);
        self.users.insert(user_id.clone(), Arc::new(record));
        Ok(Some(session))
    }

    fn check_session(&self, session: &Session) -> Result<(), Conflict> {
        if self.sessions.contains(&session.id) {
            return Err(Conflict::SessionId(session.id.clone()));
        }
        if self.tokens.contains(&session.token) {
            return Err(Conflict::SessionToken(session.id.clone()));
        }
        Ok(())
    }

    fn index_session(&self, session: &Session, user_id: &UserId) {
        self.sessions.insert(session.id.clone(), user_id.clone());
        self.tokens.insert(session.token.clone(), user_id.clone());
    }
}
