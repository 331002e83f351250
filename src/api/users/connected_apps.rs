//! `GET /v1/users/{user_id}/connected_apps`: the apps that a user let in, and did not put out again. Source: the vendor's
//! reference.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::user_lookup::user_in_path;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::connected_app::UserConnectedAppBody;

/// Connected apps.
pub struct ConnectedApps;

/// The apps, by their ids.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    connected_apps: Vec<UserConnectedAppBody>,
}

impl Endpoint for ConnectedApps {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserNotFound]],
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
        let user_id = user_in_path(call)?.user.id;
        let connected_apps = call.project().oauth_clients().read(|clients| {
            let of_user =
                clients.authorizations.iter().filter(|((_, owner), agreed)| *owner == user_id && agreed.revoked_at.is_none());
            let body = |client_id: &str, scopes: &[String]| {
                clients.connected_apps.get(client_id).map(|app| UserConnectedAppBody::new(app, scopes))
            };
            of_user.filter_map(|((client_id, _), agreed)| body(client_id, &agreed.scopes)).collect()
        });
        Ok(Answer { connected_apps })
    }
}
