//! A user: the vendor's User with everything that can hang off one.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, LazyLock, OnceLock};

use super::JsonObject;
use super::compact_text::CompactText;
use super::fraud::device::Devices;
use super::id::{Environment, ExternalId, SessionId, UserId};
use super::id_generator::IdGenerator;
use super::password_hash::PasswordHash;
use super::refusal::{ErrorType, Refusal};
use super::session::Session;
use super::timestamp::Timestamp;
use super::totp;
use super::user_lock::LoginAttempts;
use super::wallet::challenge::WalletChallenge;
use super::webauthn::credential::PasskeyCredential;

/// The vendor's User.
#[derive(Debug, Clone)]
pub struct User {
    pub id: UserId,
    pub external_id: Option<ExternalId>,
    pub status: UserStatus,
    pub created_at: Option<Timestamp>,
    pub emails: Vec<Email>,
    pub roles: Arc<[String]>,
    /// What most users have nothing of.
    pub details: Arc<UserDetails>,
}

/// What most users have nothing of: those who do share one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserDetails {
    pub name: Name,
    pub phone_numbers: Vec<PhoneNumber>,
    pub providers: Vec<Provider>,
    pub webauthn_registrations: Vec<WebauthnRegistration>,
    pub biometric_registrations: Vec<BiometricRegistration>,
    pub totps: Vec<Totp>,
    pub crypto_wallets: Vec<CryptoWallet>,
    pub password: Option<Password>,
    pub trusted_metadata: JsonObject,
    pub untrusted_metadata: JsonObject,
    /// What the user has logged in with, if any login told.
    pub devices: Option<Box<Devices>>,
    /// Failed logins in a row, and the lock that came of them.
    pub attempts: LoginAttempts,
}

/// The details are the user's own fields to whoever reads or writes them; where they lie is of no concern.
impl Deref for User {
    type Target = UserDetails;

    fn deref(&self) -> &UserDetails {
        &self.details
    }
}

impl DerefMut for User {
    fn deref_mut(&mut self) -> &mut UserDetails {
        Arc::make_mut(&mut self.details)
    }
}

impl UserDetails {
    /// Those of a user who has nothing.
    #[must_use]
    pub fn none() -> Arc<Self> {
        static NONE: LazyLock<Arc<UserDetails>> = LazyLock::new(Arc::default);
        Arc::clone(&NONE)
    }
}

impl User {
    /// A user with nothing but an id.
    #[must_use]
    pub fn new(id: UserId) -> Self {
        Self {
            id,
            external_id: None,
            status: UserStatus::Active,
            created_at: None,
            emails: Vec::new(),
            roles: Self::default_roles(),
            details: UserDetails::none(),
        }
    }

    /// What every user may do.
    pub const DEFAULT_ROLE: &'static str = "stytch_user";

    /// The roles of a user who was given none.
    #[must_use]
    pub fn default_roles() -> Arc<[String]> {
        static ROLES: LazyLock<Arc<[String]>> = LazyLock::new(|| Arc::new([User::DEFAULT_ROLE.to_owned()]));
        Arc::clone(&ROLES)
    }

    /// How many ways there are to reach or recognise the user: without any they could never log in again.
    #[must_use]
    pub fn primary_factors(&self) -> usize {
        self.emails.len() + self.phone_numbers.len() + self.providers.len() + self.crypto_wallets.len()
    }
}

impl Email {
    /// An address that nobody has confirmed yet.
    #[must_use]
    pub fn unverified(ids: &mut IdGenerator<'_>, environment: Environment, email: &str) -> Self {
        Self { email_id: ids.object_id("email", environment), email: email.into(), verified: false }
    }
}

impl PhoneNumber {
    /// A number that nobody has confirmed yet.
    #[must_use]
    pub fn unverified(ids: &mut IdGenerator<'_>, environment: Environment, phone_number: &str) -> Self {
        let phone_id = ids.object_id("phone-number", environment);
        Self { phone_id, phone_number: phone_number.to_owned(), verified: false }
    }
}

/// A user's name; empty strings where nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    pub first_name: String,
    pub middle_name: String,
    pub last_name: String,
}

/// `status` of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserStatus {
    /// Has proved at least one factor.
    Active,
    /// Was invited, or created as pending.
    Pending,
}

impl UserStatus {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Active, Self::Pending];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
        }
    }
}

/// An address of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    pub email_id: CompactText,
    pub email: Arc<str>,
    pub verified: bool,
}

/// A phone number of a user, in E.164.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    pub phone_id: CompactText,
    pub phone_number: String,
    pub verified: bool,
}

/// An OAuth registration of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    pub oauth_user_registration_id: CompactText,
    pub provider_type: String,
    pub provider_subject: String,
    pub profile_picture_url: String,
    pub locale: String,
}

/// A passkey or security key of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebauthnRegistration {
    pub webauthn_registration_id: CompactText,
    pub domain: String,
    pub user_agent: String,
    pub authenticator_type: String,
    pub name: String,
    pub verified: bool,
    /// What proves it; `None` of one that nobody can log in with.
    pub credential: Option<Box<PasskeyCredential>>,
}

/// A biometric registration of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BiometricRegistration {
    pub biometric_registration_id: CompactText,
    pub verified: bool,
}

/// An authenticator app of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totp {
    pub totp_id: CompactText,
    pub verified: bool,
    /// What its codes are made of; `None` for one that a seed only mentions.
    pub authenticator: Option<totp::Totp>,
}

/// A crypto wallet of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CryptoWallet {
    pub crypto_wallet_id: CompactText,
    pub crypto_wallet_address: String,
    pub crypto_wallet_type: String,
    pub verified: bool,
    /// What the wallet has to sign next.
    pub challenge: Option<Box<WalletChallenge>>,
}

