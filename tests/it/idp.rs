//! The emulator as an identity provider: codes, tokens, what becomes of each that comes twice, late or from somebody else.

use serde_json::{Value, json};
use stytch_mock::{Emulator, WireProfile};

use crate::client::{Request, Response};
use crate::connected_apps::{APP, APP_SECRET, APPS, AUTHORIZE, PUBLIC_APP, asked};
use crate::fixture::{NOW, PROJECT};
use crate::golden::{REQUEST_ID, assert_golden};
use crate::life::{ALICE, BOBS_TOKEN, Caller, EXCHANGE, SESSION, TOKEN, builder, life, request, text};
use crate::m2m::{at_once, counts, form, last_error, payload};
use crate::openapi;

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Where the OAuth endpoints are.
pub struct Paths {
    pub token: String,
    pub introspect: String,
    pub revoke: String,
    pub userinfo: String,
    pub authorize: String,
    pub discovery: String,
}

/// By the project's id, and as on a domain of its own.
pub fn paths() -> [Paths; 2] {
    [(format!("/v1/public/{PROJECT}"), format!("/v1/public/{PROJECT}")), ("/v1".to_owned(), String::new())].map(|(base, root)| {
        Paths {
            token: format!("{base}/oauth2/token"),
            introspect: format!("{base}/oauth2/introspect"),
            revoke: format!("{base}/oauth2/revoke"),
            userinfo: format!("{base}/oauth2/userinfo"),
            authorize: format!("{base}/oauth2/authorize"),
            discovery: format!("{root}/.well-known/openid-configuration"),
        }
    })
}

/// The project's own path to the token endpoint.
fn token_path() -> String {
    paths()[0].token.clone()
}

/// A code for the customer's own app, or with PKCE for the public one.
fn code(caller: &mut Caller, app: &str, scopes: &[&str]) -> String {
    let own = json!({ "session_token": TOKEN, "consent_granted": true, "scopes": scopes, "nonce": "n-1" });
    let mut body = asked(own);
    if app == PUBLIC_APP {
        body["client_id"] = PUBLIC_APP.into();
        body["redirect_uri"] = "app://in".into();
        body["code_challenge"] = CHALLENGE.into();
    }
    text(&caller.posted(AUTHORIZE, &body), "/authorization_code").to_owned()
}

type Fields<'a> = Vec<(&'a str, &'a str)>;

fn with_code<'a>(app: &'a str, code: &'a str) -> Fields<'a> {
    let mut fields = vec![("grant_type", "authorization_code"), ("client_id", app), ("code", code)];
    if app == APP {
        fields.extend([("client_secret", APP_SECRET), ("redirect_uri", "https://app.example/in")]);
    } else {
        fields.extend([("code_verifier", VERIFIER), ("redirect_uri", "app://in")]);
    }
    fields
}

fn with_refresh_token<'a>(app: &'a str, token: &'a str) -> Fields<'a> {
    let mut fields = vec![("grant_type", "refresh_token"), ("client_id", app), ("refresh_token", token)];
    if app == APP {
        fields.push(("client_secret", APP_SECRET));
    }
    fields
}

fn tokens(caller: &mut Caller, fields: &[(&str, &str)]) -> Value {
    let response = caller.send(&form(&token_path(), fields));
    assert_eq!(response.status, 200, "{response:?}");
    response.json()
}

fn outcome(caller: &mut Caller, fields: &[(&str, &str)]) -> String {
    caller.send(&form(&token_path(), fields)).outcome()
}

fn introspected(caller: &mut Caller, app: &str, token: &str) -> Value {
    let mut fields = vec![("token", token), ("client_id", app)];
    if app == APP {
        fields.push(("client_secret", APP_SECRET));
    }
    let response = caller.send(&form(&paths()[0].introspect, &fields));
    assert_eq!(response.status, 200, "{response:?}");
    response.json()
}

