//! Magic links: sent, followed, used once, for some minutes; and where a browser is sent.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::Request;
use crate::fixture::{House, PROJECT, SECRET};
use crate::life::{ALICE, BOB, BOBS_TOKEN, CAROL, Caller, EXPIRED_TOKEN, TOKEN, life, text};
use crate::messages::{
    EMBEDDABLE, FOLLOW, INVITE, LINK, MAGIC_LINK, PUBLIC_TOKEN, REVOKE_INVITE, SEND_LINK, joined, last_message, message_count,
    race, sent_one_by_one,
};

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A project with redirect URLs: a login that is no default, an app, and one for everything but invitations.
const SEED: &str = r#"{"projects": [{
    "public_tokens": ["public-token-test-one", "public-token-test-two"],
    "redirect_urls": [
        {"url": "https://app.example/in", "types": ["login"], "default": false},
        {"url": "myapp://in", "types": ["login"], "default": false},
        {"url": "https://app.example/up?from=mail", "types": ["signup"]}
    ],
    "users": [{"external_id": "alice", "emails": [{"email": "alice@example.com"}]}]
}]}"#;

/// The target of a link, without where it leads to.
fn target(message: &Value) -> String {
    let link = text(message, "/link");
    link[link.find(FOLLOW).unwrap()..].to_owned()
}

fn follow(caller: &mut Caller, message: &Value) -> String {
    let response = caller.send(&Request::get(target(message)));
    response.header("location").unwrap_or_else(|| panic!("{response:?}")).to_owned()
}

#[test]
fn a_new_user_signs_up_by_following_the_link() {
    let mut caller = life();
    let answer = caller.posted(LINK, &json!({ "email": "new@example.com", "locale": "es", "signup_template_id": "up" }));
    assert_eq!(answer["user_created"], true);
    let message = last_message(&caller.house);
    let parts = ["kind", "to", "template_id", "locale", "expires_at"].map(|key| message[key].as_str().unwrap());
    assert_eq!(parts, ["magic_link", "new@example.com", "up", "es", "2021-08-16T08:00:00Z"]);
    let token = text(&message, "/token").to_owned();
    let link = format!("http://emulator.test{FOLLOW}?public_token={PUBLIC_TOKEN}&stytch_token_type=magic_links&token={token}");
    assert_eq!(message["link"], link);
    let location = follow(&mut caller, &message);
    assert_eq!(location, format!("http://localhost:3000/authenticate?stytch_token_type=magic_links&token={token}"));
    assert_eq!(follow(&mut caller, &message), location, "to follow a link uses nothing up");
    let login = caller.redeem(&message, &json!({ "session_duration_minutes": 30 })).json();
    assert_eq!((&login["user_id"], &login["method_id"]), (&answer["user_id"], &answer["email_id"]));
    assert_eq!(login["user"]["emails"][0]["verified"], true);
    let factor = &login["session"]["authentication_factors"][0];
    assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("magic_link"), &json!("email")));
    assert_eq!(factor["email_factor"]["email_address"], "new@example.com");
    assert_eq!(caller.sessions(text(&answer, "/user_id")).len(), 1);
    assert_eq!(caller.posted(LINK, &json!({ "email": "new@example.com" }))["user_created"], false);
    assert_eq!(last_message(&caller.house)["expires_at"], "2021-08-09T09:00:00Z", "who is known logs in");
}

#[test]
fn a_link_leads_to_where_its_request_reached_the_emulator() {
    let caller = life();
    let body = json!({ "email": "new@example.com" });
    for (host, base) in [("mock.test:7898", "http://mock.test:7898"), ("not a host", "http://localhost")] {
        let ask = Request::new("POST", LINK).host(host).basic(PROJECT, SECRET).header("content-type", "application/json");
        assert_eq!(caller.house.client.send(&ask.body(body.to_string())).status, 200);
        assert!(text(&last_message(&caller.house), "/link").starts_with(&format!("{base}{FOLLOW}?")), "{host}");
    }
}

