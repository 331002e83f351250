//! The token of a machine client. Source: the vendor's reference.

use serde_json::{Value, json};

use super::client_credentials::{ClientCredentials, unproved};
use crate::api::serving::call::Call;
use crate::domain::JsonObject;
use crate::domain::claims::merge_claims;
use crate::domain::claims_template::render;
use crate::domain::m2m_client::{ClientStatus, M2mClient};
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::m2m_client::{ACCESS_TOKEN_LIFE, access_token};

/// How many seconds a token is good for.
pub const EXPIRES_IN: i64 = ACCESS_TOKEN_LIFE.num_seconds();

/// A token for a client that proves itself, with the scopes that it asks for or all of its own.
///
/// # Errors
/// `unauthorized_credentials`, `oauth_invalid_scope_requested`.
pub fn grant(
    call: &Call<'_>,
    project: &Project,
    credentials: &ClientCredentials,
    scope: Option<&str>,
) -> Result<String, Refusal> {
    let id = &credentials.client_id;
    let (client, template) = project.oauth_clients().read(|clients| {
        let client = clients.m2m_clients.get(id).ok_or_else(|| unproved(format!("no M2M client {id} in this project")))?;
        if !credentials.prove(&client.secrets) {
            return Err(unproved(format!("this is no secret of M2M client {id}")));
        }
        Ok((client.clone(), clients.m2m_claims_template.clone()))
    })?;
    if client.status == ClientStatus::Inactive {
        return Err(unproved(format!("M2M client {id} is inactive")));
    }
    let asked: Vec<&str> = scope.unwrap_or_default().split_whitespace().collect();
    if let Some(foreign) = asked.iter().find(|asked| !client.scopes.iter().any(|own| own == *asked)) {
        let reason = format!("{foreign} is none of the scopes of M2M client {id}: {}", client.scopes.join(" "));
        return Err(Refusal::new(ErrorType::OauthInvalidScopeRequested, reason));
    }
    let scope = if asked.is_empty() { client.scopes.join(" ") } else { asked.join(" ") };
    let custom_claims = custom_claims(call, &client, template.as_deref())?;
    Ok(access_token(project, id, &scope, &custom_claims, call.now))
}

/// The claims that the project's template makes for a client, out of what the client is and what the request says.
fn custom_claims(call: &Call<'_>, client: &M2mClient, template: Option<&str>) -> Result<JsonObject, Refusal> {
    let mut claims = JsonObject::new();
    let Some(template) = template else { return Ok(claims) };
    let mut request = call.body().clone();
    request.retain(|name, _| !["client_id", "client_secret", "grant_type", "scope"].contains(&name.as_str()));
    let known = json!({
        "client": {
            "client_id": client.client_id,
            "client_name": client.client_name,
            "client_description": client.client_description,
            "scopes": client.scopes,
            "trusted_metadata": client.trusted_metadata,
        },
        "request": request,
    });
    let Value::Object(known) = known else { return Ok(claims) };
    let broken = |error| Refusal::new(ErrorType::InternalServerError, format!("the seed's m2m_claims_template: {error}"));
    merge_claims(&mut claims, &render(template, &known).map_err(broken)?)?;
    Ok(claims)
}
