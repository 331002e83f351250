//! What is expected: an emulator inside the process, which knows the same project by the same secret, and nobody in it.

use std::sync::Arc;

use serde_json::json;

use super::remote::address::Address;
use super::remote::client::Remote;
use super::remote::credentials::Credentials;
use crate::emulator::{Emulator, StartError};
use crate::wire::profile::WireProfile;

/// The emulator, and how it is asked.
pub struct Reference {
    /// Ends when it is dropped.
    _emulator: Emulator,
    /// A client of it.
    pub remote: Remote,
}

/// Why there is no emulator to compare with.
#[derive(Debug, thiserror::Error)]
#[error("the emulator inside this program does not start: {0}")]
pub struct NoReference(String);

impl Reference {
    /// Starts one that shows a face.
    ///
    /// # Errors
    /// If it can't listen on this machine.
    pub async fn start(credentials: Arc<Credentials>, wire: WireProfile) -> Result<Self, NoReference> {
        let seed = json!({ "projects": [{
            "project_id": credentials.project_id(),
            "secrets": [credentials.secret().reveal()],
            "rbac_policy": policy(),
        }] });
        Self::seeded(&seed.to_string(), credentials, wire).await.map_err(|error| NoReference(error.to_string()))
    }

    /// Starts one with a seed.
    ///
    /// # Errors
    /// If the seed is refused, or it can't listen on this machine.
    pub async fn seeded(seed: &str, credentials: Arc<Credentials>, wire: WireProfile) -> Result<Self, StartError> {
        let builder = Emulator::builder().seed_json(seed).wire(wire).rate_limit("off").explain(false).control(false);
        let emulator = builder.start().await?;
        let refused = |error: &dyn std::error::Error| std::io::Error::other(error.to_string());
        let address = Address::parse(&emulator.base_url()).map_err(|error| refused(&error))?;
        let remote = Remote::new(address, credentials, None).map_err(|error| refused(&error))?;
        Ok(Self { _emulator: emulator, remote })
    }
}

/// A policy that has one of everything, so that there is something to hold another project's to.
fn policy() -> serde_json::Value {
    let permissions = json!([{ "resource_id": "documents", "actions": ["read"] }]);
    json!({
        "roles": [{ "role_id": "stytch_user", "description": "everybody", "permissions": permissions }],
        "resources": [{ "resource_id": "documents", "description": "", "actions": ["read"] }],
        "scopes": [{ "scope": "read:documents", "description": "", "permissions": permissions }],
    })
}
