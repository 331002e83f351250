//! What can hang off a user in a seed: addresses, numbers, registrations. Each is declared, filled in and
//! built here.

use std::sync::Arc;

use super::factor::{SANDBOX_PHONE, SANDBOX_WALLET};
use super::object::seed_object;
use crate::domain::compact_text::CompactText;
use crate::domain::id::{Environment, UserId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::user::{BiometricRegistration, CryptoWallet, Email, PhoneNumber, Provider, Totp, WebauthnRegistration};

/// An entry of a list that a user has.
pub(super) trait UserFactorEntry {
    /// What it is of in the domain.
    type Built;

    /// Fills in what was left out, of a user with this id.
    fn fill(&mut self, user_id: &UserId, environment: Environment, ids: &mut IdGenerator<'_>);

    /// What it describes, once it is filled in.
    fn build(self) -> Self::Built;
}

/// Fills in every entry of a list.
pub(super) fn fill<E: UserFactorEntry>(
    entries: &mut Option<Vec<E>>,
    user_id: &UserId,
    environment: Environment,
    ids: &mut IdGenerator<'_>,
) {
    for entry in entries.iter_mut().flatten() {
        entry.fill(user_id, environment, ids);
    }
}

/// What the entries of a list describe.
pub(super) fn build<E: UserFactorEntry>(entries: Option<Vec<E>>) -> Vec<E::Built> {
    let entries = entries.unwrap_or_default();
    // exactly as much room as is taken: there may be a million of these lists
    let mut built = Vec::with_capacity(entries.len());
    built.extend(entries.into_iter().map(E::build));
    built
}

fn text(given: Option<String>) -> String {
    given.unwrap_or_default()
}

pub(super) fn or_id(slot: &mut Option<CompactText>, prefix: &str, environment: Environment, ids: &mut IdGenerator<'_>) {
    slot.get_or_insert_with(|| ids.object_id(prefix, environment));
}

pub(super) fn built_id(slot: Option<CompactText>) -> CompactText {
    slot.expect("it is filled in")
}

seed_object! {
    /// An e-mail address.
    EmailEntry, "an e-mail address" {
        /// Default: generated.
        email_id: Option<CompactText>,
        /// Default: one at example.com.
        email: Option<Arc<str>>,
        /// Default: true.
        verified: Option<bool>,
    }
}

impl UserFactorEntry for EmailEntry {
    type Built = Email;

    fn fill(&mut self, user_id: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.email_id, "email", environment, ids);
        self.email.get_or_insert_with(|| {
            // the first block of the UUID tells users apart
            let (block, ..) = user_id.uuid().as_fields();
            format!("user-{block:08x}@example.com").into()
        });
    }

    fn build(self) -> Email {
        let email = self.email.expect("it is filled in");
        Email { email_id: built_id(self.email_id), email, verified: self.verified.unwrap_or(true) }
    }
}

seed_object! {
    /// A phone number.
    PhoneNumberEntry, "a phone number" {
        /// Default: generated.
        phone_id: Option<CompactText>,
        /// In E.164. Default: +10000000000, the vendor's sandbox number.
        phone_number: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

impl UserFactorEntry for PhoneNumberEntry {
    type Built = PhoneNumber;

    fn fill(&mut self, _: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.phone_id, "phone-number", environment, ids);
        self.phone_number.get_or_insert_with(|| SANDBOX_PHONE.to_owned());
    }

    fn build(self) -> PhoneNumber {
        let phone_number = text(self.phone_number);
        PhoneNumber { phone_id: built_id(self.phone_id), phone_number, verified: self.verified.unwrap_or(true) }
    }
}

seed_object! {
    /// An OAuth registration.
    ProviderEntry, "a provider" {
        /// Default: generated.
        oauth_user_registration_id: Option<CompactText>,
        /// Default: Google.
        provider_type: Option<String>,
        /// Default: generated.
        provider_subject: Option<String>,
        /// Default: empty.
        profile_picture_url: Option<String>,
        /// Default: empty.
        locale: Option<String>,
    }
}

impl UserFactorEntry for ProviderEntry {
    type Built = Provider;

    fn fill(&mut self, _: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.oauth_user_registration_id, "oauth-user", environment, ids);
        self.provider_subject.get_or_insert_with(|| ids.uuid().as_u128().to_string());
        self.provider_type.get_or_insert_with(|| "Google".to_owned());
    }

    fn build(self) -> Provider {
        Provider {
            oauth_user_registration_id: built_id(self.oauth_user_registration_id),
            provider_type: text(self.provider_type),
            provider_subject: text(self.provider_subject),
            profile_picture_url: text(self.profile_picture_url),
            locale: text(self.locale),
        }
    }
}

seed_object! {
    /// A passkey or security key.
    WebauthnEntry, "a WebAuthn registration" {
        /// Default: generated.
        webauthn_registration_id: Option<CompactText>,
        /// Default: example.com.
        domain: Option<String>,
        /// Default: empty.
        user_agent: Option<String>,
        /// Default: empty.
        authenticator_type: Option<String>,
        /// Default: empty.
        name: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

impl UserFactorEntry for WebauthnEntry {
    type Built = WebauthnRegistration;

    fn fill(&mut self, _: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.webauthn_registration_id, "webauthn-registration", environment, ids);
        self.domain.get_or_insert_with(|| "example.com".to_owned());
    }

    fn build(self) -> WebauthnRegistration {
        WebauthnRegistration {
            webauthn_registration_id: built_id(self.webauthn_registration_id),
            domain: text(self.domain),
            user_agent: text(self.user_agent),
            authenticator_type: text(self.authenticator_type),
            name: text(self.name),
            verified: self.verified.unwrap_or(true),
        }
    }
}

seed_object! {
    /// A biometric registration.
    BiometricEntry, "a biometric registration" {
        /// Default: generated.
        biometric_registration_id: Option<CompactText>,
        /// Default: true.
        verified: Option<bool>,
    }
}

impl UserFactorEntry for BiometricEntry {
    type Built = BiometricRegistration;

    fn fill(&mut self, _: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.biometric_registration_id, "biometric-registration", environment, ids);
    }

    fn build(self) -> BiometricRegistration {
        let biometric_registration_id = built_id(self.biometric_registration_id);
        BiometricRegistration { biometric_registration_id, verified: self.verified.unwrap_or(true) }
    }
}

seed_object! {
    /// An authenticator app.
    TotpEntry, "a TOTP" {
        /// Default: generated.
        totp_id: Option<CompactText>,
        /// Default: true.
        verified: Option<bool>,
    }
}

impl UserFactorEntry for TotpEntry {
    type Built = Totp;

    fn fill(&mut self, _: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.totp_id, "totp", environment, ids);
    }

    fn build(self) -> Totp {
        Totp { totp_id: built_id(self.totp_id), verified: self.verified.unwrap_or(true), authenticator: None }
    }
}

seed_object! {
    /// A crypto wallet.
    CryptoWalletEntry, "a crypto wallet" {
        /// Default: generated.
        crypto_wallet_id: Option<CompactText>,
        /// Default: the vendor's sandbox address.
        crypto_wallet_address: Option<String>,
        /// Default: ethereum.
        crypto_wallet_type: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

impl UserFactorEntry for CryptoWalletEntry {
    type Built = CryptoWallet;

    fn fill(&mut self, _: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.crypto_wallet_id, "crypto-wallet", environment, ids);
        self.crypto_wallet_address.get_or_insert_with(|| SANDBOX_WALLET.to_owned());
        self.crypto_wallet_type.get_or_insert_with(|| "ethereum".to_owned());
    }

    fn build(self) -> CryptoWallet {
        CryptoWallet {
            crypto_wallet_id: built_id(self.crypto_wallet_id),
            crypto_wallet_address: text(self.crypto_wallet_address),
            crypto_wallet_type: text(self.crypto_wallet_type),
            verified: self.verified.unwrap_or(true),
        }
    }
}
