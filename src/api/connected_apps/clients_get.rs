//! `GET /v1/connected_apps/clients/{client_id}`: one app. Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::connected_app::{Answer, id, missing};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::connected_app::ConnectedAppBody;

/// Get a connected app.
pub struct Get;

impl Endpoint for Get {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::ConnectedAppNotFound]],
        ..Description::new(
            Operation { name: "connectedApp.clients.get", method: "GET", path: "/v1/connected_apps/clients/{client_id}" },
            "Get a Connected App",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let body =
            call.project().oauth_clients().read(|clients| clients.connected_apps.get(id(call)).map(ConnectedAppBody::from));
        body.map(|connected_app| Answer { connected_app }).ok_or_else(|| missing(id(call)))
    }
}
