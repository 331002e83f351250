//! What can hang off a user in a seed: addresses, numbers, registrations. Each is declared, filled in and
//! built here.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::factor::{SANDBOX_PHONE, SANDBOX_WALLET};
use super::node::Node;
use super::object::seed_object;
use super::passkey;
use super::report::Report;
use super::time::When;
use super::value::SeedValue;
use crate::domain::compact_text::CompactText;
use crate::domain::id::{Environment, UserId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::timestamp::Timestamp;
use crate::domain::totp::{self, RECOVERY_CODES, TotpSecret, recovery_code};
use crate::domain::user::{BiometricRegistration, CryptoWallet, Email, PhoneNumber, Provider, Totp, WebauthnRegistration};
use crate::domain::wallet::address::WalletType;
use crate::domain::wallet::challenge::WalletChallenge;
use crate::domain::webauthn::credential::PasskeyCredential;

/// An entry of a list that a user has.
pub(super) trait UserFactorEntry {
    /// What it is of in the domain.
    type Built;

    /// Fills in what was left out, of a user with this id.
    fn fill_defaults(&mut self, user_id: &UserId, environment: Environment, ids: &mut IdGenerator<'_>);

    /// What it describes at `now`, once it is filled in.
    fn build(self, now: Timestamp) -> Self::Built;
}

/// Fills in every entry of a list.
pub(super) fn fill_all_defaults<E: UserFactorEntry>(
    entries: &mut Option<Vec<E>>,
    user_id: &UserId,
    environment: Environment,
    ids: &mut IdGenerator<'_>,
) {
    for entry in entries.iter_mut().flatten() {
        entry.fill_defaults(user_id, environment, ids);
    }
}

/// What the entries of a list describe at `now`.
pub(super) fn build<E: UserFactorEntry>(entries: Option<Vec<E>>, now: Timestamp) -> Vec<E::Built> {
    let entries = entries.unwrap_or_default();
    // exactly as much room as is taken: there may be a million of these lists
    let mut built = Vec::with_capacity(entries.len());
    built.extend(entries.into_iter().map(|entry| entry.build(now)));
    built
}

/// Says what an entry is of in the domain, which has the same fields, and what each field is if it was left out: first
/// its id, by its prefix, then the others.
macro_rules! user_factor {
    ($entry:ident => $built:ident { $id:ident: $prefix:literal, $($field:ident: $default:expr,)* }) => {
        impl UserFactorEntry for $entry {
            type Built = $built;

            fn fill_defaults(&mut self, user_id: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
                self.$id.get_or_insert_with(|| ids.object_id($prefix, environment));
                $(self.$field.get_or_insert_with(|| {
                    let default: fn(&UserId, &mut IdGenerator<'_>) -> _ = $default;
                    default(user_id, ids)
                });)*
            }

            fn build(self, _: Timestamp) -> $built {
                $built { $id: self.$id.expect("it is filled in"), $($field: self.$field.unwrap_or_default(),)* }
            }
        }
    };
}

pub(super) fn or_id(slot: &mut Option<CompactText>, prefix: &str, environment: Environment, ids: &mut IdGenerator<'_>) {
    slot.get_or_insert_with(|| ids.object_id(prefix, environment));
}

fn forever() -> Timestamp {
    Timestamp::EPOCH.saturating_add(TimeDelta::MAX)
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

user_factor! { EmailEntry => Email {
    email_id: "email",
    // the first block of the UUID tells users apart
    email: |user_id, _| format!("user-{:08x}@example.com", user_id.uuid().as_fields().0).into(),
    verified: |_, _| true,
} }

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

user_factor! { PhoneNumberEntry => PhoneNumber {
    phone_id: "phone-number",
    phone_number: |_, _| SANDBOX_PHONE.to_owned(),
    verified: |_, _| true,
} }

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

user_factor! { ProviderEntry => Provider {
    oauth_user_registration_id: "oauth-user",
    provider_subject: |_, ids| ids.uuid().as_u128().to_string(),
    provider_type: |_, _| "Google".to_owned(),
    profile_picture_url: |_, _| String::new(),
    locale: |_, _| String::new(),
} }

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
        /// What proves it. Default: nothing, and nobody can log in with it.
        credential: Option<PasskeyCredential>,
    }
}

impl UserFactorEntry for WebauthnEntry {
    type Built = WebauthnRegistration;

    fn fill_defaults(&mut self, _: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.webauthn_registration_id, "webauthn-registration", environment, ids);
    }

    fn build(self, _: Timestamp) -> WebauthnRegistration {
        WebauthnRegistration {
            webauthn_registration_id: built_id(self.webauthn_registration_id),
            domain: self.domain.unwrap_or_else(|| "example.com".to_owned()),
            user_agent: self.user_agent.unwrap_or_default(),
            authenticator_type: self.authenticator_type.unwrap_or_default(),
            name: self.name.unwrap_or_default(),
            verified: self.verified.unwrap_or(true),
            credential: self.credential.map(Box::new),
        }
    }
}

/// Writes into the seed entry of a user what a response does not show of their passkeys.
pub(super) fn export_passkeys(entry: &mut Value, registrations: &[WebauthnRegistration]) {
    for (index, registration) in registrations.iter().enumerate() {
        if let Some(credential) = &registration.credential {
            entry["webauthn_registrations"][index]["credential"] = passkey::export_credential(credential);
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

user_factor! { BiometricEntry => BiometricRegistration {
    biometric_registration_id: "biometric-registration",
    verified: |_, _| true,
} }

seed_object! {
    /// An authenticator app.
    TotpEntry, "a TOTP" {
        /// Default: generated.
        totp_id: Option<CompactText>,
        /// Default: true.
        verified: Option<bool>,
        /// What the app makes its codes of, in base32. Default: none, and then no code is right.
        secret: Option<TotpSecret>,
        /// Those that have not been used. Default: ten generated ones, if there is a secret.
        recovery_codes: Option<Vec<String>>,
        /// Until when a first code has to come, if none came. Default: for ever.
        expires_at: Option<When>,
        /// When the app showed the last code that was accepted. Default: none was.
        last_code_at: Option<When>,
    }
}

impl UserFactorEntry for TotpEntry {
    type Built = Totp;

    fn fill_defaults(&mut self, _: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        self.totp_id.get_or_insert_with(|| ids.object_id("totp", environment));
        self.verified.get_or_insert(true);
        if self.secret.is_some() {
            let new = || (0..RECOVERY_CODES).map(|_| recovery_code(ids.bytes())).collect();
            self.recovery_codes.get_or_insert_with(new);
        }
    }

    fn build(self, now: Timestamp) -> Totp {
        let verified = self.verified.unwrap_or(true);
        let authenticator = self.secret.map(|secret| {
            let codes = self.recovery_codes.unwrap_or_default();
            let expires_at = self.expires_at.map_or_else(forever, |when| when.resolve(now));
            let totp = if verified { totp::Totp::verified(secret, codes) } else { totp::Totp::new(secret, codes, expires_at) };
            totp.with_last_code_at(self.last_code_at.map(|when| when.resolve(now)))
        });
        Totp { totp_id: self.totp_id.expect("it is filled in"), verified, authenticator }
    }
}

impl SeedValue for TotpSecret {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let text = node.text(report)?;
        // a message about a secret doesn't repeat it
        Self::parse(&text).map_err(|error| report.add(node.path(), error.to_string())).ok()
    }

    fn schema() -> Value {
        json!({ "type": "string", "pattern": "^[A-Za-z2-7]+=*$" })
    }
}

/// Writes into the seed entry of a user what a response does not show of their TOTPs.
pub(super) fn export_totps(entry: &mut Value, totps: &[Totp]) {
    for (index, totp) in totps.iter().enumerate() {
        let Some(authenticator) = &totp.authenticator else { continue };
        let entry = &mut entry["totps"][index];
        entry["secret"] = json!(authenticator.secret.base32());
        entry["recovery_codes"] = json!(authenticator.recovery_codes);
        let times = [("expires_at", authenticator.expires_at), ("last_code_at", authenticator.last_code_at())];
        for (key, at) in times.into_iter().filter_map(|(key, at)| Some((key, at?))) {
            entry[key] = json!(at.to_string());
        }
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
        /// What the wallet has to sign. Default: nothing waits for its signature.
        challenge: Option<String>,
        /// Until when. Default: for ever.
        challenge_expires_at: Option<When>,
    }
}

impl UserFactorEntry for CryptoWalletEntry {
    type Built = CryptoWallet;

    fn fill_defaults(&mut self, _: &UserId, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.crypto_wallet_id, "crypto-wallet", environment, ids);
    }

    fn build(self, now: Timestamp) -> CryptoWallet {
        let expires_at = self.challenge_expires_at.map_or_else(forever, |when| when.resolve(now));
        CryptoWallet {
            crypto_wallet_id: built_id(self.crypto_wallet_id),
            crypto_wallet_address: self.crypto_wallet_address.unwrap_or_else(|| SANDBOX_WALLET.to_owned()),
            crypto_wallet_type: self.crypto_wallet_type.unwrap_or_else(|| WalletType::Ethereum.as_str().to_owned()),
            verified: self.verified.unwrap_or(true),
            challenge: self.challenge.map(|text| Box::new(WalletChallenge { text, expires_at })),
        }
    }
}

/// Writes into the seed entry of a user what a response does not show of their crypto wallets.
pub(super) fn export_wallets(entry: &mut Value, wallets: &[CryptoWallet]) {
    for (index, wallet) in wallets.iter().enumerate() {
        if let Some(challenge) = &wallet.challenge {
            let entry = &mut entry["crypto_wallets"][index];
            entry["challenge"] = json!(challenge.text);
            entry["challenge_expires_at"] = json!(challenge.expires_at.to_string());
        }
    }
}
