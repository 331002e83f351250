//! Users and sessions on the control plane: found by whatever is known of them, shown a window at a time, ended, deleted.

use serde_json::{Value, json};

use crate::client::Request;
use crate::fixture::{House, NOW, PROJECT};

const OTHER: &str = "project-test-22222222-2222-4222-8222-222222222222";
const GRACE: &str = "user-test-00000000-0000-4000-8000-00000000000a";
const LIVE: &str = "session-test-00000000-0000-4000-8000-0000000000a1";
const OVER: &str = "session-test-00000000-0000-4000-8000-0000000000a2";

fn house() -> House {
    let crowd: Vec<Value> = (0..120).map(|number| json!({ "external_id": format!("crowd-{number:03}") })).collect();
    let grace = json!({
        "user_id": GRACE, "external_id": "grace", "name": { "first_name": "Grace", "last_name": "Hopper" },
        "emails": [{ "email": "Grace@Example.com", "email_id": "email-test-00000000-0000-4000-8000-0000000000e1" }],
        "phone_numbers": [{ "phone_number": "+12025550162", "phone_id": "phone-number-test-00000000-0000-4000-8000-0000000000f1" }],
        "totps": [{ "totp_id": "totp-test-00000000-0000-4000-8000-0000000000c1" }],
        "sessions": [
            { "session_id": LIVE, "session_token": "token-of-grace", "started_at": "-10m" },
            { "session_id": OVER, "started_at": "-3h", "expires_at": "-2h" },
        ],
    });
    let users: Vec<Value> = [grace].into_iter().chain(crowd).collect();
    let twin = json!({ "external_id": "grace", "sessions": [{}] });
    House::seeded(&json!({ "projects": [{ "users": users }, { "project_id": OTHER, "users": [twin] }] }).to_string())
}

fn found(house: &House, what: &str, query: &str) -> (u64, Vec<Value>) {
    let list = house.client.steered("GET", &format!("/__mock/{what}{query}"), "");
    (list["count"].as_u64().unwrap(), list[what].as_array().unwrap().clone())
}

#[test]
fn users_are_found_by_any_id_address_number_or_name() {
    let house = house();
    for (q, count) in [
        ("0000000000a", 1),
        (GRACE, 1),
        ("GRACE%20HOPPER", 0),
        ("hopper", 1),
        ("grace@example", 1),
        ("email-test-00000000-0000-4000-8000-0000000000e1", 1),
        ("%2B12025550162", 1),
        ("0000000000f1", 1),
        ("0000000000c1", 1),
        (LIVE, 1),
        (OVER, 1),
        ("token-of-grace", 1),
        ("token-of-grac", 0),
        ("grace", 2),
        ("crowd-", 120),
        ("nobody", 0),
        ("", 122),
    ] {
        let (fitting, users) = found(&house, "users", &format!("?q={q}"));
        assert_eq!(fitting, count, "{q}");
        assert_eq!(users.len() as u64, count.min(50), "{q}");
    }
    let (_, users) = found(&house, "users", "?q=hopper");
    let created = users[0]["created_at"].clone();
    assert_eq!(
        users[0],
        json!({
            "project_id": PROJECT, "user_id": GRACE, "external_id": "grace", "name": "Grace Hopper", "status": "active",
            "emails": ["Grace@Example.com"], "phone_numbers": ["+12025550162"], "created_at": created,
            "sessions": 2, "active_sessions": 1, "respond_with": null,
        })
    );
    assert_eq!(found(&house, "users", &format!("?q=grace&project_id={OTHER}")).0, 1);
}

#[test]
fn a_window_is_as_large_as_it_is_asked_for() {
    let house = house();
    let ids = |query: &str| -> Vec<Value> {
        found(&house, "users", query).1.into_iter().map(|user| user["external_id"].clone()).collect()
    };
    assert_eq!(ids("?q=crowd-&offset=118"), ["crowd-118", "crowd-119"]);
    assert_eq!(ids("?q=crowd-&offset=3&limit=2"), ["crowd-003", "crowd-004"]);
    assert_eq!(ids("?offset=121&limit=500"), ["grace"], "projects come one after the other");
    assert!(ids("?offset=500").is_empty() && ids("?limit=0").is_empty());
    for query in ["?limit=501", "?limit=x", "?offset=-1", "?name=x"] {
        assert_eq!(house.client.steer(&Request::get(format!("/__mock/users{query}"))).status, 400, "{query}");
    }
    assert_eq!(house.client.steer(&Request::get("/__mock/users?project_id=project-test-none")).status, 404);
}

#[test]
fn sessions_are_found_by_theirs_and_their_users_ids() {
    let house = house();
    for (query, count) in [
        ("", 3),
        ("?active=true", 2),
        ("?active=false", 1),
        ("?q=grace", 3),
        ("?q=hopper&active=true", 1),
        ("?q=%2B12025550162", 2),
        ("?q=token-of-grace", 1),
        (&format!("?q={OVER}"), 1),
        (&format!("?project_id={OTHER}"), 1),
        ("?offset=2", 3),
    ] {
        assert_eq!(found(&house, "sessions", query).0, count, "{query}");
    }
    let (_, sessions) = found(&house, "sessions", &format!("?q={OVER}"));
    assert_eq!((&sessions[0]["project_id"], &sessions[0]["state"]), (&json!(PROJECT), &json!("expired")));
    assert_eq!(sessions[0]["session"]["session_id"], OVER);
    assert_eq!(house.client.steer(&Request::get("/__mock/sessions?active=maybe")).status, 400);
}

