//! `GET /v1/m2m/clients/{client_id}`: one machine client. Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::m2m_client::{Answer, id, missing};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::m2m_client::M2mClientBody;

/// Get a machine client.
pub struct Get;

impl Endpoint for Get {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::M2mClientNotFound]],
        ..Description::new(
            Operation { name: "m2m.clients.get", method: "GET", path: "/v1/m2m/clients/{client_id}" },
            "Get an M2M client",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let body = call.project().oauth_clients().read(|clients| clients.m2m_clients.get(id(call)).map(M2mClientBody::from));
        body.map(|m2m_client| Answer { m2m_client }).ok_or_else(|| missing(id(call)))
    }
}
