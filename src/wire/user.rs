//! A user on the wire. The page shows none, so both profiles have the captured order, which is alphabetical.

use schemars::JsonSchema;
use serde::Serialize;

use super::session::Time;
use crate::domain::JsonObject;
use crate::domain::compact_text::CompactText;
use crate::domain::id::{ExternalId, UserId};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{
    BiometricRegistration, CryptoWallet, Email, Name, Password, PhoneNumber, Provider, Totp, User, WebauthnRegistration,
};

/// The vendor's User: absent objects are `null`, absent lists `[]`, absent strings `""`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "User")]
pub struct UserBody<'a> {
    biometric_registrations: Vec<BiometricBody<'a>>,
    created_at: Option<Time>,
    crypto_wallets: Vec<CryptoWalletBody<'a>>,
    emails: Vec<EmailBody<'a>>,
    external_id: Option<&'a str>,
    is_locked: bool,
    lock_created_at: Option<Time>,
    lock_expires_at: Option<Time>,
    name: NameBody<'a>,
    password: Option<PasswordBody<'a>>,
    phone_numbers: Vec<PhoneNumberBody<'a>>,
    providers: Vec<ProviderBody<'a>>,
    roles: &'a [String],
    status: &'static str,
    totps: Vec<TotpBody<'a>>,
    trusted_metadata: &'a JsonObject,
    untrusted_metadata: &'a JsonObject,
    user_id: UserId,
    webauthn_registrations: Vec<WebauthnBody<'a>>,
}

impl<'a> UserBody<'a> {
    /// The wire form of a user, at `now`: a lock that is over is not shown.
    #[must_use]
    pub fn new(user: &'a User, now: Timestamp) -> Self {
        let lock = user.attempts.lock(now);
        Self {
            biometric_registrations: user.biometric_registrations.iter().map(BiometricBody::from).collect(),
            created_at: user.created_at.map(Time),
            crypto_wallets: user.crypto_wallets.iter().map(CryptoWalletBody::from).collect(),
            emails: user.emails.iter().map(EmailBody::from).collect(),
            external_id: user.external_id.as_ref().map(ExternalId::as_str),
            is_locked: lock.is_some(),
            lock_created_at: lock.map(|lock| Time(lock.created_at)),
            lock_expires_at: lock.map(|lock| Time(lock.expires_at)),
            name: NameBody::from(&user.name),
            password: user.password.as_ref().map(PasswordBody::from),
            phone_numbers: user.phone_numbers.iter().map(PhoneNumberBody::from).collect(),
            providers: user.providers.iter().map(ProviderBody::from).collect(),
            roles: &user.roles,
            status: user.status.as_str(),
            totps: user.totps.iter().map(TotpBody::from).collect(),
            trusted_metadata: &user.trusted_metadata,
            untrusted_metadata: &user.untrusted_metadata,
            user_id: user.id,
            webauthn_registrations: user.webauthn_registrations.iter().map(WebauthnBody::from).collect(),
        }
    }
}

/// Declares the wire form of a domain struct that has the same fields; ids and strings are borrowed, flags copied.
macro_rules! mirrored {
    ($($(#[$doc:meta])* $body:ident of $domain:ident { $($text:ident: $type:ty),* $(; $flag:ident)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Serialize, JsonSchema)]
            #[schemars(inline)]
            pub struct $body<'a> {
                $(pub $text: &'a $type,)*
                $(pub $flag: bool,)?
            }

            impl<'a> From<&'a $domain> for $body<'a> {
                fn from(from: &'a $domain) -> Self {
                    Self {
                        $($text: &from.$text,)*
                        $($flag: from.$flag,)?
                    }
                }
            }
        )*
    };
}

mirrored! {
    /// A biometric registration.
    BiometricBody of BiometricRegistration { biometric_registration_id: CompactText; verified }
    /// A crypto wallet.
    CryptoWalletBody of CryptoWallet { crypto_wallet_address: str, crypto_wallet_id: CompactText, crypto_wallet_type: str; verified }
    /// An address.
    EmailBody of Email { email: str, email_id: CompactText; verified }
    /// A name.
    NameBody of Name { first_name: str, last_name: str, middle_name: str }
    /// That there is a password.
    PasswordBody of Password { password_id: CompactText; requires_reset }
    /// A phone number.
    PhoneNumberBody of PhoneNumber { phone_id: CompactText, phone_number: str; verified }
    /// An OAuth registration.
    ProviderBody of Provider { locale: str, oauth_user_registration_id: CompactText, profile_picture_url: str, provider_subject: str, provider_type: str }
    /// An authenticator app.
    TotpBody of Totp { totp_id: CompactText; verified }
}

/// A passkey or security key: its flag stands before its id.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct WebauthnBody<'a> {
    pub authenticator_type: &'a str,
    pub domain: &'a str,
    pub name: &'a str,
    pub user_agent: &'a str,
    pub verified: bool,
    pub webauthn_registration_id: &'a CompactText,
}

impl<'a> From<&'a WebauthnRegistration> for WebauthnBody<'a> {
    fn from(from: &'a WebauthnRegistration) -> Self {
        Self {
            authenticator_type: &from.authenticator_type,
            domain: &from.domain,
            name: &from.name,
            user_agent: &from.user_agent,
            verified: from.verified,
            webauthn_registration_id: &from.webauthn_registration_id,
        }
    }
}
