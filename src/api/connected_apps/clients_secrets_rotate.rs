//! `POST /v1/connected_apps/clients/{client_id}/secrets/rotate`: the second secret takes the place of the first.
//! Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::connected_app::{self, Answer};
use crate::domain::client_secrets::ClientSecrets;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::connected_app::ConnectedAppBody;

/// Rotate a Connected App's secret.
pub struct Rotate;

impl Endpoint for Rotate {
    const DESCRIPTION: Description = Description {
        errors: &[&[
            ErrorType::ConnectedAppNotFound,
            ErrorType::PublicConnectedAppsDoNotHaveSecrets,
            ErrorType::ConnectedAppNotRotatingSecret,
        ]],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation {
                name: "connectedApp.clients.secrets.rotate",
                method: "POST",
                path: "/v1/connected_apps/clients/{client_id}/secrets/rotate",
            },
            "Rotate a Connected App's secret",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        connected_app::rotate(call, ClientSecrets::rotate, |app| ConnectedAppBody::from(app))
    }
}
