//! `DELETE /v1/users/passwords/{password_id}`: takes a password from whichever user has it. Source: the vendor's schema.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::factor_removal;
use crate::api::shared::user_answer::UserAnswer;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete a password.
pub struct DeletePassword;

impl Endpoint for DeletePassword {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::PasswordNotFound], factor_removal::ERRORS],
        ..Description::new(
            Operation { name: "users.deletePassword", method: "DELETE", path: "/v1/users/passwords/{password_id}" },
            "Delete a password",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserAnswer, Refusal> {
        factor_removal::remove(call, "password_id", ErrorType::PasswordNotFound, |user, id| {
            user.password.take_if(|password| password.password_id == id).map(drop)
        })
    }
}