fn is_active(caller: &mut Caller, app: &str, token: &str) -> bool {
    introspected(caller, app, token)["active"].as_bool().unwrap()
}

fn userinfo(caller: &mut Caller, path: &str, token: &str) -> Response {
    caller.send(&Request::get(path).header("authorization", format!("Bearer {token}")))
}

#[test]
fn a_code_becomes_tokens_that_say_who_they_are_for() {
    let scopes = ["openid", "email", "phone", "profile", "offline_access"];
    for (index, issuer) in [format!("stytch.com/{PROJECT}"), "http://emulator.test".to_owned()].into_iter().enumerate() {
        let mut caller = life();
        let code = code(&mut caller, APP, &scopes);
        let response = caller.send(&form(&paths()[index].token, &with_code(APP, &code)));
        assert_eq!(response.header("cache-control"), Some("no-store"));
        let got = response.json();
        assert_eq!((&got["token_type"], &got["expires_in"]), (&json!("bearer"), &json!(3600)));
        assert_eq!(got["scope"], scopes.join(" "));
        let access = payload(text(&got, "/access_token"));
        let expected = json!({
            "aud": [PROJECT], "iss": issuer, "sub": ALICE, "scope": scopes.join(" "), "jti": access["jti"],
            "iat": 1_628_496_000, "nbf": 1_628_496_000, "exp": 1_628_499_600,
        });
        assert_eq!(access, expected);
        let id = payload(text(&got, "/id_token"));
        assert_eq!(
            (&id["aud"], &id["iss"], &id["sub"], &id["nonce"]),
            (&json!([APP]), &json!(issuer), &json!(ALICE), &json!("n-1"))
        );
        assert_eq!((&id["email"], &id["email_verified"]), (&json!("Alice@example.com"), &json!(true)));
        let told = userinfo(&mut caller, &paths()[index].userinfo, text(&got, "/access_token")).json();
        for claim in
            ["sub", "email", "email_verified", "phone_number", "phone_number_verified", "name", "given_name", "family_name"]
        {
            assert_eq!(told[claim], id[claim], "{claim}");
            assert!(!told[claim].is_null(), "{claim} in {told}");
        }
    }
}

#[test]
fn an_app_is_told_no_more_than_its_scopes_let_it_know() {
    let mut caller = life();
    for (scopes, told) in [(vec!["openid"], vec![]), (vec!["email"], vec!["email", "email_verified"])] {
        let code = code(&mut caller, APP, &scopes);
        let got = tokens(&mut caller, &with_code(APP, &code));
        assert_eq!(got.get("id_token").is_some(), scopes.contains(&"openid"));
        assert_eq!(got.get("refresh_token"), None);
        let body = userinfo(&mut caller, &paths()[0].userinfo, text(&got, "/access_token")).json();
        let mut names: Vec<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
        names.retain(|name| !["sub", "status_code", "request_id"].contains(name));
        assert_eq!(names, told);
    }
}

#[test]
fn the_userinfo_has_a_golden_in_each_profile() {
    for (wire, folder) in [(WireProfile::Page, "page"), (WireProfile::Live, "live")] {
        for (index, name) in ["oauth2.userinfo", "oauth2.userinfo-custom-domain"].into_iter().enumerate() {
            let mut caller = Caller::of(builder().wire(wire));
            let code = code(&mut caller, APP, &["openid", "profile"]);
            let got = tokens(&mut caller, &with_code(APP, &code));
            let response = userinfo(&mut caller, &paths()[index].userinfo, text(&got, "/access_token"));
            assert_golden(&format!("{folder}/operations/{name}.json"), &response.with_request_id(REQUEST_ID));
        }
    }
}

