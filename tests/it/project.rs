//! What a project tells of itself: its policy of roles, and how much it has.

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::life::{AUTHENTICATE, BOB, Caller, TOKEN, life};

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
fn users_are_counted_as_they_come_and_go() {
    let mut caller = life();
    let mut counted = |method: &str, path: &str, body: &Value| {
        assert!(caller.call(method, path, body).status < 300);
        let answer = caller.get(METRICS).json();
        let metrics = answer["metrics"].as_array().unwrap().clone();
        assert_eq!(
            metrics.iter().map(|metric| metric["metric_type"].clone()).collect::<Vec<_>>(),
            ["USER_COUNT", "ORGANIZATION_COUNT", "MEMBER_COUNT", "M2M_CLIENT_COUNT"]
        );
        metrics[0]["count"].as_u64().unwrap()
    };
    let before = counted("GET", METRICS, &Value::Null);
    assert_eq!(counted("POST", "/v1/users", &json!({ "email": "new@example.com" })), before + 1);
    assert_eq!(counted("DELETE", &format!("/v1/users/{BOB}"), &Value::Null), before);
}
