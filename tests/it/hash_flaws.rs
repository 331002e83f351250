//! What can be wrong with a request that migrates a password: each flaw with the refusal that it comes to.

use serde_json::{Value, json};

use crate::flaws::{Case, says};
use crate::login_world::MD5;
use crate::messages::joined;

const MIGRATE: &str = "passwords.migrate";

const SALT: &str = "c29tZXNhbHQ=";

const COSTLESS_BCRYPT: &str = "$2b$03$4AxQgOOdbvZpN9bNAABZ8OCNkpfpEONFfZ0YHNMTpSzvgrLS27RIm";

pub fn cases() -> Vec<Case> {
    let hash = |hash_type: &str, hash: &str, more: Value| joined(json!({ "hash_type": hash_type, "hash": hash }), &more);
    let mut cases = vec![
        says(MIGRATE, "400 invalid_email", json!({ "email": "ada" })),
        says(MIGRATE, "400 invalid_phone_number", json!({ "phone_number": "0" })),
        says(MIGRATE, "400 duplicate_phone_number", json!({ "phone_number": "+12025550101" })),
        says(MIGRATE, "400 duplicate_user_external_id", json!({ "external_id": "ada" })),
        says(MIGRATE, "400 password_already_exists", json!({ "email": "ada@example.com" })),
        says(MIGRATE, "400 invalid_hash_type", json!({ "hash_type": "sha_256" })),
        says(MIGRATE, "400 invalid_hash", hash("argon_2id", MD5, json!({}))),
        says(MIGRATE, "400 invalid_bcrypt_hash", hash("bcrypt", MD5, json!({}))),
        says(MIGRATE, "400 invalid_bcrypt_cost", hash("bcrypt", COSTLESS_BCRYPT, json!({}))),
        says(MIGRATE, "400 invalid_md_5_hash", hash("md_5", "x", json!({}))),
        says(MIGRATE, "400 invalid_sha_1_hash", hash("sha_1", MD5, json!({}))),
        says(MIGRATE, "400 invalid_sha_512_hash", hash("sha_512", MD5, json!({}))),
        says(MIGRATE, "400 invalid_phpass_hash_prefix", hash("phpass", MD5, json!({}))),
        says(MIGRATE, "400 invalid_phpass_hash_format", hash("phpass", "$P$5saltsalt", json!({}))),
        says(MIGRATE, "400 invalid_base64_scrypt_hash", hash("scrypt", "!", config("scrypt", &json!({})))),
        says(MIGRATE, "400 invalid_pbkdf_2_hash", hash("pbkdf_2", "!", config("pbkdf_2", &json!({})))),
    ];
    for (expected, hash_type, wrong) in [
        ("400 invalid_argon_2_salt", "argon_2i", json!({ "salt": "short" })),
        ("400 invalid_argon_2_iteration_amount", "argon_2i", json!({ "iteration_amount": 0 })),
        ("400 invalid_argon_2_memory", "argon_2i", json!({ "memory": 1 })),
        ("400 invalid_argon_2_threads", "argon_2i", json!({ "threads": 0 })),
        ("400 invalid_argon_2_key_length", "argon_2i", json!({ "key_length": 1 })),
        ("400 argon_2_key_length_mismatch", "argon_2i", json!({ "key_length": 17 })),
        ("400 invalid_base64_scrypt_salt", "scrypt", json!({ "salt": "!" })),
        ("400 invalid_scrypt_salt_length", "scrypt", json!({ "salt": "" })),
        ("400 invalid_scrypt_n_parameter", "scrypt", json!({ "n_parameter": 15 })),
        ("400 invalid_scrypt_parameters", "scrypt", json!({ "r_parameter": 0 })),
        ("400 scrypt_key_length_mismatch", "scrypt", json!({ "key_length": 16 })),
        ("400 invalid_pbkdf_2_salt", "pbkdf_2", json!({ "salt": "!" })),
        ("400 invalid_pbkdf_2_iteration_amount", "pbkdf_2", json!({ "iteration_amount": 0 })),
        ("400 invalid_pbkdf_2_algorithm", "pbkdf_2", json!({ "algorithm": "sha1" })),
        ("400 pbkdf_2_key_length_mismatch", "pbkdf_2", json!({ "key_length": 16 })),
    ] {
        let text = if hash_type == "argon_2i" { MD5 } else { SALT };
        cases.push(says(MIGRATE, expected, hash(hash_type, text, config(hash_type, &wrong))));
    }
    cases
}

/// The parameters that a kind of hash has beside it, and what is wrong with them.
fn config(hash_type: &str, wrong: &Value) -> Value {
    let (key, right) = match hash_type {
        "argon_2i" => (
            "argon_2_config",
            json!({ "salt": "somesalt-16bytes", "iteration_amount": 2, "memory": 64, "threads": 1, "key_length": 16 }),
        ),
        "scrypt" => {
            ("scrypt_config", json!({ "salt": SALT, "n_parameter": 16, "r_parameter": 8, "p_parameter": 1, "key_length": 8 }))
        }
        _ => ("pbkdf_2_config", json!({ "salt": SALT, "iteration_amount": 2, "key_length": 8 })),
    };
    json!({ key: joined(right, wrong) })
}
