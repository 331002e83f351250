//! What a seed says for pages: the answer that their SDK asks for first, and PKCE where a project insists on it.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::fixture::start;
use crate::life::{Caller, text};
use crate::messages::{PUBLIC_TOKEN, joined, last_message};
use crate::pages::data;

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const STRONG: &str = "correct horse battery staple";

fn seeded(project: &Value) -> Caller {
    let users = json!({ "users": [{ "emails": [{ "email": "ada@example.com" }], "password": { "password": STRONG } }] });
    let seed = json!({ "clock": "2021-08-09T08:00:00Z", "projects": [joined(users, project)] });
    Caller::of(Emulator::builder().seed_json(seed.to_string()))
}

fn told(caller: &mut Caller) -> Value {
    data(&caller.page("GET", &format!("/sdk/v1/projects/bootstrap/{PUBLIC_TOKEN}"), &Value::Null, None))
}

#[test]
fn a_page_is_told_what_the_seed_says_and_else_what_needs_no_other_host() {
    let usual = json!({
        "captcha_settings": { "enabled": false }, "cname_domain": null, "create_organization_enabled": false,
        "dfp_protected_auth_enabled": false, "disable_sdk_watermark": true, "email_domains": ["stytch.com"],
        "password_config": null, "pkce_required_for_email_magic_links": false, "pkce_required_for_oauth": false,
        "pkce_required_for_password_resets": false, "pkce_required_for_sso": false, "project_name": "stytch-mock",
        "rbac_policy": { "roles": [], "resources": [], "scopes": [] }, "siwe_required_for_crypto_wallets": false,
        "slug_pattern": null, "vertical": "CONSUMER"
    });
    let policy = json!({ "roles": [
        { "role_id": "editor", "description": "May write", "permissions": [
            { "resource_id": "documents", "actions": ["read", "write"] }, { "resource_id": "images", "actions": ["*"] },
        ] },
        { "role_id": "reader", "permissions": [{ "resource_id": "documents", "actions": ["read", "print"] }] },
    ] });
    for (project, differs) in [
        (json!({}), json!({})),
        (
            json!({ "bootstrap": { "project_name": "Shop", "disable_sdk_watermark": false, "pkce_required_for_oauth": true } }),
            json!({ "project_name": "Shop", "disable_sdk_watermark": false, "pkce_required_for_oauth": true }),
        ),
        (
            json!({ "bootstrap": { "siwe_required_for_crypto_wallets": true, "pkce_required_for_password_resets": true,
                "pkce_required_for_email_magic_links": true } }),
            json!({ "siwe_required_for_crypto_wallets": true, "pkce_required_for_password_resets": true,
                "pkce_required_for_email_magic_links": true }),
        ),
        (
            json!({ "password_strength": { "policy": "luds", "min_length": 10, "min_complexity": 3 } }),
            json!({ "password_config": { "luds_complexity": 3, "luds_minimum_count": 10 } }),
        ),
        (
            json!({ "rbac_policy": policy }),
            json!({ "rbac_policy": {
                "roles": [
                    policy["roles"][0],
                    { "role_id": "reader", "description": "", "permissions": policy["roles"][1]["permissions"] },
                ],
                "resources": [
                    { "resource_id": "documents", "description": "", "actions": ["read", "write", "print"] },
                    { "resource_id": "images", "description": "", "actions": [] },
                ],
                "scopes": [],
            } }),
        ),
        (json!({ "bootstrap": joined(usual.clone(), &json!({ "request_id": "x", "status_code": 200 })) }), json!({})),
    ] {
        let mut caller = seeded(&project);
        let expected = joined(usual.clone(), &differs);
        let mut answer = told(&mut caller);
        answer.as_object_mut().unwrap().retain(|key, _| !["status_code", "request_id"].contains(&key.as_str()));
        assert_eq!(answer, expected, "{project}");
        let state = caller.state();
        assert_eq!(
            state["projects"][0].get("bootstrap").is_some(),
            differs.as_object().unwrap().keys().any(|key| { project["bootstrap"].get(key).is_some() })
        );
        let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()));
        assert_eq!((again.state(), told(&mut again)["project_name"].clone()), (state, expected["project_name"].clone()));
    }
}

