//! Public keys on the wire. Source: the vendor's schema, which requires all nine keys of a JWK and spells `x5tS256`
//! without the `#` of RFC 7517.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::id::Environment;
use crate::domain::signing_key::SigningKey;

/// One key of a JWKS.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Key")]
pub struct JwkBody {
    pub alg: &'static str,
    pub e: String,
    pub key_ops: [&'static str; 1],
    pub kid: String,
    pub kty: &'static str,
    pub n: String,
    #[serde(rename = "use")]
    pub key_use: &'static str,
    /// Empty, or a real certificate of the key: some validators take the key from it.
    pub x5c: Vec<String>,
    #[serde(rename = "x5tS256")]
    pub thumbprint: String,
}

impl JwkBody {
    /// The public half of a key.
    #[must_use]
    pub fn new(key: &SigningKey, environment: Environment) -> Self {
        Self {
            alg: "RS256",
            e: key.exponent(),
            key_ops: ["verify"],
            kid: key.kid(environment),
            kty: "RSA",
            n: key.modulus(),
            key_use: "sig",
            thumbprint: key.thumbprint(),
            x5c: key.certificate().into_iter().collect(),
        }
    }
}
