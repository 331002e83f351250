//! `GET /v1/users/{user_id}/connected_apps`: the apps that a user let in. None is emulated: the list is always empty.
//! Source: the vendor's schema.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::api::serving::call::Call;
use crate::api::serving::door::{Door, Fill};
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::user_lookup::user_in_path;
use crate::domain::refusal::{ErrorType, Refusal};

/// Connected apps.
pub struct ConnectedApps;

/// Always empty.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    #[schemars(length(max = 0))]
    connected_apps: Vec<Value>,
}

impl Endpoint for ConnectedApps {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserNotFound]],
        remark: "always empty",
        doors: &[Door::for_user("/sdk/v1/users/connected_apps", &[Fill::UserInPath])],
        ..Description::new(
            Operation { name: "users.connectedApps", method: "GET", path: "/v1/users/{user_id}/connected_apps" },
            "Connected apps",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        user_in_path(call)?;
        Ok(Answer { connected_apps: Vec::new() })
    }
}
