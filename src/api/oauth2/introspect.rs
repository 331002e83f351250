//! `POST …/oauth2/introspect`: whether a token of the app's own is good, and what it says. Source: the vendor's reference
//! and RFC 7662.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Dialect, Endpoint, Evidence};
use crate::api::serving::request::{Body, NonEmpty};
use crate::api::shared::app_token;
use crate::api::shared::client_credentials::{ClientArguments, ClientCredentials};
use crate::api::shared::named_project::by_client;
use crate::api::shared::oauth_endpoints::OAuthEndpoints;
use crate::domain::JsonObject;
use crate::domain::connected_app::ConnectedApp;
use crate::domain::id::UserHandle;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};

/// Introspect a token.
pub struct Introspect<D>(PhantomData<D>);

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// An access token or a refresh token.
    token: NonEmpty,
    /// `access_token` or `refresh_token`. Not needed: the two look different.
    #[expect(dead_code, reason = "it is declared, so that it is not said to be ignored")]
    token_type_hint: Option<String>,
}

/// What a token says, custom claims included; nothing of one that is not good.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// Whether it is good.
    active: bool,
    #[serde(flatten)]
    claims: JsonObject,
}

impl<D: OAuthEndpoints> Endpoint for Introspect<D> {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        project_of: Some(by_client::<D>),
        dialect: Dialect::OAuth,
        errors: &[&[ErrorType::ProjectNotFound, ErrorType::UnauthorizedCredentials]],
        remark: "its refusals are assumed",
        ..Description::new(D::INTROSPECT, "Introspect a token", Evidence::Documented)
    };
    const CACHE_CONTROL: Option<&'static str> = Some("no-store");
    type Request = (Body<Fields>, Body<ClientArguments>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), Body(client)): Self::Request) -> Result<Answer, Refusal> {
        let credentials = ClientCredentials::read(call, client)?;
        let project = D::project(call, Some(&credentials.client_id))?;
        let app = app_token::authenticate(&project, &credentials)?;
        let claims = access_token(call, &project, &app, &fields.token.0)
            .or_else(|| refresh_token(call, &project, &app, &fields.token.0, &D::issuer(call, &project)));
        Ok(Answer { active: claims.is_some(), claims: claims.unwrap_or_default() })
    }
}

fn access_token(call: &Call<'_>, project: &Project, app: &ConnectedApp, token: &str) -> Option<JsonObject> {
    let found = app_token::find(call, project, token).filter(|found| found.client_id == app.client_id)?;
    let mut claims = found.claims;
    claims.remove("jti");
    claims.insert("client_id".to_owned(), json!(app.client_id));
    claims.insert("token_type".to_owned(), json!("access_token"));
    Some(claims)
}

fn refresh_token(call: &Call<'_>, project: &Project, app: &ConnectedApp, token: &str, issuer: &str) -> Option<JsonObject> {
    let (user_id, scope, found) = project.oauth_clients().read(|clients| {
        let ((client_id, user_id), authorization, grant) = clients.authorizations.find(token)?;
        let found = grant.refresh_tokens.iter().find(|own| own.text == token)?;
        let is_good = *client_id == app.client_id && authorization.revoked_at.is_none() && found.check(call.now).is_ok();
        is_good.then(|| (*user_id, grant.scopes.join(" "), found.clone()))
    })?;
    project.user(&UserHandle::Stytch(user_id))?;
    let claims = json!({
        "aud": [project.id().as_str()],
        "client_id": app.client_id,
        "exp": found.expires_at.unix_seconds(),
        "iat": found.issued_at.unix_seconds(),
        "iss": issuer,
        "nbf": found.issued_at.unix_seconds(),
        "scope": scope,
        "sub": user_id,
        "token_type": "refresh_token",
    });
    match claims {
        Value::Object(claims) => Some(claims),
        _ => None,
    }
}
