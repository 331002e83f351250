//! `POST /v1/m2m/clients/{client_id}/secrets/rotate/start`: a second secret counts beside the first. Source: the vendor's
//! reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::m2m_client::{self, Answer};
use crate::domain::login_token::token_text;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::secret::Secret;
use crate::wire::m2m_client::M2mClientBody;

/// Start the rotation of an M2M client's secret.
pub struct RotateStart;

impl Endpoint for RotateStart {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::M2mClientNotFound, ErrorType::M2mClientAlreadyRotatingSecret]],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation {
                name: "m2m.clients.secrets.rotateStart",
                method: "POST",
                path: "/v1/m2m/clients/{client_id}/secrets/rotate/start",
            },
            "Start the rotation of an M2M client's secret",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let next = call.entropy.ids(|ids| token_text(ids.bytes()));
        let next = Secret::parse(&next).expect("a made secret is one");
        m2m_client::change(
            call,
            |client| client.secrets.start_rotation(next).map_err(m2m_client::refuse_rotation),
            M2mClientBody::with_next_secret,
        )
    }
}
