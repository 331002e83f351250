//! Passwords: signing up and in, every refusal, resets, locks, the sandbox, and what a seed says of them.

use serde_json::{Value, json};
use stytch_mock::{Emulator, MessageFilter};

use crate::client::Request;
use crate::fixture::{House, NOW};
use crate::life::{BOBS_TOKEN, Caller, text};
use crate::openapi;

pub const CREATE: &str = "/v1/passwords";
pub const LOG_IN: &str = "/v1/passwords/authenticate";
pub const CHECK: &str = "/v1/passwords/strength_check";
pub const MIGRATE: &str = "/v1/passwords/migrate";
pub const START: &str = "/v1/passwords/email/reset/start";
pub const BY_EMAIL: &str = "/v1/passwords/email/reset";
const BY_PASSWORD: &str = "/v1/passwords/existing_password/reset";
const BY_SESSION: &str = "/v1/passwords/session/reset";

pub const STRONG: &str = "correct horse battery staple";
pub const OTHER: &str = "another horse battery staple";
pub const BREACHED: &str = "a breached horse battery staple";

/// What the seed scripts for Gwen.
const SCRIPTED: &str = "503 server_unavailable";

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Ada has a password, Bea none, Cleo one to reset, Dora one that is breached, Elsa one of MD5, Fay one that is only
/// mentioned; whoever asks for Gwen is refused.
pub fn seed(project: &Value) -> String {
    let user = |name: &str, rest: Value| {
        let session = json!({ "session_token": format!("{name}s-token"), "started_at": "2021-08-09T07:00:00Z" });
        let mut user =
            json!({ "external_id": name, "emails": [{ "email": format!("{name}@example.com") }], "sessions": [session] });
        user.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        user
    };
    let mut entry = json!({
        "password_strength": { "breached": [BREACHED] },
        "users": [
            user("ada", json!({ "password": { "password": STRONG }, "phone_numbers": [{ "phone_number": "+12025550101" }] })),
            user("bea", json!({})),
            user("cleo", json!({ "password": { "password": STRONG, "requires_reset": true } })),
            user("dora", json!({ "password": { "password": BREACHED } })),
            user("elsa", json!({ "password": { "hash": "5f4dcc3b5aa765d61d8327deb882cf99", "hash_type": "md_5" } })),
            user("fay", json!({ "password": {} })),
            user("gwen", json!({ "password": { "password": STRONG }, "respond_with": "server_unavailable" })),
        ],
    });
    entry.as_object_mut().unwrap().extend(project.as_object().unwrap().clone());
    json!({ "clock": NOW, "projects": [entry] }).to_string()
}

pub fn world() -> Caller {
    world_with(&json!({}))
}

pub fn world_with(project: &Value) -> Caller {
    Caller::of(Emulator::builder().seed_json(seed(project)).id_seed(7))
}

fn ada(password: &str) -> Value {
    json!({ "email": "ada@example.com", "password": password })
}

/// The token of the reset that is sent last.
fn reset_token(caller: &mut Caller, body: &Value) -> String {
    caller.posted(START, body);
    let messages = caller.house.emulator.control().outbox(&MessageFilter::default()).messages;
    messages.last().unwrap().token.clone().unwrap()
}

fn ada_reset_token(caller: &mut Caller) -> String {
    reset_token(caller, &json!({ "email": "ada@example.com" }))
}

