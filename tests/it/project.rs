//! What a project tells of itself: its policy of roles, and how much it has.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::life::{AUTHENTICATE, BOB, BOBS_TOKEN, Caller, TOKEN, life};
use crate::m2m::{M2M_CLIENTS, MACHINE, machine};

pub const POLICY: &str = "/v1/rbac/policy";
pub const METRICS: &str = "/v1/projects/metrics";

fn policy() -> Value {
    json!({
        "roles": [{ "role_id": "editor", "description": "May write", "permissions": [{ "resource_id": "documents", "actions": ["*"] }] }],
        "resources": [{ "resource_id": "documents", "description": "Texts", "actions": ["read", "write"] }],
        "scopes": [{ "scope": "read:documents", "description": "", "permissions": [{ "resource_id": "documents", "actions": ["read"] }] }],
    })
}

#[test]
fn the_policy_is_the_seeds_and_comes_back_from_a_state() {
    let seed = json!({ "projects": [{ "rbac_policy": policy() }] });
    let mut caller = Caller::of(Emulator::builder().seed_json(seed.to_string()));
    assert_eq!(caller.get(POLICY).json()["policy"], policy());
    let state = caller.state();
    let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(again.get(&format!("{POLICY}?project_id=x")).json()["policy"], policy());
    let mut bare = Caller::of(Emulator::builder().seed_json(r#"{"projects": [{}]}"#));
    assert_eq!(bare.get(POLICY).json()["policy"], json!({ "roles": [], "resources": [], "scopes": [] }));
}

/// As the SDKs' local caches do it: a role grants an action on a resource if it has the action, or any.
#[test]
fn whoever_checks_roles_by_the_policy_comes_to_the_emulators_own_verdict() {
    let mut caller = life();
    let policy = caller.get(POLICY).json()["policy"].clone();
    for (resource, action) in
        [("documents", "write"), ("documents", "delete"), ("profile", "read"), ("profile", "x"), ("nothing", "read")]
    {
        let check = json!({ "session_token": TOKEN, "authorization_check": { "resource_id": resource, "action": action } });
        let answer = caller.authenticate(&check);
        let grants = |permission: &Value| {
            let actions = permission["actions"].as_array().unwrap();
            permission["resource_id"] == resource && (actions.contains(&json!(action)) || actions.contains(&json!("*")))
        };
        let held = caller.posted(AUTHENTICATE, &json!({ "session_token": TOKEN }))["session"]["roles"].clone();
        let granting: Vec<&Value> = policy["roles"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|role| held.as_array().unwrap().contains(&role["role_id"]))
            .filter(|role| role["permissions"].as_array().unwrap().iter().any(grants))
            .map(|role| &role["role_id"])
            .collect();
        assert_eq!(answer.status == 200, !granting.is_empty(), "{resource} {action}");
        if answer.status == 200 {
            let mut told = answer.json()["verdict"]["granting_roles"].as_array().unwrap().clone();
            told.sort_by_key(ToString::to_string);
            let mut granting: Vec<Value> = granting.into_iter().cloned().collect();
            granting.sort_by_key(ToString::to_string);
            assert_eq!(told, granting);
        }
    }
}

#[test]
fn a_role_that_a_user_is_given_or_loses_counts_in_the_next_check_and_comes_back() {
    let mut caller = life();
    let client = caller.house.client.clone();
    let check = json!({ "session_token": BOBS_TOKEN, "authorization_check": { "resource_id": "documents", "action": "write" } });
    let refused = "403 consumer_session_authorization_error";
    assert_eq!(caller.authenticate(&check).outcome(), refused);
    client.steered("PUT", "/__mock/snapshots/before", "");
    let path = format!("/v1/users/{BOB}");
    let given = caller.put(&path, &json!({ "roles": ["editor"] })).json()["user"]["roles"].clone();
    let answer = caller.authenticate(&check).json();
    assert_eq!(answer["verdict"], json!({ "authorized": true, "granting_roles": ["editor"] }));
    assert_eq!((&answer["session"]["roles"], &answer["user"]["roles"]), (&given, &given));
    let state = caller.state();
    let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(again.state(), state);
    assert_eq!(again.authenticate(&check).outcome(), "200");
    caller.put(&path, &json!({ "roles": ["stytch_user"] }));
    assert_eq!(caller.authenticate(&check).outcome(), refused);
    for (method, path, body, expected) in [
        ("PUT", "/__mock/state", state.to_string(), "200"),
        ("POST", "/__mock/snapshots/before", String::new(), refused),
        ("PUT", "/__mock/state", state.to_string(), "200"),
        ("POST", "/__mock/reset", String::new(), refused),
    ] {
        client.steered(method, path, body);
        assert_eq!(caller.authenticate(&check).outcome(), expected, "{method} {path}");
    }
}

/// How many users and how many machine clients there are.
fn counted(caller: &mut Caller) -> [u64; 2] {
    let metrics = caller.get(METRICS).json()["metrics"].as_array().unwrap().clone();
    let types = metrics.iter().map(|metric| metric["metric_type"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(types, ["USER_COUNT", "ORGANIZATION_COUNT", "MEMBER_COUNT", "M2M_CLIENT_COUNT"]);
    [0, 3].map(|metric: usize| metrics[metric]["count"].as_u64().unwrap())
}

#[test]
fn users_and_machines_are_counted_as_they_come_and_go_and_come_back() {
    let mut caller = life();
    let [users, machines] = counted(&mut caller);
    for (method, path, body, expected) in [
        ("POST", "/v1/users".to_owned(), json!({ "email": "new@example.com" }), [users + 1, machines]),
        ("POST", M2M_CLIENTS.to_owned(), machine(), [users + 1, machines + 1]),
    ] {
        assert!(caller.call(method, &path, &body).status < 300);
        assert_eq!(counted(&mut caller), expected, "{method} {path}");
    }
    let state = caller.state();
    let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(counted(&mut again), [users + 1, machines + 1]);
    for (path, expected) in
        [(format!("/v1/users/{BOB}"), [users, machines + 1]), (format!("{M2M_CLIENTS}/{MACHINE}"), [users, machines])]
    {
        assert_eq!(caller.delete(&path).status, 200);
        assert_eq!(counted(&mut caller), expected, "DELETE {path}");
    }
    for (method, path, body, expected) in [
        ("PUT", "/__mock/state", state.to_string(), [users + 1, machines + 1]),
        ("POST", "/__mock/reset", String::new(), [users, machines]),
    ] {
        caller.house.client.steered(method, path, body);
        assert_eq!(counted(&mut caller), expected, "{method} {path}");
    }
}
