//! A user in a seed.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::devices::{self, DevicesEntry};
use super::factor::Contacts;
use super::object::seed_object;
use super::password::{self, PasswordEntry};
use super::path::Path;
use super::relative_details::RelativeDetails;
use super::report::Report;
use super::session::{self, Owner, SessionEntry, SessionTimes};
use super::time::{Origin, When};
use super::user_factors::{
    self, BiometricEntry, CryptoWalletEntry, EmailEntry, PhoneNumberEntry, ProviderEntry, TotpEntry, WebauthnEntry,
};
use super::value::{Ignored, seed_names};
use crate::domain::JsonObject;
use crate::domain::id::{Environment, ExternalId, UserId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::refusal::ErrorType;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{Name, Rendered, User, UserDetails, UserRecord, UserStatus};
use crate::domain::user_lock::{LoginAttempts, UserLock, UserLockPolicy};
use crate::wire::user::UserBody;

seed_names! {
    UserStatus "status": UserStatus::ALL.into_iter(),
        |name| UserStatus::ALL.into_iter().find(|status| status.as_str() == name);
}

seed_object! {
    /// A user: the vendor's User as a response shows it, with sessions, and a scripted answer if wanted.
    UserEntry, "a user" {
        /// Default: generated.
        user_id: Option<UserId>,
        /// Your own id for the user, accepted wherever a `user_id` is.
        external_id: Option<ExternalId>,
        /// Default: empty strings.
        name: Option<NameEntry>,
        /// Default: active.
        status: Option<UserStatus>,
        /// Default: now.
        created_at: Option<When>,
        /// Default: one verified address at example.com.
        emails: Option<Vec<EmailEntry>>,
        /// Default: none.
        phone_numbers: Option<Vec<PhoneNumberEntry>>,
        /// OAuth registrations. Default: none.
        providers: Option<Vec<ProviderEntry>>,
        /// Default: none.
        webauthn_registrations: Option<Vec<WebauthnEntry>>,
        /// Default: none.
        biometric_registrations: Option<Vec<BiometricEntry>>,
        /// Default: none.
        totps: Option<Vec<TotpEntry>>,
        /// Default: none.
        crypto_wallets: Option<Vec<CryptoWalletEntry>>,
        /// Default: none.
        password: Option<PasswordEntry>,
        /// Default: `stytch_user`.
        roles: Option<Vec<String>>,
        /// Default: empty.
        trusted_metadata: Option<JsonObject>,
        /// Default: empty.
        untrusted_metadata: Option<JsonObject>,
        /// What the user has logged in with. Default: nothing.
        devices: Option<DevicesEntry>,
        /// Whether the user is locked, and can't log in until the lock ends. Default: false.
        is_locked: Option<bool>,
        /// Default: null.
        lock_created_at: Option<When>,
        /// Default: null.
        lock_expires_at: Option<When>,
        /// The user's sessions, pasted from a response or described by the fields that matter.
        sessions: Option<Vec<SessionEntry>>,
        /// The error that answers whoever asks about this user.
        respond_with: Option<ErrorType>,
        /// Stands in a pasted response; not looked at.
        request_id: Option<Ignored>,
        /// Stands in a pasted response; not looked at.
        status_code: Option<Ignored>,
    }
}

seed_object! {
    /// A user's name.
    NameEntry, "a name" {
        /// Default: empty.
        first_name: Option<String>,
        /// Default: empty.
        middle_name: Option<String>,
        /// Default: empty.
        last_name: Option<String>,
    }
}

/// What the seed said of the times of a user and of their sessions, in the order of the record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserTimes {
    created_at: Origin,
    lock_created_at: Origin,
    lock_expires_at: Origin,
    details: RelativeDetails,
    sessions: Vec<SessionTimes>,
}