fn with(mut body: Value, more: &Value) -> Value {
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn who_signs_up_can_log_in_and_is_listed() {
    let mut caller = world();
    let signup = json!({ "email": "new@example.com", "password": STRONG });
    let made = caller.posted(CREATE, &signup);
    assert_eq!((&made["session"], &made["session_token"], &made["session_jwt"]), (&Value::Null, &json!(""), &json!("")));
    assert_eq!(made["user"]["emails"][0]["verified"], false);
    assert_eq!(made["user_device"], Value::Null);
    let user_id = text(&made, "/user_id").to_owned();
    assert!(caller.sessions(&user_id).is_empty());
    let minutes = json!({ "session_duration_minutes": 30 });
    let body = caller.posted(LOG_IN, &with(json!({ "email": "NEW@example.com", "password": STRONG }), &minutes));
    assert_eq!(body["session"]["authentication_factors"][0]["type"], "password");
    assert_eq!(body["session"]["authentication_factors"][0]["delivery_method"], "knowledge");
    assert_eq!(caller.sessions(&user_id), [body["session"].clone()]);
    // a given session, by its token or a JWT, gets the factor and no sibling
    let token = text(&body, "/session_token").to_owned();
    let given = json!({ "session_jwt": caller.jwt(&token) });
    let again = caller.posted(LOG_IN, &with(signup, &given));
    assert_eq!(again["session"]["session_id"], body["session"]["session_id"]);
    assert_eq!(again["session"]["authentication_factors"].as_array().unwrap().len(), 2);
    assert_eq!(caller.sessions(&user_id).len(), 1);
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn each_refusal_is_the_documented_one_and_changes_nothing_but_the_count() {
    let mut caller = world_with(&json!({ "user_lock": { "after": 1000 } }));
    let document = openapi::document(&caller.house.client);
    let state = caller.state();
    let log_in = |name: &str, password: &str| json!({ "email": format!("{name}@example.com"), "password": password });
    let token = reset_token(
        &mut caller,
        &json!({ "email": "ada@example.com", "attributes": { "ip_address": "203.0.113.1", "user_agent": "a browser" } }),
    );
    let pkce = reset_token(&mut caller, &json!({ "email": "ada@example.com", "code_challenge": CHALLENGE }));
    let reset = |token: &str, more: Value| with(json!({ "token": token, "password": OTHER }), &more);
    let existing =
        |password: &str, new: &str| json!({ "email": "ada@example.com", "existing_password": password, "new_password": new });
    let migrate = |hash_type: &str, hash: &str, more: Value| {
        with(json!({ "email": "hal@example.com", "hash_type": hash_type, "hash": hash }), &more)
    };
    let argon2 = |key_length: i64, threads: i64| {
        json!({ "argon_2_config": {
            "salt": "somesalt-16bytes", "iteration_amount": 2, "memory": 64, "threads": threads, "key_length": key_length
        } })
    };
    let scrypt = |key_length: i64| {
        json!({ "scrypt_config": {
            "salt": "c29tZXNhbHQ=", "n_parameter": 16, "r_parameter": 8, "p_parameter": 1, "key_length": key_length
        } })
    };
    let pbkdf2 = |key_length: i64| json!({ "pbkdf_2_config": { "salt": "c29tZXNhbHQ=", "iteration_amount": 10, "key_length": key_length } });
    let start = |more: Value| with(json!({ "email": "ada@example.com" }), &more);
    let (md5, none) = ("5f4dcc3b5aa765d61d8327deb882cf99", json!({}));
    for (expected, path, body) in [
        ("400 bad_request", CREATE, json!({ "email": "hal@example.com" })),
        ("400 bad_request", CREATE, json!({ "email": "hal@example.com", "password": 1 })),
        ("400 invalid_email", CREATE, json!({ "email": "hal", "password": STRONG })),
        ("400 duplicate_email", CREATE, ada(OTHER)),
        ("400 weak_password", CREATE, log_in("hal", "password1")),
        ("400 breached_password", CREATE, log_in("hal", BREACHED)),
        ("400 invalid_session_duration_minutes", CREATE, with(log_in("hal", STRONG), &json!({ "session_duration_minutes": 4 }))),
        ("400 metadata_invalid_format", CREATE, with(log_in("hal", STRONG), &json!({ "trusted_metadata": 1 }))),
        ("400 invalid_email", LOG_IN, json!({ "email": "ada", "password": STRONG })),
        ("404 email_not_found", LOG_IN, log_in("hal", STRONG)),
        ("400 no_user_password", LOG_IN, log_in("bea", STRONG)),
        ("401 unauthorized_credentials", LOG_IN, ada(OTHER)),
        ("401 unauthorized_credentials", LOG_IN, log_in("cleo", OTHER)),
        ("400 reset_password", LOG_IN, log_in("cleo", STRONG)),
        ("400 reset_password", LOG_IN, log_in("dora", BREACHED)),
        ("401 unauthorized_credentials", LOG_IN, log_in("fay", "")),
        (SCRIPTED, LOG_IN, log_in("gwen", STRONG)),
        ("400 user_id_mismatch", LOG_IN, with(ada(STRONG), &json!({ "session_token": "beas-token" }))),
        ("400 invalid_session_token", LOG_IN, with(ada(STRONG), &json!({ "session_token": BOBS_TOKEN }))),
        ("400 too_many_session_arguments", LOG_IN, with(ada(STRONG), &json!({ "session_token": "a", "session_jwt": "b" }))),
        ("400 invalid_email", START, json!({ "email": "ada" })),
        ("404 email_not_found", START, json!({ "email": "hal@example.com" })),
        ("400 invalid_expiration", START, start(json!({ "reset_password_expiration_minutes": 4 }))),
        ("400 invalid_expiration", START, start(json!({ "reset_password_expiration_minutes": 10_081 }))),
        ("400 invalid_locale", START, start(json!({ "locale": "de" }))),
        ("400 invalid_password_reset_redirect_url", START, start(json!({ "reset_password_redirect_url": "nowhere" }))),
        ("400 invalid_pkce_code_challenge", START, start(json!({ "code_challenge": "x" }))),
        ("400 pkce_required_for_native_callback", START, start(json!({ "reset_password_redirect_url": "myapp://reset" }))),
        ("400 invalid_token", BY_EMAIL, reset("", none.clone())),
        ("401 unable_to_auth_password_reset_token", BY_EMAIL, reset("unknown", none.clone())),
        ("400 weak_password", BY_EMAIL, json!({ "token": token, "password": "password1" })),
        ("400 breached_password", BY_EMAIL, json!({ "token": token, "password": BREACHED })),
        ("401 attribute_mismatch", BY_EMAIL, reset(&token, json!({ "options": { "ip_match_required": true } }))),
        ("401 attribute_mismatch", BY_EMAIL, reset(&token, json!({ "options": { "user_agent_match_required": true } }))),
        ("400 pkce_did_not_expect_code_verifier", BY_EMAIL, reset(&token, json!({ "code_verifier": VERIFIER }))),
        ("400 pkce_expected_code_verifier", BY_EMAIL, reset(&pkce, none.clone())),
        ("400 pkce_mismatch", BY_EMAIL, reset(&pkce, json!({ "code_verifier": "x".repeat(43) }))),
        ("400 invalid_pkce_code_verifier", BY_EMAIL, reset(&pkce, json!({ "code_verifier": "x" }))),
        ("400 user_id_mismatch", BY_EMAIL, reset(&token, json!({ "session_token": "beas-token" }))),
        ("401 unauthorized_credentials", BY_PASSWORD, existing(OTHER, "weak")),
        ("400 weak_password", BY_PASSWORD, existing(STRONG, "weak")),
        ("400 breached_password", BY_PASSWORD, existing(STRONG, BREACHED)),
        ("400 no_session_arguments", BY_SESSION, json!({ "password": OTHER })),
        ("400 invalid_session_token", BY_SESSION, json!({ "password": OTHER, "session_token": "unknown" })),
        ("400 session_too_old_to_reset_password", BY_SESSION, json!({ "password": OTHER, "session_token": "adas-token" })),
        ("400 invalid_email", MIGRATE, with(migrate("md_5", md5, none.clone()), &json!({ "email": "hal" }))),
        ("400 invalid_phone_number", MIGRATE, migrate("md_5", md5, json!({ "phone_number": "0" }))),
        ("400 duplicate_phone_number", MIGRATE, migrate("md_5", md5, json!({ "phone_number": "+12025550101" }))),
        ("400 duplicate_user_external_id", MIGRATE, migrate("md_5", md5, json!({ "external_id": "ada" }))),
        (
            "400 password_already_exists",
            MIGRATE,
            with(migrate("md_5", md5, none.clone()), &json!({ "email": "ada@example.com" })),
        ),
        ("400 invalid_hash_type", MIGRATE, migrate("sha_256", md5, none.clone())),
        ("400 invalid_hash", MIGRATE, migrate("argon_2id", md5, none.clone())),
        ("400 invalid_argon_2_threads", MIGRATE, migrate("argon_2id", md5, argon2(16, 0))),
        ("400 invalid_bcrypt_hash", MIGRATE, migrate("bcrypt", md5, none.clone())),
        ("400 invalid_md_5_hash", MIGRATE, migrate("md_5", "x", none.clone())),
        ("400 invalid_sha_1_hash", MIGRATE, migrate("sha_1", md5, none.clone())),
        ("400 invalid_phpass_hash_prefix", MIGRATE, migrate("phpass", md5, none.clone())),
        ("400 invalid_pbkdf_2_hash", MIGRATE, migrate("pbkdf_2", "!", pbkdf2(16))),
        ("400 invalid_base64_scrypt_hash", MIGRATE, migrate("scrypt", "!", scrypt(16))),
        ("400 argon_2_key_length_mismatch", MIGRATE, migrate("argon_2id", md5, argon2(17, 1))),
        ("400 scrypt_key_length_mismatch", MIGRATE, migrate("scrypt", "c29tZXNhbHQ=", scrypt(16))),
        ("400 pbkdf_2_key_length_mismatch", MIGRATE, migrate("pbkdf_2", "c29tZXNhbHQ=", pbkdf2(16))),
    ] {
        let response = caller.post(path, &body);
        assert_eq!(response.outcome(), expected, "{path} {body}");
        if expected != SCRIPTED {
            openapi::assert_declared(&document, "POST", path, &response.json());
        }
    }
    assert_eq!(caller.state(), state);
    // nothing of it used the tokens up
    for (token, more) in [(token, none), (pkce, json!({ "code_verifier": VERIFIER }))] {
        caller.posted(BY_EMAIL, &reset(&token, more));
    }
}

#[test]
fn a_reset_by_email_ends_every_session_verifies_the_address_and_is_good_once() {
    let mut caller = world();
    caller
        .posted(MIGRATE, &json!({ "email": "new@example.com", "hash": "5f4dcc3b5aa765d61d8327deb882cf99", "hash_type": "md_5" }));
    let old =
        caller.posted(LOG_IN, &json!({ "email": "new@example.com", "password": "password", "session_duration_minutes": 60 }));
    let start = json!({
        "email": "NEW@example.com", "attributes": { "ip_address": "203.0.113.1" }, "locale": "fr",
        "reset_password_redirect_url": "https://example.com/reset?x=1", "reset_password_template_id": "template"
    });
    let token = reset_token(&mut caller, &start);
    let outbox = serde_json::to_value(caller.house.emulator.control().outbox(&MessageFilter::default())).unwrap();
    let message = &outbox["messages"][0];
    // the link leads to the emulator, which sends the browser on
    let followed = caller.get(text(message, "/link").strip_prefix("http://emulator.test").unwrap());
    let target = format!("https://example.com/reset?x=1&stytch_token_type=reset_password&token={token}");
    assert_eq!(followed.header("location"), Some(target.as_str()));
    for (key, expected) in [
        ("kind", "password_reset"),
        ("channel", "email"),
        ("to", "new@example.com"),
        ("locale", "fr"),
        ("template_id", "template"),
        ("expires_at", "2021-08-09T08:30:00Z"),
    ] {
        assert_eq!(message[key], expected, "{key}");
    }
    let reset = json!({
        "token": token, "password": OTHER, "session_duration_minutes": 30, "session_token": old["session_token"],
        "attributes": { "ip_address": "203.0.113.1" }, "options": { "ip_match_required": true }
    });
    let body = caller.posted(BY_EMAIL, &reset);
    assert_eq!(body["user"]["emails"][0]["verified"], true);
    assert_eq!(body["user"]["password"]["password_id"], old["user"]["password"]["password_id"]);
    assert_eq!(body["session"]["attributes"]["ip_address"], "203.0.113.1");
    assert_eq!(caller.sessions(text(&body, "/user_id")), [body["session"].clone()], "the old session is over");
    let again = json!({ "token": token, "password": OTHER });
    assert_eq!(caller.post(BY_EMAIL, &again).outcome(), "401 unable_to_auth_password_reset_token");
    let log_in = |password: &str| json!({ "email": "new@example.com", "password": password });
    assert_eq!(caller.post(LOG_IN, &log_in("password")).outcome(), "401 unauthorized_credentials");
    caller.posted(LOG_IN, &log_in(OTHER));
}

#[test]
fn a_reset_link_ends_by_the_clock() {
    for (minutes, advance, expected) in [
        (Value::Null, "29m59s", "200"),
        (Value::Null, "30m", "401 unable_to_auth_password_reset_token"),
        (json!(5), "5m", "401 unable_to_auth_password_reset_token"),
        (json!(10_080), "10079m", "200"),
    ] {
        let mut caller = world();
        let token =
            reset_token(&mut caller, &json!({ "email": "ada@example.com", "reset_password_expiration_minutes": minutes }));
        caller.advance(advance);
        let response = caller.post(BY_EMAIL, &json!({ "token": token, "password": OTHER }));
        assert_eq!(response.outcome(), expected, "{minutes} {advance}");
    }
}

#[test]
fn resets_by_the_existing_password_and_by_a_session() {
    let mut caller = world();
    let minutes = json!({ "session_duration_minutes": 30 });
    let reset = json!({ "email": "ada@example.com", "existing_password": STRONG, "new_password": OTHER });
    let body = caller.posted(BY_PASSWORD, &with(reset, &minutes));
    assert_eq!(caller.sessions("ada"), [body["session"].clone()], "every session before it is over");
    assert_eq!(caller.post(LOG_IN, &ada(STRONG)).outcome(), "401 unauthorized_credentials");
    caller.posted(LOG_IN, &with(ada(OTHER), &minutes));
    let token = text(&body, "/session_token").to_owned();
    caller.advance("5m");
    let again = caller.posted(BY_SESSION, &json!({ "session_token": token, "password": STRONG }));
    assert_eq!(again["session"]["session_id"], body["session"]["session_id"]);
    assert_eq!(caller.sessions("ada"), [again["session"].clone()], "every other session is over");
    caller.posted(LOG_IN, &ada(STRONG));
    caller.advance("5m1s");
    let late = caller.post(BY_SESSION, &json!({ "session_token": token, "password": OTHER }));
    assert_eq!(late.outcome(), "400 session_too_old_to_reset_password");
    // a reset is the way out of requires_reset
    let token = reset_token(&mut caller, &json!({ "email": "cleo@example.com" }));
    caller.posted(BY_EMAIL, &json!({ "token": token, "password": OTHER }));
    caller.posted(LOG_IN, &json!({ "email": "cleo@example.com", "password": OTHER }));
}

#[test]
fn a_user_is_locked_after_failures_in_a_row_until_the_clock_says() {
    let mut caller = world_with(&json!({ "user_lock": { "after": 3, "for": "10m" } }));
    let wrong = |caller: &mut Caller| caller.post(LOG_IN, &ada(OTHER)).outcome();
    for _ in 0..2 {
        assert_eq!(wrong(&mut caller), "401 unauthorized_credentials");
    }
    caller.posted(LOG_IN, &ada(STRONG));
    for _ in 0..3 {
        assert_eq!(wrong(&mut caller), "401 unauthorized_credentials", "a success starts the count again");
    }
    let token = ada_reset_token(&mut caller);
    for (path, body) in [
        (LOG_IN, ada(OTHER)),
        (LOG_IN, ada(STRONG)),
        (BY_PASSWORD, json!({ "email": "ada@example.com", "existing_password": STRONG, "new_password": OTHER })),
        (BY_EMAIL, json!({ "token": token, "password": OTHER })),
        (BY_SESSION, json!({ "session_token": "adas-token", "password": OTHER })),
    ] {
        let outcome = caller.post(path, &body).outcome();
        // a session that is too old is refused after the lock
        assert_eq!(outcome, "429 user_lock_limit_reached", "{path}");
    }
    let user = caller.get("/v1/users/ada").json();
    assert_eq!(
        (&user["is_locked"], &user["lock_created_at"], &user["lock_expires_at"]),
        (&json!(true), &json!("2021-08-09T08:00:00Z"), &json!("2021-08-09T08:10:00Z"))
    );
    assert_eq!(caller.post(LOG_IN, &json!({ "email": "elsa@example.com", "password": "password" })).outcome(), "200");
    caller.advance("10m");
    assert_eq!(caller.get("/v1/users/ada").json()["is_locked"], false);
    caller.posted(LOG_IN, &ada(STRONG));
}

#[test]
fn the_sandbox_address_has_any_password_and_is_nowhere_in_the_world() {
    let mut caller = world();
    let state = caller.state();
    let sandbox = |password: &str| json!({ "email": "sandbox@stytch.com", "password": password });
    let minutes = json!({ "session_duration_minutes": 5 });
    for (path, body) in [(CREATE, sandbox("")), (CREATE, sandbox("x")), (LOG_IN, sandbox(OTHER))] {
        let answer = caller.posted(path, &body);
        assert_eq!(answer["user_id"], "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd");
        assert_eq!((&answer["session"], &answer["session_token"]), (&Value::Null, &json!("")));
        let answer = caller.posted(path, &with(body, &minutes));
        assert_eq!(answer["session"]["session_id"], "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028");
        assert_eq!(answer["session_token"], "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY");
        let email_id = "email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286";
        assert_eq!(answer["user"]["emails"][0]["email_id"], email_id);
        assert!(answer["email_id"] == email_id || path == LOG_IN);
    }
    assert_eq!(caller.state(), state);
    // a live project has none
    let live = json!({ "project_id": "project-live-11111111-1111-4111-8111-111111111111", "secrets": ["secret-live"] });
    let house = House::seeded(&json!({ "projects": [live] }).to_string());
    let ask = Request::new("POST", LOG_IN).basic("project-live-11111111-1111-4111-8111-111111111111", "secret-live");
    let ask = ask.header("content-type", "application/json").body(sandbox(STRONG).to_string());
    assert_eq!(house.client.send(&ask).outcome(), "404 email_not_found");
}
