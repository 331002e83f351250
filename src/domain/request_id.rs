//! The `request_id` of an answer.

use std::fmt;

use uuid::Uuid;

use super::id::Environment;

/// `request-id-(test|live)-<uuid>`: fresh for every response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId {
    environment: Environment,
    uuid: Uuid,
}

impl RequestId {
    /// An id around a fresh UUID.
    #[must_use]
    pub fn new(environment: Environment, uuid: Uuid) -> Self {
        Self { environment, uuid }
    }

    /// The same id, of another environment.
    #[must_use]
    pub fn of(self, environment: Environment) -> Self {
        Self { environment, ..self }
    }

    /// Writes it behind what a body holds.
    pub fn write_to(self, body: &mut Vec<u8>) {
        body.extend_from_slice(b"request-id-");
        body.extend_from_slice(self.environment.as_str().as_bytes());
        body.push(b'-');
        body.extend_from_slice(self.uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "request-id-{}-{}", self.environment.as_str(), self.uuid.hyphenated())
    }
}
