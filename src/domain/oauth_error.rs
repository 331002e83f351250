//! The vendor's errors in the words of OAuth: what the OAuth endpoints say where others say an `error_type`. Source: RFC
//! 6749 and RFC 6750, which the vendor says it follows; which row goes with which word is assumed.

use super::error_type::ErrorType;

/// In whose words an operation takes what it reads, and refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// JSON, and the vendor's five keys of an error.
    Vendor,
    /// JSON or a form, and OAuth's keys of an error.
    OAuth,
}

impl Dialect {
    /// The HTTP status of a row.
    #[must_use]
    pub fn status(self, error: ErrorType) -> u16 {
        match self {
            Self::Vendor => error.status(),
            Self::OAuth => OAuthError::of(error).status,
        }
    }
}

/// `error` of an OAuth endpoint, and the status that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OAuthError {
    /// The word on the wire.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
}

impl OAuthError {
    /// What an OAuth endpoint says for a row.
    #[must_use]
    pub fn of(error: ErrorType) -> Self {
        let (code, status) = match error {
            ErrorType::BadRequest => ("invalid_request", 400),
            ErrorType::UnauthorizedCredentials => ("invalid_client", 401),
            ErrorType::OauthInvalidScopeRequested => ("invalid_scope", 400),
            ErrorType::IdpAuthCodeNotFound
            | ErrorType::IdpAuthCodeExpired
            | ErrorType::IdpRefreshTokenNotFound
            | ErrorType::IdpRefreshTokenExpired
            | ErrorType::IdpRefreshTokenAlreadyUsed
            | ErrorType::ConnectedAppConsentRevoked
            | ErrorType::ConnectedAppSuppliedRedirectUrlNotFoundInClient
            | ErrorType::PkceMismatch
            | ErrorType::PkceExpectedCodeVerifier
            | ErrorType::PkceDidNotExpectCodeVerifier
            | ErrorType::InvalidPkceCodeVerifier => ("invalid_grant", 400),
            ErrorType::IdpAccessTokenNotFound => ("invalid_token", 401),
            ErrorType::ServerUnavailable => ("temporarily_unavailable", 503),
            other if other.status() >= 500 => ("server_error", other.status()),
            other => (other.as_str(), other.status()),
        };
        Self { code, status }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_word_of_its_own_keeps_its_name() {
        let of = |error| (OAuthError::of(error).code, OAuthError::of(error).status);
        assert_eq!(of(ErrorType::UnauthorizedCredentials), ("invalid_client", 401));
        assert_eq!(of(ErrorType::InternalServerError), ("server_error", 500));
        assert_eq!(of(ErrorType::TooManyRequests), ("too_many_requests", 429));
    }
}
