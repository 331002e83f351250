//! The answer of the two operations that tell public keys.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::project::Project;
use crate::wire::jwks::JwkBody;

/// What the real service lets clients do with its keys, as an official SDK quotes it.
pub const CACHE_CONTROL: &str = "public, max-age=900";

/// A JSON Web Key Set.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Jwks {
    /// Its keys.
    pub keys: Vec<JwkBody>,
}

/// The public key of a project.
#[must_use]
pub fn public_key(project: &Project) -> JwkBody {
    JwkBody::new(&project.signing_key(), project.environment())
}
