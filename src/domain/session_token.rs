//! Session tokens: the vendor's are 33 random bytes in base64, and are held as those bytes; a seed may give any text.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::id::InvalidId;

/// The bytes of a token of the vendor's, and its characters.
const BYTES: usize = 33;
const CHARACTERS: usize = 44;

/// The opaque secret that proves a session: 44 characters of URL-safe base64 as the vendor makes them; a seed may give
/// any.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SessionToken(Form);

/// Each text has one form only: 44 characters of base64 are always held as bytes.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Vendor([u8; BYTES]),
    Other(Arc<str>),
}

impl SessionToken {
    /// A token of the vendor's form.
    #[must_use]
    pub fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(Form::Vendor(bytes))
    }

    /// Whether `text` looks like a token that the vendor makes: 44 characters of URL-safe base64.
    #[must_use]
    pub fn has_vendor_form(text: &str) -> bool {
        decode(text).is_some()
    }

    /// Reads a token.
    ///
    /// # Errors
    /// If `text` is empty, longer than 256 characters, or outside the URL-safe base64 alphabet.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if let Some(bytes) = decode(text) {
            return Ok(Self::from_bytes(bytes));
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'=');
        if (1..=256).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(Form::Other(text.into())))
        } else {
            Err(InvalidId::expected(
                "1 to 256 of letters, digits, '-', '_' and '=' (the vendor's tokens are 44 characters of URL-safe base64)",
            ))
        }
    }
}

impl PartialEq<str> for SessionToken {
    fn eq(&self, text: &str) -> bool {
        Self::parse(text).is_ok_and(|token| token == *self)
    }
}

fn decode(text: &str) -> Option<[u8; BYTES]> {
    let mut bytes = [0; BYTES];
    let is_whole = text.len() == CHARACTERS && URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()? == BYTES;
    is_whole.then_some(bytes)
}

impl fmt::Display for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Vendor(bytes) => {
                let mut text = [0; CHARACTERS];
                let length = URL_SAFE_NO_PAD.encode_slice(bytes, &mut text).map_err(|_| fmt::Error)?;
                f.write_str(str::from_utf8(&text[..length]).map_err(|_| fmt::Error)?)
            }
            Form::Other(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_as_it_was_written_whatever_its_form() {
        let vendor = "mZAYn5aLEqKUlZ_Ad9U_fWr38GaAQ1oFAhT8ds245v7Q";
        for text in [vendor, "short", "a=b", &"x".repeat(256), &format!("{}=", &vendor[..43])] {
            let token = SessionToken::parse(text).unwrap();
            assert_eq!(token.to_string(), text);
            assert_eq!(SessionToken::has_vendor_form(text), text == vendor, "{text}");
            assert_eq!(token, SessionToken::parse(text).unwrap());
        }
        for text in ["", "a b", "a/b", &"x".repeat(257)] {
            assert!(SessionToken::parse(text).is_err(), "{text}");
        }
    }
}
