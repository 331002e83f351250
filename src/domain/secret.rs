//! A project's secret: compared in constant time, never printed.

use std::fmt;

use subtle::ConstantTimeEq;

/// A secret that proves a project. Any text but the empty one, colons included.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Box<str>);

impl Secret {
    /// Takes a secret; `None` if it is empty.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.into()))
    }

    /// Whether `candidate` is this secret. Takes the same time wherever the two differ; only the length can
    /// be told from it.
    #[must_use]
    pub fn matches(&self, candidate: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(candidate).into()
    }

    /// Its last four characters, by which its owner knows it again.
    #[must_use]
    pub fn last_four(&self) -> &str {
        let start = self.0.char_indices().rev().nth(3).map_or(0, |(start, _)| start);
        &self.0[start..]
    }

    /// The secret itself, for the few places whose purpose is to show it to its owner.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::parse("secret-test-x:y").unwrap();
        assert!(!format!("{secret:?}").contains("secret-test"));
        assert!(secret.matches(b"secret-test-x:y"));
        assert!(!secret.matches(b"secret-test-x:"));
        assert_eq!(secret.last_four(), "-x:y");
        assert_eq!(Secret::parse("aé").unwrap().last_four(), "aé");
        assert_eq!(Secret::parse(""), None);
    }
}
