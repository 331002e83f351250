//! `DELETE /v1/users/webauthn_registrations/{webauthn_registration_id}`: takes a passkey or a security key from whichever user
//! has it. Source: the vendor's schema.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::factor_removal;
use crate::api::shared::user_answer::UserAnswer;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete a passkey or a security key.
pub struct DeleteWebauthnRegistration;

impl Endpoint for DeleteWebauthnRegistration {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::WebauthnRegistrationNotFound], factor_removal::ERRORS],
        doors: &[Door::for_user("/sdk/v1/users/webauthn_registrations/{webauthn_registration_id}", &[]).telling_user()],
        ..Description::new(
            Operation {
                name: "users.deleteWebAuthnRegistration",
                method: "DELETE",
                path: "/v1/users/webauthn_registrations/{webauthn_registration_id}",
            },
            "Delete a WebAuthn registration",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserAnswer, Refusal> {
        factor_removal::remove(call, "webauthn_registration_id", ErrorType::WebauthnRegistrationNotFound, |user, id| {
            let place = user.webauthn_registrations.iter().position(|factor| factor.webauthn_registration_id == id);
            place.map(|place| drop(user.webauthn_registrations.remove(place)))
        })
    }
}
