//! The table of operations: one line for each. Routes, the `allow` header, the OpenAPI document, the README's table and
//! `docs/supported.md` come from it.

use std::sync::LazyLock;

use super::serving::endpoint::{Entry, Route};
use super::shared::oauth_endpoints::{ByDomain, ByProjectId};
use super::{
    connected_apps, crypto_wallets, debug, fraud, idp, impersonation, m2m, magic_links, oauth, oauth2, otps, passwords, projects,
    rbac, sdk, sessions, totps, users, webauthn,
};
use crate::domain::operation::Operation;

/// Every operation there is, in the order of the documents.
#[expect(clippy::too_many_lines, reason = "a table: a line for each operation")]
pub fn table<T: Entry>() -> Vec<T> {
    vec![
        T::of::<sessions::get::Get>(),
        T::of::<sessions::authenticate::Authenticate>(),
        T::of::<sessions::revoke::Revoke>(),
        T::of::<sessions::migrate::Migrate>(),
        T::of::<sessions::exchange_access_token::ExchangeAccessToken>(),
        T::of::<sessions::attest::Attest>(),
        T::of::<sessions::get_jwks::GetJwks>(),
        T::of::<sessions::get_jwks_well_known::GetJwksWellKnown>(),
        T::of::<users::create::Create>(),
        T::of::<users::get::Get>(),
        T::of::<users::update::Update>(),
        T::of::<users::delete::Delete>(),
        T::of::<users::delete_external_id::DeleteExternalId>(),
        T::of::<users::search::Search>(),
        T::of::<users::exchange_primary_factor::ExchangePrimaryFactor>(),
        T::of::<users::connected_apps::ConnectedApps>(),
        T::of::<users::delete_email::DeleteEmail>(),
        T::of::<users::delete_phone_number::DeletePhoneNumber>(),
        T::of::<users::delete_webauthn_registration::DeleteWebauthnRegistration>(),
        T::of::<users::delete_biometric_registration::DeleteBiometricRegistration>(),
        T::of::<users::delete_totp::DeleteTotp>(),
        T::of::<users::delete_crypto_wallet::DeleteCryptoWallet>(),
        T::of::<users::delete_password::DeletePassword>(),
        T::of::<users::delete_oauth_registration::DeleteOauthRegistration>(),
        T::of::<passwords::create::Create>(),
        T::of::<passwords::authenticate::Authenticate>(),
        T::of::<passwords::strength_check::StrengthCheck>(),
        T::of::<passwords::migrate::Migrate>(),
        T::of::<passwords::email_reset_start::EmailResetStart>(),
        T::of::<passwords::email_reset::EmailReset>(),
        T::of::<passwords::existing_password_reset::ExistingPasswordReset>(),
        T::of::<passwords::session_reset::SessionReset>(),
        T::of::<totps::create::Create>(),
        T::of::<totps::authenticate::Authenticate>(),
        T::of::<totps::recovery_codes::RecoveryCodes>(),
        T::of::<totps::recover::Recover>(),
        T::of_browser::<oauth::start::Start>(),
        T::of::<oauth::authenticate::Authenticate>(),
        T::of::<oauth::attach::Attach>(),
        T::of::<magic_links::authenticate::Authenticate>(),
        T::of::<magic_links::create::Create>(),
        T::of::<magic_links::email_send::EmailSend>(),
        T::of::<magic_links::email_login_or_create::EmailLoginOrCreate>(),
        T::of::<magic_links::email_invite::EmailInvite>(),
        T::of::<magic_links::email_revoke_invite::EmailRevokeInvite>(),
        T::of_browser::<magic_links::redirect::Redirect>(),
        T::of::<crypto_wallets::authenticate_start::AuthenticateStart>(),
        T::of::<crypto_wallets::authenticate::Authenticate>(),
        T::of::<webauthn::register_start::RegisterStart>(),
        T::of::<webauthn::register::Register>(),
        T::of::<webauthn::authenticate_start::AuthenticateStart>(),
        T::of::<webauthn::authenticate::Authenticate>(),
        T::of::<webauthn::update::Update>(),
        T::of::<webauthn::list_credentials::ListCredentials>(),
        T::of::<rbac::policy::Policy>(),
        T::of::<impersonation::authenticate::Authenticate>(),
        T::of::<fraud::fingerprint_lookup::FingerprintLookup>(),
        T::of::<fraud::rules_set::RulesSet>(),
        T::of::<fraud::rules_list::RulesList>(),
        T::of::<fraud::verdict_reasons_override::VerdictReasonsOverride>(),
        T::of::<fraud::verdict_reasons_list::VerdictReasonsList>(),
        T::of::<fraud::email_risk::EmailRisk>(),
        T::of::<projects::metrics::Metrics>(),
        T::of::<otps::sms_send::SmsSend>(),
        T::of::<otps::sms_login_or_create::SmsLoginOrCreate>(),
        T::of::<otps::whatsapp_send::WhatsappSend>(),
        T::of::<otps::whatsapp_login_or_create::WhatsappLoginOrCreate>(),
        T::of::<otps::email_send::EmailSend>(),
        T::of::<otps::email_login_or_create::EmailLoginOrCreate>(),
        T::of::<otps::authenticate::Authenticate>(),
        T::of::<m2m::clients_create::Create>(),
        T::of::<m2m::clients_get::Get>(),
        T::of::<m2m::clients_update::Update>(),
        T::of::<m2m::clients_delete::Delete>(),
        T::of::<m2m::clients_search::Search>(),
        T::of::<m2m::clients_secrets_rotate_start::RotateStart>(),
        T::of::<m2m::clients_secrets_rotate_cancel::RotateCancel>(),
        T::of::<m2m::clients_secrets_rotate::Rotate>(),
        T::of::<oauth2::token::Token<ByProjectId>>(),
        T::of::<oauth2::token::Token<ByDomain>>(),
        T::of::<connected_apps::clients_create::Create>(),
        T::of::<connected_apps::clients_get::Get>(),
        T::of::<connected_apps::clients_update::Update>(),
        T::of::<connected_apps::clients_delete::Delete>(),
        T::of::<connected_apps::clients_search::Search>(),
        T::of::<connected_apps::clients_secrets_rotate_start::RotateStart>(),
        T::of::<connected_apps::clients_secrets_rotate_cancel::RotateCancel>(),
        T::of::<connected_apps::clients_secrets_rotate::Rotate>(),
        T::of::<idp::oauth_authorize_start::AuthorizeStart>(),
        T::of::<idp::oauth_authorize::Authorize>(),
        T::of::<users::revoke_connected_app::Revoke>(),
        T::of_browser::<oauth2::authorize::Authorize<ByProjectId>>(),
        T::of_browser::<oauth2::authorize::Authorize<ByDomain>>(),
        T::of::<oauth2::introspect::Introspect<ByProjectId>>(),
        T::of::<oauth2::introspect::Introspect<ByDomain>>(),
        T::of::<oauth2::revoke::Revoke<ByProjectId>>(),
        T::of::<oauth2::revoke::Revoke<ByDomain>>(),
        T::of::<oauth2::userinfo::Userinfo<ByProjectId>>(),
        T::of::<oauth2::userinfo::UserinfoPost<ByProjectId>>(),
        T::of::<oauth2::userinfo::Userinfo<ByDomain>>(),
        T::of::<oauth2::userinfo::UserinfoPost<ByDomain>>(),
        T::of::<oauth2::openid_configuration::OpenidConfiguration<ByProjectId>>(),
        T::of::<oauth2::openid_configuration::OpenidConfiguration<ByDomain>>(),
        T::of::<debug::whoami::Whoami>(),
        T::of::<sdk::bootstrap::Bootstrap>(),
        T::of::<sdk::events::Events>(),
        T::of::<sdk::search_user::SearchUser>(),
    ]
}

/// What is served: every operation, and once more behind each of its doors for pages.
pub static OPERATIONS: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let mut operations = table::<Route>();
    let doors: Vec<Route> = operations.iter().flat_map(Route::behind_doors).collect();
    operations.extend(doors);
    operations
});

/// Every operation's name, method and path.
#[must_use]
pub fn names() -> Vec<Operation> {
    OPERATIONS.iter().map(|route| route.description.operation).collect()
}
