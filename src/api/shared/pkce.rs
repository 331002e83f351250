//! The errors of PKCE.

use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::pkce::PkceRefusal;

/// What ending a flow with or without a `code_verifier` can refuse.
pub const VERIFIER_ERRORS: &[ErrorType] = &[
    ErrorType::PkceMismatch,
    ErrorType::PkceExpectedCodeVerifier,
    ErrorType::PkceDidNotExpectCodeVerifier,
    ErrorType::InvalidPkceCodeVerifier,
];

/// The refusal as an answer.
#[must_use]
pub fn refuse(refusal: PkceRefusal) -> Refusal {
    let error = match refusal {
        PkceRefusal::InvalidCodeChallenge => ErrorType::InvalidPkceCodeChallenge,
        PkceRefusal::InvalidCodeVerifier => ErrorType::InvalidPkceCodeVerifier,
        PkceRefusal::ExpectedCodeVerifier => ErrorType::PkceExpectedCodeVerifier,
        PkceRefusal::DidNotExpectCodeVerifier => ErrorType::PkceDidNotExpectCodeVerifier,
        PkceRefusal::Mismatch => ErrorType::PkceMismatch,
    };
    Refusal::new(error, refusal.to_string())
}
