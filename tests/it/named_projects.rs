//! What needs no credentials is for the project that it names all the same: that project's bucket pays, its faults strike, and
//! the journal says so.

use serde_json::{Value, json};

use crate::client::Request;
use crate::fixture::PROJECT;
use crate::idp::paths;
use crate::life::{Caller, life};
use crate::m2m::{M2M_CLIENTS, form, machine, token_paths};
use crate::messages::PUBLIC_TOKEN;

const FORM: [(&str, &str); 3] =
    [("grant_type", "client_credentials"), ("client_id", "machine-1"), ("client_secret", "correct horse battery staple")];

/// What takes a token, and what does not; each is answered as it is whatever the bucket has.
fn named() -> (Vec<Request>, Vec<Request>) {
    let mut paid = vec![
        Request::get(format!("/v1/public/oauth/google/start?public_token={PUBLIC_TOKEN}&as=nobody")),
        Request::get(format!("/v1/magic_links/redirect?public_token={PUBLIC_TOKEN}&token=x&stytch_token_type=magic_links")),
    ];
    let mut free = vec![Request::get(format!("/v1/sessions/jwks/{PROJECT}"))];
    for paths in paths() {
        paid.extend([
            form(&paths.token, &FORM),
            form(&paths.introspect, &[("token", "x"), ("client_id", "x")]),
            form(&paths.revoke, &[("token", "x")]).basic("machine-1", "x"),
            Request::get(&paths.userinfo).header("authorization", "Bearer x"),
            form(&paths.userinfo, &[("access_token", "x")]),
            Request::get(format!("{}?client_id=x", paths.authorize)),
        ]);
        free.push(Request::get(&paths.discovery));
    }
    (paid, free)
}

fn level(caller: &Caller, project_id: &str) -> u64 {
    caller.house.client.steered("GET", &format!("/__mock/bucket?project_id={project_id}"), "")["level"].as_u64().unwrap()
}

/// The project that the journal says the last request was for.
fn last_project(caller: &Caller) -> Value {
    let journal = caller.house.client.steered("GET", "/__mock/requests", "");
    journal["requests"].as_array().unwrap().last().unwrap()["project_id"].clone()
}

#[test]
fn they_take_a_token_of_its_bucket_and_keys_and_discovery_take_none() {
    let mut caller = life();
    caller.posted(M2M_CLIENTS, &machine());
    let client = caller.house.client.clone();
    let (paid, free) = named();
    for (requests, taken) in [(paid, 1), (free, 0)] {
        for request in requests {
            client.steered("PUT", "/__mock/bucket", r#"{"rate_limit": "1/h,burst=5"}"#);
            let outcome = caller.send(&request).outcome();
            assert!(!outcome.starts_with("429"), "{request:?}: {outcome}");
            assert_eq!((level(&caller, PROJECT), last_project(&caller)), (5 - taken, json!(PROJECT)), "{request:?}");
            client.steered("POST", "/__mock/bucket/drain", "");
            let response = caller.send(&request);
            if taken == 0 {
                assert_eq!(response.outcome(), outcome, "{request:?}");
                continue;
            }
            assert_eq!((response.outcome().as_str(), response.header("retry-after")), ("429 too_many_requests", Some("3600")));
            assert_eq!(level(&caller, PROJECT), 0);
        }
    }
}

#[test]
fn its_faults_strike_them_and_anothers_do_not() {
    let mut caller = life();
    let client = caller.house.client.clone();
    let other = caller.house.emulator.control().create_project().unwrap().project_id;
    let (paid, free) = named();
    for request in [paid, free].concat() {
        for (project_id, expected) in [(other.as_str(), false), (PROJECT, true)] {
            let fault = json!({ "project_id": project_id, "error": "internal_server_error", "times": 1 });
            client.steered("POST", "/__mock/faults", fault.to_string());
            assert_eq!(caller.send(&request).status == 500, expected, "{project_id}: {request:?}");
        }
        client.steered("DELETE", &format!("/__mock/faults?project_id={other}"), "");
    }
}

#[test]
fn on_a_domain_of_its_own_a_project_is_named_by_its_client() {
    let mut caller = life();
    let other = caller.house.emulator.control().create_project().unwrap();
    let made = Request::new("POST", M2M_CLIENTS).basic(&other.project_id, &other.secret);
    assert_eq!(caller.send(&made.header("content-type", "application/json").body(machine().to_string())).status, 200);
    let levels = |caller: &Caller| [PROJECT, &other.project_id].map(|project_id| level(caller, project_id));
    for project_id in [PROJECT, &other.project_id] {
        let path = format!("/__mock/bucket?project_id={project_id}");
        caller.house.client.steered("PUT", &path, r#"{"rate_limit": "1/h,burst=5"}"#);
    }
    let response = caller.send(&form(&token_paths()[1], &FORM));
    assert_eq!((response.status, levels(&caller)), (200, [5, 4]), "{response:?}");
    let token = response.json()["access_token"].as_str().unwrap().to_owned();
    // one that nobody knows is the first project's
    caller.send(&form(&token_paths()[1], &[("client_id", "unknown")]));
    assert_eq!(levels(&caller), [4, 4]);
    let userinfo = &paths()[1].userinfo;
    caller.send(&Request::get(userinfo).header("authorization", format!("Bearer {token}")));
    assert_eq!(levels(&caller), [3, 4], "a machine's token is none of a user's");
}
