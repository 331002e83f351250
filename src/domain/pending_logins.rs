//! What a project has given out and waits for: codes and tokens.

use super::login_token::LoginTokens;
use super::oauth::OAuthGrants;
use super::one_time_code::OneTimeCodes;

/// Codes and tokens on their way.
#[derive(Debug, Default)]
pub struct PendingLogins {
    /// Codes, by the method that they were sent to.
    pub codes: OneTimeCodes,
    /// Tokens of links and of OAuth.
    pub tokens: LoginTokens,
    /// What goes with the tokens of OAuth.
    pub grants: OAuthGrants,
}