impl UserEntry {
    /// Fills in a user and their sessions, and gives their id. A user without one who has pasted sessions takes the id
    /// that those name.
    pub fn fill_defaults(&mut self, environment: Environment, ids: &mut IdGenerator<'_>) -> UserId {
        let id = self.known_id().unwrap_or_else(|| UserId::new(environment, ids.uuid()));
        self.user_id = Some(id);
        self.emails.get_or_insert_with(|| vec![EmailEntry::default()]);
        user_factors::fill_all_defaults(&mut self.emails, &id, environment, ids);
        user_factors::fill_all_defaults(&mut self.phone_numbers, &id, environment, ids);
        user_factors::fill_all_defaults(&mut self.providers, &id, environment, ids);
        user_factors::fill_all_defaults(&mut self.webauthn_registrations, &id, environment, ids);
        user_factors::fill_all_defaults(&mut self.biometric_registrations, &id, environment, ids);
        user_factors::fill_all_defaults(&mut self.totps, &id, environment, ids);
        user_factors::fill_all_defaults(&mut self.crypto_wallets, &id, environment, ids);
        if let Some(password) = &mut self.password {
            password.fill_defaults(environment, ids);
        }
        let contacts = self.contacts();
        for session in self.sessions.iter_mut().flatten() {
            session.fill_defaults(&contacts, environment, ids);
        }
        id
    }

    /// The id that the entry names, if it does.
    #[must_use]
    pub fn known_id(&self) -> Option<UserId> {
        self.user_id.or_else(|| self.sessions.iter().flatten().find_map(|session| session.user_id))
    }

    /// The first of each kind of contact, once they are filled in.
    fn contacts(&self) -> Contacts {
        let email = self.emails.iter().flatten().next();
        let phone = self.phone_numbers.iter().flatten().next();
        Contacts::of(
            email.and_then(|email| Some((email.email.as_ref()?, email.email_id.as_ref()?))),
            phone.and_then(|phone| Some((phone.phone_number.as_deref()?, phone.phone_id.as_ref()?))),
        )
    }

    /// Reports what a filled-in user says that can't be.
    pub fn check(&self, id: &UserId, path: &Path<'_>, now: Timestamp, report: &mut Report<'_>) {
        let sessions = path.key("sessions");
        for (index, session) in self.sessions.iter().flatten().enumerate() {
            session.check(id, &sessions.index(index), now, report);
        }
    }

    /// The user of this id with their sessions, and what was said of their times.
    #[must_use]
    pub fn build(self, id: UserId, now: Timestamp) -> (UserRecord, UserTimes) {
        let contacts = self.contacts();
        let roles = self.roles.map_or_else(User::default_roles, Arc::from);
        let mut owner = Owner::new(&roles, &contacts);
        let entries = self.sessions.unwrap_or_default();
        let mut built: Vec<(Session, SessionTimes)> = Vec::with_capacity(entries.len());
        built.extend(entries.into_iter().map(|entry| entry.build(&mut owner, now)));
        built.sort_by_key(|(session, _)| session.listing_key());
        let (mut sessions, mut session_times) = (Vec::with_capacity(built.len()), Vec::with_capacity(built.len()));
        for (session, times) in built {
            sessions.push(session);
            session_times.push(times);
        }
        let at = |when: Option<When>| when.map(|when| when.resolve(now));
        let times = UserTimes {
            created_at: Origin::of(self.created_at),
            // a lock of no told beginning begins now
            lock_created_at: match Origin::of(self.lock_created_at) {
                Origin::Default if self.is_locked == Some(true) => Origin::FromNow,
                origin => origin,
            },
            lock_expires_at: Origin::of(self.lock_expires_at),
            details: RelativeDetails::of(self.totps.as_ref(), self.crypto_wallets.as_ref(), self.devices.as_ref()),
            sessions: session_times,
        };
        let details = UserDetails {
            name: self.name.map(NameEntry::build).unwrap_or_default(),
            phone_numbers: user_factors::build(self.phone_numbers, now),
            providers: user_factors::build(self.providers, now),
            webauthn_registrations: user_factors::build(self.webauthn_registrations, now),
            biometric_registrations: user_factors::build(self.biometric_registrations, now),
            totps: user_factors::build(self.totps, now),
            crypto_wallets: user_factors::build(self.crypto_wallets, now),
            password: self.password.map(PasswordEntry::build),
            trusted_metadata: self.trusted_metadata.unwrap_or_default(),
            untrusted_metadata: self.untrusted_metadata.unwrap_or_default(),
            devices: self.devices.and_then(|devices| devices.build(now)),
            attempts: if self.is_locked == Some(true) {
                let created_at = at(self.lock_created_at).unwrap_or_else(|| now.whole_seconds());
                let usual_end = || created_at.saturating_add(UserLockPolicy::default().duration);
                LoginAttempts::locked(UserLock { created_at, expires_at: at(self.lock_expires_at).unwrap_or_else(usual_end) })
            } else {
                LoginAttempts::default()
            },
        };
        let user = User {
            id,
            external_id: self.external_id,
            status: self.status.unwrap_or(UserStatus::Active),
            created_at: Some(at(self.created_at).unwrap_or_else(|| now.whole_seconds())),
            emails: user_factors::build(self.emails, now),
            roles,
            details: if details == UserDetails::default() { UserDetails::none() } else { Arc::new(details) },
        };
        let record = UserRecord { user, sessions, respond_with: self.respond_with, ordinal: 0, rendered: Rendered::default() };
        (record, times)
    }
}

