//! What operations change of a project besides its users.

use std::sync::Arc;

use super::copy_on_write::CopyOnWrite;
use super::fraud::book::FraudBook;
use super::frozen_project::FrozenProject;
use super::impersonation::ImpersonationTokens;
use super::webauthn::passkeys::Passkeys;

/// The parts that can change.
#[derive(Debug)]
pub struct ProjectState {
    /// What it knows of devices and addresses.
    pub fraud: CopyOnWrite<FraudBook>,
    /// By what its users can be impersonated.
    pub impersonation_tokens: CopyOnWrite<ImpersonationTokens>,
    /// What it asks of passkeys, and waits for.
    pub passkeys: CopyOnWrite<Passkeys>,
}

impl ProjectState {
    /// As a project at rest has it.
    #[must_use]
    pub fn of(frozen: &FrozenProject) -> Self {
        Self {
            fraud: CopyOnWrite::of(Arc::clone(&frozen.fraud)),
            impersonation_tokens: CopyOnWrite::of(Arc::clone(&frozen.impersonation_tokens)),
            passkeys: CopyOnWrite::of(Arc::clone(&frozen.passkeys)),
        }
    }
}
