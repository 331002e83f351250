//! `DELETE /v1/users/biometric_registrations/{biometric_registration_id}`: takes a biometric registration from whichever user has it. Source: the vendor's schema.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::factor_removal;
use crate::api::shared::user_answer::UserAnswer;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete a biometric registration.
pub struct DeleteBiometricRegistration;

impl Endpoint for DeleteBiometricRegistration {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::BiometricRegistrationNotFound], factor_removal::ERRORS],
        doors: &[Door::for_user("/sdk/v1/users/biometric_registrations/{biometric_registration_id}", &[]).telling_user()],
        ..Description::new(
            Operation {
                name: "users.deleteBiometricRegistration",
                method: "DELETE",
                path: "/v1/users/biometric_registrations/{biometric_registration_id}",
            },
            "Delete a biometric registration",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserAnswer, Refusal> {
        factor_removal::remove(call, "biometric_registration_id", ErrorType::BiometricRegistrationNotFound, |user, id| {
            let place = user.biometric_registrations.iter().position(|factor| factor.biometric_registration_id == id);
            place.map(|place| drop(user.biometric_registrations.remove(place)))
        })
    }
}