#[test]
fn an_app_with_a_secret_keeps_its_refresh_token_and_it_lasts_longer_with_each_use() {
    let mut caller = life();
    let code = code(&mut caller, APP, &["openid", "email", "offline_access"]);
    let got = tokens(&mut caller, &with_code(APP, &code));
    let refresh = text(&got, "/refresh_token").to_owned();
    for _ in 0..3 {
        caller.advance("80d");
        let again = tokens(&mut caller, &with_refresh_token(APP, &refresh));
        assert_eq!((again.get("refresh_token"), &again["scope"]), (None, &got["scope"]));
        assert!(payload(text(&again, "/id_token")).get("nonce").is_none());
        assert_eq!(userinfo(&mut caller, &paths()[0].userinfo, text(&again, "/access_token")).status, 200);
    }
    let narrow = tokens(&mut caller, &[&with_refresh_token(APP, &refresh)[..], &[("scope", "email")]].concat());
    assert_eq!((&narrow["scope"], narrow.get("id_token")), (&json!("email"), None));
    let wide = [&with_refresh_token(APP, &refresh)[..], &[("scope", "email phone")]].concat();
    assert_eq!(outcome(&mut caller, &wide), "400 invalid_scope");
    caller.advance("91d");
    assert_eq!(outcome(&mut caller, &with_refresh_token(APP, &refresh)), "400 invalid_grant");
    assert_eq!(last_error(&mut caller), "idp_refresh_token_expired");
}

#[test]
fn an_app_without_a_secret_gets_a_new_refresh_token_each_time_and_an_old_one_ends_everything() {
    let mut caller = life();
    let code = code(&mut caller, PUBLIC_APP, &["openid", "offline_access"]);
    let first = tokens(&mut caller, &with_code(PUBLIC_APP, &code));
    let second = tokens(&mut caller, &with_refresh_token(PUBLIC_APP, text(&first, "/refresh_token")));
    let third = tokens(&mut caller, &with_refresh_token(PUBLIC_APP, text(&second, "/refresh_token")));
    let all = [&first, &second, &third].map(|got| text(got, "/refresh_token").to_owned());
    assert_eq!(all.each_ref().map(|token| is_active(&mut caller, PUBLIC_APP, token)), [false, false, true]);
    assert!(is_active(&mut caller, PUBLIC_APP, text(&third, "/access_token")));
    assert_eq!(outcome(&mut caller, &with_refresh_token(PUBLIC_APP, &all[0])), "400 invalid_grant");
    assert_eq!(last_error(&mut caller), "idp_refresh_token_already_used");
    for got in [&first, &second, &third] {
        assert!(!is_active(&mut caller, PUBLIC_APP, text(got, "/access_token")));
    }
    assert_eq!(outcome(&mut caller, &with_refresh_token(PUBLIC_APP, &all[2])), "400 invalid_grant");
    assert_eq!(last_error(&mut caller), "connected_app_consent_revoked");
}

#[test]
fn a_code_that_comes_twice_ends_what_came_of_it() {
    let mut caller = life();
    let code = code(&mut caller, APP, &["openid", "offline_access"]);
    let got = tokens(&mut caller, &with_code(APP, &code));
    assert!(is_active(&mut caller, APP, text(&got, "/access_token")));
    assert_eq!(outcome(&mut caller, &with_code(APP, &code)), "400 invalid_grant");
    assert_eq!(last_error(&mut caller), "idp_auth_code_not_found");
    for token in ["/access_token", "/refresh_token"] {
        assert!(!is_active(&mut caller, APP, text(&got, token)));
    }
    let told = userinfo(&mut caller, &paths()[0].userinfo, text(&got, "/access_token"));
    assert_eq!(told.outcome(), "401 invalid_token");
    assert!(told.header("www-authenticate").unwrap().starts_with("Bearer "));
}

