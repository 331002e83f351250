//! A user's password in a seed: in plain, which is hashed when the seed is read, or hashed already, as
//! `passwords.migrate` takes it. Only the hash is written back.

use std::sync::Arc;

use serde_json::{Value, json};

use super::node::Node;
use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::user_factors::{built_id, or_id};
use super::value::{SeedValue, seed_names};
use crate::domain::compact_text::CompactText;
use crate::domain::id::Environment;
use crate::domain::id_generator::IdGenerator;
use crate::domain::password_hash::{
    Argon2Config, HashConfig, HashType, PasswordHash, Pbkdf2Config, Salts, ScryptConfig, WrittenHash,
};
use crate::domain::user::Password;

seed_names! {
    HashType "hash_type": HashType::ALL.into_iter(), HashType::parse;
}

seed_object! {
    /// A user's password. With neither `password` nor `hash` nothing proves it.
    PasswordKeys, "a password" {
        /// Default: generated.
        password_id: Option<CompactText>,
        /// Whether the user has to reset it before they can log in by it. Default: false.
        requires_reset: Option<bool>,
        /// In plain; it is hashed when the seed is read.
        password: Option<String>,
        /// The hash of another system, instead of `password`.
        hash: Option<String>,
        /// What kind of hash it is.
        hash_type: Option<HashType>,
        /// The salts around an `md_5` hash.
        md_5_config: Option<SaltsEntry>,
        /// The parameters of an Argon2 hash that is not encoded.
        argon_2_config: Option<Argon2Entry>,
        /// The salts around a `sha_1` hash.
        sha_1_config: Option<SaltsEntry>,
        /// The salts around a `sha_512` hash.
        sha_512_config: Option<SaltsEntry>,
        /// The parameters of an scrypt hash that is not encoded.
        scrypt_config: Option<ScryptEntry>,
        /// The parameters of a `pbkdf_2` hash.
        pbkdf_2_config: Option<Pbkdf2Entry>,
    }
}

seed_object! {
    /// Salts around a password.
    SaltsEntry, "salts" {
        /// Before it. Default: empty.
        prepend_salt: Option<String>,
        /// After it. Default: empty.
        append_salt: Option<String>,
    }
}

seed_object! {
    /// The parameters of Argon2.
    Argon2Entry, "the parameters of Argon2" {
        /// As it is.
        salt: Option<String>,
        /// How often.
        iteration_amount: Option<u32>,
        /// In KiB.
        memory: Option<u32>,
        /// How many lanes.
        threads: Option<u32>,
        /// In bytes.
        key_length: Option<u32>,
    }
}

seed_object! {
    /// The parameters of scrypt.
    ScryptEntry, "the parameters of scrypt" {
        /// In base64.
        salt: Option<String>,
        /// A power of two.
        n_parameter: Option<u32>,
        /// The block size.
        r_parameter: Option<u32>,
        /// How many lanes.
        p_parameter: Option<u32>,
        /// In bytes.
        key_length: Option<u32>,
    }
}

seed_object! {
    /// The parameters of PBKDF2.
    Pbkdf2Entry, "the parameters of PBKDF2" {
        /// In base64.
        salt: Option<String>,
        /// How often.
        iteration_amount: Option<u32>,
        /// In bytes.
        key_length: Option<u32>,
        /// `sha256`, which is the default, or `sha512`.
        algorithm: Option<String>,
    }
}

/// A number that is missing is 0, which no hash takes.
fn number(given: Option<u32>) -> i64 {
    given.unwrap_or_default().into()
}

fn text(given: Option<&String>) -> String {
    given.cloned().unwrap_or_default()
}

/// A user's password, as a seed has it.
#[derive(Debug, Clone, Default)]
pub struct PasswordEntry {
    password_id: Option<CompactText>,
    requires_reset: bool,
    secret: Secret,
}

/// What proves a password.
#[derive(Debug, Clone, Default)]
enum Secret {
    #[default]
    Nothing,
    Plain(String),
    Hashed(Arc<PasswordHash>),
}

impl SeedValue for PasswordEntry {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let problems = report.count();
        let keys = PasswordKeys::read(node, report)?;
        // what was not understood is not there, and must not be told to be missing
        let secret = if report.count() == problems { keys.secret(node.path(), report) } else { Secret::Nothing };
        Some(Self { password_id: keys.password_id, requires_reset: keys.requires_reset.unwrap_or(false), secret })
    }

    fn schema() -> Value {
        PasswordKeys::schema()
    }
}

