//! `POST /v1/connected_apps/clients`: a new app of one of four types; those that can keep a secret get one. Source: the
//! vendor's reference; its refusals are assumed.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::shared::connected_app::{Answer, SETTING_ERRORS, SettingArguments};
use crate::domain::client_secrets::ClientSecrets;
use crate::domain::connected_app::{AppSettings, ClientType, ConnectedApp};
use crate::domain::login_token::token_text;
use crate::domain::m2m_client::ClientStatus;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::secret::Secret;
use crate::wire::connected_app::ConnectedAppBody;

/// Create a connected app.
pub struct Create;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// `first_party`, `first_party_public`, `third_party` or `third_party_public`; public apps have no secret.
    client_type: String,
}

impl Endpoint for Create {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::InvalidConnectedAppType], SETTING_ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "connectedApp.clients.create", method: "POST", path: "/v1/connected_apps/clients" },
            "Create a Connected App",
            Evidence::Documented,
        )
    };
    type Request = (Body<Fields>, Body<SettingArguments>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), Body(given)): Self::Request) -> Result<Answer, Refusal> {
        let unknown = || Refusal::new(ErrorType::InvalidConnectedAppType, format!("there is no type {}", fields.client_type));
        let client_type = ClientType::named(&fields.client_type).ok_or_else(unknown)?;
        let mut settings = AppSettings::default();
        given.apply(client_type, &mut settings)?;
        let project = call.project();
        let (client_id, secret) =
            call.entropy.ids(|ids| (ids.object_id("connected-app", project.environment()).to_string(), token_text(ids.bytes())));
        let secret = Secret::parse(&secret).filter(|_| !client_type.is_public());
        let app = ConnectedApp {
            client_id,
            client_type,
            secrets: secret.map(|secret| ClientSecrets::new(secret, None)),
            settings,
            status: ClientStatus::Active,
        };
        let connected_app = ConnectedAppBody::with_secret(&app);
        project.oauth_clients().change(|clients| {
            clients.connected_apps.add(app);
            Ok(Answer { connected_app })
        })
    }
}
