//! `GET …/.well-known/openid-configuration`: where everything is, for any client of `OpenID` Connect. Source: the vendor's
//! reference, but for introspection, revocation and PKCE, which it does not show there.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Dialect, Endpoint, Evidence};
use crate::api::shared::app_authorization::scope_names;
use crate::api::shared::named_project::by_path;
use crate::api::shared::oauth_endpoints::OAuthEndpoints;
use crate::domain::refusal::{ErrorType, Refusal};

/// Get the configuration.
pub struct OpenidConfiguration<D>(PhantomData<D>);

/// The keys of `OpenID` Connect Discovery.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    authorization_endpoint: String,
    code_challenge_methods_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 2],
    id_token_signing_alg_values_supported: [&'static str; 1],
    introspection_endpoint: String,
    issuer: String,
    jwks_uri: String,
    response_types_supported: [&'static str; 1],
    revocation_endpoint: String,
    scopes_supported: Vec<String>,
    subject_types_supported: [&'static str; 1],
    token_endpoint: String,
    token_endpoint_auth_methods_supported: [&'static str; 3],
    userinfo_endpoint: String,
}

impl<D: OAuthEndpoints> Endpoint for OpenidConfiguration<D> {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        project_of: Some(by_path::<D>),
        is_free: true,
        dialect: Dialect::OAuth,
        errors: &[&[ErrorType::ProjectNotFound]],
        ..Description::new(D::DISCOVERY, "Get the OpenID configuration", Evidence::Documented)
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let project = D::project(call, None)?;
        let url = |path: &str| D::url(call, &project, path);
        let own_page = project.oauth_clients().read(|clients| clients.authorization_url.clone());
        Ok(Answer {
            authorization_endpoint: own_page.unwrap_or_else(|| url(D::AUTHORIZE.path)),
            code_challenge_methods_supported: ["S256"],
            grant_types_supported: ["authorization_code", "refresh_token"],
            id_token_signing_alg_values_supported: ["RS256"],
            introspection_endpoint: url(D::INTROSPECT.path),
            issuer: D::issuer(call, &project),
            jwks_uri: url(D::JWKS),
            response_types_supported: ["code"],
            revocation_endpoint: url(D::REVOKE.path),
            scopes_supported: scope_names(&project),
            subject_types_supported: ["public"],
            token_endpoint: url(D::TOKEN.path),
            token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
            userinfo_endpoint: url(D::USERINFO.path),
        })
    }
}
