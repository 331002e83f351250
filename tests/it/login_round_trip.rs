//! A world in which people have signed up and in, by everything that there is, written as a state and started from it: it
//! knows everybody, takes what it took, and refuses what it refused.

use serde_json::{Value, json};
use stytch_mock::{Emulator, WireProfile};

use crate::client::Request;
use crate::fixture::NOW;
use crate::life::{AUTHENTICATE, Caller, SEARCH, text};
use crate::messages::{PUBLIC_TOKEN, joined};
use crate::totps::code;

const STRONG: &str = "correct horse battery staple";
const OTHER: &str = "another horse battery staple";
const MD5: &str = "5f4dcc3b5aa765d61d8327deb882cf99";

fn builder() -> stytch_mock::Builder {
    let seed = json!({ "clock": NOW, "projects": [{
        "password_strength": { "policy": "luds", "min_length": 10, "min_complexity": 1, "breached": ["breached horse"] },
        "user_lock": { "after": 2, "for": "2h" },
        "redirect_urls": [{ "url": "https://app.example/in" }],
        "oauth_identities": [{ "provider": "github", "provider_subject": "gh-1", "email": "olga@example.com", "name": "Olga" }],
    }] });
    Emulator::builder().seed_json(seed.to_string()).id_seed(7)
}

/// Somebody of every kind. The tokens of the sessions that they got, and what proves a TOTP.
fn a_busy_morning(caller: &mut Caller) -> (Vec<Value>, Value) {
    let session = json!({ "session_duration_minutes": 300, "session_custom_claims": { "plan": { "n": 1.50 } } });
    let with = |body: Value| joined(body, &session);
    let mut tokens = Vec::new();
    let mut keep = |answer: &Value| tokens.push(answer["session_token"].clone());
    let password = |name: &str, password: &str| json!({ "email": format!("{name}@example.com"), "password": password });

    keep(&caller.posted("/v1/passwords", &joined(with(password("paula", STRONG)), &json!({ "trusted_metadata": { "a": 1 } }))));
    caller.posted("/v1/passwords", &password("locked", STRONG));
    for _ in 0..2 {
        caller.post("/v1/passwords/authenticate", &password("locked", OTHER));
    }
    caller.posted("/v1/passwords", &password("once-wrong", STRONG));
    let migrate = json!({ "email": "mia@example.com", "hash": MD5, "hash_type": "md_5", "external_id": "mia", "phone_number": "+12025550142" });
    caller.posted("/v1/passwords/migrate", &migrate);
    keep(&caller.posted("/v1/passwords/authenticate", &with(password("mia", "password"))));
    let reset = json!({ "email": "mia@example.com", "existing_password": "password", "new_password": OTHER });
    keep(&caller.posted("/v1/passwords/existing_password/reset", &with(reset)));

    for (path, to) in [
        ("/v1/otps/sms/login_or_create", json!({ "phone_number": "+12025550143" })),
        ("/v1/otps/email/login_or_create", json!({ "email": "otto@example.com", "create_user_as_pending": true })),
        ("/v1/magic_links/email/login_or_create", json!({ "email": "lea@example.com" })),
        ("/v1/magic_links/email/invite", json!({ "email": "ivan@example.com", "name": { "first_name": "Ivan" } })),
    ] {
        let message = caller.sent(path, &to);
        let attributes = json!({ "attributes": { "ip_address": "203.0.113.1", "user_agent": "a browser" } });
        keep(&caller.redeem(&message, &with(attributes)).json());
        caller.advance("1s");
    }
    // who proves the address of a password that somebody else may have chosen
    caller.posted("/v1/passwords", &password("victim", STRONG));
    let message = caller.sent("/v1/magic_links/email/send", &json!({ "email": "victim@example.com" }));
    keep(&caller.redeem(&message, &session).json());
    caller.posted("/v1/magic_links/email/invite", &json!({ "email": "pending@example.com" }));

    let totp = caller.posted("/v1/totps", &json!({ "user_id": "mia" }));
    let now = json!({ "user_id": "mia", "totp_code": code(text(&totp, "/secret"), 4) });
    keep(&caller.posted("/v1/totps/authenticate", &with(now)));
    let recover = json!({ "user_id": "mia", "recovery_code": totp["recovery_codes"][0] });
    keep(&caller.posted("/v1/totps/recover", &with(recover)));

    let start = format!("/v1/public/oauth/github/start?public_token={PUBLIC_TOKEN}&as=gh-1");
    let response = caller.send(&Request::get(start));
    let token = response.header("location").unwrap().split_once("&token=").unwrap().1.to_owned();
    keep(&caller.posted("/v1/oauth/authenticate", &with(json!({ "token": token }))));
    (tokens, totp)
}

