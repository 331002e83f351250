//! `DELETE /v1/users/phone_numbers/{phone_id}`: takes a phone number from whichever user has it. Source: the vendor's schema.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::factor_removal;
use crate::api::shared::user_answer::UserAnswer;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete a phone number.
pub struct DeletePhoneNumber;

impl Endpoint for DeletePhoneNumber {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::PhoneNumberNotFound], factor_removal::ERRORS],
        doors: &[Door::for_user("/sdk/v1/users/phone_numbers/{phone_id}", &[]).telling_user()],
        ..Description::new(
            Operation { name: "users.deletePhoneNumber", method: "DELETE", path: "/v1/users/phone_numbers/{phone_id}" },
            "Delete a phone number",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserAnswer, Refusal> {
        factor_removal::remove(call, "phone_id", ErrorType::PhoneNumberNotFound, |user, id| {
            let place = user.phone_numbers.iter().position(|factor| factor.phone_id == id);
            place.map(|place| drop(user.phone_numbers.remove(place)))
        })
    }
}
