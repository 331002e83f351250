//! `POST /v1/users/search`: every filter, AND and OR, and the walk over the pages.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::fixture::STRANGER;
use crate::life::{ALICE, BOB, CAROL, Caller, SEARCH, life, text};

fn query(operator: &str, operands: &[(&str, Value)]) -> Value {
    let operands: Vec<Value> =
        operands.iter().map(|(name, value)| json!({ "filter_name": name, "filter_value": value })).collect();
    json!({ "query": { "operator": operator, "operands": operands } })
}

/// The last letters of the ids that a search finds, in its order.
fn found(caller: &mut Caller, body: &Value) -> String {
    let answer = caller.posted(SEARCH, body);
    let results = answer["results"].as_array().unwrap();
    let found: String = results.iter().map(|user| text(user, "/user_id").chars().last().unwrap()).collect();
    assert_eq!(answer["results_metadata"]["total"], found.len(), "{answer}");
    found
}

#[test]
fn without_a_filter_everybody_is_found_newest_first() {
    let mut caller = life();
    for body in [
        Value::Null,
        json!({}),
        json!({ "query": null, "limit": null, "cursor": null }),
        json!({ "query": {} }),
        json!({ "query": { "operands": null } }),
        json!({ "cursor": "", "query": { "operator": "", "operands": [] } }),
        query("AND", &[]),
        query("OR", &[]),
    ] {
        assert_eq!(found(&mut caller, &body), "dcba", "{body}");
    }
    let answer = caller.posted(SEARCH, &json!({}));
    assert_eq!(answer["results_metadata"], json!({ "next_cursor": null, "total": 4 }));
    let mut alice = caller.get("/v1/users/alice").json();
    alice.as_object_mut().unwrap().retain(|key, _| !["request_id", "status_code"].contains(&key.as_str()));
    assert_eq!(answer["results"][3], alice, "a result is a whole user");
}

#[test]
fn every_filter_finds_who_fits_it() {
    let mut caller = life();
    let at = |text: &str| json!(format!("2021-08-{text}Z"));
    let of_alice = |prefix: &str, tail: &str| json!([format!("{prefix}-test-00000000-0000-4000-8000-0000000000{tail}")]);
    for (name, value, expected) in [
        ("created_at_greater_than", at("02T00:00:00"), "dc"),
        ("created_at_greater_than", at("01T23:59:59"), "dcb"),
        ("created_at_less_than", at("02T00:00:00"), "a"),
        ("created_at_less_than", json!("2021-08-02T00:00:01+00:00"), "ba"),
        ("created_at_between", json!({ "greater_than": at("01T00:00:00"), "less_than": at("04T00:00:00") }), "cb"),
        ("user_id", json!([ALICE, CAROL, STRANGER]), "ca"),
        ("user_id", json!(["alice", "bob", "nobody"]), "ba"),
        ("user_id", json!([CAROL.to_uppercase().replace("USER-TEST", "user-test")]), "c"),
        ("user_id", json!([STRANGER]), ""),
        ("user_id", json!(["user-test-1", "a b"]), ""),
        ("user_id", json!([]), ""),
        ("full_name_fuzzy", json!("b. carr"), "a"),
        ("full_name_fuzzy", json!("ALICE B"), "a"),
        ("full_name_fuzzy", json!("bob"), "b"),
        ("status", json!("pending"), "c"),
        ("status", json!("active"), "dba"),
        ("status", json!("deleted"), ""),
        ("phone_number", json!(["+12025550142", "+1"]), "a"),
        ("phone_number", json!(["+447700900123", "+12025550142"]), "ba"),
        ("phone_id", of_alice("phone-number", "a3"), "a"),
        ("phone_verified", json!(true), "a"),
        ("phone_verified", json!(false), "b"),
        ("phone_number_fuzzy", json!("7009"), "b"),
        ("email_address", json!(["aLiCe@Example.com", "CAROL@example.com"]), "ca"),
        ("email_address", json!(["alice@example"]), ""),
        ("email_id", of_alice("email", "a2"), "a"),
        ("email_verified", json!(true), "da"),
        ("email_verified", json!(false), "ca"),
        ("email_address_fuzzy", json!("@EXAMPLE"), "dca"),
        ("oauth_provider", json!(["google", "GitHub"]), "a"),
        ("oauth_provider", json!(["github"]), ""),
        ("webauthn_registration_id", of_alice("webauthn-registration", "a5"), "a"),
        ("webauthn_registration_verified", json!(true), "a"),
        ("webauthn_registration_verified", json!(false), ""),
        ("biometric_registration_id", of_alice("biometric-registration", "a6"), "a"),
        ("biometric_registration_verified", json!(true), "a"),
        ("biometric_registration_verified", json!(false), ""),
        ("totp_id", of_alice("totp", "a7"), "a"),
        ("totp_verified", json!(false), "a"),
        ("totp_verified", json!(true), ""),
        ("crypto_wallet_id", of_alice("crypto-wallet", "a8"), "a"),
        ("crypto_wallet_address", json!(["0x6DF2DB4FB3DA35D241901BD53367770BF03123F1"]), "a"),
        ("crypto_wallet_verified", json!(true), "a"),
        ("crypto_wallet_verified", json!(false), ""),
        ("password_exists", json!(true), "a"),
        ("password_exists", json!(false), "dcb"),
    ] {
        for operator in ["AND", "OR"] {
            assert_eq!(found(&mut caller, &query(operator, &[(name, value.clone())])), expected, "{name} {value}");
        }
    }
}