#[test]
fn of_many_who_come_with_one_code_or_one_refresh_token_one_wins() {
    let mut caller = life();
    for round in 0..50 {
        let code = code(&mut caller, PUBLIC_APP, &["offline_access"]);
        let outcomes = at_once(&caller.house, &vec![form(&token_path(), &with_code(PUBLIC_APP, &code)); 4]);
        assert_eq!(outcomes, counts([("200", 1), ("400 invalid_grant", 3)]), "{round}");
        let code = self::code(&mut caller, PUBLIC_APP, &["offline_access"]);
        let refresh = text(&tokens(&mut caller, &with_code(PUBLIC_APP, &code)), "/refresh_token").to_owned();
        let outcomes = at_once(&caller.house, &vec![form(&token_path(), &with_refresh_token(PUBLIC_APP, &refresh)); 4]);
        assert_eq!(outcomes, counts([("200", 1), ("400 invalid_grant", 3)]), "{round}");
    }
}

#[test]
fn both_secrets_of_an_app_count_while_they_rotate_and_then_one_of_them() {
    let mut caller = life();
    let code = code(&mut caller, APP, &["openid", "offline_access"]);
    let refresh = text(&tokens(&mut caller, &with_code(APP, &code)), "/refresh_token").to_owned();
    let rotate = |caller: &mut Caller, step: &str| {
        caller.posted(&format!("{APPS}/{APP}/secrets/rotate{step}"), &json!({}))["connected_app"].clone()
    };
    let both = |caller: &mut Caller, next: &str| {
        [APP_SECRET, next].map(|secret| {
            let outcome = outcome(caller, &but(&with_refresh_token(APP, &refresh), "client_secret", secret));
            if outcome == "200" { outcome } else { format!("{outcome} {}", last_error(caller)) }
        })
    };
    for (end, expected) in [
        ("/cancel", ["200", "401 invalid_client unauthorized_credentials"]),
        ("", ["401 invalid_client unauthorized_credentials", "200"]),
    ] {
        let next = text(&rotate(&mut caller, "/start"), "/next_client_secret").to_owned();
        assert_eq!(both(&mut caller, &next), ["200", "200"], "before rotate{end}");
        rotate(&mut caller, end);
        assert_eq!(both(&mut caller, &next), expected, "after rotate{end}");
    }
}

/// Fields with one replaced, or left out where the value is empty.
fn but<'a>(fields: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Fields<'a> {
    let mut fields: Fields<'a> = fields.iter().copied().filter(|(known, _)| *known != name).collect();
    if !value.is_empty() {
        fields.push((name, value));
    }
    fields
}

