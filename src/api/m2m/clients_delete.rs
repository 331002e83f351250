//! `DELETE /v1/m2m/clients/{client_id}`: the client is gone; tokens that it has stay good. Source: the vendor's
//! reference.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::m2m_client::{id, missing};
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete a machine client.
pub struct Delete;

/// Which was deleted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    client_id: String,
}

impl Endpoint for Delete {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::M2mClientNotFound]],
        ..Description::new(
            Operation { name: "m2m.clients.delete", method: "DELETE", path: "/v1/m2m/clients/{client_id}" },
            "Delete an M2M client",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        call.project().oauth_clients().change(|clients| {
            if clients.m2m_clients.remove(id(call)) {
                Ok(Answer { client_id: id(call).to_owned() })
            } else {
                Err(missing(id(call)))
            }
        })
    }
}
