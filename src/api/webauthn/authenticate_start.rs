//! `POST /v1/webauthn/authenticate/start`: what a browser needs to use a passkey. Source: the vendor's reference and the W3C's
//! specification.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, non_empty};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::passkey::{Encoding, challenge, check_domain, timeout};
use crate::api::shared::user_lookup;
use crate::domain::id::UserId;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::webauthn::client_data::Ceremony;
use crate::domain::webauthn::passkeys::PasskeyChallenge;

/// Start a login by a passkey.
pub struct AuthenticateStart;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The domain that the passkey is for.
    domain: String,
    /// The user: a Stytch id or an external id. Without it, whoever has a passkey.
    #[serde(default, deserialize_with = "non_empty")]
    user_id: Option<String>,
    /// Whether the options are for a passkey. They are the same (assumed).
    #[serde(default)]
    #[expect(dead_code, reason = "it is declared, and the options are the same")]
    return_passkey_credential_options: bool,
    /// Whether bytes in the options are in base64url, as browsers' own methods want them. Without it, in base64 (assumed).
    #[serde(default)]
    use_base64_url_encoding: bool,
}

/// What the browser needs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// A JSON text.
    public_key_credential_request_options: String,
    /// Empty if the request names no user.
    user_id: String,
}

impl Endpoint for AuthenticateStart {
    const DESCRIPTION: Description = Description {
        errors: &[&[
            ErrorType::InvalidDomain,
            ErrorType::InvalidUserId,
            ErrorType::UserNotFound,
            ErrorType::NoActiveWebauthnRegistrations,
        ]],
        remark: "its refusals are assumed",
        doors: &[
            Door::for_anyone("/sdk/v1/webauthn/authenticate/start/primary"),
            Door::for_user("/sdk/v1/webauthn/authenticate/start/secondary", &[Fill::UserId]),
        ],
        ..Description::new(
            Operation { name: "webauthn.authenticateStart", method: "POST", path: "/v1/webauthn/authenticate/start" },
            "Start a login by a passkey",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        check_domain(&fields.domain)?;
        let (passkeys, encoding) = (&call.project().state().passkeys, Encoding { is_url: fields.use_base64_url_encoding });
        let (user_id, allowed): (Option<UserId>, Vec<Value>) = match &fields.user_id {
            Some(named) => {
                let record = user_lookup::user(call, &user_lookup::handle(named, ErrorType::InvalidUserId)?)?;
                let allowed = encoding.credentials(&record.user, &fields.domain);
                if allowed.is_empty() {
                    let reason = format!("user {} has no passkey for {} that can be checked", record.user.id, fields.domain);
                    return Err(Refusal::new(ErrorType::NoActiveWebauthnRegistrations, reason));
                }
                (Some(record.user.id), allowed)
            }
            None => (None, Vec::new()),
        };
        let challenge = PasskeyChallenge { user_id, ..challenge(call, Ceremony::Authenticate, &fields.domain) };
        let options = json!({
            "allowCredentials": allowed,
            "challenge": encoding.challenge(&challenge),
            "rpId": fields.domain,
            "timeout": timeout(),
            "userVerification": passkeys.read().user_verification.as_str(),
        });
        passkeys.change(|passkeys| passkeys.issue(challenge, call.now));
        let user_id = user_id.map(|id| id.to_string()).unwrap_or_default();
        Ok(Answer { public_key_credential_request_options: options.to_string(), user_id })
    }
}
