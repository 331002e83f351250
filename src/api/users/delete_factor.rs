//! `DELETE /v1/users/{emails, phone_numbers, …}/{id}`: takes one factor from whichever user has it. Source: the
//! vendor's schema; which error answers an unknown id is known for two of the eight.

use super::user_reply;
use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::user::User;

/// Declares the operation for one kind of factor: where a user keeps it, and what its id is called.
macro_rules! delete_factor {
    ($($(#[$doc:meta])* $operation:ident $name:literal $path:literal, $error:ident, $list:ident, $id:ident;)*) => {
        $(
            $(#[$doc])*
            pub const $operation: Endpoint = Endpoint {
                name: $name,
                method: Verb::Delete,
                path: concat!("/v1/users/", $path, "/{id}"),
                access: Access::Project,
                handle: |call| {
                    handle(call, ErrorType::$error, &|user, id| {
                        let place = user.$list.iter().position(|factor| factor.$id == id);
                        place.map(|place| { user.$list.remove(place); })
                    })
                },
            };
        )*
    };
}

delete_factor! {
    /// An e-mail address.
    EMAIL "users.deleteEmail" "emails", EmailNotFound, emails, email_id;
    /// A phone number.
    PHONE_NUMBER "users.deletePhoneNumber" "phone_numbers", PhoneNumberNotFound, phone_numbers, phone_id;
    /// A passkey or security key.
    WEBAUTHN_REGISTRATION "users.deleteWebAuthnRegistration" "webauthn_registrations",
        WebauthnRegistrationNotFound, webauthn_registrations, webauthn_registration_id;
    /// A biometric registration.
    BIOMETRIC_REGISTRATION "users.deleteBiometricRegistration" "biometric_registrations",
        BiometricRegistrationNotFound, biometric_registrations, biometric_registration_id;
    /// An authenticator app.
    TOTP "users.deleteTOTP" "totps", TotpNotFound, totps, totp_id;
    /// A crypto wallet.
    CRYPTO_WALLET "users.deleteCryptoWallet" "crypto_wallets", CryptoWalletNotFound, crypto_wallets, crypto_wallet_id;
    /// An OAuth registration.
    OAUTH "users.deleteOAuthRegistration" "oauth", OauthUserRegistrationNotFound, providers, oauth_user_registration_id;
}

/// A password.
pub const PASSWORD: Endpoint = Endpoint {
    name: "users.deletePassword",
    method: Verb::Delete,
    path: "/v1/users/passwords/{id}",
    access: Access::Project,
    handle: |call| {
        handle(call, ErrorType::PasswordNotFound, &|user, id| {
            user.password.take_if(|password| password.password_id == id).map(drop)
        })
    },
};

/// `take` takes the factor with an id from a user who has it.
fn handle(call: &Call<'_>, missing: ErrorType, take: &dyn Fn(&mut User, &str) -> Option<()>) -> Result<Reply, Refusal> {
    let id = call.path_value(0);
    let project = call.project();
    let not_found = || Refusal::new(missing, format!("no user in project {} has {id}", project.id()));
    let owner = project.first_user(|record| take(&mut record.user.clone(), id).is_some()).ok_or_else(not_found)?;
    crate::api::serving::user_lookup::scripted(&owner)?;
    let (record, ()) = project.change_user(&owner.user.id, |record| {
        let had_primary = record.user.primary_factors();
        take(&mut record.user, id).ok_or_else(not_found)?;
        if had_primary > 0 && record.user.primary_factors() == 0 {
            let reason = format!("{id} is the last address, number or OAuth registration of user {}", record.user.id);
            return Err(Refusal::new(ErrorType::CannotDeleteLastPrimaryFactor, reason));
        }
        Ok(())
    })?;
    Ok(user_reply(call, &record))
}
