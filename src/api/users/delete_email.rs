//! `DELETE /v1/users/emails/{email_id}`: takes an e-mail address from whichever user has it. Source: the vendor's schema.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::factor_removal;
use crate::api::shared::user_answer::UserAnswer;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete an e-mail address.
pub struct DeleteEmail;

impl Endpoint for DeleteEmail {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::EmailNotFound], factor_removal::ERRORS],
        doors: &[Door::for_user("/sdk/v1/users/emails/{email_id}", &[]).telling_user()],
        ..Description::new(
            Operation { name: "users.deleteEmail", method: "DELETE", path: "/v1/users/emails/{email_id}" },
            "Delete an e-mail address",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserAnswer, Refusal> {
        factor_removal::remove(call, "email_id", ErrorType::EmailNotFound, |user, id| {
            let place = user.emails.iter().position(|factor| factor.email_id == id);
            place.map(|place| drop(user.emails.remove(place)))
        })
    }
}
