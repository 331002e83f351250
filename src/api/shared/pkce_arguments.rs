//! PKCE in requests: the challenge at the start of a login, the verifier at its end.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::request::non_empty;
use crate::domain::bootstrap::PkceRequired;
use crate::domain::pkce::{CodeChallenge, PkceRefusal};
use crate::domain::project::Project;
use crate::domain::redirect_url::RedirectUrl;
use crate::domain::refusal::{ErrorType, Refusal};

/// What the app that starts a login keeps the verifier of.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChallengeArgument {
    /// The SHA-256 of a code verifier, in URL-safe base64: whoever authenticates has to bring the verifier.
    #[serde(deserialize_with = "non_empty")]
    code_challenge: Option<String>,
}

/// What the app that ends a login brings.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct VerifierArgument {
    /// The verifier of the `code_challenge` that the login was started with.
    #[serde(deserialize_with = "non_empty")]
    code_verifier: Option<String>,
}

/// What reading a challenge can refuse.
pub const CHALLENGE_ERRORS: &[ErrorType] = &[ErrorType::InvalidPkceCodeChallenge, ErrorType::PkceRequiredForNativeCallback];

/// What comparing it with a verifier can refuse.
pub const VERIFIER_ERRORS: &[ErrorType] = &[
    ErrorType::InvalidPkceCodeVerifier,
    ErrorType::PkceExpectedCodeVerifier,
    ErrorType::PkceDidNotExpectCodeVerifier,
    ErrorType::PkceMismatch,
];

impl ChallengeArgument {
    /// The challenge, if the request has one.
    ///
    /// # Errors
    /// `invalid_pkce_code_challenge`.
    pub fn challenge(self) -> Result<Option<CodeChallenge>, Refusal> {
        self.code_challenge.as_deref().map(CodeChallenge::parse).transpose().map_err(refuse)
    }
}

impl VerifierArgument {
    /// Compares it with the challenge that the login was started with.
    ///
    /// # Errors
    /// If one of them is missing, or they don't belong together.
    pub fn check(&self, challenge: Option<&CodeChallenge>) -> Result<(), Refusal> {
        CodeChallenge::check(challenge, self.code_verifier.as_deref()).map_err(refuse)
    }
}

/// Insists on a challenge where the project wants pages to start so (that it is this error is assumed). What a backend
/// starts is not asked for one.
///
/// # Errors
/// `invalid_pkce_code_challenge`.
pub fn check_required(
    call: &Call<'_>,
    is_required: fn(&PkceRequired) -> bool,
    challenge: Option<&CodeChallenge>,
) -> Result<(), Refusal> {
    if call.is_of_page() && challenge.is_none() {
        return insist(call.project(), is_required);
    }
    Ok(())
}

/// The same, of a start without a challenge that any browser comes to.
///
/// # Errors
/// `invalid_pkce_code_challenge`.
pub fn insist(project: &Project, is_required: fn(&PkceRequired) -> bool) -> Result<(), Refusal> {
    if is_required(&project.login_settings().bootstrap.pkce_required) {
        let reason = "the project's bootstrap requires PKCE here, and there is no code_challenge";
        return Err(Refusal::new(ErrorType::InvalidPkceCodeChallenge, reason));
    }
    Ok(())
}

/// Insists on a challenge where the browser is sent to an app (documented).
///
/// # Errors
/// `pkce_required_for_native_callback`.
pub fn check_callback(url: &RedirectUrl, challenge: Option<&CodeChallenge>) -> Result<(), Refusal> {
    if url.is_native() && challenge.is_none() {
        let reason = "the redirect URL opens an app, and there is no code_challenge";
        return Err(Refusal::new(ErrorType::PkceRequiredForNativeCallback, reason));
    }
    Ok(())
}

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