#[test]
fn a_given_session_gets_the_factor_of_an_embeddable_link() {
    let mut caller = life();
    let created = caller.posted(EMBEDDABLE, &json!({ "user_id": "bob", "expiration_minutes": 5 }));
    assert_eq!((&created["user_id"], message_count(&caller.house)), (&json!(BOB), 0));
    let token = json!({ "token": created["token"] });
    let mismatch = caller.post(MAGIC_LINK, &joined(token.clone(), &json!({ "session_token": TOKEN })));
    assert_eq!(mismatch.outcome(), "400 user_id_mismatch");
    let login = caller.posted(MAGIC_LINK, &joined(token.clone(), &json!({ "session_token": BOBS_TOKEN })));
    let factors = login["session"]["authentication_factors"].as_array().unwrap();
    assert_eq!((&factors[1]["type"], &factors[1]["delivery_method"]), (&json!("magic_link"), &json!("embedded")));
    assert_eq!(factors[1]["embeddable_magic_link_factor"]["embedded_id"], login["method_id"]);
    assert_eq!(caller.post(MAGIC_LINK, &token).outcome(), "401 unable_to_auth_magic_link");
    let late = caller.posted(EMBEDDABLE, &json!({ "user_id": BOB, "expiration_minutes": 5 }));
    caller.advance("5m");
    assert_eq!(caller.post(MAGIC_LINK, &json!({ "token": late["token"] })).outcome(), "401 unable_to_auth_magic_link");
    for (expected, body) in [
        ("400 bad_request", json!({})),
        ("400 invalid_user_id", json!({ "user_id": "" })),
        ("404 user_not_found", json!({ "user_id": "nobody" })),
        ("400 invalid_expiration", json!({ "user_id": BOB, "expiration_minutes": 4 })),
        ("400 invalid_expiration", json!({ "user_id": BOB, "expiration_minutes": 10_081 })),
    ] {
        assert_eq!(caller.post(EMBEDDABLE, &body).outcome(), expected, "{body}");
    }
}

#[test]
fn each_flaw_of_a_request_for_a_link_has_its_error() {
    let mut caller = life();
    let before = caller.state();
    let new = |more: Value| joined(json!({ "email": "new@example.com" }), &more);
    for (expected, path, body) in [
        ("400 bad_request", LINK, json!({})),
        ("400 invalid_email", LINK, json!({ "email": "nobody" })),
        ("400 invalid_locale", LINK, new(json!({ "locale": "de" }))),
        ("400 invalid_expiration", LINK, new(json!({ "login_expiration_minutes": 4 }))),
        ("400 invalid_expiration", LINK, new(json!({ "signup_expiration_minutes": 10_081 }))),
        ("400 invalid_login_magic_link_url", LINK, new(json!({ "login_magic_link_url": "/in" }))),
        ("400 invalid_signup_magic_link_url", LINK, new(json!({ "signup_magic_link_url": "javascript:alert(1)" }))),
        ("400 invalid_pkce_code_challenge", LINK, new(json!({ "code_challenge": VERIFIER.repeat(2) }))),
        ("400 pkce_required_for_native_callback", LINK, new(json!({ "signup_magic_link_url": "myapp://in" }))),
        ("404 email_not_found", SEND_LINK, new(json!({}))),
        ("404 user_not_found", SEND_LINK, new(json!({ "user_id": "nobody" }))),
        ("400 duplicate_email", SEND_LINK, json!({ "email": "alice@example.com", "user_id": BOB })),
        ("400 user_id_mismatch", SEND_LINK, new(json!({ "user_id": ALICE, "session_token": BOBS_TOKEN }))),
        ("404 session_not_found", SEND_LINK, new(json!({ "session_token": EXPIRED_TOKEN }))),
        ("400 invalid_email", INVITE, json!({ "email": "nobody" })),
        ("400 duplicate_email", INVITE, json!({ "email": "alice@example.com" })),
        ("400 invalid_invite_magic_link_url", INVITE, new(json!({ "invite_magic_link_url": "in" }))),
        ("400 invalid_expiration", INVITE, new(json!({ "invite_expiration_minutes": 1 }))),
        ("400 metadata_invalid_format", INVITE, new(json!({ "trusted_metadata": [] }))),
        ("400 invalid_email", REVOKE_INVITE, json!({ "email": "nobody" })),
        ("404 email_not_found", REVOKE_INVITE, json!({ "email": "alice@example.com" })),
        ("503 server_unavailable", LINK, json!({ "email": "dave@example.com" })),
    ] {
        assert_eq!(caller.post(path, &body).outcome(), expected, "{path} {body}");
    }
    assert_eq!((caller.state(), message_count(&caller.house)), (before, 0), "who is refused changes nothing");
}

