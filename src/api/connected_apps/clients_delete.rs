//! `DELETE /v1/connected_apps/clients/{client_id}`: the app is gone, and what users let it do (assumed). Source: the
//! vendor's reference.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::connected_app::{id, missing};
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete a connected app.
pub struct Delete;

/// Which was deleted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    client_id: String,
}

impl Endpoint for Delete {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::ConnectedAppNotFound]],
        ..Description::new(
            Operation { name: "connectedApp.clients.delete", method: "DELETE", path: "/v1/connected_apps/clients/{client_id}" },
            "Delete a Connected App",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        call.project().oauth_clients().change(|clients| {
            if !clients.connected_apps.remove(id(call)) {
                return Err(missing(id(call)));
            }
            clients.authorizations.forget_app(id(call));
            Ok(Answer { client_id: id(call).to_owned() })
        })
    }
}
