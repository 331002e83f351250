//! `GET /v1/users/{user_id}`: the user's fields at the top level. Source: the vendor's schema, and captures.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::user_lookup::user_in_path;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::objects::UserObject;

/// Get a user.
pub struct Get;

impl Endpoint for Get {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserNotFound]],
        doors: &[Door::for_user("/sdk/v1/users/me", &[Fill::UserInPath])],
        ..Description::new(
            Operation { name: "users.get", method: "GET", path: "/v1/users/{user_id}" },
            "Get a user",
            Evidence::Captured,
        )
    };
    type Request = ();
    type Answer = UserObject;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserObject, Refusal> {
        Ok(UserObject { record: user_in_path(call)?, now: call.now })
    }
}
