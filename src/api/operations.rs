//! The table of operations: one line for each. Routes, the `allow` header, the OpenAPI document, the README's table and
//! `docs/supported.md` come from it.

use std::sync::LazyLock;

use super::serving::endpoint::Route;
use super::{
    crypto_wallets, debug, fraud, impersonation, magic_links, oauth, otps, passwords, projects, rbac, sdk, sessions, totps,
    users, webauthn,
};
use crate::domain::operation::Operation;

/// Every operation there is, in the order of the documents; once more behind each of its doors for pages.
pub static OPERATIONS: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let mut operations = vec![
        Route::of::<sessions::get::Get>(),
        Route::of::<sessions::authenticate::Authenticate>(),
        Route::of::<sessions::revoke::Revoke>(),
        Route::of::<sessions::migrate::Migrate>(),
        Route::of::<sessions::exchange_access_token::ExchangeAccessToken>(),
        Route::of::<sessions::attest::Attest>(),
        Route::of::<sessions::get_jwks::GetJwks>(),
        Route::of::<sessions::get_jwks_well_known::GetJwksWellKnown>(),
        Route::of::<users::create::Create>(),
        Route::of::<users::get::Get>(),
        Route::of::<users::update::Update>(),
        Route::of::<users::delete::Delete>(),
        Route::of::<users::delete_external_id::DeleteExternalId>(),
        Route::of::<users::search::Search>(),
        Route::of::<users::exchange_primary_factor::ExchangePrimaryFactor>(),
        Route::of::<users::connected_apps::ConnectedApps>(),
        Route::of::<users::delete_email::DeleteEmail>(),
        Route::of::<users::delete_phone_number::DeletePhoneNumber>(),
        Route::of::<users::delete_webauthn_registration::DeleteWebauthnRegistration>(),
        Route::of::<users::delete_biometric_registration::DeleteBiometricRegistration>(),
        Route::of::<users::delete_totp::DeleteTotp>(),
        Route::of::<users::delete_crypto_wallet::DeleteCryptoWallet>(),
        Route::of::<users::delete_password::DeletePassword>(),
        Route::of::<users::delete_oauth_registration::DeleteOauthRegistration>(),
        Route::of::<passwords::create::Create>(),
        Route::of::<passwords::authenticate::Authenticate>(),
        Route::of::<passwords::strength_check::StrengthCheck>(),
        Route::of::<passwords::migrate::Migrate>(),
        Route::of::<passwords::email_reset_start::EmailResetStart>(),
        Route::of::<passwords::email_reset::EmailReset>(),
        Route::of::<passwords::existing_password_reset::ExistingPasswordReset>(),
        Route::of::<passwords::session_reset::SessionReset>(),
        Route::of::<totps::create::Create>(),
        Route::of::<totps::authenticate::Authenticate>(),
        Route::of::<totps::recovery_codes::RecoveryCodes>(),
        Route::of::<totps::recover::Recover>(),
        Route::of_browser::<oauth::start::Start>(),
        Route::of::<oauth::authenticate::Authenticate>(),
        Route::of::<oauth::attach::Attach>(),
        Route::of::<magic_links::authenticate::Authenticate>(),
        Route::of::<magic_links::create::Create>(),
        Route::of::<magic_links::email_send::EmailSend>(),
        Route::of::<magic_links::email_login_or_create::EmailLoginOrCreate>(),
        Route::of::<magic_links::email_invite::EmailInvite>(),
        Route::of::<magic_links::email_revoke_invite::EmailRevokeInvite>(),
        Route::of_browser::<magic_links::redirect::Redirect>(),
        Route::of::<crypto_wallets::authenticate_start::AuthenticateStart>(),
        Route::of::<crypto_wallets::authenticate::Authenticate>(),
        Route::of::<webauthn::register_start::RegisterStart>(),
        Route::of::<webauthn::register::Register>(),
        Route::of::<webauthn::authenticate_start::AuthenticateStart>(),
        Route::of::<webauthn::authenticate::Authenticate>(),
        Route::of::<webauthn::update::Update>(),
        Route::of::<webauthn::list_credentials::ListCredentials>(),
        Route::of::<rbac::policy::Policy>(),
        Route::of::<impersonation::authenticate::Authenticate>(),
        Route::of::<fraud::fingerprint_lookup::FingerprintLookup>(),
        Route::of::<fraud::rules_set::RulesSet>(),
        Route::of::<fraud::rules_list::RulesList>(),
        Route::of::<fraud::verdict_reasons_override::VerdictReasonsOverride>(),
        Route::of::<fraud::verdict_reasons_list::VerdictReasonsList>(),
        Route::of::<fraud::email_risk::EmailRisk>(),
        Route::of::<projects::metrics::Metrics>(),
        Route::of::<otps::sms_send::SmsSend>(),
        Route::of::<otps::sms_login_or_create::SmsLoginOrCreate>(),
        Route::of::<otps::whatsapp_send::WhatsappSend>(),
        Route::of::<otps::whatsapp_login_or_create::WhatsappLoginOrCreate>(),
        Route::of::<otps::email_send::EmailSend>(),
        Route::of::<otps::email_login_or_create::EmailLoginOrCreate>(),
        Route::of::<otps::authenticate::Authenticate>(),
        Route::of::<debug::whoami::Whoami>(),
        Route::of::<sdk::bootstrap::Bootstrap>(),
        Route::of::<sdk::events::Events>(),
        Route::of::<sdk::search_user::SearchUser>(),
    ];
    let doors: Vec<Route> = operations.iter().flat_map(Route::behind_doors).collect();
    operations.extend(doors);
    operations
});

/// Every operation's name, method and path.
#[must_use]
pub fn names() -> Vec<Operation> {
    OPERATIONS.iter().map(|route| route.description.operation).collect()
}
