//! From loaded entries to the domain, at an instant: relative times are resolved here, defaults applied.

use std::sync::Arc;

use chrono::TimeDelta;

use super::defaults::{self, Contacts};
use super::entries::{AttributesEntry, FactorEntry, NameEntry, ProjectEntry, SessionEntry, UserEntry};
use super::value::{Nullable, When};
use super::{external_tokens, loaded, user_id};
use crate::domain::JsonObject;
use crate::domain::bucket::RateSetting;
use crate::domain::factor::{DeliveryMethod, Factor};
use crate::domain::fault::Fault;
use crate::domain::population::Population;
use crate::domain::project::Blueprint;
use crate::domain::session::{Attributes, Rendered, Session};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{
    BiometricRegistration, CryptoWallet, Email, Name, Password, PhoneNumber, Provider, Totp, User, UserRecord, UserStatus,
    WebauthnRegistration,
};

/// A session lives this long if the seed doesn't say.
const DEFAULT_LIFE: TimeDelta = TimeDelta::hours(1);

pub(super) fn project(entry: &ProjectEntry, now: Timestamp, rate_limit: RateSetting) -> Blueprint {
    let users = entry.users.as_deref().unwrap_or_default();
    let sessions = users.iter().flat_map(|user| &user.sessions).map(Vec::len).sum();
    let records = users.iter().map(|entry| user(entry, now));
    Blueprint {
        id: loaded(entry.project_id.as_ref()).clone(),
        secrets: loaded(entry.secrets.as_ref()).clone(),
        rate_limit: entry.rate_limit.unwrap_or(rate_limit),
        signing_key: entry.signing_key.clone(),
        rbac_policy: Arc::new(entry.rbac_policy.as_ref().map(external_tokens::policy).unwrap_or_default()),
        external_tokens: Arc::new(
            external_tokens::of_project(entry, now)
                .map(|external_token| (external_token.key(), Arc::new(external_token)))
                .collect(),
        ),
        faults: Fault::fresh(entry.faults.iter().flatten().filter_map(|fault| fault.rule(now).ok())),
        population: Population::from_records(records, sessions).expect("a loaded seed has no two things of one id"),
    }
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn built<E, T>(entries: Option<&Vec<E>>, build: impl Fn(&E) -> T) -> Vec<T> {
    entries.map(|entries| entries.iter().map(build).collect()).unwrap_or_default()
}

pub(super) fn user(entry: &UserEntry, now: Timestamp) -> UserRecord {
    let at = |when: Option<When>| when.map(|when| when.resolve(now));
    let roles = entry.roles.as_ref().map_or_else(User::default_roles, |roles| roles.as_slice().into());
    let mut record = UserRecord {
        sessions: Vec::new(),
        respond_with: entry.respond_with,
        ordinal: 0,
        user: User {
            id: user_id(entry).clone(),
            external_id: entry.external_id.clone(),
            name: entry.name.as_ref().map(name).unwrap_or_default(),
            status: entry.status.unwrap_or(UserStatus::Active),
            created_at: Some(at(entry.created_at).unwrap_or_else(|| now.whole_seconds())),
            emails: built(entry.emails.as_ref(), |email| Email {
                email_id: text(email.email_id.as_ref()),
                email: text(email.email.as_ref()),
                verified: email.verified.unwrap_or(true),
            }),
            phone_numbers: built(entry.phone_numbers.as_ref(), |phone| PhoneNumber {
                phone_id: text(phone.phone_id.as_ref()),
                phone_number: text(phone.phone_number.as_ref()),
                verified: phone.verified.unwrap_or(true),
            }),
            providers: built(entry.providers.as_ref(), |provider| Provider {
                oauth_user_registration_id: text(provider.oauth_user_registration_id.as_ref()),
                provider_type: text(provider.provider_type.as_ref()),
                provider_subject: text(provider.provider_subject.as_ref()),
                profile_picture_url: text(provider.profile_picture_url.as_ref()),
                locale: text(provider.locale.as_ref()),
            }),
            webauthn_registrations: built(entry.webauthn_registrations.as_ref(), |registration| WebauthnRegistration {
                webauthn_registration_id: text(registration.webauthn_registration_id.as_ref()),
                domain: text(registration.domain.as_ref()),
                user_agent: text(registration.user_agent.as_ref()),
                authenticator_type: text(registration.authenticator_type.as_ref()),
                name: text(registration.name.as_ref()),
                verified: registration.verified.unwrap_or(true),
            }),
            biometric_registrations: built(entry.biometric_registrations.as_ref(), |registration| BiometricRegistration {
                biometric_registration_id: text(registration.biometric_registration_id.as_ref()),
                verified: registration.verified.unwrap_or(true),
            }),
            totps: built(entry.totps.as_ref(), |totp| Totp {
                totp_id: text(totp.totp_id.as_ref()),
                verified: totp.verified.unwrap_or(true),
            }),
            crypto_wallets: built(entry.crypto_wallets.as_ref(), |wallet| CryptoWallet {
                crypto_wallet_id: text(wallet.crypto_wallet_id.as_ref()),
                crypto_wallet_address: text(wallet.crypto_wallet_address.as_ref()),
                crypto_wallet_type: text(wallet.crypto_wallet_type.as_ref()),
                verified: wallet.verified.unwrap_or(true),
            }),
            password: entry.password.as_ref().map(|password| Password {
                password_id: text(password.password_id.as_ref()),
                requires_reset: password.requires_reset.unwrap_or(false),
            }),
            trusted_metadata: entry.trusted_metadata.clone().unwrap_or_default(),
            untrusted_metadata: entry.untrusted_metadata.clone().unwrap_or_default(),
            is_locked: entry.is_locked.unwrap_or(false),
            lock_created_at: at(entry.lock_created_at),
            lock_expires_at: at(entry.lock_expires_at),
            roles,
        },
    };
    let usual_factor = defaults::usual_factor(&Contacts::of_entry(entry));
    let owner = Owner { roles: &record.user.roles, usual_factor };
    record.sessions = built(entry.sessions.as_ref(), |entry| Arc::new(session(entry, &owner, now)));
    record.sessions.sort_by(|one, other| one.listing_key().cmp(&other.listing_key()));
    record
}

fn name(entry: &NameEntry) -> Name {
    Name {
        first_name: text(entry.first_name.as_ref()),
        middle_name: text(entry.middle_name.as_ref()),
        last_name: text(entry.last_name.as_ref()),
    }
}

/// When a session begins and ends.
pub(super) fn life(entry: &SessionEntry, now: Timestamp) -> (Timestamp, Timestamp) {
    let now_seconds = now.whole_seconds();
    let expires_at = entry.expires_at.map_or_else(|| now_seconds.saturating_add(DEFAULT_LIFE), |when| when.resolve(now));
    let started_at = match entry.started_at {
        Some(when) => when.resolve(now),
        None if expires_at < now_seconds => expires_at.saturating_add(-DEFAULT_LIFE),
        None => now_seconds,
    };
    (started_at, expires_at)
}

/// What a session has of its user.
pub(super) struct Owner<'a> {
    pub(super) roles: &'a Arc<[String]>,
    pub(super) usual_factor: Option<FactorEntry>,
}

