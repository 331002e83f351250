//! `DELETE /v1/users/{user_id}/external_id`: the customer's own id is free again. Source: the vendor's schema.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::user_answer::UserAnswer;
use crate::api::shared::user_lookup::user_in_path;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete an external id.
pub struct DeleteExternalId;

impl Endpoint for DeleteExternalId {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserNotFound]],
        ..Description::new(
            Operation { name: "users.deleteExternalId", method: "DELETE", path: "/v1/users/{user_id}/external_id" },
            "Delete an external id",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserAnswer, Refusal> {
        let record = user_in_path(call)?;
        let (record, ()) = call.project().change_user(&record.user.id, |record| {
            record.user.external_id = None;
            Ok(())
        })?;
        Ok(UserAnswer::new(call, record))
    }
}
