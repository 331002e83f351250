//! `PUT /v1/connected_apps/clients/{client_id}`: everything of an app but its id, its type and its secrets. Source: the
//! vendor's reference; its refusals are assumed.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::shared::connected_app::{self, Answer, SETTING_ERRORS, SettingArguments};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::connected_app::ConnectedAppBody;

/// Update a connected app.
pub struct Update;

impl Endpoint for Update {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::ConnectedAppNotFound], SETTING_ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "connectedApp.clients.update", method: "PUT", path: "/v1/connected_apps/clients/{client_id}" },
            "Update a Connected App",
            Evidence::Documented,
        )
    };
    type Request = Body<SettingArguments>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(given): Body<SettingArguments>) -> Result<Answer, Refusal> {
        let apply = |app: &mut crate::domain::connected_app::ConnectedApp| given.apply(app.client_type, &mut app.settings);
        connected_app::change(call, apply, |app| ConnectedAppBody::from(app))
    }
}
