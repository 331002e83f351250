//! `POST /v1/webauthn/register`: a passkey that a browser made becomes one of its user's, and logs them in. Source: the
//! vendor's reference and the W3C's specification.

use ring::digest::{SHA256, digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::login::{LOGIN_ERRORS, LoginAnswer, LoginSession, check_lock};
use crate::api::shared::passkey::{MadeCredential, objection, of_domain};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_lookup;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::WebauthnRegistration;
use crate::domain::webauthn::client_data::Ceremony;
use crate::domain::webauthn::credential::PasskeyCredential;

/// Register a passkey.
pub struct Register;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The user for whom it was started: a Stytch id or an external id.
    user_id: String,
    /// What `navigator.credentials.create()` gave, as a JSON text.
    public_key_credential: String,
}

/// The user, their session, and the registration.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    #[serde(flatten)]
    login: LoginAnswer,
    webauthn_registration_id: String,
}

/// The most registrations of a user for a domain (assumed).
const MAX_REGISTRATIONS: usize = 100;

impl Endpoint for Register {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        remark: "its refusals are assumed but for invalid_public_key_credential and user_not_found",
        doors: &[Door::for_user("/sdk/v1/webauthn/register", &[Fill::UserId, Fill::SessionToken]).telling_user()],
        ..Description::new(
            Operation { name: "webauthn.register", method: "POST", path: "/v1/webauthn/register" },
            "Register a passkey",
            Evidence::Documented,
        )
    };
    type Request = ((Body<Fields>, Body<TelemetryArguments>), (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<Answer, Refusal> {
        let ((Body(fields), Body(telemetry)), (Body(session), Body(renewal))) = request;
        let made = MadeCredential::read(&fields.public_key_credential)?;
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        let project = call.project();
        let id = user_lookup::user(call, &user_lookup::handle(&fields.user_id, ErrorType::InvalidUserId)?)?.user.id;
        let (record, (admitted, registration_id)) = project.log_in(|turn| {
            let (passkeys, text) = (project.state().passkeys.read(), &made.ended.client_data.challenge);
            let none = || {
                let reason = "no registration of this user waits for this challenge: it was used, it is over, or never was";
                Refusal::new(ErrorType::NoPendingWebauthnRegistration, reason)
            };
            let challenge = passkeys.find(Ceremony::Register, text, call.now).filter(|known| known.user_id == Some(id));
            let challenge = challenge.ok_or_else(none)?;
            let data = &made.attestation.data;
            let wrong = |reason: String| Refusal::new(ErrorType::UnableToRegisterWebauthnRegistration, reason);
            let credential = data.credential.as_ref().filter(|credential| credential.id == made.ended.credential_id);
            let credential =
                credential.ok_or_else(|| wrong("the authenticator tells of no credential, or of another".to_owned()))?;
            let hash = digest(&SHA256, &made.ended.client_data_bytes);
            let objection = objection(&made.ended, data, challenge, passkeys.user_verification)
                .or_else(|| made.attestation.objection(credential, hash.as_ref()));
            if let Some(objection) = objection {
                return Err(wrong(objection));
            }
            if is_known(project, &credential.id) {
                return Err(Refusal::new(ErrorType::DuplicateWebauthnRegistration, "the credential is registered already"));
            }
            let changed = turn.change_user(&id, |record| {
                check_lock(record, call.now)?;
                session.check_owner(&record.user.id)?;
                if of_domain(&record.user, &challenge.domain).count() >= MAX_REGISTRATIONS {
                    let reason = format!("the user has {MAX_REGISTRATIONS} registrations for {}", challenge.domain);
                    return Err(Refusal::new(ErrorType::TooManyUserRegistrationsForDomain, reason));
                }
                let registration_id = call.entropy.ids(|ids| ids.object_id("webauthn-registration", project.environment()));
                let kept = PasskeyCredential {
                    credential_id: credential.id.clone(),
                    public_key: credential.public_key.clone(),
                    sign_count: data.sign_count,
                };
                record.user.webauthn_registrations.push(WebauthnRegistration {
                    webauthn_registration_id: registration_id.clone(),
                    domain: challenge.domain.clone(),
                    user_agent: challenge.user_agent.clone(),
                    authenticator_type: challenge.authenticator_type.clone(),
                    name: String::new(),
                    verified: true,
                    credential: Some(Box::new(kept)),
                });
                let values = [challenge.domain.as_str(), &challenge.user_agent, &registration_id.to_string()];
                let admitted = session.admit(call, record, None, factor(call, "webauthn_registration", &values))?;
                Ok((admitted, registration_id.to_string()))
            })?;
            project.state().passkeys.change(|passkeys| passkeys.use_up(text));
            Ok(changed)
        })?;
        Ok(Answer { login: LoginAnswer::new(call, record, admitted), webauthn_registration_id: registration_id })
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::InvalidPublicKeyCredential,
    ErrorType::InvalidUserId,
    ErrorType::UserNotFound,
    ErrorType::NoPendingWebauthnRegistration,
    ErrorType::UnableToRegisterWebauthnRegistration,
    ErrorType::DuplicateWebauthnRegistration,
    ErrorType::TooManyUserRegistrationsForDomain,
];

fn is_known(project: &Project, credential_id: &[u8]) -> bool {
    let has = |registration: &WebauthnRegistration| {
        registration.credential.as_ref().is_some_and(|credential| credential.credential_id == credential_id)
    };
    project.first_user(|record| record.user.webauthn_registrations.iter().any(has)).is_some()
}
