//! `PUT /v1/m2m/clients/{client_id}`: name, description, status, scopes, metadata. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, any_object, non_empty};
use crate::api::shared::m2m_client::{self, Answer, check_scopes};
use crate::domain::claims::merge_metadata;
use crate::domain::m2m_client::ClientStatus;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::m2m_client::M2mClientBody;

/// Update a machine client.
pub struct Update;

/// The fields of the body.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// A name for people.
    client_name: Option<String>,
    /// A description for people.
    client_description: Option<String>,
    /// `active` or `inactive`; an inactive client gets no token.
    #[serde(deserialize_with = "non_empty")]
    status: Option<String>,
    /// What the client may do from now on.
    scopes: Option<Vec<String>>,
    /// The customer's own data. Merged at its top level; `null` deletes a key.
    #[schemars(schema_with = "any_object")]
    trusted_metadata: Option<Value>,
}

const ERRORS: &[ErrorType] = &[
    ErrorType::M2mClientNotFound,
    ErrorType::InvalidM2mClientStatus,
    ErrorType::InvalidM2mClientScope,
    ErrorType::MetadataInvalidFormat,
    ErrorType::MetadataTooLarge,
    ErrorType::MetadataTooManyKeys,
];

impl Endpoint for Update {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "m2m.clients.update", method: "PUT", path: "/v1/m2m/clients/{client_id}" },
            "Update an M2M client",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let change = |client: &mut crate::domain::m2m_client::M2mClient| {
            if let Some(name) = fields.client_name {
                client.client_name = name;
            }
            if let Some(description) = fields.client_description {
                client.client_description = description;
            }
            if let Some(status) = fields.status {
                let unknown = || Refusal::new(ErrorType::InvalidM2mClientStatus, format!("there is no status {status}"));
                client.status = ClientStatus::named(&status).ok_or_else(unknown)?;
            }
            if let Some(scopes) = fields.scopes {
                check_scopes(&scopes)?;
                client.scopes = scopes;
            }
            match fields.trusted_metadata {
                None => Ok(()),
                Some(Value::Object(given)) => merge_metadata(&mut client.trusted_metadata, &given),
                Some(_) => Err(Refusal::new(ErrorType::MetadataInvalidFormat, "trusted_metadata is not an object")),
            }
        };
        m2m_client::change(call, change, |client| M2mClientBody::from(client))
    }
}