#[test]
fn operands_are_joined_by_and_or_by_or() {
    let mut caller = life();
    let active = ("status", json!("active"));
    let example = ("email_address_fuzzy", json!("@example.com"));
    let bob = ("user_id", json!([BOB]));
    for (operands, all, any) in [
        (vec![active.clone(), example.clone()], "da", "dcba"),
        (vec![active.clone(), example, bob.clone()], "", "dcba"),
        (vec![bob.clone(), active], "b", "dba"),
        (vec![bob, ("password_exists", json!(true))], "", "ba"),
    ] {
        assert_eq!(found(&mut caller, &query("AND", &operands)), all, "{operands:?}");
        assert_eq!(found(&mut caller, &query("OR", &operands)), any, "{operands:?}");
        let mut unsaid = query("AND", &operands);
        unsaid["query"].as_object_mut().unwrap().remove("operator");
        assert_eq!(found(&mut caller, &unsaid), all, "AND, if nothing is said");
    }
}

#[test]
fn what_no_search_can_be_is_refused_by_its_name() {
    let mut caller = life();
    let ago = json!("2021-08-09T08:00:00Z");
    let raw = |operands: Value| json!({ "query": { "operator": "AND", "operands": operands } });
    for (body, expected) in [
        (json!({ "limit": 0 }), "user_search_invalid_limit"),
        (json!({ "limit": 1001 }), "user_search_invalid_limit"),
        (json!({ "limit": -1 }), "user_search_invalid_limit"),
        (json!({ "limit": "10" }), "bad_request"),
        (json!({ "limit": 1.5 }), "bad_request"),
        (json!({ "cursor": "x" }), "user_search_invalid_cursor"),
        (json!({ "cursor": "AAAAAAAAAAA" }), "user_search_invalid_cursor"),
        (json!({ "cursor": "ü" }), "user_search_invalid_cursor"),
        (json!({ "cursor": 1 }), "bad_request"),
        (json!({ "query": [] }), "bad_request"),
        (json!({ "query": "alice" }), "bad_request"),
        (raw(json!({})), "bad_request"),
        (raw(json!(["status"])), "bad_request"),
        (json!({ "query": { "operator": "and" } }), "user_search_invalid_operator"),
        (json!({ "query": { "operator": 1 } }), "bad_request"),
        (raw(json!([{}])), "user_search_missing_filter_name"),
        (raw(json!([{ "filter_name": null, "filter_value": "x" }])), "user_search_missing_filter_name"),
        (raw(json!([{ "filter_name": "status", "filter_value": null }])), "user_search_missing_filter_value"),
        (query("AND", &[("status", json!("active")), ("STATUS", json!("active"))]), "user_search_filter_name_not_recognized"),
        (query("AND", &[("email_address", json!("alice@example.com"))]), "user_search_expected_array_of_string"),
        (query("AND", &[("user_id", json!([1]))]), "user_search_expected_array_of_string"),
        (query("AND", &[("totp_id", json!({}))]), "user_search_expected_array_of_string"),
        (query("AND", &[("phone_verified", json!("true"))]), "user_search_expected_bool"),
        (query("AND", &[("password_exists", json!([true]))]), "user_search_expected_bool"),
        (query("AND", &[("status", json!(true))]), "user_search_expected_string"),
        (query("AND", &[("full_name_fuzzy", json!(["alice"]))]), "user_search_expected_string"),
        (query("AND", &[("created_at_less_than", json!(1_628_496_000))]), "user_search_expected_timestamp"),
        (query("AND", &[("created_at_greater_than", json!("2021-08-09"))]), "user_search_expected_timestamp"),
        (query("AND", &[("created_at_between", json!([ago, ago]))]), "user_search_expected_object"),
        (query("AND", &[("created_at_between", json!({ "greater_than": ago }))]), "user_search_expected_timestamp"),
        (query("AND", &[("user_id", json!([ALICE, "bob"]))]), "user_search_cannot_mix_internal_and_external_user_ids"),
        (query("AND", &[("email_address_fuzzy", json!("al"))]), "user_search_email_address_fuzzy_too_short"),
        (query("AND", &[("full_name_fuzzy", json!(""))]), "user_search_full_name_fuzzy_too_short"),
        (query("AND", &[("phone_number_fuzzy", json!("+4"))]), "user_search_phone_number_fuzzy_too_short"),
    ] {
        assert_eq!(caller.post(SEARCH, &body).outcome(), format!("400 {expected}"), "{body}");
    }
}

