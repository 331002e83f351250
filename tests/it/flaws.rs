//! What can be wrong with requests: each flaw with the refusal that it comes to, by what several operations read.

use serde_json::{Value, json};

use crate::fixture::{PROJECT, STRANGER};
use crate::jwt::forge;
use crate::life::Caller;
use crate::login_world::{ADA, BREACHED, OTHER, attributes, oauth_token};
use crate::messages::{joined, last_message};
use crate::oauth::{CHALLENGE, VERIFIER};

/// What is wrong with a request.
pub enum Flaw {
    /// Something it says, beside or instead of what is right.
    Says(Value),
    /// It comes after this was done.
    After(fn(&mut Caller, Value) -> Value),
}

/// An operation, what it refuses with, what its project has for it, and what is wrong.
pub struct Case {
    pub name: &'static str,
    pub expected: &'static str,
    pub project: Value,
    pub flaw: Flaw,
}

pub fn says(name: &'static str, expected: &'static str, wrong: Value) -> Case {
    Case { name, expected, project: json!({}), flaw: Flaw::Says(wrong) }
}

pub fn after(name: &'static str, expected: &'static str, step: fn(&mut Caller, Value) -> Value) -> Case {
    Case { name, expected, project: json!({}), flaw: Flaw::After(step) }
}

/// Of a project with one redirect URL: what it is for, and whether it is its default.
pub fn with_url(name: &'static str, expected: &'static str, (kind, is_default): (&str, bool), wrong: Value) -> Case {
    let url = json!({ "url": "https://app.example/", "types": [kind], "default": is_default });
    Case { name, expected, project: json!({ "redirect_urls": [url] }), flaw: Flaw::Says(wrong) }
}

/// Puts a lock on Ada.
pub fn lock(caller: &mut Caller, asked: Value) -> Value {
    let wrong = json!({ "email": "ada@example.com", "password": OTHER });
    assert_eq!(caller.post("/v1/passwords/authenticate", &wrong).outcome(), "401 unauthorized_credentials");
    asked
}

/// Of a session that is given.
pub fn of_sessions(name: &'static str) -> Vec<Case> {
    let jwt = |edit: fn(&mut Value)| {
        let mut claims = json!({ "aud": [PROJECT], "exp": 1_628_496_300, "iat": 1_628_496_000, "nbf": 1_628_496_000,
            "iss": format!("stytch.com/{PROJECT}"), "sub": ADA, "https://stytch.com/session": { "id": "x" } });
        edit(&mut claims);
        forge(&claims)
    };
    // instead of whoever is named otherwise
    let alone = |proof: Value| {
        let nobody = if name == "oauth.attach" { json!({ "user_id": null }) } else { json!({}) };
        joined(joined(json!({ "session_token": null }), &nobody), &proof)
    };
    let proof = |expected, key: &str, value: &str| says(name, expected, alone(json!({ key: value })));
    vec![
        proof("404 session_not_found", "session_token", "adas-over"),
        proof("400 invalid_session_token", "session_token", "x"),
        proof("400 unable_to_parse_session_jwt", "session_jwt", "x.y.z"),
        proof("400 jwt_invalid_audience", "session_jwt", &jwt(|claims| claims["aud"] = json!(["project-test-other"]))),
        proof("400 jwt_invalid_issuer", "session_jwt", &jwt(|claims| claims["iss"] = json!("somebody.example"))),
        proof("400 jwt_invalid_claims", "session_jwt", &jwt(|claims| claims["https://stytch.com/session"] = json!({}))),
    ]
}

pub fn of_renewals(name: &'static str) -> Vec<Case> {
    let large = json!({ "session_duration_minutes": 5, "session_custom_claims": { "large": "x".repeat(4096) } });
    vec![
        says(name, "400 invalid_session_duration_minutes", json!({ "session_duration_minutes": 4 })),
        says(name, "400 custom_claims_too_large", large),
    ]
}

pub fn of_logins(name: &'static str) -> Vec<Case> {
    let mut cases = [of_sessions(name), of_renewals(name)].concat_all();
    cases.push(says(name, "400 too_many_session_arguments", json!({ "session_token": "a", "session_jwt": "b" })));
    cases.push(after(name, "429 user_lock_limit_reached", lock));
    if name != "passwords.sessions.reset" {
        cases.push(says(name, "400 user_id_mismatch", json!({ "session_token": "beas-token" })));
    }
    cases
}

/// Of a challenge that a login was started with.
pub fn of_verifiers(name: &'static str) -> Vec<Case> {
    let challenged: [fn(&mut Caller, Value) -> Value; 3] = match name {
        "oauth.authenticate" => [
            challenged_oauth,
            |caller, asked| verified(challenged_oauth(caller, asked), &"x".repeat(43)),
            |caller, asked| verified(challenged_oauth(caller, asked), "short"),
        ],
        "magicLinks.authenticate" => [
            challenged_link,
            |caller, asked| verified(challenged_link(caller, asked), &"x".repeat(43)),
            |caller, asked| verified(challenged_link(caller, asked), "short"),
        ],
        _ => [
            challenged_reset,
            |caller, asked| verified(challenged_reset(caller, asked), &"x".repeat(43)),
            |caller, asked| verified(challenged_reset(caller, asked), "short"),
        ],
    };
    vec![
        after(name, "400 pkce_expected_code_verifier", challenged[0]),
        after(name, "400 pkce_mismatch", challenged[1]),
        after(name, "400 invalid_pkce_code_verifier", challenged[2]),
        says(name, "400 pkce_did_not_expect_code_verifier", json!({ "code_verifier": VERIFIER })),
    ]
}