pub(super) fn session(entry: &SessionEntry, owner: &Owner<'_>, now: Timestamp) -> Session {
    let (started_at, expires_at) = life(entry, now);
    let factors = entry.authentication_factors.as_deref().unwrap_or(owner.usual_factor.as_slice());
    let attributes = |given: &AttributesEntry| Attributes {
        ip_address: text(given.ip_address.as_ref()),
        user_agent: text(given.user_agent.as_ref()),
    };
    Session {
        id: loaded(entry.session_id.as_ref()).clone(),
        token: loaded(entry.session_token.as_ref()).clone(),
        started_at,
        last_accessed_at: entry.last_accessed_at.map_or(started_at, |when| when.resolve(now)),
        expires_at,
        revoked_at: entry.revoked_at.map(|when| when.resolve(now)),
        attributes: entry.attributes.map_or_else(Attributes::default, attributes),
        custom_claims: entry.custom_claims.map_or_else(JsonObject::new, Clone::clone),
        roles: entry.roles.map_or_else(|| Arc::clone(owner.roles), |roles| roles.as_slice().into()),
        authentication_factors: factors.iter().map(|entry| factor(entry, started_at, now)).collect(),
        rendered: Rendered::default(),
    }
}

fn factor(entry: &FactorEntry, started_at: Timestamp, now: Timestamp) -> Factor {
    let at = |when: &Nullable<When>| match when {
        Nullable::Absent => Some(started_at),
        Nullable::Null => None,
        Nullable::Given(when) => Some(when.resolve(now)),
    };
    let delivery_method: &DeliveryMethod = loaded(entry.core.delivery_method.as_ref());
    Factor {
        factor_type: *loaded(entry.core.factor_type.as_ref()),
        delivery_method: *delivery_method,
        detail: entry.detail.clone(),
        last_authenticated_at: at(&entry.core.last_authenticated_at),
        created_at: at(&entry.core.created_at),
        updated_at: at(&entry.core.updated_at),
    }
}

/// Whether nothing of a project depends on when it is built.
pub(super) fn is_timeless(project: &ProjectEntry) -> bool {
    external_tokens::are_timeless(project) && project.users.iter().flatten().all(is_user_timeless)
}

fn is_user_timeless(user: &UserEntry) -> bool {
    let fixed = |when: Option<When>| matches!(when, Some(When::At(_)));
    let unmoved = |when: Option<When>| when.is_none() || fixed(when);
    let given = |when: &Nullable<When>| !matches!(when, Nullable::Given(When::FromNow(_)));
    fixed(user.created_at)
        && unmoved(user.lock_created_at)
        && unmoved(user.lock_expires_at)
        && user.sessions.iter().flatten().all(|session| {
            fixed(session.started_at)
                && fixed(session.expires_at)
                && unmoved(session.last_accessed_at)
                && unmoved(session.revoked_at)
                && session.authentication_factors.iter().flatten().all(|factor| {
                    let core = &factor.core;
                    given(&core.last_authenticated_at) && given(&core.created_at) && given(&core.updated_at)
                })
        })
}
