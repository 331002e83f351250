//! What a project and a seed say of passwords, and what a migration brings.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::fixture::{self};
use crate::life::Caller;
use crate::passwords::{BREACHED, CHECK, CREATE, LOG_IN, MIGRATE, OTHER, STRONG, world, world_with};

#[test]
fn strength_is_told_by_either_policy() {
    let mut caller = world();
    let check = |caller: &mut Caller, body: Value| caller.posted(CHECK, &body);
    let strong = check(&mut caller, json!({ "password": STRONG }));
    assert_eq!(
        (&strong["valid_password"], &strong["score"], &strong["strength_policy"]),
        (&json!(true), &json!(4), &json!("zxcvbn"))
    );
    let known = check(&mut caller, json!({ "password": BREACHED }));
    assert_eq!((&known["valid_password"], &known["breached_password"]), (&json!(true), &json!(true)));
    let known = check(&mut caller, json!({ "password": BREACHED, "email": "ada@example.com" }));
    assert_eq!((&known["valid_password"], &known["breached_password"]), (&json!(false), &json!(true)));
    let mut caller = world_with(&json!({ "password_strength": { "policy": "luds", "min_length": 10, "min_complexity": 3 } }));
    let weak = check(&mut caller, json!({ "password": "Abcdefgh" }));
    let requirements = json!({
        "has_digit": false, "has_lower_case": true, "has_symbol": false, "has_upper_case": true, "missing_characters": 2,
        "missing_complexity": 1
    });
    assert_eq!((&weak["valid_password"], &weak["feedback"]["luds_requirements"]), (&json!(false), &requirements));
    let new = |password: &str| json!({ "email": "new@example.com", "password": password });
    assert_eq!(caller.post(CREATE, &new("Abcdefgh")).outcome(), "400 weak_password");
    assert_eq!(caller.post(CREATE, &new("Abcdefgh12")).outcome(), "200");
}

#[test]
fn migrated_passwords_log_in_and_what_was_said_of_the_user_stays() {
    let mut caller = world();
    let salts = json!({ "prepend_salt": "before", "append_salt": "after" });
    let salt = "c29tZXNhbHQtMTZieXRlcw==";
    let argon2 = json!({ "salt": "somesalt-16bytes", "iteration_amount": 2, "memory": 64, "threads": 2, "key_length": 24 });
    let scrypt = json!({ "salt": salt, "n_parameter": 16, "r_parameter": 8, "p_parameter": 1, "key_length": 32 });
    let pbkdf2 = json!({ "salt": salt, "iteration_amount": 10, "key_length": 32, "algorithm": "sha256" });
    // made by Python's hashlib, bcrypt, argon2-cffi and passlib
    let hashes = [
        ("bcrypt", "$2b$04$4AxQgOOdbvZpN9bNAABZ8OCNkpfpEONFfZ0YHNMTpSzvgrLS27RIm", "", Value::Null),
        ("md_5", "c1140bb1cbb01973e663f5b5ffb54724", "md_5_config", salts.clone()),
        ("sha_1", "3dc1d3785e7054e2f65e227aa47386e81752be1c", "sha_1_config", salts),
        ("argon_2i", "0d129a5702ccc246033e6d0d1070ddc7180b815e8edbc42d", "argon_2_config", argon2.clone()),
        ("argon_2id", "bba369be1a7dce20d2ffe0392005fceaf2b619552542f8e9", "argon_2_config", argon2),
        ("scrypt", "qQE9Ur3vXkgKZAqW7xgxl8K3weW7bLbccbisxGIwnmg=", "scrypt_config", scrypt),
        ("phpass", "$P$5saltsalt9hJCA5XQHb5HNaayqAQyz/", "", Value::Null),
        ("pbkdf_2", "PKLczx4FWRWADz7NpGdMzrMhlhiW7/MakdoMztEP+D0=", "pbkdf_2_config", pbkdf2),
    ];
    for (hash_type, hash, field, config) in &hashes {
        let email = format!("{hash_type}@example.com");
        let made = caller.posted(
            MIGRATE,
            &json!({
                "email": email, "hash": hash, "hash_type": hash_type, (*field): config, "set_email_verified": true,
                "name": { "first_name": hash_type }, "external_id": hash_type
            }),
        );
        assert_eq!((&made["user_created"], &made["user"]["emails"][0]["verified"]), (&json!(true), &json!(true)));
    }
    let there = json!({ "email": "bea@example.com", "hash": hashes[0].1, "hash_type": "bcrypt", "phone_number": "+12025550102",
        "set_phone_number_verified": true });
    let there = caller.posted(MIGRATE, &there);
    assert_eq!((&there["user_created"], &there["user"]["external_id"]), (&json!(false), &json!("bea")));
    assert_eq!(there["user"]["phone_numbers"][0]["verified"], true);
    // and in a world that starts from the state of this one
    let state = caller.state();
    assert!(!state.to_string().contains(STRONG), "a state has no plain password");
    let mut other = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(other.state(), state);
    for caller in [&mut caller, &mut other] {
        for name in hashes.iter().map(|hash| hash.0).chain(["ada", "bea"]) {
            let log_in = |password: &str| json!({ "email": format!("{name}@example.com"), "password": password });
            assert_eq!(caller.post(LOG_IN, &log_in(STRONG)).outcome(), "200", "{name}");
            assert_eq!(caller.post(LOG_IN, &log_in(OTHER)).outcome(), "401 unauthorized_credentials", "{name}");
        }
    }
}

