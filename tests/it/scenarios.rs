//! The seeds that users copy from: each loads and does what it is there for.

use std::collections::BTreeSet;

use serde_json::json;

use crate::client::Request;
use crate::fixture::{House, PROJECT, SECRET, USER, seed_path, sessions_request};
use crate::life::{Caller, text};
use crate::migrated_hashes::KINDS;
use crate::oauth::CHALLENGE;
use crate::passwords::{LOG_IN, OTHER, STRONG};
use crate::program::run;
use crate::totps::code;
use stytch_mock::Emulator;

/// Every file of `seed/` but the schema.
fn names() -> BTreeSet<String> {
    let entries = std::fs::read_dir(seed_path("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.ends_with(".schema.json")).collect()
}

#[test]
fn every_seed_is_fine_and_points_editors_to_the_schema() {
    for name in names() {
        let ended = run(&["validate", "--seed", &seed_path(&name)]);
        assert_eq!(ended.code, Some(0), "{name}: {}", ended.stderr);
        assert!(crate::fixture::seed_text(&name).starts_with("{\n  \"$schema\": \"seed.schema.json\","), "{name}");
    }
}

#[test]
fn every_seed_answers_with_the_credentials_of_the_built_in_one() {
    for name in names() {
        let house = House::of_file(&name);
        let state = house.client.steered("GET", "/__mock/state", "");
        let user = state["projects"][0]["users"][0]["user_id"].as_str().unwrap().to_owned();
        let response = house.client.send(&sessions_request(&format!("user_id={user}")).basic(PROJECT, SECRET));
        assert_ne!(response.status, 404, "{name}: {}", response.text());
        assert!(name == "errors.json" || response.status == 200, "{name}: {}", response.text());
    }
}

#[test]
fn the_built_in_seed_has_one_of_each() {
    for house in [House::of(Emulator::builder()), House::of_file("default.json")] {
        assert_eq!((house.emulator.project_id().as_str(), house.emulator.secret().as_str()), (PROJECT, SECRET));
        let count = |number: u32| house.sessions(&format!("user-test-00000000-0000-4000-8000-{number:012}")).session_ids().len();
        assert_eq!(house.sessions(USER).session_ids(), ["session-test-fe6c042b-6286-479f-8a4f-b046a6c46509"]);
        assert_eq!([count(2), count(3), count(4), count(5)], [0, 0, 2, 1]);
        assert_eq!(house.sessions("customer-42").session_ids().len(), 1);
        assert_eq!(house.sessions("always-fails").outcome(), "500 internal_server_error");
    }
}

#[test]
fn the_rate_limit_seed_lets_three_pass_and_then_one_in_ten_seconds() {
    let house = House::of_file("rate-limit.json");
    house.client.steered("PUT", "/__mock/clock", r#"{"frozen": true}"#);
    let outcomes: Vec<u16> = (0..5).map(|_| house.sessions("hasty").status).collect();
    assert_eq!(outcomes, [200, 200, 200, 429, 429]);
    assert_eq!(house.sessions("hasty").header("retry-after"), Some("10"));
    house.client.steered("POST", "/__mock/clock/advance", r#"{"by": "10s"}"#);
    assert_eq!([house.sessions("hasty").status, house.sessions("hasty").status], [200, 429]);
}

#[test]
fn the_test_and_live_seed_has_one_customer_in_two_worlds() {
    let house = House::of_file("test-and-live.json");
    let live = "project-live-22222222-2222-4222-8222-222222222222";
    let ask = |id: &str, secret: &str| house.client.send(&sessions_request("user_id=customer-42").basic(id, secret));
    assert_eq!(ask(PROJECT, SECRET).session_ids(), ["session-test-00000000-0000-4000-8000-000000000011"]);
    for secret in ["secret-live-stytch-mock-old", "secret-live-stytch-mock-new"] {
        assert_eq!(ask(live, secret).session_ids().len(), 2, "{secret}");
    }
    assert_eq!(ask(live, SECRET).outcome(), "401 unauthorized_credentials");
}

#[test]
fn the_fifty_sessions_seed_lists_the_twenty_active_ones() {
    let house = House::of_file("fifty-sessions.json");
    let expected: Vec<String> = (1..=20).map(|number| format!("session-test-00000000-0000-4000-8000-{number:012}")).collect();
    assert_eq!(house.sessions("fifty").session_ids(), expected);
    let state = house.client.steered("GET", "/__mock/state", "");
    assert_eq!(state["projects"][0]["users"][0]["sessions"].as_array().unwrap().len(), 50);
    house.client.steered("POST", "/__mock/clock/advance", r#"{"by": "10h"}"#);
    assert_eq!(house.sessions("fifty").session_ids(), expected[10..]);
}

/// The seed's user with this external id, logging in by a password.
fn log_in(caller: &mut Caller, name: &str, password: &str) -> String {
    caller.post(LOG_IN, &json!({ "email": format!("{name}@example.com"), "password": password })).outcome()
}

#[test]
fn the_passwords_seed_has_a_password_of_every_kind() {
    let mut caller = Caller::of_seed("passwords.json");
    for kind in KINDS.into_iter().chain(["plain", "unverified"]) {
        assert_eq!(log_in(&mut caller, kind, STRONG), "200", "{kind}");
        assert_eq!(log_in(&mut caller, kind, OTHER), "401 unauthorized_credentials", "{kind}");
    }
    assert_eq!(log_in(&mut caller, "no-password", STRONG), "400 no_user_password");
    assert_eq!(log_in(&mut caller, "has-to-reset", STRONG), "400 reset_password");
    assert_eq!(log_in(&mut caller, "breached", "breached horse battery staple"), "400 reset_password");
    let new = json!({ "email": "new@example.com", "password": "breached horse battery staple" });
    assert_eq!(caller.post("/v1/passwords", &new).outcome(), "400 breached_password");
}

#[test]
fn the_locked_users_seed_locks_after_three_failures_for_a_quarter_of_an_hour() {
    let mut caller = Caller::of_seed("locked-users.json");
    caller.house.client.steered("PUT", "/__mock/clock", r#"{"frozen": true}"#);
    let is_locked = |caller: &mut Caller, name: &str| caller.get(&format!("/v1/users/{name}")).json()["is_locked"] == true;
    assert!(is_locked(&mut caller, "locked") && !is_locked(&mut caller, "lock-is-over") && !is_locked(&mut caller, "free"));
    assert_eq!(log_in(&mut caller, "locked", STRONG), "429 user_lock_limit_reached");
    assert_eq!(caller.sessions("locked").len(), 1, "a lock ends no session");
    assert_eq!(log_in(&mut caller, "lock-is-over", STRONG), "200");
    for _ in 0..3 {
        assert_eq!(log_in(&mut caller, "free", OTHER), "401 unauthorized_credentials");
    }
    assert_eq!(log_in(&mut caller, "free", STRONG), "429 user_lock_limit_reached");
    caller.advance("10m");
    assert_eq!(log_in(&mut caller, "locked", STRONG), "200");
    caller.advance("5m");
    assert_eq!(log_in(&mut caller, "free", STRONG), "200");
}

#[test]
fn the_totps_seed_has_somebody_at_each_stage() {
    let mut caller = Caller::of_seed("totps.json");
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let prove = |caller: &mut Caller, name: &str, secret: &str, seconds: u64| {
        caller.post("/v1/totps/authenticate", &json!({ "user_id": name, "totp_code": code(secret, seconds) })).outcome()
    };
    let body = json!({ "user_id": "enrolled", "totp_code": code(secret, 0), "session_token": "first-factor-only-0000000000000000000000000000" });
    let login = caller.posted("/v1/totps/authenticate", &body);
    assert_eq!(login["session"]["authentication_factors"].as_array().unwrap().len(), 2);
    let recover = json!({ "user_id": "enrolled", "recovery_code": "spbc-424h-usy0" });
    assert_eq!(caller.post("/v1/totps/recover", &recover).outcome(), "200");
    assert_eq!(prove(&mut caller, "code-just-used", secret, 0), "400 totp_code_already_authenticated");
    let recover = json!({ "user_id": "out-of-recovery-codes", "recovery_code": "spbc-424h-usy0" });
    assert_eq!(caller.post("/v1/totps/recover", &recover).outcome(), "401 unable_to_authenticate_recovery_code");
    assert_eq!(prove(&mut caller, "not-enrolled", secret, 0), "404 totps_not_found_for_user");
    assert_eq!(prove(&mut caller, "enrolling", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", 0), "200");
    caller.house.client.steered("POST", "/__mock/reset", "");
    caller.advance("10m");
    assert_eq!(prove(&mut caller, "enrolling", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", 600), "400 expired_totp");
}

#[test]
fn the_oauth_and_redirects_seed_sends_browsers_to_its_urls() {
    let mut caller = Caller::of_seed("oauth-and-redirects.json");
    let start = |caller: &mut Caller, provider: &str, more: &str| {
        let token = "public-token-test-stytch-mock-second";
        let response = caller.send(&Request::get(format!("/v1/public/oauth/{provider}/start?public_token={token}{more}")));
        response.header("location").map_or_else(|| response.outcome(), str::to_owned)
    };
    for (provider, who, name) in [("google", "gina@example.com", "gina"), ("github", "github-of-hugo", "hugo")] {
        let location = start(&mut caller, provider, &format!("&as={who}"));
        let (url, token) = location.split_once("?stytch_token_type=oauth&token=").unwrap();
        assert_eq!(url, "https://app.example/authenticate");
        let login = caller.posted("/v1/oauth/authenticate", &json!({ "token": token, "session_duration_minutes": 5 }));
        // whoever never confirmed the address may have been somebody else
        assert_eq!((&login["user"]["external_id"], &login["reset_sessions"]), (&json!(name), &json!(name == "hugo")), "{login}");
    }
    let users = |caller: &mut Caller| caller.state()["projects"][0]["users"].as_array().unwrap().len();
    let before = users(&mut caller);
    assert!(start(&mut caller, "google", "&as=nora@example.com").starts_with("https://app.example/authenticate?"));
    assert!(start(&mut caller, "github", "&as=github-without-address").starts_with("https://app.example/authenticate?"));
    assert_eq!(users(&mut caller), before + 2);
    assert_eq!(start(&mut caller, "apple", "&as=gina@example.com"), "400 oauth_config_not_found");
    let preview = "&login_redirect_url=https://preview.app.example/authenticate&as=gina@example.com";
    assert!(start(&mut caller, "google", preview).starts_with("https://preview.app.example/authenticate?"));
    let elsewhere = "&login_redirect_url=https://evil.example/&as=gina@example.com";
    assert_eq!(start(&mut caller, "google", elsewhere), "400 no_match_for_provided_oauth_url");
    let app = "&login_redirect_url=myapp://authenticate&as=gina@example.com";
    assert_eq!(start(&mut caller, "google", app), "400 pkce_required_for_native_callback");
    let challenge = format!("{app}&code_challenge={CHALLENGE}");
    assert!(start(&mut caller, "google", &challenge).starts_with("myapp://authenticate?"));
    for (path, email, url) in [
        ("/v1/magic_links/email/invite", "invited@example.com", "https://app.example/invited"),
        ("/v1/magic_links/email/send", "gina@example.com", "https://app.example/authenticate"),
        ("/v1/passwords/email/reset/start", "hugo@example.com", "https://app.example/reset"),
    ] {
        let message = caller.sent(path, &json!({ "email": email }));
        let link = text(&message, "/link").to_owned();
        let followed = caller.send(&Request::get(&link[link.find("/v1/").unwrap()..]));
        assert!(followed.header("location").unwrap().starts_with(&format!("{url}?")), "{path} {followed:?}");
    }
}
