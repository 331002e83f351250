//! `POST …/oauth2/token`: a client gets tokens. Source: the vendor's reference and RFC 6749. In whose words it refuses is
//! documented, with which is assumed.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Dialect, Endpoint, Evidence};
use crate::api::serving::request::{Body, non_empty};
use crate::api::shared::app_token::{self, APP_GRANT_ERRORS, AppGrant};
use crate::api::shared::client_credentials::{ClientArguments, ClientCredentials};
use crate::api::shared::m2m_token;
use crate::api::shared::named_project::by_client;
use crate::api::shared::oauth_endpoints::OAuthEndpoints;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};

/// Get tokens.
pub struct Token<D>(PhantomData<D>);

/// What a grant of any kind says.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// `client_credentials` for a machine client, `authorization_code` or `refresh_token` for a Connected App.
    #[serde(deserialize_with = "non_empty")]
    grant_type: Option<String>,
    /// The scopes that are wanted, with spaces between them; all that there are without it.
    #[serde(deserialize_with = "non_empty")]
    scope: Option<String>,
    /// The code that the browser brought.
    #[serde(deserialize_with = "non_empty")]
    code: Option<String>,
    /// Where the browser brought it.
    #[serde(deserialize_with = "non_empty")]
    redirect_uri: Option<String>,
    /// The verifier of the `code_challenge` that the code was asked for with.
    #[serde(deserialize_with = "non_empty")]
    code_verifier: Option<String>,
    /// The refresh token.
    #[serde(deserialize_with = "non_empty")]
    refresh_token: Option<String>,
}

/// Tokens.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// A JWT that is signed with the project's key.
    access_token: String,
    /// How many seconds it is good for.
    expires_in: i64,
    /// Who the user is; with the scope `openid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    /// Gets further access tokens; with the scope `offline_access`, and where the one before was used up.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// What a Connected App's token allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    /// Always `bearer`.
    token_type: &'static str,
}

impl<D: OAuthEndpoints> Endpoint for Token<D> {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        project_of: Some(by_client::<D>),
        dialect: Dialect::OAuth,
        errors: &[ERRORS, APP_GRANT_ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(D::TOKEN, "Get a token", Evidence::Documented)
    };
    const CACHE_CONTROL: Option<&'static str> = Some("no-store");
    type Request = (Body<Fields>, Body<ClientArguments>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), Body(client)): Self::Request) -> Result<Answer, Refusal> {
        let needed = |field: &Option<String>, name: &str| {
            field.clone().ok_or_else(|| Refusal::new(ErrorType::BadRequest, format!("there is no {name}")))
        };
        let grant_type = needed(&fields.grant_type, "grant_type")?;
        let credentials = ClientCredentials::read(call, client)?;
        let project = D::project(call, Some(&credentials.client_id))?;
        match grant_type.as_str() {
            "client_credentials" => {
                refuse_other_kind(&project, &credentials.client_id, true)?;
                let access_token = m2m_token::grant(call, &project, &credentials, fields.scope.as_deref())?;
                Ok(Answer {
                    access_token,
                    expires_in: m2m_token::EXPIRES_IN,
                    id_token: None,
                    refresh_token: None,
                    scope: None,
                    token_type: "bearer",
                })
            }
            "authorization_code" | "refresh_token" => {
                refuse_other_kind(&project, &credentials.client_id, false)?;
                let app = app_token::authenticate(&project, &credentials)?;
                let (code, token);
                let grant = if grant_type == "refresh_token" {
                    token = needed(&fields.refresh_token, "refresh_token")?;
                    AppGrant::Refresh { token: &token, scope: fields.scope.as_deref() }
                } else {
                    code = needed(&fields.code, "code")?;
                    let (redirect_uri, verifier) = (fields.redirect_uri.as_deref(), fields.code_verifier.as_deref());
                    AppGrant::Code { code: &code, redirect_uri, verifier }
                };
                let issuer = D::issuer(call, &project);
                let tokens = app_token::grant(call, (&project, &issuer), &app, &grant)?;
                Ok(Answer {
                    access_token: tokens.access_token,
                    expires_in: tokens.expires_in,
                    id_token: tokens.id_token,
                    refresh_token: tokens.refresh_token,
                    scope: Some(tokens.scope),
                    token_type: "bearer",
                })
            }
            other => Err(Refusal::new(ErrorType::UnsupportedGrantType, format!("there is no grant_type {other}"))),
        }
    }
}

/// Insists that a client, if there is one of this id, is of the kind that a grant is for.
fn refuse_other_kind(project: &Project, client_id: &str, for_machines: bool) -> Result<(), Refusal> {
    let (is_machine, is_app) = project
        .oauth_clients()
        .read(|clients| (clients.m2m_clients.get(client_id).is_some(), clients.connected_apps.get(client_id).is_some()));
    let is_other = if for_machines { is_app && !is_machine } else { is_machine && !is_app };
    if is_other {
        let reason =
            if is_app { "a Connected App has no client_credentials" } else { "an M2M client has client_credentials only" };
        return Err(Refusal::new(ErrorType::UnauthorizedClient, reason));
    }
    Ok(())
}

const ERRORS: &[ErrorType] = &[
    ErrorType::ProjectNotFound,
    ErrorType::UnauthorizedCredentials,
    ErrorType::UnsupportedGrantType,
    ErrorType::OauthInvalidScopeRequested,
    ErrorType::CustomClaimsTooLarge,
];