#[test]
fn who_gets_no_tokens_is_told_so_in_the_words_of_oauth() {
    let mut caller = life();
    let document = openapi::document(&caller.house.client);
    let wrong = "x".repeat(43);
    caller.posted(
        "/v1/m2m/clients",
        &json!({ "client_id": "machine", "client_secret": "correct horse battery staple", "scopes": [] }),
    );
    let (own, public) = (code(&mut caller, APP, &["openid"]), code(&mut caller, PUBLIC_APP, &["openid"]));
    let (own, public) = (with_code(APP, &own), with_code(PUBLIC_APP, &public));
    for (expected, fields) in [
        ("400 invalid_grant idp_auth_code_not_found", but(&own, "code", "unknown")),
        ("400 invalid_grant idp_auth_code_not_found", but(&but(&public, "client_id", APP), "client_secret", APP_SECRET)),
        ("400 invalid_request bad_request", but(&own, "code", "")),
        ("401 invalid_client unauthorized_credentials", but(&own, "client_secret", "")),
        ("401 invalid_client unauthorized_credentials", but(&own, "client_secret", "wrong")),
        ("401 invalid_client unauthorized_credentials", but(&own, "client_id", "unknown")),
        ("400 unauthorized_client unauthorized_client", but(&own, "client_id", "machine")),
        ("400 unauthorized_client unauthorized_client", but(&own, "grant_type", "client_credentials")),
        (
            "400 invalid_grant connected_app_supplied_redirect_url_not_found_in_client",
            but(&own, "redirect_uri", "https://app.example/other"),
        ),
        ("400 invalid_grant connected_app_supplied_redirect_url_not_found_in_client", but(&own, "redirect_uri", "")),
        ("400 invalid_grant pkce_did_not_expect_code_verifier", but(&own, "code_verifier", VERIFIER)),
        ("400 invalid_grant pkce_mismatch", but(&public, "code_verifier", &wrong)),
        ("400 invalid_grant invalid_pkce_code_verifier", but(&public, "code_verifier", "short")),
        ("400 invalid_grant pkce_expected_code_verifier", but(&public, "code_verifier", "")),
        ("400 invalid_grant idp_refresh_token_not_found", with_refresh_token(APP, "unknown")),
        ("400 invalid_request bad_request", but(&with_refresh_token(APP, ""), "refresh_token", "")),
    ] {
        let response = caller.send(&form(&token_path(), &fields));
        assert_eq!(format!("{} {}", response.outcome(), last_error(&mut caller)), expected, "{fields:?}");
        openapi::assert_declared(&document, "POST", &token_path(), &response.json());
    }
    // none of that used a code up; time does
    caller.advance("9m59s");
    assert_eq!(outcome(&mut caller, &own), "200");
    caller.advance("1s");
    assert_eq!(outcome(&mut caller, &public), "400 invalid_grant");
    assert_eq!(last_error(&mut caller), "idp_auth_code_expired");
    // and so does the user
    let taken_back = code(&mut caller, APP, &["openid"]);
    caller.posted(&format!("/v1/users/alice/connected_apps/{APP}/revoke"), &json!({}));
    assert_eq!(outcome(&mut caller, &with_code(APP, &taken_back)), "400 invalid_grant");
    assert_eq!(last_error(&mut caller), "connected_app_consent_revoked");
    let of_nobody = code(&mut caller, APP, &["openid"]);
    caller.delete(&format!("/v1/users/{ALICE}"));
    assert_eq!(outcome(&mut caller, &with_code(APP, &of_nobody)), "400 invalid_grant");
}

#[test]
fn a_token_is_told_about_to_its_app_alone() {
    let mut caller = life();
    let code = code(&mut caller, APP, &["openid", "email", "offline_access"]);
    let got = tokens(&mut caller, &with_code(APP, &code));
    let (access, refresh) = (text(&got, "/access_token").to_owned(), text(&got, "/refresh_token").to_owned());
    let mut expected = payload(&access);
    expected["active"] = true.into();
    expected["client_id"] = APP.into();
    expected["token_type"] = "access_token".into();
    expected.as_object_mut().unwrap().remove("jti");
    let mut told = introspected(&mut caller, APP, &access);
    let about_refresh = introspected(&mut caller, APP, &refresh);
    assert_eq!((&about_refresh["token_type"], &about_refresh["sub"]), (&json!("refresh_token"), &json!(ALICE)));
    assert_eq!(about_refresh["exp"].as_i64().unwrap() - about_refresh["iat"].as_i64().unwrap(), 90 * 24 * 3600);
    for key in ["status_code", "request_id"] {
        told.as_object_mut().unwrap().remove(key);
    }
    assert_eq!(told, expected);
    let machine = json!({ "client_id": "machine", "client_secret": "correct horse battery staple", "scopes": [] });
    caller.posted("/v1/m2m/clients", &machine);
    let of_machine =
        [("grant_type", "client_credentials"), ("client_id", "machine"), ("client_secret", "correct horse battery staple")];
    let foreign = text(&tokens(&mut caller, &of_machine), "/access_token").to_owned();
    let session_jwt = caller.jwt(BOBS_TOKEN);
    let forged = format!("{}x", &access[..access.len() - 1]);
    for (app, token) in [
        (PUBLIC_APP, &access),
        (PUBLIC_APP, &refresh),
        (APP, &foreign),
        (APP, &session_jwt),
        (APP, &forged),
        (APP, &code),
        (APP, &"unknown".to_owned()),
    ] {
        let told = introspected(&mut caller, app, token);
        let names: Vec<&str> = told.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!((&told["active"], names), (&json!(false), vec!["active", "request_id", "status_code"]), "{app} {token}");
    }
    let unproved = form(&paths()[0].introspect, &[("token", &access), ("client_id", APP)]);
    assert_eq!(caller.send(&unproved).outcome(), "401 invalid_client");
    assert_eq!(caller.send(&form(&paths()[0].introspect, &[("client_id", PUBLIC_APP)])).outcome(), "400 invalid_request");
    caller.advance("1h");
    assert!(!is_active(&mut caller, APP, &access) && is_active(&mut caller, APP, &refresh));
    assert_eq!(userinfo(&mut caller, &paths()[0].userinfo, &access).outcome(), "401 invalid_token");
    assert_eq!(last_error(&mut caller), "idp_access_token_not_found");
    assert_eq!(caller.send(&Request::get(&paths()[0].userinfo)).outcome(), "401 invalid_token");
}

