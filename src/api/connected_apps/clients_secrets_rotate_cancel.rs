//! `POST /v1/connected_apps/clients/{client_id}/secrets/rotate/cancel`: the second secret counts no more.
//! Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::connected_app::{self, Answer};
use crate::domain::client_secrets::ClientSecrets;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::connected_app::ConnectedAppBody;

/// Cancel the rotation of a Connected App's secret.
pub struct RotateCancel;

impl Endpoint for RotateCancel {
    const DESCRIPTION: Description = Description {
        errors: &[&[
            ErrorType::ConnectedAppNotFound,
            ErrorType::PublicConnectedAppsDoNotHaveSecrets,
            ErrorType::ConnectedAppNotRotatingSecret,
        ]],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation {
                name: "connectedApp.clients.secrets.rotateCancel",
                method: "POST",
                path: "/v1/connected_apps/clients/{client_id}/secrets/rotate/cancel",
            },
            "Cancel the rotation of a Connected App's secret",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        connected_app::rotate(call, ClientSecrets::cancel_rotation, |app| ConnectedAppBody::from(app))
    }
}
