//! `POST …/oauth2/revoke`: an app takes a token of its own back; a refresh token with the access tokens of its grant.
//! Source: the vendor's reference and RFC 7009, after which nobody is told whether there was one.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Dialect, Endpoint, Evidence};
use crate::api::serving::request::{Body, NonEmpty};
use crate::api::shared::app_token;
use crate::api::shared::client_credentials::{ClientArguments, ClientCredentials};
use crate::api::shared::named_project::by_client;
use crate::api::shared::oauth_endpoints::OAuthEndpoints;
use crate::domain::refusal::{ErrorType, Refusal};

/// Revoke a token.
pub struct Revoke<D>(PhantomData<D>);

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// An access token or a refresh token.
    token: NonEmpty,
    /// `access_token` or `refresh_token`. Not needed: the two look different.
    #[expect(dead_code, reason = "it is declared, so that it is not said to be ignored")]
    token_type_hint: Option<String>,
}

/// Nothing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {}

impl<D: OAuthEndpoints> Endpoint for Revoke<D> {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        project_of: Some(by_client::<D>),
        dialect: Dialect::OAuth,
        errors: &[&[ErrorType::ProjectNotFound, ErrorType::UnauthorizedCredentials]],
        remark: "its refusals are assumed",
        ..Description::new(D::REVOKE, "Revoke a token", Evidence::Documented)
    };
    type Request = (Body<Fields>, Body<ClientArguments>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), Body(client)): Self::Request) -> Result<Answer, Refusal> {
        let credentials = ClientCredentials::read(call, client)?;
        let project = D::project(call, Some(&credentials.client_id))?;
        let app = app_token::authenticate(&project, &credentials)?;
        let token = fields.token.0;
        let name = app_token::find(call, &project, &token).map_or(token, |found| found.token.id);
        project.oauth_clients().change(|clients| {
            clients.authorizations.revoke_token(&name, &app.client_id, call.now);
            Ok(Answer {})
        })
    }
}
