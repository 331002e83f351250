//! Hashes that other programs made, of every kind that `passwords.migrate` takes: `tests/hashes/make.py` makes the table.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::life::Caller;
use crate::messages::joined;
use crate::passwords::{LOG_IN, MIGRATE};

const TABLE: &str = include_str!("../hashes/hashes.json");

/// The kinds of the vendor's reference.
pub const KINDS: [&str; 9] = ["argon_2i", "argon_2id", "bcrypt", "md_5", "pbkdf_2", "phpass", "scrypt", "sha_1", "sha_512"];

fn rows() -> Vec<Value> {
    serde_json::from_str(TABLE).unwrap()
}

fn log_in(number: usize, password: &Value) -> Value {
    json!({ "email": format!("{number}@example.com"), "password": password })
}

/// Each user's own password is right, and none of these is.
fn try_passwords(caller: &mut Caller, rows: &[Value]) {
    for (number, row) in rows.iter().enumerate() {
        assert_eq!(caller.post(LOG_IN, &log_in(number, &row["password"])).outcome(), "200", "{row}");
        for wrong in [&row["wrong"], &json!(""), &row["fields"]["hash"]] {
            assert_eq!(caller.post(LOG_IN, &log_in(number, wrong)).outcome(), "401 unauthorized_credentials", "{row}");
        }
    }
}

#[test]
fn every_kind_is_tried_with_hashes_of_other_programs() {
    let rows = rows();
    let kinds: BTreeSet<&str> = rows.iter().map(|row| row["fields"]["hash_type"].as_str().unwrap()).collect();
    assert_eq!(kinds, KINDS.into());
    let mut caller = Caller::of(Emulator::builder().seed_json(r#"{"projects": [{}]}"#));
    for (number, row) in rows.iter().enumerate() {
        let body = joined(json!({ "email": format!("{number}@example.com") }), &row["fields"]);
        let answer = caller.posted(MIGRATE, &body);
        assert_eq!((&answer["user_created"], &answer["user"]["password"]["requires_reset"]), (&json!(true), &json!(false)));
    }
    try_passwords(&mut caller, &rows);
    // and from the state that holds them
    let state = caller.state();
    let mut other = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(other.state(), state);
    try_passwords(&mut other, &rows);
}

#[test]
fn a_seed_takes_the_same_hashes() {
    let rows = rows();
    let user = |(number, row): (usize, &Value)| json!({ "emails": [{ "email": format!("{number}@example.com") }], "password": row["fields"] });
    let users: Vec<Value> = rows.iter().enumerate().map(user).collect();
    let mut caller = Caller::of(Emulator::builder().seed_json(json!({ "projects": [{ "users": users }] }).to_string()));
    try_passwords(&mut caller, &rows);
}