impl NameEntry {
    pub(super) fn build(self) -> Name {
        Name {
            first_name: self.first_name.unwrap_or_default(),
            middle_name: self.middle_name.unwrap_or_default(),
            last_name: self.last_name.unwrap_or_default(),
        }
    }
}

/// The contacts of a user who is there already.
#[must_use]
pub fn contacts(user: &User) -> Contacts {
    let phone = user.phone_numbers.first();
    Contacts::of(
        user.emails.first().map(|email| (&email.email, &email.email_id)),
        phone.map(|phone| (phone.phone_number.as_str(), &phone.phone_id)),
    )
}

impl UserTimes {
    /// Whether they are the same whenever the seed is loaded.
    #[must_use]
    pub fn are_fixed(&self) -> bool {
        self.created_at == Origin::Fixed
            && [self.lock_created_at, self.lock_expires_at].iter().all(|origin| *origin != Origin::FromNow)
            && self.details.is_empty()
            && self.sessions.iter().all(SessionTimes::are_fixed)
    }

    /// A user as they are at `now`, when the clock has gone on by `delta`.
    #[must_use]
    pub fn moved(&self, record: &UserRecord, delta: TimeDelta, now: Timestamp) -> (UserRecord, Self) {
        let mut user = record.user.clone();
        let contacts = contacts(&user);
        let mut owner = Owner::new(&record.user.roles, &contacts);
        let moved = record.sessions.iter().zip(&self.sessions);
        let mut moved: Vec<(Session, &SessionTimes)> =
            moved.map(|(session, times)| (times.moved(session, &mut owner, delta, now), times)).collect();
        moved.sort_by_key(|(session, _)| session.listing_key());
        let times = Self { sessions: moved.iter().map(|(_, times)| (*times).clone()).collect(), ..self.clone() };
        user.created_at = user.created_at.map(|at| self.created_at.moved(at, delta, now.whole_seconds()));
        if let Some(UserLock { created_at, expires_at }) = user.attempts.lock(Timestamp::EPOCH) {
            let length = expires_at.since(created_at);
            let created_at = self.lock_created_at.moved(created_at, delta, now.whole_seconds());
            let expires_at = self.lock_expires_at.moved(expires_at, delta, created_at.saturating_add(length));
            user.attempts = LoginAttempts::locked(UserLock { created_at, expires_at });
        }
        if !self.details.is_empty() {
            self.details.set(&mut user, now);
        }
        let sessions = moved.into_iter().map(|(session, _)| session).collect();
        let rendered = Rendered::default();
        (UserRecord { user, sessions, respond_with: record.respond_with, ordinal: record.ordinal, rendered }, times)
    }
}

/// The seed entry of a user.
#[must_use]
pub fn export(record: &UserRecord) -> Value {
    let mut entry = json!(UserBody::new(&record.user, Timestamp::EPOCH));
    devices::export(&mut entry, record.user.devices.as_deref());
    user_factors::export_wallets(&mut entry, &record.user.crypto_wallets);
    user_factors::export_passkeys(&mut entry, &record.user.webauthn_registrations);
    user_factors::export_totps(&mut entry, &record.user.totps);
    if let Some(password) = &record.user.password {
        password::export(&mut entry["password"], password);
    }
    entry["sessions"] = record.sessions.iter().map(|each| session::export(each, record)).collect();
    if let Some(error) = record.respond_with {
        entry["respond_with"] = json!(error.as_str());
    }
    entry
}
