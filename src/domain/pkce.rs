//! PKCE (RFC 7636), as the vendor has it for links and OAuth: only S256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use subtle::ConstantTimeEq;

/// The SHA-256 of a verifier that only the app that started a login knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeChallenge([u8; 32]);

/// Why a challenge or a verifier is refused; each is an `error_type` of the vendor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PkceRefusal {
    /// `invalid_pkce_code_challenge`
    #[error("code_challenge is not a SHA-256 in URL-safe base64")]
    InvalidCodeChallenge,
    /// `invalid_pkce_code_verifier`
    #[error("code_verifier is not 43 to 128 letters, digits, -, ., _ and ~")]
    InvalidCodeVerifier,
    /// `pkce_expected_code_verifier`
    #[error("the login was started with a code_challenge, and there is no code_verifier")]
    ExpectedCodeVerifier,
    /// `pkce_did_not_expect_code_verifier`
    #[error("there is a code_verifier, and the login was started without a code_challenge")]
    DidNotExpectCodeVerifier,
    /// `pkce_mismatch`
    #[error("code_verifier is not that of the code_challenge")]
    Mismatch,
}

impl CodeChallenge {
    /// Reads a challenge.
    ///
    /// # Errors
    /// If it is not 43 characters of URL-safe base64.
    pub fn parse(text: &str) -> Result<Self, PkceRefusal> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| PkceRefusal::InvalidCodeChallenge)?;
        bytes.try_into().map(Self).map_err(|_| PkceRefusal::InvalidCodeChallenge)
    }

    /// The challenge as it was given.
    #[must_use]
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The challenge of a verifier.
    ///
    /// # Errors
    /// If it is not of the form that the standard demands.
    pub fn of(verifier: &str) -> Result<Self, PkceRefusal> {
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(is_unreserved) {
            return Err(PkceRefusal::InvalidCodeVerifier);
        }
        let hash = digest(&SHA256, verifier.as_bytes());
        Ok(Self(hash.as_ref().try_into().expect("SHA-256 has 32 bytes")))
    }

    /// Compares what a login was started with and what it is ended with.
    ///
    /// # Errors
    /// If one of them is missing, or they don't belong together.
    pub fn check(challenge: Option<&Self>, verifier: Option<&str>) -> Result<(), PkceRefusal> {
        match (challenge, verifier) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(PkceRefusal::DidNotExpectCodeVerifier),
            (Some(_), None) => Err(PkceRefusal::ExpectedCodeVerifier),
            (Some(challenge), Some(verifier)) if bool::from(challenge.0.ct_eq(&Self::of(verifier)?.0)) => Ok(()),
            (Some(_), Some(_)) => Err(PkceRefusal::Mismatch),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn a_challenge_knows_its_verifier() {
        let challenge = CodeChallenge::parse(CHALLENGE).unwrap();
        let other = "x".repeat(43);
        let cases = [
            (Some(&challenge), Some(VERIFIER), Ok(())),
            (Some(&challenge), Some(other.as_str()), Err(PkceRefusal::Mismatch)),
            (Some(&challenge), Some("short"), Err(PkceRefusal::InvalidCodeVerifier)),
            (Some(&challenge), None, Err(PkceRefusal::ExpectedCodeVerifier)),
            (None, Some(VERIFIER), Err(PkceRefusal::DidNotExpectCodeVerifier)),
            (None, None, Ok(())),
        ];
        for (challenge, verifier, expected) in cases {
            assert_eq!(CodeChallenge::check(challenge, verifier), expected, "{verifier:?}");
        }
    }

    #[test]
    fn what_is_no_challenge_or_no_verifier_is_refused() {
        for text in ["", "E9Melhoa", &CHALLENGE.replace('-', "+"), &format!("{CHALLENGE}="), &"A".repeat(44)] {
            assert_eq!(CodeChallenge::parse(text), Err(PkceRefusal::InvalidCodeChallenge), "{text}");
        }
        for text in ["x".repeat(42), "x".repeat(129), format!("{VERIFIER}+")] {
            assert_eq!(CodeChallenge::of(&text), Err(PkceRefusal::InvalidCodeVerifier), "{text}");
        }
    }
}
