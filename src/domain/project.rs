//! A project: its credentials, its bucket, its keys and its users, found by any of their ids in constant time.
//!
//! Readers take no lock: every user is one immutable record, and a change puts a new record in its place.
//! Writers of one project take turns.

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;

use super::bucket::Bucket;
use super::conflict::Conflict;
use super::external_token::{ExternalToken, ExternalTokenKey};
use super::fault::Faults;
use super::frozen_project::FrozenProject;
use super::id::{Environment, ProjectId, SessionId, UserHandle, UserId};
use super::journal::Journal;
use super::layered::Layered;
use super::login_settings::LoginSettings;
use super::oauth_clients::OAuthRegistry;
use super::pending_logins::PendingLogins;
use super::project_state::ProjectState;
use super::rbac::RbacPolicy;
use super::refusal::{ErrorType, Refusal};
use super::secret::Secret;
use super::session::Session;
use super::session_token::SessionToken;
use super::signing_key::SigningKey;
use super::timestamp::Timestamp;
use super::user::UserRecord;
use super::user_store::UserStore;

/// What only whoever writes may touch.
#[derive(Debug, Default)]
struct Turn {
    /// The ordinal of the next user.
    next_ordinal: u64,
    pending: PendingLogins,
}

/// A project at work.
#[derive(Debug)]
pub struct Project {
    id: ProjectId,
    /// Empty until somebody brings one, if it was made without.
    secrets: OnceLock<Vec<Secret>>,
    bucket: Bucket,
    signing_key: Option<Arc<SigningKey>>,
    rbac_policy: Arc<RbacPolicy>,
    external_tokens: Layered<ExternalTokenKey, Arc<ExternalToken>>,
    users: UserStore,
    /// Held by who writes.
    writing: Mutex<Turn>,
    login_settings: Arc<LoginSettings>,
    oauth_clients: OAuthRegistry,
    state: ProjectState,
    faults: Faults,
    journal: Journal,
    /// What it was built from, and is reset to.
    origin: FrozenProject,
}

impl Project {
    /// Sets a described project to work, its bucket full.
    #[must_use]
    pub fn from_frozen(frozen: &FrozenProject) -> Self {
        Self::restore(frozen, frozen)
    }

    /// The same, of a project that was made from something else: that is what it is reset to.
    #[must_use]
    pub fn restore(frozen: &FrozenProject, origin: &FrozenProject) -> Self {
        Self {
            id: frozen.id.clone(),
            secrets: Some(frozen.secrets.clone()).filter(|secrets| !secrets.is_empty()).map(OnceLock::from).unwrap_or_default(),
            bucket: Bucket::new(frozen.rate_limit),
            signing_key: frozen.signing_key.clone(),
            rbac_policy: Arc::clone(&frozen.rbac_policy),
            external_tokens: Layered::over(Arc::clone(&frozen.external_tokens)),
            users: UserStore::of(frozen.users.clone()),
            writing: Mutex::new(Turn { next_ordinal: frozen.users.next_ordinal(), ..Turn::default() }),
            login_settings: Arc::clone(&frozen.login_settings),
            oauth_clients: OAuthRegistry::of(frozen.oauth_clients.clone()),
            state: ProjectState::of(frozen),
            faults: Faults::with(&frozen.faults),
            journal: Journal::default(),
            origin: origin.clone(),
        }
    }

