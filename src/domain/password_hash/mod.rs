//! Passwords at rest: verifying one against every kind of hash that the vendor migrates, and hashing new ones.

mod algorithm;
mod migrated;
mod phc;

use std::fmt;

use algorithm::{Algorithm, Argon2};
pub use migrated::{Argon2Config, HashConfig, HashProblem, InvalidHash, Pbkdf2Config, Salts, ScryptConfig, WrittenHash};

/// The `hash_type` of `passwords.migrate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashType {
    /// bcrypt, versions 2a, 2b, 2x and 2y.
    Bcrypt,
    /// MD5, in hex, with salts around the password.
    Md5,
    /// Argon2i, encoded, or in hex with its parameters.
    Argon2i,
    /// Argon2id, encoded, or in hex with its parameters.
    Argon2id,
    /// SHA-1, in hex, with salts around the password.
    Sha1,
    /// SHA-512, in hex, with salts around the password.
    Sha512,
    /// scrypt, encoded, or in base64 with its parameters.
    Scrypt,
    /// The portable hash of phpass: `$P$` or `$H$`.
    Phpass,
    /// PBKDF2, in base64, with its parameters.
    Pbkdf2,
}

impl HashType {
    /// All of them, as the vendor lists them.
    pub const ALL: [Self; 9] = [
        Self::Bcrypt,
        Self::Md5,
        Self::Argon2i,
        Self::Argon2id,
        Self::Sha1,
        Self::Sha512,
        Self::Scrypt,
        Self::Phpass,
        Self::Pbkdf2,
    ];

    /// The vendor's word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bcrypt => "bcrypt",
            Self::Md5 => "md_5",
            Self::Argon2i => "argon_2i",
            Self::Argon2id => "argon_2id",
            Self::Sha1 => "sha_1",
            Self::Sha512 => "sha_512",
            Self::Scrypt => "scrypt",
            Self::Phpass => "phpass",
            Self::Pbkdf2 => "pbkdf_2",
        }
    }

    /// The type that the vendor calls `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hash_type| hash_type.as_str() == text)
    }

    /// The field that holds the parameters of such a hash, if it can have any.
    #[must_use]
    pub fn config_field(self) -> Option<&'static str> {
        match self {
            Self::Bcrypt | Self::Phpass => None,
            Self::Md5 => Some("md_5_config"),
            Self::Argon2i | Self::Argon2id => Some("argon_2_config"),
            Self::Sha1 => Some("sha_1_config"),
            Self::Sha512 => Some("sha_512_config"),
            Self::Scrypt => Some("scrypt_config"),
            Self::Pbkdf2 => Some("pbkdf_2_config"),
        }
    }
}

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
