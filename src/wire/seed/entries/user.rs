//! A user in a seed, with everything that can hang off one.

use super::{SessionEntry, seed_object};
use crate::domain::JsonObject;
use crate::domain::error_catalogue::ErrorType;
use crate::domain::id::{ExternalId, UserId};
use crate::domain::user::UserStatus;
use crate::wire::seed::node::Node;
use crate::wire::seed::report::Report;
use crate::wire::seed::value::{Ignored, SeedField, SeedValue, When};

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
        /// Default: false. It is shown, and forces nothing: `respond_with` does.
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

seed_object! {
    /// An e-mail address.
    EmailEntry, "an e-mail address" {
        /// Default: generated.
        email_id: Option<String>,
        /// Default: one at example.com.
        email: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// A phone number.
    PhoneNumberEntry, "a phone number" {
        /// Default: generated.
        phone_id: Option<String>,
        /// In E.164. Default: +10000000000, the vendor's sandbox number.
        phone_number: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// An OAuth registration.
    ProviderEntry, "a provider" {
        /// Default: generated.
        oauth_user_registration_id: Option<String>,
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

seed_object! {
    /// A passkey or security key.
    WebauthnEntry, "a WebAuthn registration" {
        /// Default: generated.
        webauthn_registration_id: Option<String>,
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

seed_object! {
    /// A biometric registration.
    BiometricEntry, "a biometric registration" {
        /// Default: generated.
        biometric_registration_id: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// An authenticator app.
    TotpEntry, "a TOTP" {
        /// Default: generated.
        totp_id: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// A crypto wallet.
    CryptoWalletEntry, "a crypto wallet" {
        /// Default: generated.
        crypto_wallet_id: Option<String>,
        /// Default: the vendor's sandbox address.
        crypto_wallet_address: Option<String>,
        /// Default: ethereum.
        crypto_wallet_type: Option<String>,
        /// Default: true.
        verified: Option<bool>,
    }
}

seed_object! {
    /// That the user has a password.
    PasswordEntry, "a password" {
        /// Default: generated.
        password_id: Option<String>,
        /// Default: false.
        requires_reset: Option<bool>,
    }
}
