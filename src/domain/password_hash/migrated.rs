//! Hashes that other systems made, as `passwords.migrate` takes them: reading them and writing them back.
//!
//! Forms and limits are documented, except these, which are assumed: MD5, SHA and Argon2's plain form are in hex of any
//! letter case; Argon2 and scrypt may use 1 GiB of memory.

use std::num::NonZeroU32;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};

use super::algorithm::{Algorithm, Argon2, DigestFunction, HmacFunction, Pbkdf2, Phpass, SaltedDigest, Salts, Scrypt};
use super::hash_type::HashType;
use super::phc::{BASE64, Encoded};
use crate::domain::error_type::ErrorType;

/// The most memory that a hash may ask for, in KiB.
const MAX_KIB: u64 = 1024 * 1024;

/// A hash as a request or a seed has it.
#[derive(Clone, PartialEq, Eq)]
pub struct WrittenHash {
    /// `hash_type`.
    pub hash_type: HashType,
    /// `hash`.
    pub hash: String,
    /// What stands in the [`HashType::config_field`].
    pub config: Option<HashConfig>,
}

/// The parameters of a hash.
#[derive(Clone, PartialEq, Eq)]
pub enum HashConfig {
    /// Of MD5, SHA-1 and SHA-512.
    Salts(Salts),
    /// Of Argon2 in hex.
    Argon2(Argon2Config),
    /// Of scrypt in base64.
    Scrypt(ScryptConfig),
    /// Of PBKDF2.
    Pbkdf2(Pbkdf2Config),
}

/// `argon_2_config`.
#[derive(Clone, PartialEq, Eq)]
pub struct Argon2Config {
    /// As it is, at least 8 bytes.
    pub salt: String,
    /// How often.
    pub iteration_amount: i64,
    /// In KiB.
    pub memory: i64,
    /// How many lanes.
    pub threads: i64,
    /// In bytes.
    pub key_length: i64,
}

/// `scrypt_config`.
#[derive(Clone, PartialEq, Eq)]
pub struct ScryptConfig {
    /// In base64.
    pub salt: String,
    /// A power of two, 2 to 262144.
    pub n_parameter: i64,
    /// The block size.
    pub r_parameter: i64,
    /// How many lanes.
    pub p_parameter: i64,
    /// In bytes.
    pub key_length: i64,
}

/// `pbkdf_2_config`.
#[derive(Clone, PartialEq, Eq)]
pub struct Pbkdf2Config {
    /// In base64.
    pub salt: String,
    /// How often.
    pub iteration_amount: i64,
    /// In bytes.
    pub key_length: i64,
    /// `sha256`, which is the default, or `sha512`.
    pub algorithm: Option<String>,
}

/// Why a hash is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct InvalidHash {
    /// The row that answers.
    pub error: ErrorType,
    /// A sentence that names the field. It holds nothing of the hash.
    pub reason: String,
}

fn invalid(error: ErrorType, reason: impl Into<String>) -> InvalidHash {
    InvalidHash { error, reason: reason.into() }
}

pub(super) fn parse(written: &WrittenHash) -> Result<Algorithm, InvalidHash> {
    use ErrorType::{InvalidMd5Hash, InvalidSha1Hash, InvalidSha512Hash};

    let WrittenHash { hash_type, hash, config } = written;
    let salted = |function, bytes, error| parse_digest(function, hash, bytes, config.as_ref(), error);
    match hash_type {
        HashType::Bcrypt => parse_bcrypt(hash),
        HashType::Md5 => salted(DigestFunction::Md5, 16, InvalidMd5Hash),
        HashType::Sha1 => salted(DigestFunction::Sha1, 20, InvalidSha1Hash),
        HashType::Sha512 => salted(DigestFunction::Sha512, 64, InvalidSha512Hash),
        HashType::Argon2i => parse_argon2(argon2::Algorithm::Argon2i, hash, config.as_ref()),
        HashType::Argon2id => parse_argon2(argon2::Algorithm::Argon2id, hash, config.as_ref()),
        HashType::Scrypt => parse_scrypt(hash, config.as_ref()),
        HashType::Phpass => parse_phpass(hash),
        HashType::Pbkdf2 => parse_pbkdf2(hash, config.as_ref()),
    }
}