#[test]
fn an_app_takes_its_tokens_back() {
    let mut caller = life();
    let code = code(&mut caller, APP, &["openid", "offline_access"]);
    let first = tokens(&mut caller, &with_code(APP, &code));
    let refresh = text(&first, "/refresh_token").to_owned();
    let second = tokens(&mut caller, &with_refresh_token(APP, &refresh));
    let (first, second) = (text(&first, "/access_token"), text(&second, "/access_token"));
    let revoke = |caller: &mut Caller, app: &str, token: &str| {
        let secret: &[(&str, &str)] = if app == APP { &[("client_secret", APP_SECRET)] } else { &[] };
        let response = caller.send(&form(&paths()[1].revoke, &[&[("token", token), ("client_id", app)], secret].concat()));
        assert_eq!(response.status, 200, "{response:?}");
    };
    revoke(&mut caller, PUBLIC_APP, first);
    revoke(&mut caller, PUBLIC_APP, &refresh);
    revoke(&mut caller, APP, "unknown");
    assert_eq!([first, second, &refresh].map(|token| is_active(&mut caller, APP, token)), [true, true, true]);
    revoke(&mut caller, APP, first);
    assert_eq!([first, second, &refresh].map(|token| is_active(&mut caller, APP, token)), [false, true, true]);
    revoke(&mut caller, APP, &refresh);
    assert_eq!([first, second, &refresh].map(|token| is_active(&mut caller, APP, token)), [false, false, false]);
    assert_eq!(outcome(&mut caller, &with_refresh_token(APP, &refresh)), "400 invalid_grant");
}

