//! Identifiers: `<type>-<test|live>-<uuid>` for the vendor's objects, free strings for the customer's.
//! An id exists only if it parsed; UUIDs are kept in lower case, so any letter case matches.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

/// Which of the vendor's two environments an object belongs to; it shows in every id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Environment {
    /// `test.stytch.com`
    Test,
    /// `api.stytch.com`
    Live,
}

impl Environment {
    /// The word that stands in an id.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Live => "live",
        }
    }

    fn split(text: &str) -> Option<(Self, &str)> {
        if let Some(rest) = text.strip_prefix("test-") {
            Some((Self::Test, rest))
        } else {
            text.strip_prefix("live-").map(|rest| (Self::Live, rest))
        }
    }
}

/// Whether `text` is a UUID as the vendor writes one: hyphenated, 36 characters, any letter case.
fn is_hyphenated_uuid(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

/// Why a text is no id; says what one looks like.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
pub struct InvalidId {
    expected: String,
}

macro_rules! text_key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

macro_rules! object_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        text_key!($(#[$doc])* $name);

        impl $name {
            /// A new id around a given UUID.
            #[must_use]
            pub fn new(environment: Environment, uuid: Uuid) -> Self {
                Self(format!("{}-{}-{}", $prefix, environment.as_str(), uuid.hyphenated()).into())
            }

            /// Reads an id.
            ///
            /// # Errors
            /// If `text` is not of the form `PREFIX-(test|live)-<uuid>`.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                match canonical(text, $prefix) {
                    Some(id) => Ok(Self(id.into())),
                    None => Err(InvalidId {
                        expected: format!("{}-(test|live)-<uuid>", $prefix),
                    }),
                }
            }
        }
    };
}

/// `text` with its UUID in lower case, if it is an id that starts with `prefix`.
fn canonical<'a>(text: &'a str, prefix: &str) -> Option<Cow<'a, str>> {
    let rest = text.strip_prefix(prefix)?.strip_prefix('-')?;
    let (_, uuid) = Environment::split(rest)?;
    if !is_hyphenated_uuid(uuid) {
        return None;
    }
    Some(if uuid.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    })
}

object_id!(
    /// A user, `user-test-<uuid>`.
    UserId, "user"
);
object_id!(
    /// A session, `session-test-<uuid>`.
    SessionId, "session"
);

text_key!(
    /// A project. The vendor's are `project-(test|live)-<uuid>`; a seed may end one in any word, since nothing
    /// but the credentials ever names it.
    ProjectId
);

impl ProjectId {
    /// Reads a project id.
    ///
    /// # Errors
    /// If `text` is not `project-(test|live)-` followed by 1 to 64 letters, digits, `-` or `_`.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let invalid = || InvalidId {
            expected: "project-(test|live)-<uuid> (or another word of letters, digits, - and _ at its end)".to_owned(),
        };
        if let Some(id) = canonical(text, "project") {
            return Ok(Self(id.into()));
        }
        let (_, tail) = text.strip_prefix("project-").and_then(Environment::split).ok_or_else(invalid)?;
        let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if (1..=64).contains(&tail.len()) && tail.bytes().all(word) { Ok(Self(text.into())) } else { Err(invalid()) }
    }

    /// A new id around a given UUID.
    #[must_use]
    pub fn new(environment: Environment, uuid: Uuid) -> Self {
        Self(format!("project-{}-{}", environment.as_str(), uuid.hyphenated()).into())
    }

    /// Whether `text` has the vendor's own form, `project-(test|live)-<uuid>`: what decides between the
    /// vendor's 401 and its 400 for a project that isn't there.
    #[must_use]
    pub fn is_vendor_form(text: &str) -> bool {
        canonical(text, "project").is_some()
    }

    /// The environment that the id names.
    #[must_use]
    pub fn environment(&self) -> Environment {
        if self.0.starts_with("project-live-") { Environment::Live } else { Environment::Test }
    }
}

text_key!(
    /// The customer's own name for a user (`external_id`): 1 to 128 of letters, digits, `.`, `_`, `-`, `|`.
    ExternalId
);

