//! The OAuth endpoints of a project, by two ways: by the project's id, and as on a domain of its own. Source: the vendor's
//! reference. A local emulator has no such domain: its own address stands for it, and the client or the token says whose
//! it is. As there, the way decides who the issuer of a token is.

use std::sync::Arc;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::Operation;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::jwt;

/// A way to the OAuth endpoints.
pub trait OAuthEndpoints {
    /// Where tokens are.
    const TOKEN: Operation;
    /// Where a token is asked about.
    const INTROSPECT: Operation;
    /// Where a token is taken back.
    const REVOKE: Operation;
    /// Where a token shows whom it is about.
    const USERINFO: Operation;
    /// The same, by a POST.
    const USERINFO_POST: Operation;
    /// The page of consent.
    const AUTHORIZE: Operation;
    /// What there is, for any client of `OpenID` Connect.
    const DISCOVERY: Operation;
    /// Where the project's keys are.
    const JWKS: &'static str;

    /// The projects that may be meant.
    ///
    /// # Errors
    /// `project_not_found`.
    fn candidates(call: &Call<'_>) -> Result<Vec<Arc<Project>>, Refusal>;

    /// `iss` of the tokens that are got here.
    fn issuer(call: &Call<'_>, project: &Project) -> String;

    /// Where a path is, as a client sees it.
    fn url(call: &Call<'_>, project: &Project, path: &str) -> String {
        format!("{}{}", call.base_url(), path.replace("{project_id}", project.id().as_str()))
    }

    /// The project that is meant by who asks.
    ///
    /// # Errors
    /// `project_not_found`.
    fn project(call: &Call<'_>, client_id: Option<&str>) -> Result<Arc<Project>, Refusal> {
        let candidates = Self::candidates(call)?;
        let has = |project: &&Arc<Project>| client_id.is_some_and(|id| project.oauth_clients().read(|clients| clients.has(id)));
        let meant = candidates.iter().find(has).or(candidates.first());
        meant.cloned().ok_or_else(|| Refusal::new(ErrorType::ProjectNotFound, "the seed has no project"))
    }
}

/// By the id of the project.
pub struct ByProjectId;

/// As on a domain of the project's own.
pub struct ByDomain;

macro_rules! operations {
    ($($constant:ident $name:literal $method:literal $path:literal)*) => {
        $(const $constant: Operation = Operation { name: $name, method: $method, path: $path };)*
    };
}

impl OAuthEndpoints for ByProjectId {
    operations! {
        TOKEN "m2m.token" "POST" "/v1/public/{project_id}/oauth2/token"
        INTROSPECT "idp.introspectTokenNetwork" "POST" "/v1/public/{project_id}/oauth2/introspect"
        REVOKE "oauth2.revoke" "POST" "/v1/public/{project_id}/oauth2/revoke"
        USERINFO "oauth2.userinfo" "GET" "/v1/public/{project_id}/oauth2/userinfo"
        USERINFO_POST "oauth2.userinfo (post)" "POST" "/v1/public/{project_id}/oauth2/userinfo"
        AUTHORIZE "oauth2.authorize" "GET" "/v1/public/{project_id}/oauth2/authorize"
        DISCOVERY "oauth2.openidConfiguration" "GET" "/v1/public/{project_id}/.well-known/openid-configuration"
    }
    const JWKS: &'static str = "/v1/sessions/jwks/{project_id}";

    fn candidates(call: &Call<'_>) -> Result<Vec<Arc<Project>>, Refusal> {
        let id = call.path_value("project_id").unwrap_or_default();
        let missing = || Refusal::new(ErrorType::ProjectNotFound, format!("no project {id} is seeded"));
        call.world.project(id).map(|project| vec![project]).ok_or_else(missing)
    }

    fn issuer(_: &Call<'_>, project: &Project) -> String {
        jwt::issuer(project)
    }
}

impl OAuthEndpoints for ByDomain {
    operations! {
        TOKEN "m2m.token (custom domain)" "POST" "/v1/oauth2/token"
        INTROSPECT "idp.introspectTokenNetwork (custom domain)" "POST" "/v1/oauth2/introspect"
        REVOKE "oauth2.revoke (custom domain)" "POST" "/v1/oauth2/revoke"
        USERINFO "oauth2.userinfo (custom domain)" "GET" "/v1/oauth2/userinfo"
        USERINFO_POST "oauth2.userinfo (post custom domain)" "POST" "/v1/oauth2/userinfo"
        AUTHORIZE "oauth2.authorize (custom domain)" "GET" "/v1/oauth2/authorize"
        DISCOVERY "oauth2.openidConfiguration (custom domain)" "GET" "/.well-known/openid-configuration"
    }
    const JWKS: &'static str = "/.well-known/jwks.json";

    fn candidates(call: &Call<'_>) -> Result<Vec<Arc<Project>>, Refusal> {
        Ok(call.world.projects())
    }

    fn issuer(call: &Call<'_>, _: &Project) -> String {
        call.base_url()
    }
}