#[test]
fn a_project_with_redirect_urls_sends_nobody_elsewhere() {
    let mut caller = Caller::of(Emulator::builder().seed_json(SEED));
    let login = |url: &str| json!({ "email": "alice@example.com", "login_magic_link_url": url });
    for (expected, path, body) in [
        ("400 no_match_for_provided_magic_link_url", LINK, login("https://evil.example/in")),
        ("400 no_match_for_provided_magic_link_url", LINK, login("https://app.example/up?from=mail")),
        ("400 no_default_login_redirect_url_set", LINK, json!({ "email": "alice@example.com" })),
        ("400 pkce_required_for_native_callback", LINK, login("myapp://in")),
        (
            "400 no_invite_redirect_urls_set",
            INVITE,
            json!({ "email": "a@b.example", "invite_magic_link_url": "https://app.example/in" }),
        ),
        ("400 no_default_invite_redirect_url_set", INVITE, json!({ "email": "a@b.example" })),
    ] {
        assert_eq!(caller.post(path, &body).outcome(), expected, "{path} {body}");
    }
    let message = caller.sent(LINK, &login("https://www.app.example/in"));
    assert!(follow(&mut caller, &message).starts_with("https://www.app.example/in?stytch_token_type=magic_links&token="));
    let message = caller.sent(LINK, &joined(login("myapp://in"), &json!({ "code_challenge": CHALLENGE })));
    assert!(follow(&mut caller, &message).starts_with("myapp://in?stytch_token_type=magic_links&token="));
    let message = caller.sent(LINK, &json!({ "email": "new@example.com" }));
    assert!(follow(&mut caller, &message).starts_with("https://app.example/up?from=mail&stytch_token_type=magic_links&token="));
    assert!(text(&message, "/link").contains("public_token=public-token-test-one&"));
    let second = target(&message).replace("test-one", "test-two");
    assert_eq!(caller.send(&Request::get(second)).status, 302, "either public token will do");

    let only_invites =
        r#"{"projects": [{"redirect_urls": [{"url": "https://app.example/", "types": ["invite"], "default": false}]}]}"#;
    let mut caller = Caller::of(Emulator::builder().seed_json(only_invites));
    let url = "https://app.example/";
    for (expected, path, body) in [
        ("400 no_login_redirect_urls_set", LINK, login(url)),
        ("400 no_signup_redirect_urls_set", LINK, json!({ "email": "a@b.example", "signup_magic_link_url": url })),
        ("400 no_default_signup_redirect_url_set", LINK, json!({ "email": "a@b.example" })),
        ("400 no_default_invite_redirect_url_set", INVITE, json!({ "email": "a@b.example" })),
        ("200", INVITE, json!({ "email": "a@b.example", "invite_magic_link_url": url })),
    ] {
        assert_eq!(caller.post(path, &body).outcome(), expected, "{path} {body}");
    }
}

#[test]
fn redirect_urls_and_public_tokens_are_written_back() {
    let mut caller = Caller::of(Emulator::builder().seed_json(SEED));
    let state = caller.state();
    let project = &state["projects"][0];
    assert_eq!(project["public_tokens"], json!(["public-token-test-one", "public-token-test-two"]));
    assert_eq!(project["redirect_urls"][1], json!({ "url": "myapp://in", "types": ["login"], "default": false }));
    let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(again.state()["projects"][0]["redirect_urls"], project["redirect_urls"]);
}

#[test]
fn a_link_is_followed_only_with_all_its_parts() {
    let mut caller = life();
    let message = caller.sent(LINK, &json!({ "email": "new@example.com" }));
    let token = text(&message, "/token");
    for (expected, query) in [
        ("400 public_token_required", format!("stytch_token_type=magic_links&token={token}")),
        ("404 public_token_not_found", format!("public_token=x&stytch_token_type=magic_links&token={token}")),
        ("400 invalid_token", format!("public_token={PUBLIC_TOKEN}&stytch_token_type=magic_links")),
        ("400 invalid_token", format!("public_token={PUBLIC_TOKEN}&stytch_token_type=oauth&token={token}")),
        ("404 magic_link_not_found", format!("public_token={PUBLIC_TOKEN}&stytch_token_type=magic_links&token=x")),
        ("404 magic_link_not_found", format!("public_token={PUBLIC_TOKEN}&stytch_token_type=reset_password&token={token}")),
    ] {
        assert_eq!(caller.send(&Request::get(format!("{FOLLOW}?{query}"))).outcome(), expected, "{query}");
    }
    let journal = caller.house.client.steered("GET", "/__mock/requests", "").to_string();
    assert!(!journal.contains(token), "{journal}");
}