/// A user's password; never in plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Password {
    pub password_id: CompactText,
    pub requires_reset: bool,
    /// What proves it; `None` for one that a seed only mentions, which nothing proves.
    pub hash: Option<Arc<PasswordHash>>,
}

/// A user and all that is theirs, as one value: a reader sees it whole, a writer puts a new one in its place.
#[derive(Debug, Clone)]
pub struct UserRecord {
    /// The user.
    pub user: User,
    /// Their sessions, expired and revoked ones too, in the order of a listing.
    pub sessions: Vec<Session>,
    /// The scripted answer to whoever asks about this user.
    pub respond_with: Option<ErrorType>,
    /// Their place in the order in which users came.
    pub ordinal: u64,
    /// The wire form of the sessions, once somebody has asked for it.
    pub rendered: Rendered,
}

impl UserRecord {
    /// A user without sessions.
    #[must_use]
    pub fn new(user: User) -> Self {
        Self { user, sessions: Vec::new(), respond_with: None, ordinal: 0, rendered: Rendered::default() }
    }

    /// The sessions that are listed at `now`, in order.
    pub fn active_sessions(&self, now: Timestamp) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(move |session| session.is_active(now))
    }

    /// Insists that a session, if the user has it, is active.
    ///
    /// # Errors
    /// `session_not_found`.
    pub fn expect_active(&self, id: &SessionId, now: Timestamp) -> Result<(), Refusal> {
        self.sessions.iter().find(|session| session.id == *id).map_or(Ok(()), |session| session.expect_active(now))
    }

    /// Puts a session in its place in the order of a listing.
    pub fn add_session(&mut self, session: Session) {
        let place = self.sessions.partition_point(|other| other.listing_key() <= session.listing_key());
        self.sessions.insert(place, session);
    }

    /// Gives the sessions the roles of the user: by the vendor's reference a check asks whether the user is assigned a role.
    /// One that leaves the key out goes on to do so.
    pub fn hand_on_roles(&mut self) {
        for roles in self.sessions.iter_mut().filter_map(|session| session.roles.as_mut()) {
            *roles = Arc::clone(&self.user.roles);
        }
    }

    /// Changes a session in its place, and gives it as it is then.
    ///
    /// # Errors
    /// `session_not_found` if it is not active at `now`, and what `change` refuses; nothing is changed then.
    pub fn change_session(
        &mut self,
        id: &SessionId,
        now: Timestamp,
        change: impl FnOnce(&mut Session) -> Result<(), Refusal>,
    ) -> Result<Session, Refusal> {
        let slot = self.sessions.iter_mut().find(|session| session.id == *id);
        let slot = slot.ok_or_else(|| Refusal::new(ErrorType::SessionNotFound, format!("session {id} is gone")))?;
        slot.expect_active(now)?;
        let mut session = slot.clone();
        change(&mut session)?;
        slot.clone_from(&session);
        Ok(session)
    }
}

/// A slot for bytes that an outer layer derives from a user's sessions. A record that is in use is never changed, and
/// its copy starts with an empty slot, so what lies here always fits.
#[derive(Debug, Default)]
pub struct Rendered(OnceLock<RenderedSessions>);

/// The wire form of a user's sessions. One piece of memory: among a million users every other piece is one more that lies
/// in no cache.
#[derive(Debug)]
pub struct RenderedSessions(Box<[u8]>);

/// Until when the whole list is the one to show, in seconds since 1970; then the length of the list.
const HEADER: usize = size_of::<i64>() + size_of::<u32>();

impl RenderedSessions {
    /// A list of all sessions; `ends` says where in it each ends, and between two there is one byte. Before the second
    /// `whole_until` all of them are active.
    ///
    /// # Panics
    /// If the list has 4 GiB.
    #[must_use]
    pub fn new(list: &[u8], ends: &[usize], whole_until: i64) -> Self {
        let number = |number: usize| u32::try_from(number).expect("a list is shorter than 4 GiB").to_le_bytes();
        let mut bytes = Vec::with_capacity(HEADER + list.len() + size_of_val(ends) / 2);
        bytes.extend(whole_until.to_le_bytes());
        bytes.extend(number(list.len()));
        bytes.extend(list);
        bytes.extend(ends.iter().flat_map(|end| number(*end)));
        Self(bytes.into())
    }

    /// The list of all sessions if all of them are active at `now`.
    #[must_use]
    pub fn whole(&self, now: Timestamp) -> Option<&[u8]> {
        let (whole_until, _) = self.0.split_first_chunk()?;
        (now.unix_seconds() < i64::from_le_bytes(*whole_until)).then(|| self.list())
    }

    /// Each session, as an element of the list.
    pub fn each(&self) -> impl Iterator<Item = &[u8]> {
        let list = self.list();
        let ends = self.0[HEADER + list.len()..].chunks_exact(size_of::<u32>());
        ends.scan(1, move |start, end| {
            let end = u32_of(end);
            Some(&list[std::mem::replace(start, end + 1)..end])
        })
    }

    fn list(&self) -> &[u8] {
        &self.0[HEADER..HEADER + u32_of(&self.0[size_of::<i64>()..HEADER])]
    }
}

fn u32_of(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

impl Rendered {
    /// The bytes; `render` makes them the first time.
    pub fn get_or_render(&self, render: impl FnOnce() -> RenderedSessions) -> &RenderedSessions {
        self.0.get_or_init(render)
    }
}

impl Clone for Rendered {
    fn clone(&self) -> Self {
        Self::default()
    }
}