#[test]
fn an_access_token_goes_back_to_the_session_that_it_came_of_once() {
    let mut caller = life();
    let exchange = |caller: &mut Caller, token: &str| {
        caller.post(EXCHANGE, &json!({ "access_token": token, "session_duration_minutes": 30 }))
    };
    let token = |caller: &mut Caller, scopes: &[&str]| {
        let code = code(caller, APP, scopes);
        text(&tokens(caller, &with_code(APP, &code)), "/access_token").to_owned()
    };
    let full = token(&mut caller, &["openid", "full_access"]);
    let answer = exchange(&mut caller, &full).json();
    assert_eq!((&answer["session"]["session_id"], &answer["session_token"]), (&json!(SESSION), &json!(TOKEN)));
    assert_eq!(answer["session"]["expires_at"], "2021-08-09T08:30:00Z");
    let factors = answer["session"]["authentication_factors"].as_array().unwrap();
    let factor = factors.iter().find(|factor| factor["delivery_method"] == "oauth_access_token_exchange").unwrap();
    assert_eq!(factor["oauth_access_token_exchange_factor"]["client_id"], APP);
    assert_eq!(exchange(&mut caller, &full).outcome(), "404 idp_access_token_could_not_be_exchanged");
    let weak = token(&mut caller, &["openid"]);
    assert_eq!(exchange(&mut caller, &weak).outcome(), "400 oauth_access_token_exchange_missing_full_access");
    let full = token(&mut caller, &["full_access"]);
    let outcomes = at_once(&caller.house, &vec![request("POST", EXCHANGE, &json!({ "access_token": full })); 4]);
    assert_eq!(outcomes, counts([("200", 1), ("404 idp_access_token_could_not_be_exchanged", 3)]));
    let old = token(&mut caller, &["full_access"]);
    caller.advance("5m1s");
    assert_eq!(exchange(&mut caller, &old).outcome(), "400 oauth_access_token_exchange_token_too_old");
    // without a session there is none to go back to, and with one that is over neither
    let body = asked(json!({ "user_id": ALICE, "consent_granted": true, "scopes": ["full_access"] }));
    let code = text(&caller.posted(AUTHORIZE, &body), "/authorization_code").to_owned();
    let of_nothing = text(&tokens(&mut caller, &with_code(APP, &code)), "/access_token").to_owned();
    let of_ended = token(&mut caller, &["full_access"]);
    caller.posted("/v1/sessions/revoke", &json!({ "session_token": TOKEN }));
    for token in [&of_nothing, &of_ended] {
        assert_eq!(exchange(&mut caller, token).outcome(), "404 idp_access_token_could_not_be_exchanged");
    }
}

#[test]
fn an_app_says_how_long_and_for_whom_its_tokens_are_and_what_else_they_say() {
    let mut caller = life();
    let settings = json!({
        "access_token_expiry_minutes": 5, "access_token_custom_audience": "https://api.example",
        "access_token_template_content": r#"{"roles": {{ user.roles }}, "plan": {{ user.trusted_metadata.plan }}, "sub": 1}"#,
        "id_token_template_content": r#"{"hello": "{{ user.name.first_name }}"}"#,
    });
    caller.put(&format!("{APPS}/{APP}"), &settings);
    let code = code(&mut caller, APP, &["openid"]);
    let got = tokens(&mut caller, &with_code(APP, &code));
    assert_eq!(got["expires_in"], 300);
    let access = payload(text(&got, "/access_token"));
    assert_eq!((&access["aud"], &access["sub"]), (&json!([PROJECT, "https://api.example"]), &json!(ALICE)));
    assert!(access["roles"].is_array() && access.as_object().unwrap().contains_key("plan"), "{access}");
    assert_eq!(payload(text(&got, "/id_token"))["hello"], "Alice");
    assert_eq!(introspected(&mut caller, APP, text(&got, "/access_token"))["roles"], access["roles"]);
    caller.advance("5m");
    assert!(!is_active(&mut caller, APP, text(&got, "/access_token")));
}

