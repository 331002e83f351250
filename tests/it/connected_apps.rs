//! Connected apps: making and changing them, their secrets, and what is asked of a user and agreed to.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::fixture::NOW;
use crate::golden::assert_golden;
use crate::life::{ALICE, BARE_TOKEN, BOB, Caller, EXPIRED_TOKEN, TOKEN, builder, life, request, text};
use crate::m2m::{at_once, counts};
use crate::openapi;

pub const APPS: &str = "/v1/connected_apps/clients";
pub const AUTHORIZE: &str = "/v1/idp/oauth/authorize";
pub const AUTHORIZE_START: &str = "/v1/idp/oauth/authorize/start";

/// The seed's two: the customer's own with a secret, and somebody else's without.
pub const APP: &str = "connected-app-test-00000000-0000-4000-8000-0000000000c1";
pub const APP_SECRET: &str = "a-secret-of-the-app";
pub const PUBLIC_APP: &str = "connected-app-test-00000000-0000-4000-8000-0000000000c2";

/// What the customer's own app asks for, and more.
pub fn asked(more: Value) -> Value {
    let mut body = json!({
        "client_id": APP, "redirect_uri": "https://app.example/in", "response_type": "code",
        "scopes": ["openid", "email", "offline_access"],
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn app(more: &str) -> String {
    format!("{APPS}/{APP}{more}")
}

#[test]
fn an_app_of_each_type_is_made_and_only_those_that_can_keep_a_secret_have_one() {
    let mut caller = life();
    for (client_type, has_secret) in
        [("first_party", true), ("first_party_public", false), ("third_party", true), ("third_party_public", false)]
    {
        let made = caller.posted(APPS, &json!({ "client_type": client_type }))["connected_app"].clone();
        let id = text(&made, "/client_id").to_owned();
        assert!(id.starts_with("connected-app-test-"));
        assert_eq!(made["client_secret"].as_str().map(str::len), has_secret.then_some(44), "{client_type}");
        let seen = caller.get(&format!("{APPS}/{id}")).json()["connected_app"].clone();
        assert_eq!((seen.get("client_secret"), &seen["creation_method"]), (None, &json!("API")));
        assert_eq!(seen["client_secret_last_four"].is_string(), has_secret);
        assert_eq!((&seen["access_token_expiry_minutes"], &seen["status"]), (&json!(60), &json!("active")));
        let start = caller.post(&format!("{APPS}/{id}/secrets/rotate/start"), &json!({})).outcome();
        assert_eq!(start, if has_secret { "200" } else { "400 public_connected_apps_do_not_have_secrets" });
    }
    let found = caller.posted(&format!("{APPS}/search"), &json!({ "limit": 4 }));
    assert_eq!(found["results_metadata"]["total"], 6);
    let next = caller.posted(&format!("{APPS}/search"), &json!({ "cursor": found["results_metadata"]["next_cursor"] }));
    assert_eq!(next["connected_apps"][0]["client_id"], PUBLIC_APP);
}

#[test]
fn what_can_be_no_app_is_refused_and_changes_nothing() {
    let mut caller = life();
    let document = openapi::document(&caller.house.client);
    let before = caller.state();
    let of_type = |client_type: &str, key: &str, value: Value| {
        let mut body = json!({ "client_type": client_type });
        body[key] = value;
        body
    };
    for (expected, body) in [
        ("400 bad_request", json!({})),
        ("400 invalid_connected_app_type", json!({ "client_type": "second_party" })),
        ("400 third_party_clients_cannot_use_full_access", of_type("third_party", "full_access_allowed", true.into())),
        (
            "400 third_party_clients_require_consent_for_offline_access",
            of_type("third_party_public", "bypass_consent_for_offline_access", true.into()),
        ),
        ("400 connected_app_invalid_redirect_url", of_type("first_party", "redirect_urls", json!(["https://"]))),
        ("400 connected_app_redirect_url_must_include_scheme", of_type("first_party", "redirect_urls", json!(["app.example"]))),
        (
            "400 connected_app_redirect_url_http_scheme_must_use_loopback",
            of_type("first_party", "post_logout_redirect_urls", json!(["http://app.example"])),
        ),
        ("400 idp_invalid_access_token_expiry_minutes", of_type("first_party", "access_token_expiry_minutes", 0.into())),
        ("400 idp_invalid_access_token_custom_audience", of_type("first_party", "access_token_custom_audience", "a b".into())),
        ("400 idp_invalid_access_token_jwt_template", of_type("first_party", "access_token_template_content", "{".into())),
        ("400 idp_invalid_access_token_jwt_template", of_type("first_party", "id_token_template_content", "{{ x }}".into())),
    ] {
        let response = caller.post(APPS, &body);
        assert_eq!(response.outcome(), expected, "{body}");
        openapi::assert_declared(&document, "POST", APPS, &response.json());
        if body["client_type"] == "first_party" {
            assert_eq!(caller.put(&app(""), &body).outcome(), expected, "{body}");
        }
    }
    assert_eq!(caller.state(), before);
    caller.delete(&app(""));
    for (method, path) in
        [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/secrets/rotate/start"), ("POST", "/secrets/rotate")]
    {
        assert_eq!(caller.call(method, &app(path), &json!({})).outcome(), "404 connected_app_not_found", "{method} {path}");
    }
}

#[test]
fn a_secret_rotates_in_steps() {
    let mut caller = life();
    let start = caller.posted(&app("/secrets/rotate/start"), &json!({}))["connected_app"].clone();
    let next = text(&start, "/next_client_secret").to_owned();
    assert_eq!(caller.post(&app("/secrets/rotate/start"), &json!({})).outcome(), "400 connected_app_already_rotating_secret");
    let rotated = caller.posted(&app("/secrets/rotate"), &json!({}))["connected_app"].clone();
    assert_eq!(rotated["client_secret_last_four"], next[40..]);
    for step in ["/secrets/rotate", "/secrets/rotate/cancel"] {
        assert_eq!(caller.post(&app(step), &json!({})).outcome(), "400 connected_app_not_rotating_secret");
    }
    let start = request("POST", &app("/secrets/rotate/start"), &json!({}));
    let outcomes = at_once(&caller.house, &vec![start; 4]);
    assert_eq!(outcomes, counts([("200", 1), ("400 connected_app_already_rotating_secret", 3)]));
}

#[test]
fn who_has_to_agree_depends_on_whose_the_app_is_and_on_what_was_agreed_to() {
    let mut caller = life();
    let make = |caller: &mut Caller, client_type: &str, bypass: bool| {
        let body = json!({
            "client_type": client_type, "redirect_urls": ["https://app.example/in"], "bypass_consent_for_offline_access": bypass
        });
        text(&caller.posted(APPS, &body), "/connected_app/client_id").to_owned()
    };
    let required = |caller: &mut Caller, id: &str, scopes: &[&str], prompt: &str| {
        let body = asked(json!({ "client_id": id, "scopes": scopes, "prompt": prompt, "user_id": ALICE }));
        caller.posted(AUTHORIZE_START, &body)["consent_required"].as_bool().unwrap()
    };
    let (own, other, bypassing) = (
        make(&mut caller, "first_party", false),
        make(&mut caller, "third_party", false),
        make(&mut caller, "first_party", true),
    );
    assert!(!required(&mut caller, &own, &["openid", "email"], ""));
    assert!(required(&mut caller, &own, &["openid"], "login consent"));
    assert!(required(&mut caller, &own, &["openid", "offline_access"], ""));
    assert!(!required(&mut caller, &bypassing, &["openid", "offline_access"], ""));
    assert!(required(&mut caller, &other, &["openid"], ""));
    let agree = asked(json!({ "client_id": other, "scopes": ["openid", "email"], "user_id": ALICE, "consent_granted": true }));
    caller.posted(AUTHORIZE, &agree);
    assert!(!required(&mut caller, &other, &["openid", "email"], "") && !required(&mut caller, &other, &["email"], ""));
    assert!(required(&mut caller, &other, &["openid", "phone"], ""));
    assert!(required(&mut caller, &other, &["openid"], "consent"));
    let of_bob = asked(json!({ "client_id": other, "scopes": ["openid"], "user_id": BOB }));
    assert_eq!(caller.posted(AUTHORIZE_START, &of_bob)["consent_required"], true, "he did not");
}

/// A policy with scopes of its own.
const POLICY: &str = r#"{"clock": "2021-08-09T08:00:00Z", "projects": [{
    "rbac_policy": {
        "roles": [{"role_id": "editor", "permissions": [{"resource_id": "documents", "actions": ["read", "write"]}]}],
        "resources": [{"resource_id": "documents", "actions": ["read", "write"]}],
        "scopes": [
            {"scope": "read:documents", "description": "Read what you wrote", "permissions": [{"resource_id": "documents", "actions": ["read"]}]},
            {"scope": "anything", "permissions": []}
        ]
    },
    "connected_apps": [{"client_id": "app", "client_secret": "s", "redirect_urls": ["https://app.example/in"]}],
    "users": [{"external_id": "editor", "roles": ["editor"]}, {"external_id": "reader"}]
}]}"#;

#[test]
fn a_scope_of_the_policy_is_grantable_by_whoever_has_its_permissions() {
    let mut caller = Caller::of(Emulator::builder().seed_json(POLICY));
    for (user_id, is_grantable) in [("editor", true), ("reader", false)] {
        let body = asked(json!({ "client_id": "app", "scopes": ["openid", "read:documents", "anything"], "user_id": user_id }));
        let results = caller.posted(AUTHORIZE_START, &body)["scope_results"].clone();
        assert_eq!(
            results,
            json!([
                { "scope": "openid", "description": "Sign you in", "is_grantable": true },
                { "scope": "read:documents", "description": "Read what you wrote", "is_grantable": is_grantable },
                { "scope": "anything", "description": "", "is_grantable": true },
            ])
        );
        let mut submitted = body.clone();
        submitted["consent_granted"] = true.into();
        let answer = caller.posted(AUTHORIZE, &submitted);
        assert_eq!(text(&answer, "/redirect_uri").contains("error=invalid_scope"), !is_grantable, "{answer}");
        assert_eq!(text(&answer, "/authorization_code").is_empty(), !is_grantable);
    }
}

#[test]
fn what_an_app_may_not_ask_for_is_refused() {
    let mut caller = life();
    let document = openapi::document(&caller.house.client);
    let alice = |more: Value| {
        let mut body = asked(more);
        body["user_id"] = ALICE.into();
        body
    };
    let public = json!({ "client_id": PUBLIC_APP, "redirect_uri": "app://in", "scopes": ["openid"] });
    for (expected, body) in [
        ("400 bad_request", json!({})),
        ("400 bad_request", alice(json!({ "response_type": "token" }))),
        ("404 connected_app_not_found", alice(json!({ "client_id": "connected-app-test-x" }))),
        (
            "401 connected_app_supplied_redirect_url_not_found_in_client",
            alice(json!({ "redirect_uri": "https://app.example/in/" })),
        ),
        ("400 oauth_invalid_scope_requested", alice(json!({ "scopes": [] }))),
        ("400 oauth_invalid_scope_requested", alice(json!({ "scopes": ["openid", "read:minds"] }))),
        ("400 oauth_invalid_scope_requested", {
            let mut body = alice(public.clone());
            body["scopes"] = json!(["full_access"]);
            body
        }),
        ("400 no_oauth_authorize_user_selector", asked(json!({}))),
        ("400 too_many_user_selection_arguments", alice(json!({ "session_token": TOKEN }))),
        ("400 too_many_user_selection_arguments", asked(json!({ "session_token": TOKEN, "session_jwt": "x" }))),
        ("404 user_not_found", asked(json!({ "user_id": "nobody" }))),
        ("404 session_not_found", asked(json!({ "session_token": EXPIRED_TOKEN }))),
    ] {
        let started = caller.post(AUTHORIZE_START, &body);
        assert_eq!(started.outcome(), expected, "{body}");
        openapi::assert_declared(&document, "POST", AUTHORIZE_START, &started.json());
        let mut submitted = body.clone();
        submitted["consent_granted"] = true.into();
        let response = caller.post(AUTHORIZE, &submitted);
        assert_eq!(response.outcome(), expected, "{submitted}");
        openapi::assert_declared(&document, "POST", AUTHORIZE, &response.json());
    }
    let submit = |caller: &mut Caller, more: Value| {
        let mut body = alice(public.clone());
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        caller.post(AUTHORIZE, &body).outcome()
    };
    assert_eq!(submit(&mut caller, json!({ "consent_granted": true })), "400 pkce_required_for_idp_authorization_flow");
    let short = json!({ "consent_granted": true, "code_challenge": "short" });
    assert_eq!(submit(&mut caller, short), "400 invalid_pkce_code_challenge");
    assert_eq!(caller.get(&format!("/v1/users/{ALICE}/connected_apps")).json()["connected_apps"], json!([]));
}

#[test]
fn who_does_not_agree_sends_the_browser_back_without_a_code() {
    let mut caller = life();
    let answer = caller.posted(AUTHORIZE, &asked(json!({ "session_token": TOKEN, "consent_granted": false, "state": "a&b" })));
    assert_eq!(answer["authorization_code"], "");
    let expected = "https://app.example/in?error=access_denied&error_description=The+user+denied+the+request.&state=a%26b";
    assert_eq!(answer["redirect_uri"], expected);
    assert_eq!(caller.get("/v1/users/alice/connected_apps").json()["connected_apps"], json!([]));
}

#[test]
fn a_user_sees_whom_they_let_in_and_puts_them_out_again() {
    let mut caller = life();
    let agree = |caller: &mut Caller, scopes: &[&str]| {
        caller.posted(AUTHORIZE, &asked(json!({ "session_token": BARE_TOKEN, "consent_granted": true, "scopes": scopes })));
    };
    agree(&mut caller, &["openid", "email"]);
    agree(&mut caller, &["openid", "profile"]);
    let apps = caller.get("/v1/users/alice/connected_apps").json()["connected_apps"].clone();
    let expected = json!([{
        "client_type": "first_party", "connected_app_id": APP, "description": "", "logo_url": null, "name": "Calendar",
        "scopes_granted": "openid profile",
    }]);
    assert_eq!(apps, expected);
    let revoke = |user: &str, app: &str| format!("/v1/users/{user}/connected_apps/{app}/revoke");
    assert_eq!(caller.post(&revoke("bob", APP), &json!({})).outcome(), "404 connected_app_not_found");
    assert_eq!(caller.post(&revoke("alice", PUBLIC_APP), &json!({})).outcome(), "404 connected_app_not_found");
    assert_eq!(caller.post(&revoke("nobody", APP), &json!({})).outcome(), "404 user_not_found");
    let revocation = request("POST", &revoke("alice", APP), &json!({}));
    let outcomes = at_once(&caller.house, &vec![revocation; 4]);
    assert_eq!(outcomes, counts([("200", 1), ("404 connected_app_not_found", 3)]));
    assert_eq!(caller.get("/v1/users/alice/connected_apps").json()["connected_apps"], json!([]));
    agree(&mut caller, &["openid"]);
    assert_eq!(caller.get("/v1/users/alice/connected_apps").json()["connected_apps"][0]["scopes_granted"], "openid");
    caller.delete(&app(""));
    assert_eq!(caller.get("/v1/users/alice/connected_apps").json()["connected_apps"], json!([]));
}

#[test]
fn what_is_wrong_with_clients_in_a_seed_is_said_with_its_place() {
    let seed = r#"{"projects": [{
  "m2m_clients": [
    {"client_id": "a b", "scopes": ["x y"]},
    {"client_id": "twice"},
    {"client_id": "twice", "status": "asleep", "client_secret": ""}
  ],
  "m2m_claims_template": "{{ user.x }}",
  "connected_apps": [
    {"client_id": "public", "client_type": "third_party_public", "client_secret": "s", "full_access_allowed": true},
    {"client_id": "public", "redirect_urls": ["http://app.example"], "access_token_template_content": "["},
    {"client_type": "second_party"}
  ],
  "authorizations": [
    {"client_id": "public"},
    {"client_id": "public", "user_id": "user-test-00000000-0000-4000-8000-000000000001", "grants": [{"code_challenge": "x"}]},
    {"client_id": "public", "user_id": "user-test-00000000-0000-4000-8000-000000000001"}
  ]
}]}"#;
    let error = crate::fixture::start(Emulator::builder().seed_json(seed).clock(NOW)).err().unwrap();
    assert_golden("bad-clients.txt", &format!("{error}\n"));
}