#[test]
fn what_is_wrong_with_it_is_said_with_its_place() {
    let one = json!({ "projects": [{ "bootstrap": { "project_name": "Shop" } }] }).to_string();
    let two = json!({ "projects": [{ "bootstrap": { "project_name": "Store" } }] }).to_string();
    for (builder, expected) in [
        (
            Emulator::builder().seed_json(json!({ "projects": [{ "bootstrap": { "projectname": "x" } }] }).to_string()),
            "unknown key `projectname` in a bootstrap; did you mean `project_name`?",
        ),
        (
            Emulator::builder()
                .seed_json(json!({ "projects": [{ "bootstrap": { "pkce_required_for_oauth": "yes" } }] }).to_string()),
            "$.projects[0].bootstrap.pkce_required_for_oauth",
        ),
        (Emulator::builder().seed_json(one.as_str()).seed_json(two), "another bootstrap"),
    ] {
        let error = start(builder).err().unwrap().to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert!(start(Emulator::builder().seed_json(one.as_str()).seed_json(one.as_str())).is_ok(), "twice the same is no clash");
}

#[test]
fn a_project_that_requires_pkce_refuses_a_page_that_starts_without() {
    let all = json!({ "bootstrap": { "pkce_required_for_email_magic_links": true, "pkce_required_for_password_resets": true,
        "pkce_required_for_oauth": true } });
    let mut caller = seeded(&all);
    let (ada, challenge) = (json!({ "email": "ada@example.com" }), json!({ "code_challenge": CHALLENGE }));
    let session = json!({ "session_duration_minutes": 30 });
    for (start, end, body) in [
        ("/magic_links/email/login_or_create", "/magic_links/authenticate", json!({})),
        ("/magic_links/email/send/primary", "/magic_links/authenticate", json!({})),
        ("/passwords/email/reset/start", "/passwords/email/reset", json!({ "password": "another horse battery" })),
    ] {
        let (start, end) = (format!("/sdk/v1{start}"), format!("/sdk/v1{end}"));
        let refused = caller.page("POST", &start, &ada, None);
        assert_eq!(refused.outcome(), "400 invalid_pkce_code_challenge", "{start}");
        assert!(refused.header("x-stytch-mock-reason").unwrap().contains("bootstrap requires PKCE"), "{refused:?}");
        caller.page_posted(&start, &joined(ada.clone(), &challenge), None);
        let token = json!({ "token": text(&last_message(&caller.house), "/token") });
        let login = joined(joined(token, &session), &body);
        assert_eq!(caller.page("POST", &end, &login, None).outcome(), "400 pkce_expected_code_verifier", "{end}");
        let answer = caller.page_posted(&end, &joined(login, &json!({ "code_verifier": VERIFIER })), None);
        assert_eq!(answer["__user"]["emails"][0]["email"], "ada@example.com");
    }
    // what a backend starts is its own business
    assert_eq!(caller.post("/v1/magic_links/email/login_or_create", &ada).outcome(), "200");
    assert_eq!(caller.post("/v1/passwords/email/reset/start", &ada).outcome(), "200");
    // OAuth is started by the browser, whoever sent it
    let start = format!("/v1/public/oauth/google/start?public_token={PUBLIC_TOKEN}&as=olivia@example.com");
    assert_eq!(caller.get(&start).outcome(), "400 invalid_pkce_code_challenge");
    let sent_on = caller.get(&format!("{start}&code_challenge={CHALLENGE}"));
    let token = sent_on.header("location").unwrap().split("&token=").nth(1).unwrap().to_owned();
    let login = json!({ "token": token, "session_duration_minutes": 30, "code_verifier": VERIFIER });
    let answer = caller.page_posted("/sdk/v1/oauth/authenticate", &login, None);
    assert_eq!(answer["__user"]["emails"][0]["email"], "olivia@example.com");
    // and nobody is asked who is not
    let mut caller = seeded(&json!({}));
    caller.page_posted("/sdk/v1/magic_links/email/login_or_create", &ada, None);
    assert_eq!(caller.get(&start).status, 302);
}
