//! Two things of one id, where an id has one owner.

use super::id::{ExternalId, SessionId, UserId};

/// An id that has to be unique in its project and isn't.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Two users with one id.
    #[error("user_id {0} is taken in this project")]
    UserId(UserId),
    /// Two users with one external id.
    #[error("external_id {0} is taken in this project")]
    ExternalId(ExternalId),
    /// Two sessions with one id.
    #[error("session_id {0} is taken in this project")]
    SessionId(SessionId),
    /// Two sessions with one token.
    #[error("the session_token of {0} is taken in this project")]
    SessionToken(SessionId),
}