/// What a world says to whoever asks; the whole of it.
fn answers(caller: &mut Caller, tokens: &[Value], totp: &Value) -> Vec<String> {
    let password = |name: &str, password: &str| json!({ "email": format!("{name}@example.com"), "password": password });
    let log_in = "/v1/passwords/authenticate";
    let mut calls: Vec<(&str, String, Value)> = vec![
        ("POST", SEARCH.into(), json!({})),
        ("POST", log_in.into(), password("paula", STRONG)),
        ("POST", log_in.into(), password("paula", OTHER)),
        ("POST", log_in.into(), password("mia", OTHER)),
        ("POST", log_in.into(), password("mia", "password")),
        ("POST", log_in.into(), password("locked", STRONG)),
        ("POST", log_in.into(), password("victim", STRONG)),
        ("POST", log_in.into(), password("ivan", STRONG)),
        ("POST", log_in.into(), password("nobody", STRONG)),
        ("POST", "/v1/passwords/strength_check".into(), json!({ "password": "breached horse", "email": "a@example.com" })),
        ("POST", "/v1/passwords".into(), password("new", "short")),
        ("POST", "/v1/totps".into(), json!({ "user_id": "mia" })),
        ("POST", "/v1/totps/recovery_codes".into(), json!({ "user_id": "mia" })),
        ("POST", "/v1/totps/authenticate".into(), json!({ "user_id": "mia", "totp_code": code(text(totp, "/secret"), 4) })),
        ("POST", "/v1/totps/authenticate".into(), json!({ "user_id": "mia", "totp_code": code(text(totp, "/secret"), 34) })),
        ("POST", "/v1/totps/recover".into(), json!({ "user_id": "mia", "recovery_code": totp["recovery_codes"][0] })),
        ("POST", "/v1/totps/recover".into(), json!({ "user_id": "mia", "recovery_code": totp["recovery_codes"][1] })),
        ("POST", "/v1/otps/sms/send".into(), json!({ "phone_number": "+12025550143" })),
        ("POST", "/v1/otps/email/send".into(), json!({ "email": "nobody@example.com" })),
        ("POST", "/v1/magic_links/email/send".into(), json!({ "email": "lea@example.com" })),
        (
            "POST",
            "/v1/magic_links/email/send".into(),
            json!({ "email": "lea@example.com", "login_magic_link_url": "https://evil.example/" }),
        ),
        ("POST", "/v1/magic_links/email/invite".into(), json!({ "email": "ivan@example.com" })),
        ("POST", "/v1/magic_links/email/revoke_invite".into(), json!({ "email": "pending@example.com" })),
        ("POST", "/v1/passwords/email/reset/start".into(), json!({ "email": "victim@example.com" })),
        ("GET", "/.well-known/jwks.json".into(), Value::Null),
    ];
    calls.extend(tokens.iter().map(|token| ("POST", AUTHENTICATE.to_owned(), json!({ "session_token": token }))));
    let users = caller.posted(SEARCH, &json!({}));
    for user in users["results"].as_array().unwrap() {
        let id = text(user, "/user_id");
        calls.push(("GET", format!("/v1/users/{id}"), Value::Null));
        calls.push(("GET", format!("/v1/sessions?user_id={id}"), Value::Null));
    }
    let told = calls.iter().map(|(method, path, body)| caller.call(method, path, body).with_request_id("…"));
    told.collect()
}

/// That a browser is sent where it was, and that its login is the same user's.
fn olga(caller: &mut Caller) -> (String, Value) {
    let start = format!("/v1/public/oauth/github/start?public_token={PUBLIC_TOKEN}&as=olga@example.com");
    let response = caller.send(&Request::get(start));
    let (url, token) = response.header("location").unwrap().split_once("&token=").unwrap();
    let login = caller.posted("/v1/oauth/authenticate", &json!({ "token": token }));
    (url.to_owned(), json!([login["user"], login["oauth_user_registration_id"], login["reset_sessions"]]))
}

#[test]
fn a_world_that_starts_from_a_state_knows_everybody_who_logged_in() {
    for wire in [WireProfile::Page, WireProfile::Live] {
        let mut caller = Caller::of(builder().wire(wire));
        let (tokens, totp) = a_busy_morning(&mut caller);
        caller.advance("30s");
        let state = caller.state();
        let text = state.to_string();
        assert!(![STRONG, OTHER].iter().any(|password| text.contains(password)), "a state has no plain password");
        let mut other = Caller::of(Emulator::builder().seed_json(&text).wire(wire));
        assert_eq!(other.state(), state);
        let expected = answers(&mut caller, &tokens, &totp);
        for (answer, expected) in answers(&mut other, &tokens, &totp).iter().zip(&expected) {
            assert_eq!(answer, expected);
        }
        assert_eq!(olga(&mut other), olga(&mut caller));
        assert_eq!(other.state(), caller.state(), "and became the same");
        // put back into a world that was something else by then
        caller.house.client.steered("POST", "/__mock/reset", "");
        caller.posted("/v1/passwords", &json!({ "email": "paula@example.com", "password": OTHER }));
        caller.house.client.steered("PUT", "/__mock/state", &text);
        assert_eq!(caller.state(), state);
        assert_eq!(answers(&mut caller, &tokens, &totp), expected);
        assert!(expected.iter().filter(|answer| answer.contains("\"status_code\":200")).count() > 30, "{expected:#?}");
    }
}
