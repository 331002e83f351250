//! A short text that mostly is an id: seeds hold millions of those.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::id::{Environment, vendor_form, write_vendor_form};

/// A text that takes 16 bytes and no allocation if it is an id of the vendor's form with one of the usual prefixes.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CompactText(Form);

/// Each text has one form only.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Id(Prefix, Environment, Uuid),
    Text(Arc<str>),
}

/// An index into the known prefixes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Prefix(u8);

/// What ids of things that hang off a user begin with.
static PREFIXES: [&str; 3] = ["email", "phone-number", "oauth-user"];

impl Prefix {
    fn named(name: &str) -> Option<Self> {
        let place = PREFIXES.iter().position(|known| *known == name)?;
        u8::try_from(place).ok().map(Self)
    }

    fn as_str(self) -> &'static str {
        PREFIXES[usize::from(self.0)]
    }
}

impl CompactText {
    /// An id around a given UUID.
    #[must_use]
    pub fn id(prefix: &str, environment: Environment, uuid: Uuid) -> Self {
        match Prefix::named(prefix) {
            Some(prefix) => Self(Form::Id(prefix, environment, uuid)),
            None => Self(Form::Text(format!("{prefix}-{}-{}", environment.as_str(), uuid.hyphenated()).into())),
        }
    }

    /// A text that others hold, too, unless it is an id.
    #[must_use]
    pub fn shared(text: &Arc<str>) -> Self {
        Self(id(text).unwrap_or_else(|| Form::Text(Arc::clone(text))))
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Form::Text(text) if text.is_empty())
    }
}

impl From<&str> for CompactText {
    fn from(text: &str) -> Self {
        Self(id(text).unwrap_or_else(|| Form::Text(text.into())))
    }
}

impl PartialEq<str> for CompactText {
    fn eq(&self, text: &str) -> bool {
        match &self.0 {
            Form::Text(own) => **own == *text,
            own @ Form::Id(..) => id(text).is_some_and(|id| id == *own),
        }
    }
}

impl PartialEq<&str> for CompactText {
    fn eq(&self, text: &&str) -> bool {
        *self == **text
    }
}

/// The id that a text is. One with upper case letters isn't: it has to come back as it was written.
fn id(text: &str) -> Option<Form> {
    let uuid = text.len().checked_sub(36)?;
    if text.as_bytes()[uuid..].iter().any(u8::is_ascii_uppercase) {
        return None;
    }
    // the prefix has hyphens of its own; an environment has six bytes with both of its hyphens
    let (prefix, rest) = text.split_at_checked(uuid.checked_sub("-test-".len())?)?;
    let (environment, uuid) = vendor_form(rest.strip_prefix('-')?)?;
    Some(Form::Id(Prefix::named(prefix)?, environment, uuid))
}

impl fmt::Display for CompactText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Id(prefix, environment, uuid) => write_vendor_form(f, prefix.as_str(), *environment, *uuid),
            Form::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for CompactText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was_written_whatever_its_form() {
        const UUID: &str = "16d9ba61-97a1-4ba4-9720-b03761dc50c6";
        for (text, is_id) in [
            (format!("email-test-{UUID}"), true),
            (format!("phone-number-live-{UUID}"), true),
            (format!("email-test-{}", UUID.to_uppercase()), false),
            (format!("ü-test-{UUID}"), false),
            (format!("email-test-ü{}", &UUID[1..]), false),
            (format!("other-test-{UUID}"), false),
            (format!("email-prod-{UUID}"), false),
            (UUID.to_owned(), false),
            ("a@example.com".to_owned(), false),
            (String::new(), false),
        ] {
            let kept = CompactText::from(text.as_str());
            assert_eq!(kept.to_string(), text);
            assert_eq!(matches!(kept.0, Form::Id(..)), is_id, "{text}");
            assert!(kept == *text.as_str() && kept != *"email", "{text}");
            assert_eq!(kept.is_empty(), text.is_empty());
        }
    }
}
