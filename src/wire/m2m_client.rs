//! The vendor's machine client, and the access token that it gets.

use chrono::TimeDelta;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::json;

use super::jwt::{Claims, issuer};
use crate::domain::JsonObject;
use crate::domain::m2m_client::M2mClient;
use crate::domain::project::Project;
use crate::domain::timestamp::Timestamp;

/// The vendor's `M2MClient`, and with a secret those that show one once.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "M2MClient")]
pub struct M2mClientBody {
    client_description: String,
    client_id: String,
    client_name: String,
    /// Shown once, when the client is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    client_secret_last_four: String,
    /// Shown once, when a rotation starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_client_secret: Option<String>,
    next_client_secret_last_four: Option<String>,
    scopes: Vec<String>,
    status: &'static str,
    #[schemars(schema_with = "any_object")]
    trusted_metadata: JsonObject,
}

fn any_object(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object" })
}

impl From<&M2mClient> for M2mClientBody {
    fn from(client: &M2mClient) -> Self {
        Self {
            client_description: client.client_description.clone(),
            client_id: client.client_id.clone(),
            client_name: client.client_name.clone(),
            client_secret: None,
            client_secret_last_four: client.secrets.current().last_four().to_owned(),
            next_client_secret: None,
            next_client_secret_last_four: client.secrets.next().map(|next| next.last_four().to_owned()),
            scopes: client.scopes.clone(),
            status: client.status.as_str(),
            trusted_metadata: client.trusted_metadata.clone(),
        }
    }
}

impl M2mClientBody {
    /// With the secret itself.
    #[must_use]
    pub fn with_secret(client: &M2mClient) -> Self {
        Self { client_secret: Some(client.secrets.current().reveal().to_owned()), ..Self::from(client) }
    }

    /// With the next secret itself, if there is one.
    #[must_use]
    pub fn with_next_secret(client: &M2mClient) -> Self {
        let next_client_secret = client.secrets.next().map(|next| next.reveal().to_owned());
        Self { next_client_secret, ..Self::from(client) }
    }
}

/// How long a machine's access token is good for. Source: the vendor's reference.
pub const ACCESS_TOKEN_LIFE: TimeDelta = TimeDelta::hours(1);

/// A machine's access token. Source of its claims: the vendor's reference.
#[must_use]
pub fn access_token(project: &Project, client_id: &str, scope: &str, custom_claims: &JsonObject, now: Timestamp) -> String {
    let issued_at = now.unix_seconds();
    let mut claims = Claims::default();
    for (name, value) in custom_claims {
        claims.set(name, value);
    }
    claims.set("aud", &json!([project.id().as_str()]));
    claims.set("exp", &json!(issued_at + ACCESS_TOKEN_LIFE.num_seconds()));
    claims.set("iat", &json!(issued_at));
    claims.set("iss", &json!(issuer(project)));
    claims.set("nbf", &json!(issued_at));
    claims.set("scope", &scope);
    claims.set("sub", &client_id);
    claims.sign(project)
}