/// `count` users, three in each second; the ids end in their number.
fn crowd(count: usize) -> Caller {
    let users: Vec<Value> = (0..count)
        .map(|number| {
            let created_at = format!("2021-08-01T00:{:02}:{:02}Z", number / 180, number / 3 % 60);
            json!({ "user_id": format!("user-test-00000000-0000-4000-8000-{number:012}"), "created_at": created_at,
                "emails": [{ "email": format!("{number}@example.com") }], "sessions": [] })
        })
        .collect();
    let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [{ "users": users }] });
    Caller::of(Emulator::builder().seed_json(seed.to_string()).id_seed(7))
}

/// One page: the ids on it, and the cursor of the next.
fn page(caller: &mut Caller, limit: Option<usize>, cursor: &Value, total: usize) -> (Vec<String>, Value) {
    let answer = caller.posted(SEARCH, &json!({ "limit": limit, "cursor": cursor }));
    assert_eq!(answer["results_metadata"]["total"], total);
    let results = answer["results"].as_array().unwrap();
    (results.iter().map(|user| text(user, "/user_id").to_owned()).collect(), answer["results_metadata"]["next_cursor"].clone())
}

fn walk(caller: &mut Caller, limit: usize, total: usize) -> Vec<String> {
    let (mut all, mut cursor) = page(caller, Some(limit), &Value::Null, total);
    while !cursor.is_null() {
        let (more, next) = page(caller, Some(limit), &cursor, total);
        assert!((1..=limit).contains(&more.len()) && (next.is_null() || more.len() == limit), "a page is as full as it can be");
        all.extend(more);
        cursor = next;
    }
    all
}

#[test]
fn the_pages_of_a_walk_are_everybody_once_newest_first() {
    let mut caller = crowd(210);
    let expected: Vec<String> = (0..210).rev().map(|number| format!("user-test-00000000-0000-4000-8000-{number:012}")).collect();
    for limit in [1, 7, 70, 105, 209, 210, 211, 1000] {
        assert_eq!(walk(&mut caller, limit, 210), expected, "{limit} at a time");
    }
    let (first, cursor) = page(&mut caller, None, &Value::Null, 210);
    assert_eq!((first.len(), cursor.is_string()), (100, true), "100, if nothing is said");
}

#[test]
fn a_walk_goes_on_where_it_was_whoever_comes_or_goes() {
    let mut caller = crowd(30);
    let (first, cursor) = page(&mut caller, Some(10), &Value::Null, 30);
    for id in &first {
        assert_eq!(caller.delete(&format!("/v1/users/{id}")).outcome(), "200");
    }
    caller.posted("/v1/users", &json!({ "email": "newcomer@example.com" }));
    let (second, cursor) = page(&mut caller, Some(10), &cursor, 21);
    let expected = |numbers: std::ops::Range<u32>| -> Vec<String> {
        numbers.rev().map(|number| format!("user-test-00000000-0000-4000-8000-{number:012}")).collect()
    };
    assert_eq!(second, expected(10..20), "who cleans up page by page misses nobody");
    let (third, cursor) = page(&mut caller, Some(10), &cursor, 21);
    assert_eq!((third, cursor), (expected(0..10), Value::Null));
    let survivors = walk(&mut caller, 4, 21);
    let mut other = Caller::of(Emulator::builder().seed_json(caller.state().to_string()));
    assert_eq!(walk(&mut other, 4, 21), survivors, "in the same order in an emulator that starts from this one's state");
}
