//! `POST /v1/m2m/clients`: a new machine client, with an id and a secret of its own or brought along. Source: the
//! vendor's reference; its refusals are assumed.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, any_object, non_empty};
use crate::api::shared::m2m_client::{Answer, check_scopes};
use crate::domain::JsonObject;
use crate::domain::claims::merge_metadata;
use crate::domain::client_secrets::ClientSecrets;
use crate::domain::login_token::token_text;
use crate::domain::m2m_client::{ClientStatus, M2mClient, is_client_id};
use crate::domain::password_strength::StrengthPolicy;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::secret::Secret;
use crate::wire::m2m_client::M2mClientBody;

/// Create a machine client.
pub struct Create;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// What the client may do.
    scopes: Vec<String>,
    /// An id to bring along; made without it.
    #[serde(default, deserialize_with = "non_empty")]
    client_id: Option<String>,
    /// A secret to bring along, of 8 characters or more and hard to guess; made without it.
    #[serde(default, deserialize_with = "non_empty")]
    client_secret: Option<String>,
    /// A name for people.
    client_name: Option<String>,
    /// A description for people.
    client_description: Option<String>,
    /// The customer's own data.
    #[serde(default)]
    #[schemars(schema_with = "any_object")]
    trusted_metadata: Option<Value>,
}

/// The fewest characters of a secret that is brought along. Source: the vendor's reference.
const MIN_SECRET: usize = 8;

/// The most bytes of one (assumed): judging it takes longer the longer it is.
const MAX_SECRET: usize = 128;

const ERRORS: &[ErrorType] = &[
    ErrorType::M2mClientInvalidClientId,
    ErrorType::M2mClientInvalidClientSecret,
    ErrorType::InsecureM2mClientSecret,
    ErrorType::InvalidM2mClientScope,
    ErrorType::DuplicateM2mClientId,
    ErrorType::MetadataInvalidFormat,
    ErrorType::MetadataTooLarge,
    ErrorType::MetadataTooManyKeys,
];

impl Endpoint for Create {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS],
        is_slow: true,
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "m2m.clients.create", method: "POST", path: "/v1/m2m/clients" },
            "Create an M2M client",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        check_scopes(&fields.scopes)?;
        if let Some(id) = fields.client_id.as_ref().filter(|id| !is_client_id(id)) {
            let reason = format!("client_id {id:?} is not 1 to 128 of letters, digits, -, ., _, ~, | and @");
            return Err(Refusal::new(ErrorType::M2mClientInvalidClientId, reason));
        }
        let secret = fields.client_secret.as_deref().map(|secret| checked(call, secret)).transpose()?;
        let mut trusted_metadata = JsonObject::new();
        match fields.trusted_metadata {
            None => {}
            Some(Value::Object(given)) => merge_metadata(&mut trusted_metadata, &given)?,
            Some(_) => return Err(Refusal::new(ErrorType::MetadataInvalidFormat, "trusted_metadata is not an object")),
        }
        let project = call.project();
        let (new_id, new_secret) =
            call.entropy.ids(|ids| (ids.object_id("m2m-client", project.environment()).to_string(), token_text(ids.bytes())));
        let client = M2mClient {
            client_id: fields.client_id.unwrap_or(new_id),
            secrets: ClientSecrets::new(secret.or_else(|| Secret::parse(&new_secret)).expect("a made secret is one"), None),
            client_name: fields.client_name.unwrap_or_default(),
            client_description: fields.client_description.unwrap_or_default(),
            status: ClientStatus::Active,
            scopes: fields.scopes,
            trusted_metadata,
        };
        let m2m_client = M2mClientBody::with_secret(&client);
        project.oauth_clients().change(|clients| {
            let id = client.client_id.clone();
            if clients.m2m_clients.add(client) {
                return Ok(Answer { m2m_client });
            }
            Err(Refusal::new(ErrorType::DuplicateM2mClientId, format!("there is an M2M client {id} already")))
        })
    }
}

/// A secret that was brought along, if it is good enough.
fn checked(call: &Call<'_>, secret: &str) -> Result<Secret, Refusal> {
    if secret.chars().count() < MIN_SECRET || secret.len() > MAX_SECRET {
        let reason = format!("client_secret is not {MIN_SECRET} to {MAX_SECRET} characters long");
        return Err(Refusal::new(ErrorType::M2mClientInvalidClientSecret, reason));
    }
    if !StrengthPolicy::default().check(secret, false, call.now).valid_password {
        let reason = "client_secret is easy to guess: zxcvbn gives it less than 3";
        return Err(Refusal::new(ErrorType::InsecureM2mClientSecret, reason));
    }
    Ok(Secret::parse(secret).expect("it is not empty"))
}
