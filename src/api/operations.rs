//! The table of operations: one line for each. Routes, the `allow` header, the OpenAPI document, the README's table and
//! `docs/supported.md` come from it.

use std::sync::LazyLock;

use super::serving::endpoint::Route;
use super::shared::oauth_door::{DomainDoor, ProjectDoor};
use super::{connected_apps, debug, idp, m2m, magic_links, oauth, oauth2, otps, passwords, sdk, sessions, totps, users};
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
        Route::of::<otps::sms_send::SmsSend>(),
        Route::of::<otps::sms_login_or_create::SmsLoginOrCreate>(),
        Route::of::<otps::whatsapp_send::WhatsappSend>(),
        Route::of::<otps::whatsapp_login_or_create::WhatsappLoginOrCreate>(),
        Route::of::<otps::email_send::EmailSend>(),
        Route::of::<otps::email_login_or_create::EmailLoginOrCreate>(),
        Route::of::<otps::authenticate::Authenticate>(),
        Route::of::<m2m::clients_create::Create>(),
        Route::of::<m2m::clients_get::Get>(),
        Route::of::<m2m::clients_update::Update>(),
        Route::of::<m2m::clients_delete::Delete>(),
        Route::of::<m2m::clients_search::Search>(),
        Route::of::<m2m::clients_secrets_rotate_start::RotateStart>(),
        Route::of::<m2m::clients_secrets_rotate_cancel::RotateCancel>(),
        Route::of::<m2m::clients_secrets_rotate::Rotate>(),
        Route::of::<oauth2::token::Token<ProjectDoor>>(),
        Route::of::<oauth2::token::Token<DomainDoor>>(),
        Route::of::<connected_apps::clients_create::Create>(),
        Route::of::<connected_apps::clients_get::Get>(),
        Route::of::<connected_apps::clients_update::Update>(),
        Route::of::<connected_apps::clients_delete::Delete>(),
        Route::of::<connected_apps::clients_search::Search>(),
        Route::of::<connected_apps::clients_secrets_rotate_start::RotateStart>(),
        Route::of::<connected_apps::clients_secrets_rotate_cancel::RotateCancel>(),
        Route::of::<connected_apps::clients_secrets_rotate::Rotate>(),
        Route::of::<idp::oauth_authorize_start::AuthorizeStart>(),
        Route::of::<idp::oauth_authorize::Authorize>(),
        Route::of::<users::revoke::Revoke>(),
        Route::of_browser::<oauth2::authorize::Authorize<ProjectDoor>>(),
        Route::of_browser::<oauth2::authorize::Authorize<DomainDoor>>(),
        Route::of::<oauth2::introspect::Introspect<ProjectDoor>>(),
        Route::of::<oauth2::introspect::Introspect<DomainDoor>>(),
        Route::of::<oauth2::revoke::Revoke<ProjectDoor>>(),
        Route::of::<oauth2::revoke::Revoke<DomainDoor>>(),
        Route::of::<oauth2::userinfo::Userinfo<ProjectDoor>>(),
        Route::of::<oauth2::userinfo::UserinfoPost<ProjectDoor>>(),
        Route::of::<oauth2::userinfo::Userinfo<DomainDoor>>(),
        Route::of::<oauth2::userinfo::UserinfoPost<DomainDoor>>(),
        Route::of::<oauth2::openid_configuration::OpenidConfiguration<ProjectDoor>>(),
        Route::of::<oauth2::openid_configuration::OpenidConfiguration<DomainDoor>>(),
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
