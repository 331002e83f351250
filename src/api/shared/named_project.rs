//! The project that a request names which nobody's secret lets in: its faults strike there, and its bucket pays. `None` where
//! the operation itself will say what is missing.

use std::sync::Arc;

use super::app_token;
use super::client_credentials::named_client;
use super::oauth_endpoints::OAuthEndpoints;
use crate::api::serving::call::Call;
use crate::api::serving::query::Parameter;
use crate::domain::project::Project;

/// By the path, or else the first one.
#[must_use]
pub fn by_path<D: OAuthEndpoints>(call: &Call<'_>) -> Option<Arc<Project>> {
    D::project(call, None).ok()
}

/// By the OAuth client that asks.
#[must_use]
pub fn by_client<D: OAuthEndpoints>(call: &Call<'_>) -> Option<Arc<Project>> {
    D::project(call, named_client(call).as_deref()).ok()
}

/// By the OAuth client that sent the browser.
#[must_use]
pub fn by_query<D: OAuthEndpoints>(call: &Call<'_>) -> Option<Arc<Project>> {
    D::project(call, parameter(call, "client_id").as_deref()).ok()
}

/// By the access token, if there are several projects to choose from.
#[must_use]
pub fn by_access_token<D: OAuthEndpoints>(call: &Call<'_>) -> Option<Arc<Project>> {
    let mut candidates = D::candidates(call).ok()?;
    if candidates.len() > 1 {
        let in_body = || call.body().get("access_token")?.as_str();
        let token = call.authorization("bearer").or_else(in_body).unwrap_or_default();
        let place = candidates.iter().position(|project| app_token::find(call, project, token).is_some());
        candidates.swap(0, place.unwrap_or_default());
    }
    candidates.into_iter().next()
}

/// By the public token.
#[must_use]
pub fn by_public_token(call: &Call<'_>) -> Option<Arc<Project>> {
    call.world.project_by_public_token(&parameter(call, "public_token")?)
}

/// By the id in the path, which is not one of OAuth's.
#[must_use]
pub fn by_id(call: &Call<'_>) -> Option<Arc<Project>> {
    call.world.project(call.path_value("project_id")?)
}

fn parameter(call: &Call<'_>, name: &str) -> Option<String> {
    match call.parameter(name) {
        Parameter::Once(value) => Some(value.into_owned()),
        _ => None,
    }
}
