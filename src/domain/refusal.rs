//! A refused request: a row of the table of errors, and what the emulator knows beyond it.

use std::borrow::Cow;
use std::time::Duration;

use super::conflict::Conflict;
pub use super::error_type::ErrorType;

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        let error = match conflict {
            Conflict::ExternalId(_) => ErrorType::DuplicateUserExternalId,
            // ids that the emulator mints itself don't collide
            Conflict::UserId(_) | Conflict::SessionId(_) | Conflict::SessionToken(_) => ErrorType::InternalServerError,
        };
        Self::new(error, conflict.to_string())
    }
}

/// One refused request: the catalogue's row, and what this emulator knows beyond it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The row that answers.
    pub error: ErrorType,
    /// One sentence for the developer: what was looked for, what is close. Never part of the body.
    pub reason: Cow<'static, str>,
    /// What would help, where HTTP has a header to say it.
    pub remedy: Remedy,
}

/// What would turn a refusal into an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing that a header could say.
    None,
    /// Coming back after this time.
    Wait(Duration),
    /// One of these methods.
    Allow(String),
    /// Credentials.
    Challenge,
    /// A good access token.
    Bearer,
}

impl Refusal {
    /// A refusal and its reason.
    pub fn new(error: ErrorType, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { error, reason: reason.into(), remedy: Remedy::None }
    }

    /// With what would help.
    #[must_use]
    pub fn with_remedy(self, remedy: Remedy) -> Self {
        Self { remedy, ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    /// `docs/errors.md`, as it ought to be.
    fn document() -> String {
        let mut text = "# Errors\n\nEvery `error_type` that the emulator can answer, and that a seed or a fault can script. Evidence says \
            where the row is known from:\n*captured* on the real wire or asserted by an official test, *documented* by the vendor or \
            in an official SDK's text,\n*assumed* where only the type's name is known and status or message are a guess.\n\n\
            The OAuth endpoints say `error`, `error_description` and `error_uri` instead, as RFC 6749 has it: `error` is OAuth's\nword for the row, \
            and the status is OAuth's, too.\n\n\
            | Type | Status | Message | Evidence |\n|---|---|---|---|\n"
            .to_owned();
        for error in ErrorType::ALL {
            let (name, status, message, evidence) = (error.as_str(), error.status(), error.message(), error.evidence().as_str());
            writeln!(text, "| `{name}` | {status} | {message} | {evidence} |").unwrap();
        }
        text
    }

    #[test]
    fn the_page_of_errors_is_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/errors.md");
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            std::fs::write(path, document()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), document(), "UPDATE_GOLDENS=1 cargo test rewrites it");
    }

    #[test]
    fn every_row_is_there_once() {
        for (index, error) in ErrorType::ALL.iter().enumerate() {
            assert_eq!(ErrorType::named(error.as_str()), Some(*error));
            assert!(ErrorType::ALL[..index].iter().all(|other| other.as_str() != error.as_str()), "{error:?}");
            assert!((400..=599).contains(&error.status()), "{error:?}");
        }
    }
}
