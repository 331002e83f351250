//! `POST /v1/webauthn/authenticate`: a passkey logs its user in. Source: the vendor's reference and the W3C's specification.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::login::{LOGIN_ERRORS, LoginAnswer, LoginSession, check_lock, fail};
use crate::api::shared::passkey::{UsedCredential, objection};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_lookup::scripted;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{UserRecord, WebauthnRegistration};
use crate::domain::webauthn::client_data::Ceremony;

/// Log in by a passkey.
pub struct Authenticate;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// What `navigator.credentials.get()` gave, as a JSON text.
    public_key_credential: String,
}

/// The user, their session, and the registration.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    #[serde(flatten)]
    login: LoginAnswer,
    webauthn_registration_id: String,
}

impl Endpoint for Authenticate {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        doors: &[Door::for_anyone_or_user("/sdk/v1/webauthn/authenticate").telling_user()],
        ..Description::new(
            Operation { name: "webauthn.authenticate", method: "POST", path: "/v1/webauthn/authenticate" },
            "Log in by a passkey",
            Evidence::Documented,
        )
    };
    type Request = ((Body<Fields>, Body<TelemetryArguments>), (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<Answer, Refusal> {
        let ((Body(fields), Body(telemetry)), (Body(session), Body(renewal))) = request;
        let used = UsedCredential::read(&fields.public_key_credential)?;
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        let project = call.project();
        let (record, (admitted, registration_id)) = project.log_in(|turn| {
            let (passkeys, text) = (project.state().passkeys.read(), &used.ended.client_data.challenge);
            let none = || refuse("no login waits for this challenge: it was used, it is over, or never was");
            let challenge = passkeys.find(Ceremony::Authenticate, text, call.now).ok_or_else(none)?;
            if let Some(objection) = objection(&used.ended, &used.data, challenge, passkeys.user_verification) {
                return Err(refuse(objection));
            }
            let missing = || {
                let reason = format!("no user has a passkey with this id for {}", challenge.domain);
                Refusal::new(ErrorType::WebauthnRegistrationNotFound, reason)
            };
            let is_it = |known: &WebauthnRegistration| {
                let credential = known.credential.as_ref();
                known.domain == challenge.domain
                    && credential.is_some_and(|credential| credential.credential_id == used.ended.credential_id)
            };
            let has = |record: &UserRecord| record.user.webauthn_registrations.iter().any(is_it);
            let record: Arc<UserRecord> = project.first_user(has).ok_or_else(missing)?;
            scripted(&record)?;
            let id = record.user.id;
            if challenge.user_id.is_some_and(|meant| meant != id) {
                return Err(refuse("the login was started for another user"));
            }
            let mut is_forged = false;
            let change = turn.change_user(&id, |record| {
                check_lock(record, call.now)?;
                session.check_owner(&record.user.id)?;
                let registration =
                    record.user.webauthn_registrations.iter_mut().find(|known| is_it(known)).ok_or_else(missing)?;
                let credential = registration.credential.as_mut().ok_or_else(missing)?;
                let client_data = &used.ended.client_data_bytes;
                if let Some(objection) = credential.objection(&used.data, &used.data_bytes, client_data, &used.signature) {
                    is_forged = true;
                    return Err(refuse(objection));
                }
                credential.sign_count = used.data.sign_count;
                registration.verified = true;
                let (user_agent, registration_id) =
                    (registration.user_agent.clone(), registration.webauthn_registration_id.clone());
                let values = [challenge.domain.as_str(), &user_agent, &registration_id.to_string()];
                let admitted = session.admit(call, record, None, factor(call, "webauthn_registration", &values))?;
                Ok((admitted, registration_id.to_string()))
            });
            let changed = match change {
                Err(refusal) if is_forged => return fail(call, turn, &id, refusal),
                change => change?,
            };
            project.state().passkeys.change(|passkeys| passkeys.use_up(text));
            Ok(changed)
        })?;
        Ok(Answer { login: LoginAnswer::new(call, record, admitted), webauthn_registration_id: registration_id })
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::InvalidPublicKeyCredential,
    ErrorType::WebauthnRegistrationNotFound,
    ErrorType::UnableToAuthWebauthnRegistration,
];

fn refuse(reason: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::new(ErrorType::UnableToAuthWebauthnRegistration, reason)
}
