//! `POST /v1/users/{user_id}/connected_apps/{connected_app_id}/revoke`: a user puts an app out; its tokens count no more.
//! Source: the vendor's reference. That an app that was not let in is not found, is assumed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::user_lookup::user_in_path;
use crate::domain::refusal::{ErrorType, Refusal};

/// Revoke a connected app.
pub struct Revoke;

/// Nothing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {}

impl Endpoint for Revoke {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserNotFound, ErrorType::ConnectedAppNotFound]],
        doors: &[Door::for_user("/sdk/v1/users/connected_apps/{connected_app_id}/revoke", &[Fill::UserInPath])],
        ..Description::new(
            Operation {
                name: "users.revoke",
                method: "POST",
                path: "/v1/users/{user_id}/connected_apps/{connected_app_id}/revoke",
            },
            "Revoke a connected app",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let user_id = user_in_path(call)?.user.id;
        let id = call.path_value("connected_app_id").unwrap_or_default();
        call.project().oauth_clients().change(|clients| {
            if clients.authorizations.revoke(id, &user_id, call.now) {
                return Ok(Answer {});
            }
            Err(Refusal::new(ErrorType::ConnectedAppNotFound, format!("user {user_id} has let no Connected App {id} in")))
        })
    }
}