#[test]
fn each_flaw_of_a_proof_has_its_error() {
    let mut caller = life();
    let sent = |caller: &mut Caller, more: Value| {
        text(&caller.sent(LINK, &joined(json!({ "email": "new@example.com" }), &more)), "/token").to_owned()
    };
    let plain = sent(&mut caller, json!({ "attributes": { "ip_address": "203.0.113.7", "user_agent": "a" } }));
    let challenged = sent(&mut caller, json!({ "code_challenge": CHALLENGE }));
    let token = |token: &str, more: Value| joined(json!({ "token": token }), &more);
    let strict = json!({ "ip_match_required": true, "user_agent_match_required": false });
    for (expected, body) in [
        ("400 bad_request", json!({})),
        ("400 invalid_token", token("", json!({}))),
        ("404 magic_link_not_found", token("unknown", json!({}))),
        ("401 attribute_mismatch", token(&plain, json!({ "options": strict, "attributes": { "user_agent": "a" } }))),
        ("400 pkce_did_not_expect_code_verifier", token(&plain, json!({ "code_verifier": VERIFIER }))),
        ("400 pkce_expected_code_verifier", token(&challenged, json!({}))),
        ("400 pkce_mismatch", token(&challenged, json!({ "code_verifier": CHALLENGE }))),
        ("400 invalid_pkce_code_verifier", token(&challenged, json!({ "code_verifier": "short" }))),
        ("404 session_not_found", token(&plain, json!({ "session_token": EXPIRED_TOKEN }))),
        ("200", token(&plain, json!({ "options": strict, "attributes": { "ip_address": "203.0.113.7" } }))),
        ("200", token(&challenged, json!({ "code_verifier": VERIFIER }))),
        ("401 unable_to_auth_magic_link", token(&plain, json!({}))),
    ] {
        assert_eq!(caller.post(MAGIC_LINK, &body).outcome(), expected, "{body}");
    }
}

#[test]
fn a_link_ends_by_the_clock_and_is_still_followed() {
    let mut caller = life();
    let message = caller.sent(SEND_LINK, &json!({ "email": "alice@example.com", "login_expiration_minutes": 5 }));
    caller.advance("5m");
    assert_eq!(caller.redeem(&message, &json!({})).outcome(), "401 unable_to_auth_magic_link");
    assert!(follow(&mut caller, &message).starts_with("http://localhost:3000/authenticate?"));
    let message = caller.sent(SEND_LINK, &json!({ "email": "alice@example.com", "login_expiration_minutes": 5 }));
    caller.advance("299s");
    assert_eq!(caller.redeem(&message, &json!({})).outcome(), "200");
}

#[test]
fn used_links_lock_the_user_who_comes_with_them_again_and_again() {
    let mut caller = life();
    let message = caller.sent(SEND_LINK, &json!({ "email": "alice@example.com" }));
    assert_eq!(caller.redeem(&message, &json!({})).outcome(), "200");
    for _ in 0..10 {
        assert_eq!(caller.redeem(&message, &json!({})).outcome(), "401 unable_to_auth_magic_link");
    }
    let fresh = caller.sent(SEND_LINK, &json!({ "email": "alice@example.com" }));
    assert_eq!(caller.redeem(&fresh, &json!({})).outcome(), "429 user_lock_limit_reached");
}

#[test]
fn wrong_verifiers_lock_the_user_and_missing_ones_do_not() {
    let mut caller = life();
    let message = caller.sent(SEND_LINK, &json!({ "email": "alice@example.com", "code_challenge": CHALLENGE }));
    for _ in 0..10 {
        assert_eq!(caller.redeem(&message, &json!({})).outcome(), "400 pkce_expected_code_verifier");
    }
    for _ in 0..10 {
        assert_eq!(caller.redeem(&message, &json!({ "code_verifier": "x".repeat(43) })).outcome(), "400 pkce_mismatch");
    }
    assert_eq!(caller.redeem(&message, &json!({ "code_verifier": VERIFIER })).outcome(), "429 user_lock_limit_reached");
}

