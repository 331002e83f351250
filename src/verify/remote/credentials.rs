//! The credentials of whoever asks. The secret goes into the `authorization` header and nowhere else: it is taken out of
//! everything that a service says, before anybody looks at it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::domain::id::ProjectId;
use crate::domain::secret::Secret;

/// What stands where a secret was.
const STRUCK: &str = "[secret]";

/// A project id, and the secret that proves it.
#[derive(Debug, Clone)]
pub struct Credentials {
    project_id: String,
    secret: Secret,
}

/// Why there are no credentials. It repeats no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCredentials {
    /// The project id is none.
    #[error("--project-id (STYTCH_PROJECT_ID): expected project-test-<uuid> or project-live-<uuid>")]
    ProjectId,
    /// There is no secret.
    #[error("--secret: it is empty; give it by the variable STYTCH_SECRET, so that no list of processes shows it")]
    Secret,
}

impl Credentials {
    /// Takes credentials.
    ///
    /// # Errors
    /// If the project id is not of the vendor's form, or the secret is empty.
    pub fn new(project_id: &str, secret: &str) -> Result<Self, InvalidCredentials> {
        if !ProjectId::is_vendor_form(project_id) {
            return Err(InvalidCredentials::ProjectId);
        }
        let secret = Secret::parse(secret.trim()).ok_or(InvalidCredentials::Secret)?;
        Ok(Self { project_id: project_id.to_owned(), secret })
    }

    /// The project.
    #[must_use]
    pub fn project_id(&self) -> &str {
        &self.project_id
    }

    /// The word for the vendor's environment to which the project belongs.
    #[must_use]
    pub fn environment(&self) -> &'static str {
        if self.project_id.starts_with("project-live-") { "live" } else { "test" }
    }

    /// The secret, for the emulator that knows the same project.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The value of the header that proves the project.
    #[must_use]
    pub fn basic(&self) -> String {
        basic(&self.project_id, self.secret.reveal())
    }

    /// A text without the secret, in each form in which a service could repeat it.
    #[must_use]
    pub fn strike(&self, text: &str) -> String {
        let secret = self.secret.reveal();
        let escaped = serde_json::Value::from(secret).to_string();
        let encoded = STANDARD.encode(format!("{}:{secret}", self.project_id));
        // the longest first: the secret may be a part of another
        let forms = [encoded.as_str(), encoded.trim_end_matches('='), escaped.trim_matches('"'), secret];
        forms.into_iter().fold(text.to_owned(), |text, form| text.replace(form, STRUCK))
    }
}

/// The value of an `authorization` header.
#[must_use]
pub fn basic(project_id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{project_id}:{secret}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = "project-test-11111111-1111-4111-8111-111111111111";

    #[test]
    fn a_secret_is_struck_out_in_every_form() {
        let secret = "secret-test-\"quoted\"=";
        let credentials = Credentials::new(PROJECT, secret).unwrap();
        let echo = format!("{secret} {} {}", serde_json::Value::from(secret), credentials.basic());
        assert_eq!(credentials.strike(&echo), "[secret] \"[secret]\" Basic [secret]");
        assert!(!format!("{credentials:?}").contains("quoted"));
    }

    #[test]
    fn credentials_have_the_vendors_form() {
        assert_eq!(Credentials::new("project-test-1", "x").unwrap_err(), InvalidCredentials::ProjectId);
        assert_eq!(Credentials::new(PROJECT, " ").unwrap_err(), InvalidCredentials::Secret);
        assert_eq!(Credentials::new(PROJECT, "x").unwrap().environment(), "test");
    }
}
