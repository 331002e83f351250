//! The hash functions themselves: each with its parameters, its salt and the hash to compare with.

use std::num::NonZeroU32;

use data_encoding::{BitOrder, Encoding, Specification};
use md5::{Digest, Md5};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA512, digest};
use ring::pbkdf2::{self, PBKDF2_HMAC_SHA256, PBKDF2_HMAC_SHA512};
use subtle::ConstantTimeEq;

use super::hash_type::HashType;

/// A kind of hash, and one of them. It exists only if its parameters are in range.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Algorithm {
    /// The whole encoded hash.
    Bcrypt(Box<str>),
    Argon2(Argon2),
    Scrypt(Scrypt),
    Phpass(Phpass),
    Pbkdf2(Pbkdf2),
    Digest(SaltedDigest),
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Argon2 {
    pub(super) variant: argon2::Algorithm,
    pub(super) version: argon2::Version,
    pub(super) params: argon2::Params,
    pub(super) salt: Box<[u8]>,
    pub(super) hash: Box<[u8]>,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Scrypt {
    pub(super) log_n: u8,
    pub(super) r: u32,
    pub(super) p: u32,
    pub(super) salt: Box<[u8]>,
    pub(super) hash: Box<[u8]>,
}

/// MD5 over and over: `$P$`, a character that says how often, 8 of salt, 22 of hash.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Phpass {
    pub(super) log_rounds: u8,
    pub(super) encoded: Box<str>,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Pbkdf2 {
    pub(super) function: HmacFunction,
    pub(super) iterations: NonZeroU32,
    pub(super) salt: Box<[u8]>,
    pub(super) hash: Box<[u8]>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HmacFunction {
    Sha256,
    Sha512,
}

/// What is put around a password before it is hashed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Salts {
    /// Before it.
    pub prepend_salt: String,
    /// After it.
    pub append_salt: String,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct SaltedDigest {
    pub(super) function: DigestFunction,
    pub(super) salts: Salts,
    pub(super) hash: Box<[u8]>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DigestFunction {
    Md5,
    Sha1,
    Sha512,
}

impl Algorithm {
    pub(super) fn hash_type(&self) -> HashType {
        match self {
            Self::Bcrypt(_) => HashType::Bcrypt,
            Self::Argon2(argon2) if argon2.variant == argon2::Algorithm::Argon2i => HashType::Argon2i,
            Self::Argon2(_) => HashType::Argon2id,
            Self::Scrypt(_) => HashType::Scrypt,
            Self::Phpass(_) => HashType::Phpass,
            Self::Pbkdf2(_) => HashType::Pbkdf2,
            Self::Digest(digest) => match digest.function {
                DigestFunction::Md5 => HashType::Md5,
                DigestFunction::Sha1 => HashType::Sha1,
                DigestFunction::Sha512 => HashType::Sha512,
            },
        }
    }

    pub(super) fn verify(&self, password: &[u8]) -> bool {
        match self {
            // a password with a zero byte is an error of the library's, and no match
            Self::Bcrypt(encoded) => bcrypt::verify(password, encoded).unwrap_or(false),
            Self::Argon2(argon2) => argon2.of(password).is_some_and(|hash| same(&hash, &argon2.hash)),
            Self::Scrypt(scrypt) => scrypt.of(password).is_some_and(|hash| same(&hash, &scrypt.hash)),
            Self::Phpass(phpass) => same(phpass.of(password).as_bytes(), phpass.encoded.as_bytes()),
            Self::Pbkdf2(Pbkdf2 { function, iterations, salt, hash }) => {
                let function = match function {
                    HmacFunction::Sha256 => PBKDF2_HMAC_SHA256,
                    HmacFunction::Sha512 => PBKDF2_HMAC_SHA512,
                };
                pbkdf2::verify(function, *iterations, salt, password, hash).is_ok()
            }
            Self::Digest(digest) => same(&digest.of(password), &digest.hash),
        }
    }

    pub(super) fn is_slow(&self) -> bool {
        match self {
            Self::Bcrypt(_) => true,
            Self::Argon2(Argon2 { params, .. }) => params.m_cost().saturating_mul(params.t_cost()) > 512,
            Self::Scrypt(Scrypt { log_n, r, p, .. }) => r.saturating_mul(*p).saturating_mul(1 << log_n) > 1024,
            Self::Phpass(phpass) => phpass.log_rounds > 11,
            Self::Pbkdf2(pbkdf2) => pbkdf2.iterations.get() > 1000,
            Self::Digest(_) => false,
        }
    }
}

fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

impl Argon2 {
    /// The least that the algorithm can do that is still Argon2id.
    pub(super) fn fast(password: &[u8], salt: [u8; 16]) -> Self {
        let params = argon2::Params::new(64, 1, 1, Some(32)).expect("these parameters are in range");
        let (variant, version) = (argon2::Algorithm::Argon2id, argon2::Version::V0x13);
        let empty = Self { variant, version, params, salt: salt.into(), hash: [0; 32].into() };
        let hash = empty.of(password).expect("a password of a request is shorter than 4 GiB");
        Self { hash, ..empty }
    }

    fn of(&self, password: &[u8]) -> Option<Box<[u8]>> {
        let mut hash = vec![0; self.hash.len()];
        let argon2 = argon2::Argon2::new(self.variant, self.version, self.params.clone());
        argon2.hash_password_into(password, &self.salt, &mut hash).ok()?;
        Some(hash.into())
    }
}

impl Scrypt {
    fn of(&self, password: &[u8]) -> Option<Box<[u8]>> {
        let mut hash = vec![0; self.hash.len()];
        let params = scrypt::Params::new(self.log_n, self.r, self.p).ok()?;
        scrypt::scrypt(password, &self.salt, &params, &mut hash).ok()?;
        Some(hash.into())
    }
}

impl Phpass {
    /// How long an encoded hash is, and which part of it stands before the hash.
    pub(super) const LENGTH: usize = 34;
    const SETTING: usize = 12;
    const SALT: std::ops::Range<usize> = 4..Self::SETTING;

    /// The alphabet of crypt(3), least significant bits first.
    pub(super) const ALPHABET: &str = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    pub(super) fn encoding() -> Encoding {
        let mut specification = Specification::new();
        specification.symbols.push_str(Self::ALPHABET);
        specification.bit_order = BitOrder::LeastSignificantFirst;
        specification.encoding().expect("64 different symbols")
    }

    fn of(&self, password: &[u8]) -> String {
        let mut hash = Md5::new().chain_update(&self.encoded[Self::SALT]).chain_update(password).finalize();
        for _ in 0..1_u64 << self.log_rounds {
            hash = Md5::new().chain_update(hash).chain_update(password).finalize();
        }
        format!("{}{}", &self.encoded[..Self::SETTING], Self::encoding().encode(&hash))
    }
}

impl SaltedDigest {
    fn of(&self, password: &[u8]) -> Box<[u8]> {
        let Salts { prepend_salt, append_salt } = &self.salts;
        let salted = [prepend_salt.as_bytes(), password, append_salt.as_bytes()].concat();
        match self.function {
            DigestFunction::Md5 => Md5::digest(&salted).as_slice().into(),
            DigestFunction::Sha1 => digest(&SHA1_FOR_LEGACY_USE_ONLY, &salted).as_ref().into(),
            DigestFunction::Sha512 => digest(&SHA512, &salted).as_ref().into(),
        }
    }
}