fn parse_bcrypt(hash: &str) -> Result<Algorithm, InvalidHash> {
    let parts: bcrypt::HashParts = hash
        .parse()
        .map_err(|_| invalid(ErrorType::InvalidBcryptHash, "hash is not bcrypt: $2a$, $2b$, $2x$ or $2y$, 60 characters"))?;
    if !(4..=31).contains(&parts.get_cost()) {
        return Err(invalid(ErrorType::InvalidBcryptCost, "hash has a cost outside 4 to 31"));
    }
    Ok(Algorithm::Bcrypt(hash.into()))
}

fn parse_digest(
    function: DigestFunction,
    hash: &str,
    bytes: usize,
    config: Option<&HashConfig>,
    error: ErrorType,
) -> Result<Algorithm, InvalidHash> {
    let salts = match config {
        None => Salts::default(),
        Some(HashConfig::Salts(salts)) => salts.clone(),
        Some(_) => return Err(foreign_config()),
    };
    let hash = HEXLOWER_PERMISSIVE.decode(hash.as_bytes()).ok().filter(|hash| hash.len() == bytes);
    let hash = hash.ok_or_else(|| invalid(error, format!("hash is not {} characters of hex", 2 * bytes)))?.into();
    Ok(Algorithm::Digest(SaltedDigest { function, salts, hash }))
}

fn parse_argon2(variant: argon2::Algorithm, hash: &str, config: Option<&HashConfig>) -> Result<Algorithm, InvalidHash> {
    let (version, config, salt, hash): (_, _, Box<[u8]>, Box<[u8]>) = match config {
        Some(HashConfig::Argon2(config)) => {
            let hash = HEXLOWER_PERMISSIVE.decode(hash.as_bytes());
            let hash = hash.map_err(|_| invalid(ErrorType::InvalidHash, "hash is not hex, which it is beside argon_2_config"))?;
            (argon2::Version::V0x13, config.clone(), config.salt.as_bytes().into(), hash.into())
        }
        Some(_) => return Err(foreign_config()),
        None => {
            let malformed = |part| {
                invalid(ErrorType::InvalidHash, format!("hash is not encoded Argon2, and there is no argon_2_config: {part}"))
            };
            let encoded = Encoded::parse(hash).map_err(malformed)?;
            if encoded.name != variant.as_str() {
                return Err(malformed("another hash_type"));
            }
            // the first version did not write itself down
            let version = encoded.version.unwrap_or(0x10).try_into().map_err(|_| malformed("version"))?;
            let param = |name| encoded.param(name).map_err(malformed);
            let config = Argon2Config {
                salt: String::new(),
                iteration_amount: param("t")?,
                memory: param("m")?,
                threads: param("p")?,
                key_length: encoded.hash.len().try_into().unwrap_or(i64::MAX),
            };
            (version, config, encoded.salt, encoded.hash)
        }
    };
    let field = |name: &str, number: i64, range: std::ops::RangeInclusive<i64>, error| {
        let fits = u32::try_from(number).ok().filter(|_| range.contains(&number));
        fits.ok_or_else(|| invalid(error, format!("argon_2_config.{name} is not {} to {}", range.start(), range.end())))
    };
    let threads = field("threads", config.threads, 1..=255, ErrorType::InvalidArgon2Threads)?;
    let most_kib = i64::try_from(MAX_KIB).unwrap_or(i64::MAX);
    let memory = field("memory", config.memory, 8 * i64::from(threads)..=most_kib, ErrorType::InvalidArgon2Memory)?;
    let iterations =
        field("iteration_amount", config.iteration_amount, 1..=u32::MAX.into(), ErrorType::InvalidArgon2IterationAmount)?;
    let key_length = field("key_length", config.key_length, 4..=1024, ErrorType::InvalidArgon2KeyLength)?;
    if salt.len() < argon2::MIN_SALT_LEN {
        return Err(invalid(ErrorType::InvalidArgon2Salt, "argon_2_config.salt is shorter than 8 bytes"));
    }
    same_length("argon_2_config", &hash, key_length, ErrorType::Argon2KeyLengthMismatch)?;
    let params = argon2::Params::new(memory, iterations, threads, Some(hash.len()))
        .map_err(|error| invalid(ErrorType::InvalidHash, format!("argon_2_config: {error}")))?;
    Ok(Algorithm::Argon2(Argon2 { variant, version, params, salt, hash }))
}

