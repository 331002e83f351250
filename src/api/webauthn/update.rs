//! `PUT /v1/webauthn/{webauthn_registration_id}`: gives a passkey a name. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::user_lookup::scripted;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{UserRecord, WebauthnRegistration};

/// Name a passkey.
pub struct Update;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The name.
    name: String,
}

/// The passkey.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    webauthn_registration: RegistrationBody,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct RegistrationBody {
    authenticator_type: String,
    domain: String,
    name: String,
    user_agent: String,
    verified: bool,
    webauthn_registration_id: String,
}

impl Endpoint for Update {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::EmptyWebauthnRegistrationName, ErrorType::WebauthnRegistrationNotFound]],
        remark: "its refusals are assumed",
        doors: &[Door::for_user("/sdk/v1/webauthn/update/{webauthn_registration_id}", &[])],
        ..Description::new(
            Operation { name: "webauthn.update", method: "PUT", path: "/v1/webauthn/{webauthn_registration_id}" },
            "Name a passkey",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        if fields.name.is_empty() {
            return Err(Refusal::new(ErrorType::EmptyWebauthnRegistrationName, "name is empty"));
        }
        let id = call.path_value("webauthn_registration_id").unwrap_or_default();
        let is_it = |known: &WebauthnRegistration| known.webauthn_registration_id == *id;
        let missing = || Refusal::new(ErrorType::WebauthnRegistrationNotFound, "no user has a passkey with this id");
        let is_theirs = |record: &UserRecord| call.session_user().is_none_or(|user| *user == record.user.id);
        let has_it = |record: &UserRecord| is_theirs(record) && record.user.webauthn_registrations.iter().any(is_it);
        let owner = call.project().first_user(has_it).ok_or_else(missing)?;
        scripted(&owner)?;
        let (_, named) = call.project().change_user(&owner.user.id, |record| {
            let registration = record.user.webauthn_registrations.iter_mut().find(|known| is_it(known)).ok_or_else(missing)?;
            registration.name.clone_from(&fields.name);
            Ok(registration.clone())
        })?;
        let webauthn_registration = RegistrationBody {
            authenticator_type: named.authenticator_type,
            domain: named.domain,
            name: named.name,
            user_agent: named.user_agent,
            verified: named.verified,
            webauthn_registration_id: named.webauthn_registration_id.to_string(),
        };
        Ok(Answer { webauthn_registration })
    }
}
