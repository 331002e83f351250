//! What a browser says of a ceremony: which it was, by which challenge, and on which page.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

/// The two ceremonies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceremony {
    /// A credential is made.
    Register,
    /// A credential is used.
    Authenticate,
}

impl Ceremony {
    /// The word of the seed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Authenticate => "authenticate",
        }
    }

    /// The ceremony with this word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Register, Self::Authenticate].into_iter().find(|ceremony| ceremony.as_str() == name)
    }

    fn browsers_word(self) -> &'static str {
        match self {
            Self::Register => "webauthn.create",
            Self::Authenticate => "webauthn.get",
        }
    }
}

/// What a browser says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientData {
    kind: String,
    /// The challenge, in base64url.
    pub challenge: String,
    origin: String,
    is_cross_origin: bool,
}

impl ClientData {
    /// Reads it; `None` if it is of another form.
    #[must_use]
    pub fn read(json: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(json).ok()?;
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            kind: text("type")?,
            challenge: text("challenge")?.trim_end_matches('=').to_owned(),
            origin: text("origin")?,
            is_cross_origin: value.get("crossOrigin").and_then(Value::as_bool).unwrap_or_default(),
        })
    }

    /// What speaks against it: it was another ceremony, or a page that is none of the domain's.
    #[must_use]
    pub fn objection(&self, ceremony: Ceremony, domain: &str) -> Option<String> {
        if self.kind != ceremony.browsers_word() {
            return Some(format!("the type of clientDataJSON is not {}", ceremony.browsers_word()));
        }
        if self.is_cross_origin {
            return Some("the page stood in a frame of another site's".to_owned());
        }
        (!is_origin_of(&self.origin, domain)).then(|| format!("the origin is none of {domain}"))
    }
}

/// Whether an origin is the domain, or under it: over https, or on this machine.
fn is_origin_of(origin: &str, domain: &str) -> bool {
    let Ok(url) = url::Url::parse(origin) else { return false };
    let host = url.host_str().unwrap_or_default();
    let is_local = host == "localhost" || host.ends_with(".localhost");
    let is_secure = url.scheme() == "https" || (url.scheme() == "http" && is_local);
    let is_under = host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    is_secure && is_under && url.origin().ascii_serialization() == origin
}

/// Whether a text is a domain that credentials can be for: a host's name, without scheme and port.
#[must_use]
pub fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253 && text.split('.').all(is_label) && !last.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads bytes in base64, of either alphabet, padded or not.
#[must_use]
pub fn read_base64(text: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let alphabet = if text.contains(['+', '/']) { &STANDARD } else { &URL_SAFE };
    GeneralPurpose::new(alphabet, config).decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_of_its_domain_and_of_those_above() {
        for (origin, domain, expected) in [
            ("https://example.com", "example.com", true),
            ("https://example.com:8443", "example.com", true),
            ("https://login.example.com", "example.com", true),
            ("https://example.com", "login.example.com", false),
            ("https://badexample.com", "example.com", false),
            ("https://example.com.evil.test", "example.com", false),
            ("http://example.com", "example.com", false),
            ("http://localhost:3000", "localhost", true),
            ("http://app.localhost:3000", "localhost", true),
            ("https://example.com/", "example.com", false),
            ("https://user@example.com", "example.com", false),
            ("null", "example.com", false),
            ("", "", false),
        ] {
            assert_eq!(is_origin_of(origin, domain), expected, "{origin} of {domain}");
        }
        for (text, expected) in [
            ("example.com", true),
            ("localhost", true),
            ("https://example.com", false),
            ("example.com:80", false),
            ("127.0.0.1", false),
            ("", false),
            ("a..b", false),
        ] {
            assert_eq!(is_domain(text), expected, "{text}");
        }
    }

    #[test]
    fn base64_is_read_in_all_its_forms() {
        for text in ["-_8", "-_8=", "+/8=", "+/8"] {
            assert_eq!(read_base64(text), Some(vec![0xfb, 0xff]), "{text}");
        }
        assert_eq!(read_base64("-/8"), None);
    }
}