fn parse_scrypt(hash: &str, config: Option<&HashConfig>) -> Result<Algorithm, InvalidHash> {
    let (config, salt, hash): (_, Box<[u8]>, Box<[u8]>) = match config {
        Some(HashConfig::Scrypt(config)) => {
            let base64 = |field: &str, text: &str, error| {
                BASE64.decode(text).map(Into::into).map_err(|_| invalid(error, format!("{field} is not base64")))
            };
            let salt = base64("scrypt_config.salt", &config.salt, ErrorType::InvalidBase64ScryptSalt)?;
            (config.clone(), salt, base64("hash", hash, ErrorType::InvalidBase64ScryptHash)?)
        }
        Some(_) => return Err(foreign_config()),
        None => {
            let malformed = |part| {
                invalid(ErrorType::InvalidHash, format!("hash is not encoded scrypt, and there is no scrypt_config: {part}"))
            };
            let encoded = Encoded::parse(hash).map_err(malformed)?;
            if encoded.name != "scrypt" {
                return Err(malformed("another hash_type"));
            }
            let param = |name| encoded.param(name).map_err(malformed);
            let log_n: u32 = encoded.param("ln").map_err(malformed)?;
            let config = ScryptConfig {
                salt: String::new(),
                n_parameter: 1_i64.checked_shl(log_n).unwrap_or(0),
                r_parameter: param("r")?,
                p_parameter: param("p")?,
                key_length: encoded.hash.len().try_into().unwrap_or(i64::MAX),
            };
            (config, encoded.salt, encoded.hash)
        }
    };
    let n = u32::try_from(config.n_parameter).ok().filter(|n| (2..=262_144).contains(n) && n.is_power_of_two());
    let n = n.ok_or_else(|| {
        invalid(ErrorType::InvalidScryptNParameter, "scrypt_config.n_parameter is not a power of two from 2 to 262144")
    })?;
    let lane = |name: &str, number: i64| {
        let fits = u32::try_from(number).ok().filter(|number| (1..=1024).contains(number));
        fits.ok_or_else(|| invalid(ErrorType::InvalidScryptParameters, format!("scrypt_config.{name} is not 1 to 1024")))
    };
    let (r, p) = (lane("r_parameter", config.r_parameter)?, lane("p_parameter", config.p_parameter)?);
    if u64::from(n) * u64::from(r) / 8 > MAX_KIB {
        return Err(invalid(
            ErrorType::InvalidScryptParameters,
            "scrypt_config.n_parameter and r_parameter ask for more than 1 GiB",
        ));
    }
    if salt.is_empty() {
        return Err(invalid(ErrorType::InvalidScryptSaltLength, "scrypt_config.salt is empty"));
    }
    let key_length = u32::try_from(config.key_length).unwrap_or(0);
    same_length("scrypt_config", &hash, key_length, ErrorType::ScryptKeyLengthMismatch)?;
    let log_n = u8::try_from(n.ilog2()).unwrap_or(u8::MAX);
    Ok(Algorithm::Scrypt(Scrypt { log_n, r, p, salt, hash }))
}

fn parse_phpass(hash: &str) -> Result<Algorithm, InvalidHash> {
    if !(hash.starts_with("$P$") || hash.starts_with("$H$")) {
        return Err(invalid(ErrorType::InvalidPhpassHashPrefix, "hash starts with neither $P$ nor $H$"));
    }
    let is_form = hash.len() == Phpass::LENGTH && hash[3..].chars().all(|char| Phpass::ALPHABET.contains(char));
    let log_rounds = hash[3..].chars().next().and_then(|char| Phpass::ALPHABET.find(char)).filter(|log| (7..=30).contains(log));
    match log_rounds.and_then(|log| u8::try_from(log).ok()).filter(|_| is_form) {
        Some(log_rounds) => Ok(Algorithm::Phpass(Phpass { log_rounds, encoded: hash.into() })),
        None => Err(invalid(ErrorType::InvalidPhpassHashFormat, "hash is not 34 characters of phpass with 2^7 to 2^30 rounds")),
    }
}