#[test]
fn a_user_is_shown_as_the_seed_entry_that_makes_them_again() {
    let house = house();
    let shown = house.client.steered("GET", "/__mock/users/grace", "");
    assert_eq!(shown, house.client.steered("GET", &format!("/__mock/users/{GRACE}?project_id={PROJECT}"), ""));
    let state = house.client.steered("GET", "/__mock/state", "");
    assert_eq!(shown, state["projects"][0]["users"][0]);
    assert_eq!(house.client.steered("DELETE", "/__mock/users/grace", "")["deleted"], 1);
    for method in ["GET", "DELETE"] {
        assert_eq!(house.client.steer(&Request::new(method, "/__mock/users/grace")).status, 404, "{method}");
    }
    assert_eq!(house.sessions(GRACE).outcome(), "404 user_not_found");
    assert_eq!(house.client.steered("POST", "/__mock/users", shown.to_string()), shown);
    assert_eq!(found(&house, "users", &format!("?project_id={OTHER}")).0, 1, "the other project's stays");
    assert_eq!(house.client.steer(&Request::get("/__mock/users/a%20b")).status, 400);
}

#[test]
fn a_session_is_revoked_or_expires_once() {
    let house = house();
    let end = |id: &str, how: &str| house.client.steered("POST", &format!("/__mock/sessions/{id}/{how}"), "");
    let expired = end(LIVE, "expire");
    assert_eq!((&expired["expires_at"], &expired["session_id"]), (&json!(NOW), &json!(LIVE)));
    assert!(house.sessions(GRACE).session_ids().is_empty());
    house.client.steered("POST", "/__mock/clock/advance", r#"{"by": "1h"}"#);
    assert_eq!(end(LIVE, "expire"), expired, "it has ended before");
    assert_eq!(end(OVER, "expire")["expires_at"], "2021-08-09T06:00:00Z");
    let revoked = end(LIVE, "revoke");
    assert_eq!(revoked["revoked_at"], "2021-08-09T09:00:00Z");
    house.client.steered("POST", "/__mock/clock/advance", r#"{"by": "1h"}"#);
    assert_eq!(end(LIVE, "revoke"), revoked, "it was revoked before");
    for (path, status) in [
        (format!("/__mock/sessions/{LIVE}/revoke?project_id={OTHER}"), 404),
        ("/__mock/sessions/session-test-99999999-9999-4999-8999-999999999999/revoke".to_owned(), 404),
        ("/__mock/sessions/nonsense/revoke".to_owned(), 400),
        ("/__mock/sessions/nonsense/expire".to_owned(), 400),
        (format!("/__mock/sessions/{LIVE}/end"), 404),
    ] {
        assert_eq!(house.client.steer(&Request::new("POST", &path)).status, status, "{path}");
    }
    let later = house.client.steered("POST", "/__mock/users/grace/sessions", r#"{"started_at": "+1h", "expires_at": "+2h"}"#);
    let path = format!("/__mock/sessions/{}/expire", later["session_id"].as_str().unwrap());
    assert_eq!(house.client.steer(&Request::new("POST", path)).status, 409, "it would end before it starts");
}

#[test]
fn in_rust_the_same_is_done_without_http() {
    let house = house();
    let control = house.emulator.control();
    assert_eq!(control.expire_session(LIVE).unwrap()["expires_at"], NOW);
    assert_eq!(control.revoke_session(OVER).unwrap()["revoked_at"], NOW);
    control.delete_user("grace").unwrap();
    assert!(control.delete_user("grace").is_err() && control.revoke_session(LIVE).is_err());
}

#[test]
fn projects_are_found_by_their_id() {
    let house = house();
    for (query, count, shown) in [("", 2, 2), ("?q=2222", 1, 1), ("?limit=1", 2, 1), ("?offset=1", 2, 1), ("?q=nothing", 0, 0)] {
        let (fitting, projects) = found(&house, "projects", query);
        assert_eq!((fitting, projects.len()), (count, shown), "{query}");
    }
}

#[test]
fn requests_and_messages_are_shown_a_window_at_a_time() {
    let house = house();
    for number in 0..5 {
        house.sessions(&format!("nobody-{number}"));
    }
    house.sessions(GRACE);
    let numbers = |query: &str| {
        let (count, requests) = found(&house, "requests", query);
        (count, requests.iter().map(|request| request["sequence"].as_u64().unwrap()).collect::<Vec<_>>())
    };
    assert_eq!(numbers("?limit=2"), (6, vec![5, 6]));
    assert_eq!(numbers("?limit=2&before=5"), (4, vec![3, 4]));
    assert_eq!(numbers("?limit=0"), (6, vec![]));
    assert_eq!(numbers("?limit=9&since=2&before=5"), (2, vec![3, 4]));
    assert_eq!(numbers("?q=NOBODY-3"), (1, vec![4]));
    assert_eq!(numbers("?q=user_not_found&limit=1"), (5, vec![5]));
    assert_eq!(numbers("?q=404"), (5, vec![1, 2, 3, 4, 5]));
    assert_eq!(numbers("?refused=false"), (1, vec![6]));
    assert_eq!(numbers("?refused=true&limit=1"), (5, vec![5]));
    assert_eq!(numbers(&format!("?q={PROJECT}")).0, 6);
}
