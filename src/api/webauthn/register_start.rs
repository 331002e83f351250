//! `POST /v1/webauthn/register/start`: what a browser needs to make a passkey. Source: the vendor's reference and the W3C's
//! specification.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, non_empty};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::passkey::{Encoding, challenge, check_domain, timeout};
use crate::api::shared::user_lookup;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserStatus;
use crate::domain::webauthn::client_data::Ceremony;
use crate::domain::webauthn::cose::ALGORITHMS;
use crate::domain::webauthn::passkeys::PasskeyChallenge;

/// Start to register a passkey.
pub struct RegisterStart;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The user: a Stytch id or an external id.
    user_id: String,
    /// The domain that the passkey is for: the page's, or one above.
    domain: String,
    /// The browser.
    #[serde(default)]
    user_agent: Option<String>,
    /// `platform` or `cross-platform`. Without it, either will do.
    #[serde(default, deserialize_with = "non_empty")]
    authenticator_type: Option<String>,
    /// Whether the options are for a passkey that needs no user name.
    #[serde(default)]
    return_passkey_credential_options: bool,
    /// The user's id for the authenticator, of at most 64 bytes. Without it, the `user_id`.
    #[serde(default, deserialize_with = "non_empty")]
    override_id: Option<String>,
    /// The user's name for the authenticator. Without it, an address or number of theirs.
    #[serde(default, deserialize_with = "non_empty")]
    override_name: Option<String>,
    /// The name that the authenticator shows. Without it, the name.
    #[serde(default, deserialize_with = "non_empty")]
    override_display_name: Option<String>,
    /// Whether bytes in the options are in base64url, as browsers' own methods want them. Without it, in base64 (assumed).
    #[serde(default)]
    use_base64_url_encoding: bool,
}

/// What the browser needs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// A JSON text.
    public_key_credential_creation_options: String,
    user_id: String,
}

impl Endpoint for RegisterStart {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS],
        remark: "its refusals are assumed",
        doors: &[Door::for_user("/sdk/v1/webauthn/register/start", &[Fill::UserId])],
        ..Description::new(
            Operation { name: "webauthn.registerStart", method: "POST", path: "/v1/webauthn/register/start" },
            "Start to register a passkey",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        check_domain(&fields.domain)?;
        let attachment = fields.authenticator_type.as_deref();
        if attachment.is_some_and(|kind| !["platform", "cross-platform"].contains(&kind)) {
            return Err(Refusal::new(ErrorType::InvalidAuthenticatorType, "expected platform or cross-platform"));
        }
        let record = user_lookup::user(call, &user_lookup::handle(&fields.user_id, ErrorType::InvalidUserId)?)?;
        let user = &record.user;
        if user.status == UserStatus::Pending {
            return Err(Refusal::new(ErrorType::CannotUseWebauthnWithPendingUser, format!("user {} is pending", user.id)));
        }
        let user_id = user.id.to_string();
        let handle = fields.override_id.as_deref().unwrap_or(&user_id);
        if handle.len() > 64 {
            return Err(Refusal::new(ErrorType::BadRequest, "override_id has more than 64 bytes"));
        }
        let address = user.emails.first().map(|email| email.email.to_string());
        let number = || user.phone_numbers.first().map(|phone| phone.phone_number.clone());
        let name = fields.override_name.or(address).or_else(number).unwrap_or_else(|| user_id.clone());
        let challenge = PasskeyChallenge {
            user_id: Some(user.id),
            user_agent: fields.user_agent.unwrap_or_default(),
            authenticator_type: attachment.unwrap_or_default().to_owned(),
            ..challenge(call, Ceremony::Register, &fields.domain)
        };
        let (passkeys, encoding) = (&call.project().state().passkeys, Encoding { is_url: fields.use_base64_url_encoding });
        let mut selection = json!({ "userVerification": passkeys.read().user_verification.as_str() });
        if let Some(attachment) = attachment {
            selection["authenticatorAttachment"] = json!(attachment);
        }
        if fields.return_passkey_credential_options {
            selection["residentKey"] = json!("required");
            selection["requireResidentKey"] = json!(true);
        }
        let options = json!({
            "attestation": "none",
            "authenticatorSelection": selection,
            "challenge": encoding.challenge(&challenge),
            "excludeCredentials": encoding.credentials(user, &fields.domain),
            "pubKeyCredParams": ALGORITHMS.map(|algorithm| json!({ "type": "public-key", "alg": algorithm })),
            "rp": { "id": fields.domain, "name": fields.domain },
            "timeout": timeout(),
            "user": {
                "id": encoding.write(handle.as_bytes()),
                "name": name,
                "displayName": fields.override_display_name.as_ref().unwrap_or(&name),
            },
        });
        passkeys.change(|passkeys| passkeys.issue(challenge, call.now));
        Ok(Answer { public_key_credential_creation_options: options.to_string(), user_id })
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::InvalidDomain,
    ErrorType::InvalidAuthenticatorType,
    ErrorType::InvalidUserId,
    ErrorType::UserNotFound,
    ErrorType::CannotUseWebauthnWithPendingUser,
];