fn parse_pbkdf2(hash: &str, config: Option<&HashConfig>) -> Result<Algorithm, InvalidHash> {
    let config = match config {
        Some(HashConfig::Pbkdf2(config)) => config,
        Some(_) => return Err(foreign_config()),
        None => return Err(invalid(ErrorType::InvalidPbkdf2Salt, "pbkdf_2_config is missing")),
    };
    let base64 = |field: &str, text: &str, error| {
        let bytes = BASE64.decode(text).ok().filter(|bytes| !bytes.is_empty());
        bytes.ok_or_else(|| invalid(error, format!("{field} is empty or not base64")))
    };
    let salt = base64("pbkdf_2_config.salt", &config.salt, ErrorType::InvalidPbkdf2Salt)?.into();
    let hash: Box<[u8]> = base64("hash", hash, ErrorType::InvalidPbkdf2Hash)?.into();
    let iterations = u32::try_from(config.iteration_amount).ok().and_then(NonZeroU32::new);
    let iterations = iterations.ok_or_else(|| {
        invalid(ErrorType::InvalidPbkdf2IterationAmount, "pbkdf_2_config.iteration_amount is not 1 to 4294967295")
    })?;
    let function = match config.algorithm.as_deref() {
        None | Some("" | "sha256") => HmacFunction::Sha256,
        Some("sha512") => HmacFunction::Sha512,
        Some(_) => {
            return Err(invalid(ErrorType::InvalidPbkdf2Algorithm, "pbkdf_2_config.algorithm is neither sha256 nor sha512"));
        }
    };
    let key_length = u32::try_from(config.key_length).unwrap_or(0);
    same_length("pbkdf_2_config", &hash, key_length, ErrorType::Pbkdf2KeyLengthMismatch)?;
    Ok(Algorithm::Pbkdf2(Pbkdf2 { function, iterations, salt, hash }))
}

fn foreign_config() -> InvalidHash {
    invalid(ErrorType::InvalidHash, "the parameters are of another hash_type")
}

fn same_length(config: &str, hash: &[u8], key_length: u32, error: ErrorType) -> Result<(), InvalidHash> {
    if !hash.is_empty() && u32::try_from(hash.len()) == Ok(key_length) {
        return Ok(());
    }
    Err(invalid(error, format!("{config}.key_length is {key_length}, and hash has {} bytes", hash.len())))
}

pub(super) fn write(algorithm: &Algorithm) -> WrittenHash {
    let (hash, config) = match algorithm {
        Algorithm::Bcrypt(encoded) | Algorithm::Phpass(Phpass { encoded, .. }) => (encoded.to_string(), None),
        Algorithm::Argon2(Argon2 { variant, version, params, salt, hash }) => {
            let (salt, hash) = (BASE64.encode(salt), BASE64.encode(hash));
            let (memory, iterations, threads) = (params.m_cost(), params.t_cost(), params.p_cost());
            let name = variant.as_str();
            let version = u32::from(*version);
            (format!("${name}$v={version}$m={memory},t={iterations},p={threads}${salt}${hash}"), None)
        }
        Algorithm::Scrypt(Scrypt { log_n, r, p, salt, hash }) => {
            (format!("$scrypt$ln={log_n},r={r},p={p}${}${}", BASE64.encode(salt), BASE64.encode(hash)), None)
        }
        Algorithm::Pbkdf2(Pbkdf2 { function, iterations, salt, hash }) => {
            let algorithm = match function {
                HmacFunction::Sha256 => "sha256",
                HmacFunction::Sha512 => "sha512",
            };
            let config = Pbkdf2Config {
                salt: STANDARD.encode(salt),
                iteration_amount: iterations.get().into(),
                key_length: hash.len().try_into().unwrap_or(i64::MAX),
                algorithm: Some(algorithm.to_owned()),
            };
            (STANDARD.encode(hash), Some(HashConfig::Pbkdf2(config)))
        }
        Algorithm::Digest(SaltedDigest { salts, hash, .. }) => {
            let config = (*salts != Salts::default()).then(|| HashConfig::Salts(salts.clone()));
            (HEXLOWER.encode(hash), config)
        }
    };
    WrittenHash { hash_type: algorithm.hash_type(), hash, config }
}
