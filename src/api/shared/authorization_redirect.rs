//! Where a browser goes when an authorization is over. Source: RFC 6749, section 4.1.2.

use crate::domain::redirect_url::RedirectUrl;
use crate::domain::refusal::{ErrorType, Refusal};

/// The app's address with a code.
///
/// # Errors
/// If the address is none: an app's are checked when they are given.
pub fn accepted(redirect_uri: &str, code: &str, state: Option<&str>) -> Result<String, Refusal> {
    with(redirect_uri, &[("code", code)], state)
}

/// The app's address with what is wrong.
///
/// # Errors
/// As [`accepted`].
pub fn refused(redirect_uri: &str, error: &str, state: Option<&str>) -> Result<String, Refusal> {
    let description = match error {
        "access_denied" => "The user denied the request.",
        "invalid_scope" => "The requested scopes are invalid.",
        "unsupported_response_type" => "The response_type is not supported.",
        _ => "The request is invalid.",
    };
    with(redirect_uri, &[("error", error), ("error_description", description)], state)
}

fn with(redirect_uri: &str, parameters: &[(&str, &str)], state: Option<&str>) -> Result<String, Refusal> {
    let none = |_| Refusal::new(ErrorType::InternalServerError, "a redirect URL of the app is none");
    let state = state.map(|state| ("state", state));
    let parameters: Vec<(&str, &str)> = parameters.iter().copied().chain(state).collect();
    Ok(RedirectUrl::parse(redirect_uri).map_err(none)?.with_query(&parameters))
}