    /// The project as it stands now, at rest.
    #[must_use]
    pub fn frozen(&self) -> FrozenProject {
        let turn = self.writing.lock();
        FrozenProject {
            id: self.id.clone(),
            secrets: self.secrets().to_vec(),
            rate_limit: self.bucket.setting(),
            signing_key: self.signing_key.clone(),
            rbac_policy: Arc::clone(&self.rbac_policy),
            external_tokens: self.external_tokens.freeze(),
            login_settings: Arc::clone(&self.login_settings),
            oauth_clients: self.oauth_clients.freeze(),
            fraud: self.state.fraud.read(),
            impersonation_tokens: self.state.impersonation_tokens.read(),
            passkeys: self.state.passkeys.read(),
            faults: self.faults.all(),
            users: self.users.freeze(turn.next_ordinal),
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
        self.secrets.get().map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether `candidate` is one of its secrets. Every secret is compared, whichever matches.
    #[must_use]
    pub fn is_proved_by(&self, candidate: &[u8]) -> bool {
        self.secrets().iter().fold(false, |proved, secret| proved | secret.matches(candidate))
    }

    /// Takes a secret as its own, unless it has one.
    pub fn adopt(&self, secret: Secret) {
        self.secrets.get_or_init(|| vec![secret]);
    }

    /// Its bucket.
    #[must_use]
    pub fn bucket(&self) -> &Bucket {
        &self.bucket
    }

    /// The faults that strike its requests.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// What was asked of it.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What it was built from.
    #[must_use]
    pub fn origin(&self) -> &FrozenProject {
        &self.origin
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

    /// Who may do what.
    #[must_use]
    pub fn rbac_policy(&self) -> &RbacPolicy {
        &self.rbac_policy
    }

    /// What operations change of it besides its users.
    #[must_use]
    pub fn state(&self) -> &ProjectState {
        &self.state
    }

    /// The user that a handle means: by Stytch id, else by external id.
    #[must_use]
    pub fn user(&self, handle: &UserHandle<'_>) -> Option<Arc<UserRecord>> {
        self.users.user(handle)
    }

    /// The user whose session has this token.
    #[must_use]
    pub fn user_by_token(&self, token: &str) -> Option<Arc<UserRecord>> {
        self.users.by_token(&SessionToken::parse(token).ok()?)
    }

    /// Whether a session has this token, or had it before its user was deleted.
    #[must_use]
    pub fn has_known_token(&self, token: &str) -> bool {
        SessionToken::parse(token).is_ok_and(|token| self.users.has_known_token(&token))
    }

    /// The user whose session has this id.
    #[must_use]
    pub fn user_by_session(&self, id: &SessionId) -> Option<Arc<UserRecord>> {
        self.users.by_session(id)
    }

    /// Whether there may be more than `count` users; a cheap upper estimate.
    #[must_use]
    pub fn user_count_exceeds(&self, count: usize) -> bool {
        self.users.may_exceed(count)
    }

    /// All users, in the order in which they came.
    #[must_use]
    pub fn users(&self) -> Vec<Arc<UserRecord>> {
        self.users.all()
    }

    /// The user who came first of those for whom `wanted` holds. Looks at all of them, and sorts none.
    #[must_use]
    pub fn first_user(&self, wanted: impl Fn(&UserRecord) -> bool) -> Option<Arc<UserRecord>> {
        self.users.first(wanted)
    }

    /// Adds a user with all that is theirs, unless `objection` has one; nobody writes in between.
    ///
    /// # Errors
    /// The objection, or a conflict if one of their ids is taken; nothing is added then.
    pub fn add_user<E: From<Conflict>>(
        &self,
        record: UserRecord,
        objection: impl FnOnce(&Self, &UserRecord) -> Option<E>,
    ) -> Result<Arc<UserRecord>, E> {
        let mut turn = self.writing.lock();
        if let Some(objection) = objection(self, &record) {
            return Err(objection);
        }
        Ok(self.add_in_turn(&mut turn, record)?)
    }

    /// Adds a user. The caller holds the turn.
    fn add_in_turn(&self, turn: &mut Turn, mut record: UserRecord) -> Result<Arc<UserRecord>, Conflict> {
        if self.users.by_id(&record.user.id).is_some() {
            return Err(Conflict::UserId(record.user.id));
        }
        record.ordinal = turn.next_ordinal;
        let record = self.users.put(None, record)?;
        turn.next_ordinal += 1;
        Ok(record)
    }

    /// Changes codes, tokens and users together; nobody writes in between, so of two who come with one code one is
    /// late. What was changed before an error stays: a failed attempt is counted.
    ///
    /// # Errors
    /// What `change` refuses.
    pub fn log_in<T>(&self, change: impl FnOnce(&mut LoginTurn<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut turn = self.writing.lock();
        change(&mut LoginTurn { project: self, turn: &mut turn })
    }

    /// What it says of logging in.
    #[must_use]
    pub fn login_settings(&self) -> &LoginSettings {
        &self.login_settings
    }

    /// Its OAuth clients.
    #[must_use]
    pub fn oauth_clients(&self) -> &OAuthRegistry {
        &self.oauth_clients
    }

    /// Changes a user, or something of theirs, or neither; nobody writes in between.
    ///
    /// # Errors
    /// `user_not_found`, what `change` refuses, or a conflict with another's id; nothing is changed then.
    pub fn change_user<T>(
        &self,
        id: &UserId,
        change: impl FnOnce(&mut UserRecord) -> Result<T, Refusal>,
    ) -> Result<(Arc<UserRecord>, T), Refusal> {
        let _turn = self.writing.lock();
        self.change_in_turn(id, change)
    }

    /// Changes an active session of a user.
    ///
    /// # Errors
    /// `session_not_found` if it is not active at `now`; otherwise as [`Project::change_user`].
    pub fn change_session(
        &self,
        user_id: &UserId,
        session_id: &SessionId,
        now: Timestamp,
        change: impl FnOnce(&mut Session) -> Result<(), Refusal>,
    ) -> Result<(Arc<UserRecord>, Session), Refusal> {
        self.change_user(user_id, |record| record.change_session(session_id, now, change))
    }

    /// What `look` sees while nobody writes.
    pub fn at_a_moment<T>(&self, look: impl FnOnce(&Self) -> T) -> T {
        let _turn = self.writing.lock();
        look(self)
    }

    /// Uses an external token up and changes the user whose it is: both, or neither.
    ///
    /// # Errors
    /// What `used` says, if somebody used the external token before; otherwise as [`Project::change_user`].
    pub fn redeem<T>(
        &self,
        key: &ExternalTokenKey,
        id: &UserId,
        now: Timestamp,
        used: impl FnOnce() -> Refusal,
        change: impl FnOnce(&mut UserRecord) -> Result<T, Refusal>,
    ) -> Result<(Arc<UserRecord>, T), Refusal> {
        let _turn = self.writing.lock();
        let external_token =
            self.external_tokens.get(key).filter(|external_token| external_token.used_at.is_none()).ok_or_else(used)?;
        let changed = self.change_in_turn(id, change)?;
        self.external_tokens.insert(key.clone(), Arc::new(ExternalToken { used_at: Some(now), ..(*external_token).clone() }));
        Ok(changed)
    }

    /// Changes a user. The caller holds the turn.
    fn change_in_turn<T>(
        &self,
        id: &UserId,
        change: impl FnOnce(&mut UserRecord) -> Result<T, Refusal>,
    ) -> Result<(Arc<UserRecord>, T), Refusal> {
        let gone = || Refusal::new(ErrorType::UserNotFound, format!("user {id} has been deleted"));
        let old = self.users.by_id(id).ok_or_else(gone)?;
        let mut record = (*old).clone();
        let outcome = change(&mut record)?;
        Ok((self.users.put(Some(&old), record)?, outcome))
    }

    /// Takes a user and all that is theirs away; whether there was one.
    pub fn remove_user(&self, id: &UserId) -> bool {
        let _turn = self.writing.lock();
        self.users.remove(id)
    }

    /// The external token of this name.
    #[must_use]
    pub fn external_token(&self, key: &ExternalTokenKey) -> Option<Arc<ExternalToken>> {
        self.external_tokens.get(key)
    }

    /// All external tokens, in no order.
    #[must_use]
    pub fn external_tokens(&self) -> Vec<Arc<ExternalToken>> {
        self.external_tokens.values()
    }
}

/// A project while nobody else writes in it.
pub struct LoginTurn<'a> {
    project: &'a Project,
    turn: &'a mut Turn,
}

impl LoginTurn<'_> {
    /// The codes and tokens that were given out.
    pub fn pending(&mut self) -> &mut PendingLogins {
        &mut self.turn.pending
    }

    /// Adds a user.
    ///
    /// # Errors
    /// A conflict if one of their ids is taken; nothing is added then.
    pub fn add_user(&mut self, record: UserRecord) -> Result<Arc<UserRecord>, Refusal> {
        Ok(self.project.add_in_turn(self.turn, record)?)
    }

    /// Changes a user.
    ///
    /// # Errors
    /// As [`Project::change_user`]; nothing of the user is changed then.
    pub fn change_user<T>(
        &mut self,
        id: &UserId,
        change: impl FnOnce(&mut UserRecord) -> Result<T, Refusal>,
    ) -> Result<(Arc<UserRecord>, T), Refusal> {
        self.project.change_in_turn(id, change)
    }
}
