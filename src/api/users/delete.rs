//! `DELETE /v1/users/{user_id}`: the user and their sessions are gone. Source: the vendor's schema.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::user_lookup::user_in_path;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete a user.
pub struct Delete;

/// Who was deleted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    user_id: String,
}

impl Endpoint for Delete {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserNotFound]],
        ..Description::new(
            Operation { name: "users.delete", method: "DELETE", path: "/v1/users/{user_id}" },
            "Delete a user",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let id = user_in_path(call)?.user.id;
        if !call.project().remove_user(&id) {
            return Err(Refusal::new(ErrorType::UserNotFound, format!("user {id} has been deleted")));
        }
        Ok(Answer { user_id: id.to_string() })
    }
}
