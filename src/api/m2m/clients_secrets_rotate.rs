//! `POST /v1/m2m/clients/{client_id}/secrets/rotate`: the second secret takes the place of the first. Source: the vendor's
//! reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::m2m_client::{self, Answer};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::m2m_client::M2mClientBody;

/// Rotate an M2M client's secret.
pub struct Rotate;

impl Endpoint for Rotate {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::M2mClientNotFound, ErrorType::M2mClientNotRotatingSecret]],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "m2m.clients.secrets.rotate", method: "POST", path: "/v1/m2m/clients/{client_id}/secrets/rotate" },
            "Rotate an M2M client's secret",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        m2m_client::change(
            call,
            |client| client.secrets.rotate().map_err(m2m_client::refuse_rotation),
            |client| M2mClientBody::from(client),
        )
    }
}
