//! How the domain makes new ids and tokens: from bytes that somebody else draws.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::{Builder, Uuid};

use super::id::{Environment, SessionToken};

/// Makes ids and tokens out of a source of random bytes; the same bytes make the same ids.
pub struct IdGenerator<'a> {
    fill: &'a mut dyn FnMut(&mut [u8]),
}

impl<'a> IdGenerator<'a> {
    /// A ids that draws from `fill`.
    pub fn new(fill: &'a mut dyn FnMut(&mut [u8])) -> Self {
        Self { fill }
    }

    /// A version 4 UUID.
    pub fn uuid(&mut self) -> Uuid {
        Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// An id of an object that the domain keeps as a plain string.
    pub fn object_id(&mut self, prefix: &str, environment: Environment) -> String {
        let mut uuid = Uuid::encode_buffer();
        let uuid = self.uuid().hyphenated().encode_lower(&mut uuid);
        [prefix, environment.as_str(), uuid].join("-")
    }

    /// A session token as the vendor's are: 33 bytes, 44 characters of URL-safe base64.
    ///
    /// # Panics
    /// Never: base64 text is a valid token.
    pub fn session_token(&mut self) -> SessionToken {
        let mut text = [0; 44];
        let length = URL_SAFE_NO_PAD.encode_slice(self.bytes::<33>(), &mut text).expect("33 bytes are 44 characters");
        let text = str::from_utf8(&text[..length]).expect("base64 is ASCII");
        SessionToken::parse(text).expect("URL-safe base64 is the alphabet of tokens")
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.fill)(&mut bytes);
        bytes
    }
}
