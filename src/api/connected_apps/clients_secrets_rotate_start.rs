//! `POST /v1/connected_apps/clients/{client_id}/secrets/rotate/start`: a second secret counts beside the first.
//! Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::connected_app::{self, Answer};
use crate::domain::login_token::token_text;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::secret::Secret;
use crate::wire::connected_app::ConnectedAppBody;

/// Start the rotation of a Connected App's secret.
pub struct RotateStart;

impl Endpoint for RotateStart {
    const DESCRIPTION: Description = Description {
        errors: &[&[
            ErrorType::ConnectedAppNotFound,
            ErrorType::PublicConnectedAppsDoNotHaveSecrets,
            ErrorType::ConnectedAppAlreadyRotatingSecret,
        ]],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation {
                name: "connectedApp.clients.secrets.rotateStart",
                method: "POST",
                path: "/v1/connected_apps/clients/{client_id}/secrets/rotate/start",
            },
            "Start the rotation of a Connected App's secret",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let next = call.entropy.ids(|ids| token_text(ids.bytes()));
        let next = Secret::parse(&next).expect("a made secret is one");
        connected_app::rotate(call, |secrets| secrets.start_rotation(next), ConnectedAppBody::with_next_secret)
    }
}