#[test]
fn an_invited_user_is_pending_until_the_link_is_used_or_revoked() {
    let mut caller = life();
    let body = json!({
        "email": "new@example.com", "name": { "first_name": "New" }, "trusted_metadata": { "plan": "gold" },
        "invite_template_id": "welcome", "invite_expiration_minutes": 5
    });
    let message = caller.sent(INVITE, &body);
    let parts = ["kind", "template_id", "expires_at"].map(|key| message[key].as_str().unwrap());
    assert_eq!(parts, ["invite", "welcome", "2021-08-09T08:05:00Z"]);
    let path = format!("/v1/users/{}", text(&message, "/user_id"));
    let user = caller.get(&path).json();
    assert_eq!((&user["status"], &user["name"]["first_name"]), (&json!("pending"), &json!("New")));
    assert_eq!(user["trusted_metadata"]["plan"], "gold");
    caller.posted(REVOKE_INVITE, &json!({ "email": "NEW@example.com" }));
    assert_eq!(caller.redeem(&message, &json!({})).outcome(), "404 magic_link_not_found");
    let message = caller.sent(INVITE, &body);
    assert_eq!(caller.redeem(&message, &json!({})).json()["user"]["status"], "active");
    assert_eq!(caller.post(INVITE, &body).outcome(), "400 duplicate_email");
    let carols = caller.sent(LINK, &json!({ "email": "carol@example.com" }));
    assert_eq!(carols["expires_at"], "2021-08-16T08:00:00Z", "who is pending signs up");
    caller.delete(&format!("/v1/users/{CAROL}"));
    assert_eq!(caller.redeem(&carols, &json!({})).outcome(), "404 magic_link_not_found");
}

#[test]
fn of_two_who_come_with_one_link_one_wins() {
    let mut caller = life();
    let sent = sent_one_by_one(&mut caller, 1_000, SEND_LINK, |_| json!({ "email": "alice@example.com" }));
    let proofs: Vec<Value> = sent.iter().map(|message| json!({ "token": message["token"] })).collect();
    let won_once = vec!["200".to_owned(), "401 unable_to_auth_magic_link".to_owned()];
    assert_eq!(race(&caller.house, MAGIC_LINK, &proofs), BTreeMap::from([(won_once, 1_000)]));
}

#[test]
fn the_sandbox_values_answer_in_a_test_project_and_leave_nothing() {
    let mut caller = life();
    let before = caller.state();
    let sandbox = json!({ "email": "sandbox@stytch.com" });
    for path in [SEND_LINK, LINK, INVITE] {
        let answer = caller.posted(path, &sandbox);
        assert_eq!(answer["user_id"], "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd", "{path}");
        assert_eq!(answer["email_id"], "email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286", "{path}");
    }
    caller.posted(REVOKE_INVITE, &sandbox);
    for (expected, token) in [
        ("200", "DOYoip3rvIMMW5lgItikFK-Ak1CfMsgjuiCyI7uuU94="),
        ("401 unable_to_auth_magic_link", "3pzjQpgksDlGKWEwUq2Up--hCHC_0oamfLHyfspKDFU="),
        ("404 magic_link_not_found", "CprTtwhnRNiMBiUS2jSLcWYrfuO2POeBNdo5HhW6qTM="),
    ] {
        assert_eq!(caller.post(MAGIC_LINK, &json!({ "token": token })).outcome(), expected);
    }
    assert_eq!((caller.state(), message_count(&caller.house)), (before, 0));
    let live = House::seeded(r#"{"projects": [{"project_id": "project-live-x", "secrets": ["s"]}]}"#);
    for (expected, path, body) in [
        ("400 invalid_email_sandbox", LINK, sandbox),
        ("404 magic_link_not_found", MAGIC_LINK, json!({ "token": "DOYoip3rvIMMW5lgItikFK-Ak1CfMsgjuiCyI7uuU94=" })),
    ] {
        let ask = Request::new("POST", path).basic("project-live-x", "s").header("content-type", "application/json");
        assert_eq!(live.client.send(&ask.body(body.to_string())).outcome(), expected, "{path}");
    }
}