impl ExternalId {
    /// Reads an external id.
    ///
    /// # Errors
    /// If a character is outside the set, the length is, or it starts like a Stytch id (`user-test-`,
    /// `user-live-`), which a look-up would take for one.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        match UserHandle::parse(text) {
            Ok(UserHandle::External(id)) => Ok(Self(id.into())),
            _ => Err(InvalidId {
                expected: "1 to 128 of letters, digits, '.', '_', '-' and '|', not starting with user-test- or user-live-"
                    .to_owned(),
            }),
        }
    }
}

/// What a request may write where it means a user: a Stytch id or an external id, checked but not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserHandle<'a> {
    /// A Stytch id, its UUID in lower case.
    Stytch(Cow<'a, str>),
    /// An external id.
    External(&'a str),
}

impl<'a> UserHandle<'a> {
    /// Reads a handle. The grammar is assumed: the vendor documents `invalid_user_id` and the characters of an
    /// external id, not where the line between 400 and 404 runs.
    ///
    /// # Errors
    /// If `text` starts with `user-test-` or `user-live-` and no UUID follows, or is otherwise no external id.
    pub fn parse(text: &'a str) -> Result<Self, InvalidId> {
        if let Some(id) = canonical(text, "user") {
            return Ok(Self::Stytch(id));
        }
        if text.starts_with("user-test-") || text.starts_with("user-live-") {
            return Err(InvalidId { expected: "36 characters of hyphenated UUID after user-test- or user-live-".to_owned() });
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'|' | b'-');
        if (1..=128).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self::External(text))
        } else {
            Err(InvalidId {
                expected: "user-test-<uuid>, or an external id: 1 to 128 of letters, digits, '.', '_', '-' and '|'".to_owned(),
            })
        }
    }

    /// The handle's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stytch(id) => id,
            Self::External(id) => id,
        }
    }
}

text_key!(
    /// The opaque secret that proves a session: 44 characters of URL-safe base64 as the vendor mints them; a
    /// seed may give any.
    SessionToken
);

impl SessionToken {
    /// Whether `text` looks like a token that the vendor mints: 44 characters of URL-safe base64.
    #[must_use]
    pub fn has_vendor_form(text: &str) -> bool {
        text.len() == 44 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    }

    /// Reads a token.
    ///
    /// # Errors
    /// If `text` is empty, longer than 256 characters, or outside the URL-safe base64 alphabet.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'=');
        if (1..=256).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.into()))
        } else {
            Err(InvalidId {
                expected:
                    "1 to 256 of letters, digits, '-', '_' and '=' (the vendor's tokens are 44 characters of URL-safe base64)"
                        .to_owned(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "16d9ba61-97a1-4ba4-9720-b03761dc50c6";

    #[test]
    fn an_id_is_kept_in_lower_case() {
        let upper = format!("user-test-{}", UUID.to_uppercase());
        assert_eq!(UserId::parse(&upper).unwrap().as_str(), format!("user-test-{UUID}"));
    }

    #[test]
    fn only_the_hyphenated_form_is_a_uuid() {
        let simple = UUID.replace('-', "");
        for tail in [simple.as_str(), "", "x", &format!("{{{UUID}}}"), &format!("urn:uuid:{UUID}"), &format!("{UUID} ")] {
            assert!(UserId::parse(&format!("user-test-{tail}")).is_err(), "{tail:?}");
            assert!(UserHandle::parse(&format!("user-live-{tail}")).is_err(), "{tail:?}");
        }
    }

    #[test]
    fn handles_are_told_apart_by_their_form() {
        let long = "a".repeat(128);
        for external in ["customer-42", "a", "auth0|5f", "user-1", "user-test", "USER-TEST-x", "null", long.as_str()] {
            assert_eq!(UserHandle::parse(external), Ok(UserHandle::External(external)));
        }
        for wrong in ["", "a b", "ü", "a/b", "a+b", "user-test-1", "a\0", &"a".repeat(129)] {
            assert!(UserHandle::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_seeded_project_id_may_end_in_a_word() {
        assert!(ProjectId::parse("project-test-checkout").is_ok());
        assert!(!ProjectId::is_vendor_form("project-test-checkout"));
        assert!(ProjectId::is_vendor_form(&format!("project-live-{UUID}")));
        for wrong in ["project-test-", "project-prod-x", "project-test-a:b", "x", ""] {
            assert!(ProjectId::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
