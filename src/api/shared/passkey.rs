//! What browsers send of passkeys, and what they are asked.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::serving::call::Call;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{User, WebauthnRegistration};
use crate::domain::webauthn::attestation::Attestation;
use crate::domain::webauthn::authenticator_data::AuthenticatorData;
use crate::domain::webauthn::client_data::{Ceremony, ClientData, is_domain, read_base64};
use crate::domain::webauthn::passkeys::{PasskeyChallenge, UserVerification, lifetime};

/// The most bytes of what a browser sends.
const MAX_BYTES: usize = 64 << 10;

/// A credential as a browser writes it.
#[derive(Debug, Deserialize)]
struct CredentialJson {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    response: ResponseJson,
}

#[derive(Debug, Deserialize)]
struct ResponseJson {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    #[serde(rename = "attestationObject")]
    attestation: Option<String>,
    #[serde(rename = "authenticatorData")]
    authenticator_data: Option<String>,
    signature: Option<String>,
}

/// What either ceremony ends with.
#[derive(Debug)]
pub struct Ended {
    /// The credential's id.
    pub credential_id: Vec<u8>,
    /// What the browser says, as it came.
    pub client_data_bytes: Vec<u8>,
    /// The same, read.
    pub client_data: ClientData,
}

/// A credential that was made.
#[derive(Debug)]
pub struct MadeCredential {
    pub ended: Ended,
    pub attestation: Attestation,
}

/// A credential that was used.
#[derive(Debug)]
pub struct UsedCredential {
    pub ended: Ended,
    /// What the authenticator says, as it came.
    pub data_bytes: Vec<u8>,
    /// The same, read.
    pub data: AuthenticatorData,
    pub signature: Vec<u8>,
}

fn malformed(what: &str) -> Refusal {
    Refusal::new(ErrorType::InvalidPublicKeyCredential, format!("public_key_credential: {what}"))
}

fn read(text: &str) -> Result<(Ended, ResponseJson), Refusal> {
    if text.len() > MAX_BYTES {
        return Err(malformed("it is longer than 64 KiB"));
    }
    let credential: CredentialJson = serde_json::from_str(text).map_err(|error| malformed(&error.to_string()))?;
    if credential.kind != "public-key" {
        return Err(malformed("its type is not public-key"));
    }
    let credential_id = bytes("id", Some(&credential.id))?;
    let client_data_bytes = bytes("response.clientDataJSON", Some(&credential.response.client_data))?;
    let client_data =
        ClientData::read(&client_data_bytes).ok_or_else(|| malformed("response.clientDataJSON is of another form"))?;
    Ok((Ended { credential_id, client_data_bytes, client_data }, credential.response))
}

fn bytes(name: &str, text: Option<&String>) -> Result<Vec<u8>, Refusal> {
    let bytes = text.and_then(|text| read_base64(text)).filter(|bytes| !bytes.is_empty());
    bytes.ok_or_else(|| malformed(&format!("{name} is missing, or not base64url")))
}

impl MadeCredential {
    /// Reads what `navigator.credentials.create()` gave.
    ///
    /// # Errors
    /// `invalid_public_key_credential`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let (ended, response) = read(text)?;
        let attestation = Attestation::read(&bytes("response.attestationObject", response.attestation.as_ref())?);
        let wrong = || malformed("response.attestationObject is of another form, or its key is none of ES256, EdDSA and RS256");
        Ok(Self { ended, attestation: attestation.ok_or_else(wrong)? })
    }
}

impl UsedCredential {
    /// Reads what `navigator.credentials.get()` gave.
    ///
    /// # Errors
    /// `invalid_public_key_credential`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let (ended, response) = read(text)?;
        let data_bytes = bytes("response.authenticatorData", response.authenticator_data.as_ref())?;
        let data =
            AuthenticatorData::read(&data_bytes).ok_or_else(|| malformed("response.authenticatorData is of another form"))?;
        Ok(Self { ended, data_bytes, data, signature: bytes("response.signature", response.signature.as_ref())? })
    }
}

/// Insists on a domain's form.
///
/// # Errors
/// `invalid_domain`.
pub fn check_domain(domain: &str) -> Result<(), Refusal> {
    let wrong = || Refusal::new(ErrorType::InvalidDomain, "expected a host's name such as example.com, without scheme and port");
    is_domain(domain).then_some(()).ok_or_else(wrong)
}

/// A new challenge.
#[must_use]
pub fn challenge(call: &Call<'_>, ceremony: Ceremony, domain: &str) -> PasskeyChallenge {
    let random: [u8; 32] = call.entropy.bytes();
    PasskeyChallenge {
        ceremony,
        challenge: URL_SAFE_NO_PAD.encode(random),
        user_id: None,
        domain: domain.to_owned(),
        user_agent: String::new(),
        authenticator_type: String::new(),
        expires_at: call.now.saturating_add(lifetime()),
    }
}

/// How bytes are written in options: base64, unless browsers are to read them on their own.
#[derive(Debug, Clone, Copy)]
pub struct Encoding {
    /// Whether they are.
    pub is_url: bool,
}

impl Encoding {
    /// Writes bytes.
    #[must_use]
    pub fn write(self, bytes: &[u8]) -> String {
        if self.is_url { URL_SAFE_NO_PAD.encode(bytes) } else { STANDARD.encode(bytes) }
    }

    /// Writes a challenge.
    #[must_use]
    pub fn challenge(self, challenge: &PasskeyChallenge) -> String {
        self.write(&read_base64(&challenge.challenge).unwrap_or_default())
    }

    /// The user's credentials for a domain, as options name them.
    #[must_use]
    pub fn credentials(self, user: &User, domain: &str) -> Vec<Value> {
        let credentials = of_domain(user, domain).filter_map(|registration| registration.credential.as_ref());
        credentials.map(|credential| json!({ "type": "public-key", "id": self.write(&credential.credential_id) })).collect()
    }
}

/// How long browsers wait, in milliseconds.
#[must_use]
pub fn timeout() -> i64 {
    lifetime().num_milliseconds()
}

/// A user's registrations for a domain.
pub fn of_domain<'a>(user: &'a User, domain: &'a str) -> impl Iterator<Item = &'a WebauthnRegistration> {
    user.webauthn_registrations.iter().filter(move |registration| registration.domain == domain)
}

/// What speaks against the end of a ceremony.
#[must_use]
pub fn objection(
    ended: &Ended,
    data: &AuthenticatorData,
    challenge: &PasskeyChallenge,
    user_verification: UserVerification,
) -> Option<String> {
    let by_browser = ended.client_data.objection(challenge.ceremony, &challenge.domain);
    let needs_verification = user_verification == UserVerification::Required;
    by_browser.or_else(|| data.objection(&challenge.domain, needs_verification).map(str::to_owned))
}
