//! Identifiers: `<type>-<test|live>-<uuid>` for the vendor's objects, free strings for the customer's.
//! An id exists only if it parsed. The vendor's are held as the 16 bytes of their UUID, so any letter case matches.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

/// Which of the vendor's two environments an object belongs to; it shows in every id.
/// In the order of their words, by which ids are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Environment {
    /// `api.stytch.com`
    Live,
    /// `test.stytch.com`
    Test,
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

    fn infix(self) -> &'static str {
        match self {
            Self::Test => "-test-",
            Self::Live => "-live-",
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

/// Why a text is no id; says what one looks like.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
pub struct InvalidId {
    expected: &'static str,
}

impl InvalidId {
    /// The error of a text that is none of what was `expected`.
    #[must_use]
    pub(super) fn expected(expected: &'static str) -> Self {
        Self { expected }
    }
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
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name {
            environment: Environment,
            uuid: Uuid,
        }

        impl $name {
            /// A new id around a given UUID.
            #[must_use]
            pub fn new(environment: Environment, uuid: Uuid) -> Self {
                Self { environment, uuid }
            }

            /// Reads an id.
            ///
            /// # Errors
            /// If `text` is not of the form `PREFIX-(test|live)-<uuid>`.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                let id = text.strip_prefix(concat!($prefix, "-")).and_then(vendor_form);
                let invalid = || InvalidId { expected: concat!($prefix, "-(test|live)-<uuid>")};
                id.map(|(environment, uuid)| Self { environment, uuid }).ok_or_else(invalid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_vendor_form(f, $prefix, self.environment, self.uuid)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

/// The environment and the UUID of an id whose prefix was taken off, if it is of the vendor's form.
pub(super) fn vendor_form(rest: &str) -> Option<(Environment, Uuid)> {
    let (environment, uuid) = Environment::split(rest)?;
    // other forms of a UUID are shorter or longer
    let uuid = Some(uuid).filter(|uuid| uuid.len() == 36).and_then(|uuid| Uuid::try_parse(uuid).ok())?;
    Some((environment, uuid))
}

/// Whether a text is the id of an object that hangs off a user, `PREFIX-(test|live)-<uuid>`.
#[must_use]
pub fn is_object_id(prefix: &str, text: &str) -> bool {
    text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')).and_then(vendor_form).is_some()
}

pub(super) fn write_vendor_form(f: &mut fmt::Formatter<'_>, prefix: &str, environment: Environment, uuid: Uuid) -> fmt::Result {
    let mut buffer = Uuid::encode_buffer();
    f.write_str(prefix)?;
    f.write_str(environment.infix())?;
    f.write_str(uuid.hyphenated().encode_lower(&mut buffer))
}

object_id!(
    /// A user, `user-test-<uuid>`.
    UserId, "user"
);
impl UserId {
    /// Its UUID.
    #[must_use]
    pub fn uuid(self) -> Uuid {
        self.uuid
    }
}

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
        let invalid =
            || InvalidId { expected: "project-(test|live)-<uuid> (or another word of letters, digits, - and _ at its end)" };
        if let Some((environment, uuid)) = Self::vendor_form(text) {
            return Ok(Self::new(environment, uuid));
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
        Self::vendor_form(text).is_some()
    }

    fn vendor_form(text: &str) -> Option<(Environment, Uuid)> {
        text.strip_prefix("project-").and_then(vendor_form)
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
                expected: "1 to 128 of letters, digits, '.', '_', '-' and '|', not starting with user-test- or user-live-",
            }),
        }
    }
}

/// What a request may write where it means a user: a Stytch id or an external id, checked but not yet looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserHandle<'a> {
    /// A Stytch id.
    Stytch(UserId),
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
        if let Ok(id) = UserId::parse(text) {
            return Ok(Self::Stytch(id));
        }
        if text.starts_with("user-test-") || text.starts_with("user-live-") {
            return Err(InvalidId { expected: "36 characters of hyphenated UUID after user-test- or user-live-" });
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'|' | b'-');
        if (1..=128).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self::External(text))
        } else {
            Err(InvalidId { expected: "user-test-<uuid>, or an external id: 1 to 128 of letters, digits, '.', '_', '-' and '|'" })
        }
    }
}

impl fmt::Display for UserHandle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stytch(id) => fmt::Display::fmt(id, f),
            Self::External(id) => f.write_str(id),
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
        assert_eq!(UserId::parse(&upper).unwrap().to_string(), format!("user-test-{UUID}"));
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
