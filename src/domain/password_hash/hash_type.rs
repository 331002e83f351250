//! The kinds of hashes that the vendor migrates, by name.

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
