//! Tokens of other parties that can become a session: the emulator can't ask those parties, so a seed says what each
//! token stands for, whether it was used, and when it was issued.

use super::timestamp::Timestamp;

/// Who issued a token, and what their kind of token carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issuer {
    /// Another auth vendor: `sessions.migrate`.
    ExternalSession,
    /// An authorization server: `sessions.exchange_access_token`.
    AccessToken {
        /// Who it was issued to.
        client_id: String,
        /// What it allows.
        scopes: Vec<String>,
    },
    /// A trusted party: `sessions.attest`.
    TrustedAuth {
        /// The profile that trusts the party.
        profile_id: String,
        /// The token's own id.
        token_id: String,
    },
}

/// A token and what it stands for.
#[derive(Debug, Clone)]
pub struct ExternalToken {
    /// The token.
    pub token: String,
    /// Whose it is.
    pub issuer: Issuer,
    /// The user it stands for: a Stytch id or an external id.
    pub user_id: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it was used, if it was.
    pub used_at: Option<Timestamp>,
}

/// Names an external token in its project: tokens of different kinds don't meet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExternalTokenKey(String);

impl ExternalToken {
    /// The external token's name.
    #[must_use]
    pub fn key(&self) -> ExternalTokenKey {
        match self.issuer {
            Issuer::ExternalSession => ExternalTokenKey::external_session(&self.token),
            Issuer::AccessToken { .. } => ExternalTokenKey::access_token(&self.token),
            Issuer::TrustedAuth { .. } => ExternalTokenKey::trusted_auth(&self.token),
        }
    }
}

impl ExternalTokenKey {
    /// The name of another vendor's session token.
    #[must_use]
    pub fn external_session(token: &str) -> Self {
        Self(format!("external {token}"))
    }

    /// The name of an access token.
    #[must_use]
    pub fn access_token(token: &str) -> Self {
        Self(format!("access {token}"))
    }

    /// The name of a trusted auth token.
    #[must_use]
    pub fn trusted_auth(token: &str) -> Self {
        Self(format!("trusted {token}"))
    }
}
