//! How an OAuth client proves itself: in the body, or by Basic credentials. Source: RFC 6749, section 2.3.1. An official
//! SDK sends its project's Basic credentials with every request: what the body says goes first.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::api::serving::call::Call;
use crate::api::serving::request::non_empty;
use crate::domain::client_secrets::ClientSecrets;
use crate::domain::refusal::{ErrorType, Refusal};

/// What a body says of its client.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ClientArguments {
    /// The client's id, unless it stands in Basic credentials.
    #[serde(deserialize_with = "non_empty")]
    client_id: Option<String>,
    /// The client's secret, unless it stands in Basic credentials or the client has none.
    #[serde(deserialize_with = "non_empty")]
    client_secret: Option<String>,
}

/// Who a client says that it is, and what it says to prove it.
pub struct ClientCredentials {
    /// Its id.
    pub client_id: String,
    /// What may be its secret; in Basic credentials some clients escape it, some do not.
    secrets: Vec<String>,
}

impl ClientCredentials {
    /// The credentials of a request.
    ///
    /// # Errors
    /// `unauthorized_credentials` if there are none.
    pub fn read(call: &Call<'_>, arguments: ClientArguments) -> Result<Self, Refusal> {
        let ClientArguments { client_id, client_secret } = arguments;
        let header = call.authorization("basic").and_then(decode);
        match (client_id, client_secret, header) {
            (Some(client_id), Some(secret), _) => Ok(Self { client_id, secrets: vec![secret] }),
            (Some(client_id), None, Some((id, secret))) if unescaped(&id) == client_id => Ok(Self::basic(client_id, secret)),
            (Some(client_id), None, _) => Ok(Self { client_id, secrets: Vec::new() }),
            (None, None, Some((id, secret))) => Ok(Self::basic(unescaped(&id), secret)),
            (None, _, _) => Err(unproved("neither the body nor Basic credentials name a client")),
        }
    }

    fn basic(client_id: String, secret: String) -> Self {
        let mut secrets = vec![unescaped(&secret)];
        if secrets[0] != secret {
            secrets.push(secret);
        }
        // of a client without a secret nothing stands behind the colon
        secrets.retain(|secret| !secret.is_empty());
        Self { client_id, secrets }
    }

    /// Whether they prove a client with these secrets. Every one is compared.
    #[must_use]
    pub fn prove(&self, secrets: &ClientSecrets) -> bool {
        self.secrets.iter().fold(false, |proved, secret| proved | secrets.is_proved_by(secret.as_bytes()))
    }
}

/// The client that a request names, whether it proves that or not.
#[must_use]
pub fn named_client(call: &Call<'_>) -> Option<String> {
    let in_body = call.body().get("client_id").and_then(Value::as_str).filter(|id| !id.is_empty());
    let in_header = || Some(unescaped(&call.authorization("basic").and_then(decode)?.0));
    in_body.map(str::to_owned).or_else(in_header)
}

/// The refusal of a client that did not prove itself.
#[must_use]
pub fn unproved(reason: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::new(ErrorType::UnauthorizedCredentials, reason)
}

fn decode(encoded: &str) -> Option<(String, String)> {
    let credentials = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    credentials.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}

fn unescaped(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
