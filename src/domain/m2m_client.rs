//! Machine clients: programs that prove themselves and get an access token for what they may do.

use super::JsonObject;
use super::client_list::Client;
use super::client_secrets::ClientSecrets;

/// A machine client.
#[derive(Debug, Clone)]
pub struct M2mClient {
    /// Its id: the vendor's, or one of the customer's.
    pub client_id: String,
    /// What proves it.
    pub secrets: ClientSecrets,
    /// For people; may be empty.
    pub client_name: String,
    /// For people; may be empty.
    pub client_description: String,
    /// Whether it gets tokens.
    pub status: ClientStatus,
    /// What it may do.
    pub scopes: Vec<String>,
    /// The customer's own data.
    pub trusted_metadata: JsonObject,
}

impl Client for M2mClient {
    fn client_id(&self) -> &str {
        &self.client_id
    }
}

/// Whether a client gets tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientStatus {
    /// It does.
    Active,
    /// It does not; those that it has are not taken away.
    Inactive,
}

impl ClientStatus {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Active, Self::Inactive];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }

    /// The status of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}

/// Whether a text can be a scope: RFC 6749 sets scopes apart with spaces.
#[must_use]
pub fn is_scope(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
}

/// Whether a text can be a `client_id`: what fits into a path and into Basic credentials.
#[must_use]
pub fn is_client_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~|@".contains(&byte);
    (1..=128).contains(&text.len()) && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_space_is_no_scope_and_no_id() {
        assert!(is_scope("read:users") && is_scope("*") && is_client_id("m2m-client-test-1") && is_client_id("a|b"));
        for text in ["", "a b", "a\"b", "a\\b", "é", "a\n"] {
            assert!(!is_scope(text) && !is_client_id(text), "{text:?}");
        }
        assert!(!is_client_id("a:b") && !is_client_id("a/b") && !is_client_id(&"x".repeat(129)));
    }

    #[test]
    fn the_statuses_are_read_back() {
        assert!(ClientStatus::ALL.into_iter().all(|status| ClientStatus::named(status.as_str()) == Some(status)));
        assert_eq!(ClientStatus::named("gone"), None);
    }
}