#[test]
fn apps_and_consents_go_with_the_state_with_snapshots_and_with_resets() {
    let mut caller = Caller::of(builder());
    let fresh = caller.state();
    caller.house.client.steered("PUT", "/__mock/snapshots/fresh", "");
    caller.posted(APPS, &json!({ "client_type": "first_party_public", "redirect_urls": ["app://x"], "logo_url": "x" }));
    caller.put(&app(""), &json!({ "access_token_expiry_minutes": 5, "client_description": "d" }));
    caller.posted(&app("/secrets/rotate/start"), &json!({}));
    caller.posted(AUTHORIZE, &asked(json!({ "session_token": TOKEN, "consent_granted": true, "nonce": "n" })));
    let changed = caller.state();
    assert_ne!(changed, fresh);
    let mut other = Caller::of(Emulator::builder().seed_json(changed.to_string()));
    assert_eq!(other.state(), changed);
    for path in [app(""), "/v1/users/alice/connected_apps".to_owned()] {
        let bodies = [&mut caller, &mut other].map(|each| {
            let mut body = each.get(&path).json();
            body["request_id"] = Value::Null;
            body
        });
        assert_eq!(bodies[0], bodies[1]);
    }
    for (method, path, body, expected) in [
        ("POST", "/__mock/snapshots/fresh", String::new(), &fresh),
        ("PUT", "/__mock/state", changed.to_string(), &changed),
        ("POST", "/__mock/reset", String::new(), &fresh),
    ] {
        caller.house.client.steered(method, path, body);
        assert_eq!(caller.state(), *expected, "{method} {path}");
    }
}
