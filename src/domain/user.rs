//! A user: the vendor's User with everything that can hang off one.

use std::sync::{Arc, LazyLock};

use super::JsonObject;
use super::error_catalogue::{ErrorType, Refusal};
use super::id::{Environment, ExternalId, SessionId, UserId};
use super::id_generator::IdGenerator;
use super::session::Session;
use super::timestamp::Timestamp;

/// The vendor's User.
#[derive(Debug, Clone)]
pub struct User {
    pub id: UserId,
    pub external_id: Option<ExternalId>,
    pub name: Name,
    pub status: UserStatus,
    pub created_at: Option<Timestamp>,
    pub emails: Vec<Email>,
    pub phone_numbers: Vec<PhoneNumber>,
    pub providers: Vec<Provider>,
    pub webauthn_registrations: Vec<WebauthnRegistration>,
    pub biometric_registrations: Vec<BiometricRegistration>,
    pub totps: Vec<Totp>,
    pub crypto_wallets: Vec<CryptoWallet>,
    pub password: Option<Password>,
    pub roles: Arc<[String]>,
    pub trusted_metadata: JsonObject,
    pub untrusted_metadata: JsonObject,
    pub is_locked: bool,
    pub lock_created_at: Option<Timestamp>,
    pub lock_expires_at: Option<Timestamp>,
}

impl User {
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
        Self { email_id: ids.object_id("email", environment), email: email.to_owned(), verified: false }
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
#[derive(Debug, Clone)]
pub struct Email {
    pub email_id: String,
    pub email: String,
    pub verified: bool,
}

/// A phone number of a user, in E.164.
#[derive(Debug, Clone)]
pub struct PhoneNumber {
    pub phone_id: String,
    pub phone_number: String,
    pub verified: bool,
}

/// An OAuth registration of a user.
#[derive(Debug, Clone)]
pub struct Provider {
    pub oauth_user_registration_id: String,
    pub provider_type: String,
    pub provider_subject: String,
    pub profile_picture_url: String,
    pub locale: String,
}

/// A passkey or security key of a user.
#[derive(Debug, Clone)]
pub struct WebauthnRegistration {
    pub webauthn_registration_id: String,
    pub domain: String,
    pub user_agent: String,
    pub authenticator_type: String,
    pub name: String,
    pub verified: bool,
}

/// A biometric registration of a user.
#[derive(Debug, Clone)]
pub struct BiometricRegistration {
    pub biometric_registration_id: String,
    pub verified: bool,
}

/// An authenticator app of a user.
#[derive(Debug, Clone)]
pub struct Totp {
    pub totp_id: String,
    pub verified: bool,
}

/// A crypto wallet of a user.
#[derive(Debug, Clone)]
pub struct CryptoWallet {
    pub crypto_wallet_id: String,
    pub crypto_wallet_address: String,
    pub crypto_wallet_type: String,
    pub verified: bool,
}

/// That a user has a password; never the password itself.
#[derive(Debug, Clone)]
pub struct Password {
    pub password_id: String,
    pub requires_reset: bool,
}

/// A user and all that is theirs, as one value: a reader sees it whole, a writer puts a new one in its place.
#[derive(Debug, Clone)]
pub struct UserRecord {
    /// The user.
    pub user: User,
    /// Their sessions, expired and revoked ones too, in the order of a listing.
    pub sessions: Vec<Arc<Session>>,
    /// The scripted answer to whoever asks about this user.
    pub respond_with: Option<ErrorType>,
    /// Their place in the order in which users came.
    pub ordinal: u64,
}

impl UserRecord {
    /// The sessions that are listed at `now`, in order.
    pub fn active_sessions(&self, now: Timestamp) -> impl Iterator<Item = &Session> {
        self.sessions.iter().map(AsRef::as_ref).filter(move |session| session.is_active(now))
    }

    /// Puts a session in its place in the order of a listing.
    pub fn add_session(&mut self, session: Arc<Session>) {
        let place = self.sessions.partition_point(|other| other.listing_key() <= session.listing_key());
        self.sessions.insert(place, session);
    }

    /// Changes a session in its place.
    ///
    /// # Errors
    /// `session_not_found` if it is not active at `now`, and what `change` refuses; nothing is changed then.
    pub fn change_session(
        &mut self,
        id: &SessionId,
        now: Timestamp,
        change: impl FnOnce(&mut Session) -> Result<(), Refusal>,
    ) -> Result<Arc<Session>, Refusal> {
        let slot = self.sessions.iter_mut().find(|session| session.id == *id);
        let slot = slot.ok_or_else(|| Refusal::new(ErrorType::SessionNotFound, format!("session {id} is gone")))?;
        slot.expect_active(now)?;
        let mut session = (**slot).clone();
        change(&mut session)?;
        *slot = Arc::new(session);
        Ok(Arc::clone(slot))
    }
}