#[test]
fn codes_and_tokens_go_with_the_state_with_snapshots_and_with_resets() {
    let mut caller = life();
    let scopes = ["openid", "offline_access"];
    let kept = code(&mut caller, PUBLIC_APP, &scopes);
    let used = code(&mut caller, PUBLIC_APP, &scopes);
    let first = tokens(&mut caller, &with_code(PUBLIC_APP, &used));
    let second = tokens(&mut caller, &with_refresh_token(PUBLIC_APP, text(&first, "/refresh_token")));
    let (old, new) = (text(&first, "/refresh_token").to_owned(), text(&second, "/refresh_token").to_owned());
    let access = text(&second, "/access_token").to_owned();
    caller.advance("1m");
    let state = caller.state();
    caller.house.client.steered("PUT", "/__mock/snapshots/mid", "");
    // what each world makes of them, in an order in which each is told apart
    let story = |caller: &mut Caller| {
        vec![
            is_active(caller, PUBLIC_APP, &access).to_string(),
            is_active(caller, PUBLIC_APP, &old).to_string(),
            outcome(caller, &with_code(PUBLIC_APP, &kept)),
            outcome(caller, &with_code(PUBLIC_APP, &kept)),
            outcome(caller, &with_refresh_token(PUBLIC_APP, &new)),
            outcome(caller, &with_refresh_token(PUBLIC_APP, &old)),
            last_error(caller),
            is_active(caller, PUBLIC_APP, &access).to_string(),
        ]
    };
    let expected =
        vec!["true", "false", "200", "400 invalid_grant", "200", "400 invalid_grant", "idp_refresh_token_already_used", "false"];
    let mut other = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(other.state(), state);
    assert_eq!(story(&mut other), expected);
    assert_eq!(story(&mut caller), expected);
    caller.house.client.steered("POST", "/__mock/snapshots/mid", "");
    assert_eq!(caller.state(), state);
    assert_eq!(story(&mut caller), expected);
    caller.house.client.steered("PUT", "/__mock/state", state.to_string());
    assert_eq!(story(&mut caller), expected);
    caller.house.client.steered("POST", "/__mock/reset", "");
    assert_eq!(outcome(&mut caller, &with_refresh_token(PUBLIC_APP, &new)), "400 invalid_grant");
    assert_eq!(last_error(&mut caller), "idp_refresh_token_not_found");
}

#[test]
fn the_same_requests_give_the_same_bytes() {
    let run = || {
        let mut caller = life();
        let code = code(&mut caller, APP, &["openid", "offline_access"]);
        let got = caller.send(&form(&token_path(), &with_code(APP, &code))).text().to_owned();
        (got, caller.state())
    };
    assert_eq!(run(), run());
}

#[test]
fn a_seed_can_say_what_was_agreed_to() {
    let seed = format!(
        r#"{{"clock": "{NOW}", "projects": [{{
            "connected_apps": [{{"client_id": "app", "client_type": "third_party_public", "redirect_urls": ["app://in"]}}],
            "authorizations": [{{"client_id": "app", "user_id": "{ALICE}", "scopes": ["openid", "offline_access"],
                "grants": [{{"refresh_tokens": [{{"token": "r1"}}, {{"token": "r0", "expires_at": "-1m"}}]}}]}}],
            "authorization_url": "https://my.example/consent",
            "users": [{{"user_id": "{ALICE}"}}]
        }}]}}"#
    );
    let mut caller = Caller::of(Emulator::builder().seed_json(seed));
    assert_eq!(outcome(&mut caller, &with_refresh_token("app", "r0")), "400 invalid_grant");
    assert_eq!(outcome(&mut caller, &with_refresh_token("app", "r1")), "200");
    let apps = caller.get(&format!("/v1/users/{ALICE}/connected_apps")).json();
    assert_eq!(apps["connected_apps"][0]["scopes_granted"], "openid offline_access");
    let discovered = caller.send(&Request::get(&paths()[1].discovery)).json();
    assert_eq!(discovered["authorization_endpoint"], "https://my.example/consent");
    let state = caller.state();
    assert_eq!(Caller::of(Emulator::builder().seed_json(state.to_string())).state(), state);
}

#[test]
fn no_code_and_no_token_is_written_down() {
    let mut caller = Caller::of(builder().journal_bodies(true));
    let code = code(&mut caller, APP, &["openid", "offline_access"]);
    let got = tokens(&mut caller, &with_code(APP, &code));
    let (access, refresh) = (text(&got, "/access_token").to_owned(), text(&got, "/refresh_token").to_owned());
    tokens(&mut caller, &with_refresh_token(APP, &refresh));
    introspected(&mut caller, APP, &access);
    userinfo(&mut caller, &paths()[0].userinfo, &access);
    let journal = caller.house.client.steered("GET", "/__mock/requests", "").to_string();
    for secret in [&code, &access, &refresh, &APP_SECRET.to_owned()] {
        assert!(!journal.contains(secret.as_str()), "{journal}");
    }
}
