//! `GET /v1/webauthn/credentials/{user_id}/{domain}`: a user's public keys for a domain. Source: the vendor's reference; that
//! ids and keys are in base64url is assumed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::shared::passkey::of_domain;
use crate::api::shared::user_lookup;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::WebauthnRegistration;

/// List a user's passkeys.
pub struct ListCredentials;

/// The passkeys whose keys are known.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    credentials: Vec<CredentialBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct CredentialBody {
    /// In base64url.
    credential_id: String,
    /// In COSE, in base64url.
    public_key: String,
    #[serde(rename = "type")]
    kind: &'static str,
    webauthn_registration_id: String,
}

impl Endpoint for ListCredentials {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserNotFound]],
        remark: "the encodings are assumed",
        ..Description::new(
            Operation { name: "webauthn.listCredentials", method: "GET", path: "/v1/webauthn/credentials/{user_id}/{domain}" },
            "List a user's passkeys",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        let record = user_lookup::user_in_path(call)?;
        let body = |registration: &WebauthnRegistration| {
            let credential = registration.credential.as_ref()?;
            Some(CredentialBody {
                credential_id: URL_SAFE_NO_PAD.encode(&credential.credential_id),
                public_key: URL_SAFE_NO_PAD.encode(&credential.public_key),
                kind: "public-key",
                webauthn_registration_id: registration.webauthn_registration_id.to_string(),
            })
        };
        let domain = call.path_value("domain").unwrap_or_default();
        Ok(Answer { credentials: of_domain(&record.user, domain).filter_map(body).collect() })
    }
}