impl PasswordKeys {
    /// What proves the password; reports what can't be. No message repeats a password or a hash.
    fn secret(&self, path: &Path<'_>, report: &mut Report<'_>) -> Secret {
        let wanted = self.hash_type.filter(|_| self.hash.is_some()).and_then(HashType::config_field);
        let (mut config, mut is_sound) = (None, true);
        for (field, given) in self.configs() {
            if Some(field) == wanted {
                config = Some(given);
            } else {
                report.add(&path.key(field), "these parameters belong to a hash of another hash_type");
                is_sound = false;
            }
        }
        match (&self.password, &self.hash, self.hash_type) {
            _ if !is_sound => {}
            (None, None, None) => {}
            (Some(password), None, None) => return Secret::Plain(password.clone()),
            (None, Some(hash), Some(hash_type)) => {
                match PasswordHash::parse(&WrittenHash { hash_type, hash: hash.clone(), config }) {
                    Ok(hash) => return Secret::Hashed(Arc::new(hash)),
                    Err(error) => report.add(&path.key("hash"), error.to_string()),
                }
            }
            (Some(_), ..) => report.add(&path.key("password"), "a password stands here in plain or as a hash, not as both"),
            (None, Some(_), None) => report.add(&path.key("hash"), "hash_type is missing; nothing can stand in for it"),
            (None, None, Some(_)) => report.add(&path.key("hash_type"), "hash is missing; nothing can stand in for it"),
        }
        Secret::Nothing
    }

    /// The parameters that are there, each with its key.
    fn configs(&self) -> Vec<(&'static str, HashConfig)> {
        let salts = |entry: &SaltsEntry| {
            let (prepend_salt, append_salt) = (text(entry.prepend_salt.as_ref()), text(entry.append_salt.as_ref()));
            HashConfig::Salts(Salts { prepend_salt, append_salt })
        };
        let argon2 = |entry: &Argon2Entry| {
            HashConfig::Argon2(Argon2Config {
                salt: text(entry.salt.as_ref()),
                iteration_amount: number(entry.iteration_amount),
                memory: number(entry.memory),
                threads: number(entry.threads),
                key_length: number(entry.key_length),
            })
        };
        let scrypt = |entry: &ScryptEntry| {
            HashConfig::Scrypt(ScryptConfig {
                salt: text(entry.salt.as_ref()),
                n_parameter: number(entry.n_parameter),
                r_parameter: number(entry.r_parameter),
                p_parameter: number(entry.p_parameter),
                key_length: number(entry.key_length),
            })
        };
        let pbkdf2 = |entry: &Pbkdf2Entry| {
            HashConfig::Pbkdf2(Pbkdf2Config {
                salt: text(entry.salt.as_ref()),
                iteration_amount: number(entry.iteration_amount),
                key_length: number(entry.key_length),
                algorithm: entry.algorithm.clone(),
            })
        };
        let configs = [
            ("md_5_config", self.md_5_config.as_ref().map(salts)),
            ("sha_1_config", self.sha_1_config.as_ref().map(salts)),
            ("sha_512_config", self.sha_512_config.as_ref().map(salts)),
            ("argon_2_config", self.argon_2_config.as_ref().map(argon2)),
            ("scrypt_config", self.scrypt_config.as_ref().map(scrypt)),
            ("pbkdf_2_config", self.pbkdf_2_config.as_ref().map(pbkdf2)),
        ];
        configs.into_iter().filter_map(|(field, config)| Some((field, config?))).collect()
    }
}

impl PasswordEntry {
    /// Fills in the id, and hashes a plain password.
    pub fn fill_defaults(&mut self, environment: Environment, ids: &mut IdGenerator<'_>) {
        or_id(&mut self.password_id, "password", environment, ids);
        if let Secret::Plain(password) = &self.secret {
            self.secret = Secret::Hashed(Arc::new(PasswordHash::new(password, ids.bytes())));
        }
    }

    /// The password, once it is filled in.
    #[must_use]
    pub fn build(self) -> Password {
        let hash = match self.secret {
            Secret::Hashed(hash) => Some(hash),
            Secret::Nothing | Secret::Plain(_) => None,
        };
        Password { password_id: built_id(self.password_id), requires_reset: self.requires_reset, hash }
    }
}

/// Writes the hash of a password into its seed entry.
pub fn export(entry: &mut Value, password: &Password) {
    let Some(written) = password.hash.as_ref().map(|hash| hash.written()) else { return };
    entry["hash"] = json!(written.hash);
    entry["hash_type"] = json!(written.hash_type.as_str());
    let config = written.config.map(|config| match config {
        HashConfig::Salts(Salts { prepend_salt, append_salt }) => {
            json!({ "prepend_salt": prepend_salt, "append_salt": append_salt })
        }
        HashConfig::Argon2(Argon2Config { salt, iteration_amount, memory, threads, key_length }) => json!({
            "salt": salt, "iteration_amount": iteration_amount, "memory": memory, "threads": threads, "key_length": key_length
        }),
        HashConfig::Scrypt(ScryptConfig { salt, n_parameter, r_parameter, p_parameter, key_length }) => json!({
            "salt": salt, "n_parameter": n_parameter, "r_parameter": r_parameter, "p_parameter": p_parameter,
            "key_length": key_length
        }),
        HashConfig::Pbkdf2(Pbkdf2Config { salt, iteration_amount, key_length, algorithm }) => json!({
            "salt": salt, "iteration_amount": iteration_amount, "key_length": key_length, "algorithm": algorithm
        }),
    });
    if let Some((field, config)) = written.hash_type.config_field().zip(config) {
        entry[field] = config;
    }
}