#[test]
fn the_settings_of_a_project_are_written_back() {
    for (key, settings) in [
        ("password_strength", json!({ "policy": "zxcvbn", "min_score": 0 })),
        ("password_strength", json!({ "policy": "luds", "min_length": 9, "min_complexity": 2, "breached": ["a", "b"] })),
        ("user_lock", json!({ "after": 5, "for": "1h 30m" })),
    ] {
        let mut caller = Caller::of(Emulator::builder().seed_json(json!({ "projects": [{ key: settings }] }).to_string()));
        assert_eq!(caller.state()["projects"][0][key], settings);
    }
}

#[test]
fn a_bad_password_of_a_seed_is_a_problem_with_its_line() {
    let user = |password: Value| json!({ "users": [{ "password": password }] });
    let md5 = "5f4dcc3b5aa765d61d8327deb882cf99";
    for (project, expected) in [
        (user(json!({ "hash": "x", "hash_type": "md_5" })), "password.hash: hash is not 32 characters of hex"),
        (user(json!({ "hash": md5 })), "password.hash: hash_type is missing"),
        (user(json!({ "hash_type": "md_5" })), "password.hash_type: hash is missing"),
        (user(json!({ "hash": md5, "hash_type": "md_6" })), "password.hash_type: unknown hash_type \"md_6\""),
        (user(json!({ "password": "x", "hash": md5, "hash_type": "md_5" })), "password.password: a password stands here"),
        (user(json!({ "hash": md5, "hash_type": "md_5", "scrypt_config": {} })), "password.scrypt_config: these parameters"),
        (json!({ "password_strength": { "min_score": 5 } }), "password_strength.min_score: expected 0 to 4, found 5"),
        (json!({ "password_strength": { "min_length": 5 } }), "password_strength.min_length: min_length belongs to the other"),
        (json!({ "password_strength": { "policy": "luds", "min_complexity": 0 } }), "min_complexity: expected 1 to 4"),
        (json!({ "user_lock": { "after": 0 } }), "user_lock.after: nobody could log in"),
        (json!({ "user_lock": { "for": "0s" } }), "user_lock.for: a lock lasts at least a second"),
    ] {
        let refusal =
            fixture::start(Emulator::builder().seed_json(json!({ "projects": [project] }).to_string())).unwrap_err().to_string();
        assert!(refusal.contains(expected) && refusal.contains(":1:"), "{expected}: {refusal}");
        assert_eq!(refusal.matches("$.projects[0]").count(), 1, "one problem: {refusal}");
        assert!(!refusal.contains(md5), "a message repeats no hash: {refusal}");
    }
}
