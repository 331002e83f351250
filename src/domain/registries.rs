//! What operations change of a project besides its people.

use std::sync::Arc;

use super::blueprint::Blueprint;
use super::fraud::book::FraudBook;
use super::impersonation::ImpersonationTokens;
use super::registry::Registry;
use super::webauthn::passkeys::Passkeys;

/// It.
#[derive(Debug)]
pub struct Registries {
    /// What it knows of devices and addresses.
    pub fraud: Registry<FraudBook>,
    /// By what its users can be impersonated.
    pub impersonation_tokens: Registry<ImpersonationTokens>,
    /// What it asks of passkeys, and waits for.
    pub passkeys: Registry<Passkeys>,
}

impl Registries {
    /// As a project at rest has it.
    #[must_use]
    pub fn of(blueprint: &Blueprint) -> Self {
        Self {
            fraud: Registry::of(Arc::clone(&blueprint.fraud)),
            impersonation_tokens: Registry::of(Arc::clone(&blueprint.impersonation_tokens)),
            passkeys: Registry::of(Arc::clone(&blueprint.passkeys)),
        }
    }
}