pub fn verified(asked: Value, verifier: &str) -> Value {
    joined(asked, &json!({ "code_verifier": verifier }))
}

fn challenged_oauth(caller: &mut Caller, asked: Value) -> Value {
    let token = oauth_token(caller, &json!({ "code_challenge": CHALLENGE }));
    joined(asked, &json!({ "token": token }))
}

fn challenged_link(caller: &mut Caller, asked: Value) -> Value {
    caller.posted("/v1/magic_links/email/send", &json!({ "email": "ada@example.com", "code_challenge": CHALLENGE }));
    joined(asked, &json!({ "token": last_message(&caller.house)["token"] }))
}

fn challenged_reset(caller: &mut Caller, asked: Value) -> Value {
    caller.posted("/v1/passwords/email/reset/start", &json!({ "email": "ada@example.com", "code_challenge": CHALLENGE }));
    joined(asked, &json!({ "token": last_message(&caller.house)["token"] }))
}

/// Of attributes that have to match.
pub fn of_attributes(name: &'static str) -> Vec<Case> {
    let options = json!({ "options": { "ip_match_required": true, "user_agent_match_required": false } });
    vec![says(name, "401 attribute_mismatch", joined(options, &attributes("203.0.113.2")))]
}

pub fn of_profiles(name: &'static str) -> Vec<Case> {
    let keys: Value = (0..21).map(|key| (key.to_string(), json!(1))).collect::<serde_json::Map<_, _>>().into();
    vec![
        says(name, "400 metadata_invalid_format", json!({ "trusted_metadata": "gold" })),
        says(name, "400 metadata_too_large", json!({ "untrusted_metadata": { "large": "x".repeat(4096) } })),
        says(name, "400 metadata_too_many_keys", json!({ "trusted_metadata": keys })),
    ]
}

pub fn of_new_passwords(name: &'static str, key: &str) -> Vec<Case> {
    vec![
        says(name, "400 weak_password", json!({ key: "password1" })),
        says(name, "400 breached_password", json!({ key: BREACHED })),
    ]
}

/// Of somebody whom an address or number is added to.
pub fn of_owners(name: &'static str, new: &Value) -> Vec<Case> {
    let with = |more: Value| joined(new.clone(), &more);
    let mut cases = of_sessions(name);
    cases.extend([
        says(name, "400 too_many_session_arguments", json!({ "session_token": "a", "session_jwt": "b" })),
        says(name, "400 invalid_user_id", json!({ "user_id": "user-test-1" })),
        says(name, "404 user_not_found", json!({ "user_id": STRANGER })),
        says(name, "400 user_id_mismatch", with(json!({ "user_id": "ada", "session_token": "beas-token" }))),
        says(name, "400 too_many_unverified_factors", with(json!({ "user_id": "ula" }))),
    ]);
    cases
}

pub fn of_addresses(name: &'static str) -> Vec<Case> {
    vec![
        says(name, "400 invalid_email", json!({ "email": "nobody" })),
        Case {
            name,
            expected: "400 invalid_email_sandbox",
            project: json!({ "live": true }),
            flaw: Flaw::Says(json!({ "email": "sandbox@stytch.com" })),
        },
    ]
}

pub fn of_numbers(name: &'static str) -> Vec<Case> {
    vec![
        says(name, "400 invalid_phone_number", json!({ "phone_number": "12025550142" })),
        Case {
            name,
            expected: "400 invalid_phone_number_sandbox",
            project: json!({ "live": true }),
            flaw: Flaw::Says(json!({ "phone_number": "+10000000000" })),
        },
    ]
}

pub fn of_codes(name: &'static str) -> Vec<Case> {
    vec![
        says(name, "400 invalid_expiration_otp", json!({ "expiration_minutes": 11 })),
        says(name, "400 invalid_locale", json!({ "locale": "de" })),
    ]
}

pub fn of_links(name: &'static str) -> Vec<Case> {
    let (login, signup) = (json!({ "email": "ada@example.com" }), json!({ "email": "pia@example.com" }));
    let url = |kind: &str, url: &str| json!({ format!("{kind}_magic_link_url"): url });
    vec![
        says(name, "400 invalid_expiration", json!({ "login_expiration_minutes": 4 })),
        says(name, "400 invalid_locale", json!({ "locale": "de" })),
        says(name, "400 invalid_login_magic_link_url", url("login", "/in")),
        says(name, "400 invalid_signup_magic_link_url", url("signup", "javascript:alert(1)")),
        says(name, "400 invalid_pkce_code_challenge", json!({ "code_challenge": "x" })),
        says(name, "400 pkce_required_for_native_callback", joined(login.clone(), &url("login", "myapp://in"))),
        with_url(name, "400 no_match_for_provided_magic_link_url", ("login", true), url("login", "https://evil.example/")),
        with_url(name, "400 no_login_redirect_urls_set", ("invite", true), url("login", "https://app.example/")),
        with_url(name, "400 no_signup_redirect_urls_set", ("invite", true), url("signup", "https://app.example/")),
        with_url(name, "400 no_default_login_redirect_url_set", ("login", false), login),
        with_url(name, "400 no_default_signup_redirect_url_set", ("signup", false), signup),
    ]
}

/// Several lists as one.
pub trait ConcatAll {
    fn concat_all(self) -> Vec<Case>;
}

impl<const N: usize> ConcatAll for [Vec<Case>; N] {
    fn concat_all(self) -> Vec<Case> {
        self.into_iter().flatten().collect()
    }
}
