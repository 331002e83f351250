//! Passwords at rest: verifying one against every kind of hash that the vendor migrates, and hashing new ones.

mod algorithm;
mod hash_type;
mod migrated;
mod phc;

use std::fmt;

pub use algorithm::Salts;
use algorithm::{Algorithm, Argon2};
pub use hash_type::HashType;
pub use migrated::{Argon2Config, HashConfig, InvalidHash, Pbkdf2Config, ScryptConfig, WrittenHash};

/// A hash that a password can be compared with. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(Algorithm);

impl PasswordHash {
    /// How many random bytes [`PasswordHash::new`] wants.
    pub const SALT_BYTES: usize = 16;

    /// Hashes a new password: Argon2id over 64 KiB, once. This is a test double; its passwords protect nothing, and a
    /// suite signs up a thousand users in the time that a hash made to resist an attacker takes for two.
    #[must_use]
    pub fn new(password: &str, salt: [u8; Self::SALT_BYTES]) -> Self {
        Self(Algorithm::Argon2(Argon2::fast(password.as_bytes(), salt)))
    }

    /// Reads a hash that another system made.
    ///
    /// # Errors
    /// If the hash or its parameters are malformed; the reason names the field.
    pub fn parse(written: &WrittenHash) -> Result<Self, InvalidHash> {
        migrated::parse(written).map(Self)
    }

    /// The hash in a form that [`PasswordHash::parse`] reads.
    #[must_use]
    pub fn written(&self) -> WrittenHash {
        migrated::write(&self.0)
    }

    /// What kind of hash it is.
    #[must_use]
    pub fn hash_type(&self) -> HashType {
        self.0.hash_type()
    }

    /// Whether it is the hash of `password`. If [`PasswordHash::is_slow`], this takes milliseconds to seconds, and does
    /// not belong on a thread that serves requests.
    #[must_use]
    pub fn verify(&self, password: &str) -> bool {
        self.0.verify(password.as_bytes())
    }

    /// Whether verifying takes more than about a millisecond.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.0.is_slow()
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PasswordHash({}, redacted)", self.hash_type().as_str())
    }
}

#[cfg(test)]
mod tests;
