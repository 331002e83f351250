//! The secrets of an OAuth client: one, or two while one is being replaced by the next.

use super::secret::Secret;

/// The secrets that prove a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSecrets {
    current: Secret,
    next: Option<Secret>,
}

/// Why a step of a rotation is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RotationRefusal {
    /// There is a next secret already.
    AlreadyRotating,
    /// There is no next secret.
    NotRotating,
}

impl ClientSecrets {
    /// The secrets of a client that has these.
    #[must_use]
    pub fn new(current: Secret, next: Option<Secret>) -> Self {
        Self { current, next }
    }

    /// Whether `candidate` is one of them. Both are compared, whichever matches.
    #[must_use]
    pub fn is_proved_by(&self, candidate: &[u8]) -> bool {
        let is_next = self.next.as_ref().is_some_and(|next| next.matches(candidate));
        self.current.matches(candidate) | is_next
    }

    /// The secret.
    #[must_use]
    pub fn current(&self) -> &Secret {
        &self.current
    }

    /// The one that is to take its place, if there is one.
    #[must_use]
    pub fn next(&self) -> Option<&Secret> {
        self.next.as_ref()
    }

    /// Lets a second secret count beside the first.
    ///
    /// # Errors
    /// If there is one already.
    pub fn start_rotation(&mut self, next: Secret) -> Result<(), RotationRefusal> {
        if self.next.is_some() {
            return Err(RotationRefusal::AlreadyRotating);
        }
        self.next = Some(next);
        Ok(())
    }

    /// Lets the second secret count no more.
    ///
    /// # Errors
    /// If there is none.
    pub fn cancel_rotation(&mut self) -> Result<(), RotationRefusal> {
        self.next.take().map(|_| ()).ok_or(RotationRefusal::NotRotating)
    }

    /// Puts the second secret in the place of the first, which counts no more.
    ///
    /// # Errors
    /// If there is none.
    pub fn rotate(&mut self) -> Result<(), RotationRefusal> {
        self.current = self.next.take().ok_or(RotationRefusal::NotRotating)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_secrets_count_while_they_rotate_and_one_before_and_after() {
        let secret = |text| Secret::parse(text).unwrap();
        let mut secrets = ClientSecrets::new(secret("one"), None);
        let counting = |secrets: &ClientSecrets| ["one", "two"].map(|text| secrets.is_proved_by(text.as_bytes()));
        assert_eq!(counting(&secrets), [true, false]);
        assert_eq!(secrets.rotate(), Err(RotationRefusal::NotRotating));
        assert_eq!(secrets.cancel_rotation(), Err(RotationRefusal::NotRotating));
        assert_eq!(secrets.start_rotation(secret("two")), Ok(()));
        assert_eq!(secrets.start_rotation(secret("three")), Err(RotationRefusal::AlreadyRotating));
        assert_eq!(counting(&secrets), [true, true]);
        assert_eq!(secrets.cancel_rotation(), Ok(()));
        assert_eq!(counting(&secrets), [true, false]);
        assert_eq!(secrets.start_rotation(secret("two")), Ok(()));
        assert_eq!(secrets.rotate(), Ok(()));
        assert_eq!(counting(&secrets), [false, true]);
        assert!(!secrets.is_proved_by(b"") && !secrets.is_proved_by(b"on"));
    }
}
