//! `DELETE /v1/users/totps/{totp_id}`: takes a TOTP from whichever user has it. Source: the vendor's schema.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::factor_removal;
use crate::api::shared::user_answer::UserAnswer;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete a TOTP.
pub struct DeleteTotp;

impl Endpoint for DeleteTotp {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::TotpNotFound], factor_removal::ERRORS],
        doors: &[Door::for_user("/sdk/v1/users/totps/{totp_id}", &[]).telling_user()],
        ..Description::new(
            Operation { name: "users.deleteTOTP", method: "DELETE", path: "/v1/users/totps/{totp_id}" },
            "Delete a TOTP",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserAnswer, Refusal> {
        factor_removal::remove(call, "totp_id", ErrorType::TotpNotFound, |user, id| {
            let place = user.totps.iter().position(|factor| factor.totp_id == id);
            place.map(|place| drop(user.totps.remove(place)))
        })
    }
}
