//! Passkeys and security keys: challenges, what an authenticator answers to them, and whether that proves anything.

pub mod attestation;
pub mod authenticator_data;
pub mod client_data;
pub mod cose;
pub mod credential;
pub mod passkeys;
