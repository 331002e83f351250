//! How the domain makes new ids and tokens: from bytes that somebody else draws.

use uuid::{Builder, Uuid};

use super::compact_text::CompactText;
use super::id::Environment;
use super::session_token::SessionToken;

/// Makes ids and tokens out of a source of random bytes; the same bytes make the same ids.
pub struct IdGenerator<'a> {
    fill_bytes: &'a mut dyn FnMut(&mut [u8]),
}

impl<'a> IdGenerator<'a> {
    /// One that draws from `fill`.
    pub fn new(fill_bytes: &'a mut dyn FnMut(&mut [u8])) -> Self {
        Self { fill_bytes }
    }

    /// A version 4 UUID.
    pub fn uuid(&mut self) -> Uuid {
        Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// An id of an object that hangs off a user, `PREFIX-test-<uuid>`.
    pub fn object_id(&mut self, prefix: &str, environment: Environment) -> CompactText {
        CompactText::id(prefix, environment, self.uuid())
    }

    /// A session token as the vendor's are: 33 bytes, 44 characters of URL-safe base64.
    pub fn session_token(&mut self) -> SessionToken {
        SessionToken::from_bytes(self.bytes())
    }

    /// Bytes, for what is made of some.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.fill_bytes)(&mut bytes);
        bytes
    }
}
