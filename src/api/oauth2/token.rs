//! `POST …/oauth2/token`: a client gets an access token. Source: the vendor's reference and RFC 6749. In whose words it
//! refuses is documented, with which is assumed.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Dialect, Endpoint, Evidence};
use crate::api::serving::request::{Body, non_empty};
use crate::api::shared::client_credentials::{ClientArguments, ClientCredentials};
use crate::api::shared::m2m_token;
use crate::api::shared::oauth_door::Door;
use crate::domain::refusal::{ErrorType, Refusal};

/// Get a token.
pub struct Token<D>(PhantomData<D>);

/// What a grant of any kind says.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// `client_credentials`, for a machine client.
    #[serde(deserialize_with = "non_empty")]
    grant_type: Option<String>,
    /// The scopes of a machine's token, with spaces between them; all of the client's without it.
    #[serde(deserialize_with = "non_empty")]
    scope: Option<String>,
}

/// A token.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// A JWT that is signed with the project's key.
    pub access_token: String,
    /// How many seconds it is good for.
    pub expires_in: i64,
    /// Always `bearer`.
    pub token_type: &'static str,
}

impl<D: Door> Endpoint for Token<D> {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        dialect: Dialect::OAuth,
        errors: &[ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(D::TOKEN, "Get a token", Evidence::Documented)
    };
    const CACHE_CONTROL: Option<&'static str> = Some("no-store");
    type Request = (Body<Fields>, Body<ClientArguments>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), Body(client)): Self::Request) -> Result<Answer, Refusal> {
        let grant_type = fields.grant_type.ok_or_else(|| Refusal::new(ErrorType::BadRequest, "there is no grant_type"))?;
        let credentials = ClientCredentials::read(call, client)?;
        let project = D::project(call, Some(&credentials.client_id))?;
        match grant_type.as_str() {
            "client_credentials" => {
                let access_token = m2m_token::grant(call, &project, &credentials, fields.scope.as_deref())?;
                Ok(Answer { access_token, expires_in: m2m_token::EXPIRES_IN, token_type: "bearer" })
            }
            other => Err(Refusal::new(ErrorType::UnsupportedGrantType, format!("there is no grant_type {other}"))),
        }
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::ProjectNotFound,
    ErrorType::UnauthorizedCredentials,
    ErrorType::UnsupportedGrantType,
    ErrorType::OauthInvalidScopeRequested,
    ErrorType::CustomClaimsTooLarge,
];
