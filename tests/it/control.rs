//! The control plane from outside: its JSON, its refusals, and whom it lets in.

use serde_json::json;

use crate::client::Request;
use crate::fixture::{House, NOW, PROJECT, SECRET, USER};
use crate::program::Running;
use crate::secure::Secured;
use stytch_mock::Emulator;

#[test]
fn health_is_answered_once_ready() {
    let house = House::of(Emulator::builder());
    assert_eq!(house.client.steered("GET", "/__mock/health", "")["status"], "ok");
}

#[test]
fn a_foreign_origin_may_not_steer() {
    let house = House::of(Emulator::builder().clock(NOW));
    let own = house.emulator.address().to_string();
    let advance = |host: &str| Request::new("POST", "/__mock/clock/advance").host(host).body(r#"{"by": "1s"}"#);
    for (origin, host) in [
        ("https://evil.example", own.as_str()),
        ("null", &own),
        ("", &own),
        ("file://", &own),
        (own.as_str(), &own),
        ("http://localhost:3000", &own),
        ("http://127.0.0.1:1", &own),
        // a name that somebody pointed here agrees with itself
        ("http://evil.example", "evil.example"),
        (&format!("http://{own}.evil.example"), &own),
        (&format!("http://evil.example@{own}"), &own),
    ] {
        for request in [
            advance(host),
            Request::get("/__mock/state").host(host),
            Request::new("OPTIONS", "/__mock/clock").host(host),
            Request::get("/__mock/").host(host),
            Request::get("/__mock/events").host(host),
        ] {
            let response = house.client.steer(&request.header("origin", origin));
            assert_eq!(response.status, 403, "{origin:?} {host:?}");
        }
    }
    for site in ["cross-site", "same-site"] {
        let request = Request::get("/__mock/state").host(&own).header("sec-fetch-site", site);
        assert_eq!(house.client.steer(&request).status, 403, "{site}");
    }
    let own_page = advance(&own).header("sec-fetch-site", "same-origin").header("origin", format!("http://{own}"));
    assert_eq!(house.client.steer(&own_page).json()["now"], "2021-08-09T08:00:01Z", "nobody else moved it");
    let app = house.ask(&format!("user_id={USER}")).header("origin", "https://app.example");
    assert_eq!(house.client.send(&app).outcome(), "200", "the emulated API takes any");
}

#[test]
fn a_host_that_another_site_could_have_pointed_here_is_refused_until_it_is_named() {
    let ask = |house: &House, host: &str| house.client.steer(&Request::get("/__mock/clock").host(host));
    let house = House::of(Emulator::builder());
    for host in ["localhost", "stytch:7898", "test.stytch.com", "emulator.test"] {
        assert_eq!(ask(&house, host).status, 200, "{host}");
    }
    let refused = ask(&house, "mock.example.com:7898");
    assert_eq!(refused.status, 403);
    let message = "the control plane does not answer to the host \"mock.example.com:7898\": another site's name could lead \
        here. If it is yours, name it by --control-host (STYTCH_MOCK_CONTROL_HOST)";
    assert_eq!(refused.json(), json!({ "error": message }));
    for path in ["/__mock", "/__mock/", "/__mock/nothing", "/__mock/openapi.json", "/__mock/events", "/__mock/page/app.js"] {
        assert_eq!(house.client.steer(&Request::get(path).host("evil.example")).status, 403, "{path}");
    }
    let app = house.ask(&format!("user_id={USER}")).host("evil.example");
    assert_eq!(house.client.send(&app).outcome(), "200", "the emulated API answers to any");
    let house = House::of(Emulator::builder().control_host("mock.example.com").control_host("*.apps.example.com"));
    for (host, status) in [("Mock.Example.com.:7898", 200), ("a.apps.example.com", 200), ("example.com", 403)] {
        assert_eq!(ask(&house, host).status, status, "{host}");
    }
    let refused = crate::fixture::start(Emulator::builder().control_host("http://example.com")).unwrap_err();
    assert!(refused.to_string().starts_with("control_host: expected a host name"), "{refused}");
}

#[test]
fn hosts_are_named_by_flags_and_their_variable() {
    let status = |running: &Running, host: &str| running.client().steer(&Request::get("/__mock/clock").host(host)).status;
    let mut command = crate::program::command(&["--port", "0", "--tls-port", "0", "--tls-name", "tls.example.com"]);
    command.env("STYTCH_MOCK_CONTROL_HOST", "a.example.com,b.example.com");
    let running = Running::start_command(command);
    for (host, expected) in [("a.example.com", 200), ("b.example.com", 200), ("tls.example.com", 200), ("example.com", 403)] {
        assert_eq!(status(&running, host), expected, "{host}");
    }
    let running = Running::start(&["--control-host", "a.example.com", "--control-host", "b.example.com"]);
    assert_eq!(["a.example.com", "b.example.com", "c.example.com"].map(|host| status(&running, host)), [200, 200, 403]);
}

#[test]
fn the_authority_of_http_2_is_a_host() {
    let secured = Secured::start(&["--tls-name", "tls.example.com"]);
    for protocol in ["h2", "http/1.1"] {
        let mut line = secured.connect(protocol);
        for (host, expected) in [("test.stytch.com", 200), ("TLS.example.com:8443", 200), ("evil.example", 403)] {
            assert_eq!(line.status(host, "/__mock/clock"), expected, "{protocol} {host}");
        }
    }
}

#[test]
fn control_off_leaves_no_trace_of_it() {
    let house = House::of(Emulator::builder().control(false));
    for (method, path) in [
        ("GET", "/__mock/health"),
        ("POST", "/__mock/reset"),
        ("GET", "/__mock"),
        ("GET", "/__mock/"),
        ("GET", "/__mock/events"),
        ("GET", "/__mock/page/app.js"),
        ("PUT", "/__mock/state"),
    ] {
        assert_eq!(house.client.send(&Request::new(method, path)).outcome(), "404 route_not_found", "{path}");
    }
}

#[test]
fn every_refusal_is_json() {
    let house = House::of(Emulator::builder());
    let user_sessions = format!("/__mock/users/{USER}/sessions");
    for (method, path, body, status) in [
        ("POST", "/__mock", "", 405),
        ("POST", "/__mock/", "", 405),
        ("GET", "/__mock/nothing", "", 404),
        ("GET", "/__mock/health/", "", 404),
        ("POST", "/__mock/health", "", 405),
        ("GET", "/__mock/reset", "", 405),
        ("PATCH", "/__mock/state", "{}", 405),
        ("PUT", "/__mock/state", "", 400),
        ("PUT", "/__mock/state", "[]", 400),
        ("PUT", "/__mock/state", "{", 400),
        ("POST", "/__mock/users", "nope", 400),
        ("POST", "/__mock/users", "[]", 400),
        ("POST", "/__mock/users?project_id=project-test-none", "{}", 404),
        ("POST", "/__mock/users?projectid=x", "{}", 400),
        ("POST", "/__mock/users?project_id=a&project_id=b", "{}", 400),
        ("POST", "/__mock/users/%ff/sessions", "{}", 400),
        ("POST", "/__mock/users/a%20b/sessions", "{}", 400),
        ("POST", "/__mock/users/nobody/sessions", "{}", 404),
        ("POST", &user_sessions, "{\"x\": 1}", 400),
    ] {
        let response = house.client.steer(&Request::new(method, path).body(body));
        assert_eq!(response.status, status, "{method} {path}: {}", response.text());
    }
    let not_text = Request::new("PUT", "/__mock/state").body(b"\xff\xfe{}");
    assert_eq!(house.client.steer(&not_text).json(), json!({"error": "the body is not UTF-8"}));
}

#[test]
fn a_user_is_put_with_a_seed_entrys_defaults() {
    let house = House::of(Emulator::builder().clock(NOW));
    let user = house.client.steered("POST", "/__mock/users", r#"{"external_id": "new", "sessions": [{"expires_at": "+30m"}]}"#);
    let id = user["user_id"].as_str().unwrap();
    assert!(id.starts_with("user-test-"), "{user}");
    assert_eq!(user["created_at"], NOW);
    assert_eq!(user["sessions"][0]["expires_at"], "2021-08-09T08:30:00Z");
    for name in [id, "new"] {
        assert_eq!(house.sessions(name).json()["sessions"][0]["session_id"], user["sessions"][0]["session_id"]);
    }
    let empty = house.client.steered("POST", "/__mock/users", "{}");
    assert_eq!(house.sessions(empty["user_id"].as_str().unwrap()).session_ids().len(), 0);
    let listed = house.client.steered("GET", "/__mock/state", "");
    let users = listed["projects"][0]["users"].as_array().unwrap();
    assert_eq!(users[users.len() - 2..], [user, empty], "what was answered is what is there");
}

#[test]
fn a_session_is_put_in_its_place_in_the_order() {
    let house = House::seeded(r#"{"projects": [{"users": [{"external_id": "someone", "roles": ["editor"]}]}]}"#);
    let mut expected = Vec::new();
    for start in ["-1h", "-3h", "-2h", "now"] {
        let session = house.client.steered("POST", "/__mock/users/someone/sessions", format!(r#"{{"started_at": "{start}"}}"#));
        assert_eq!(session["roles"], json!(["editor"]));
        expected.push((session["started_at"].to_string(), session["session_id"].as_str().unwrap().to_owned()));
        expected.sort();
        assert_eq!(house.sessions("someone").session_ids(), expected.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>());
    }
    let user = house.client.steered("GET", "/__mock/state", "")["projects"][0]["users"][0]["user_id"].clone();
    let by_id = format!("/__mock/users/{}/sessions", user.as_str().unwrap().to_uppercase().replace("USER-TEST-", "user-test-"));
    house.client.steered("POST", &by_id, r#"{"expires_at": "-1h"}"#);
    assert_eq!(house.sessions("someone").session_ids().len(), 4, "an expired one is put and not listed");
}

#[test]
fn what_is_taken_is_a_conflict_and_changes_nothing() {
    let one = "user-test-00000000-0000-4000-8000-000000000001";
    let session = "session-test-00000000-0000-4000-8000-000000000001";
    let seed = json!({"projects": [{"users": [{"user_id": one, "external_id": "one",
        "sessions": [{"session_id": session, "session_token": "token"}]}, {"external_id": "two"}]}]});
    let house = House::seeded(&seed.to_string());
    let before = house.client.steered("GET", "/__mock/state", "");
    for (path, body, message) in [
        ("users", json!({"user_id": one}), "user_id user-test-00000000-0000-4000-8000-000000000001 is taken"),
        ("users", json!({"user_id": one.to_uppercase().replace("USER-TEST-", "user-test-")}), "is taken in this project"),
        ("users", json!({"external_id": "one"}), "external_id one is taken"),
        ("users", json!({"external_id": "three", "sessions": [{}, {"session_id": session}]}), "session_id "),
        ("users", json!({"sessions": [{"session_token": "token"}]}), "the session_token of "),
        ("users", json!({"sessions": [{"session_token": "twice"}, {"session_token": "twice"}]}), "is taken in this project"),
        ("users/two/sessions", json!({"session_id": session}), "session_id "),
        ("users/two/sessions", json!({"session_token": "token"}), "the session_token of "),
    ] {
        // an id is the same one if an escape is in it
        let escaped = body.to_string().replace("\"user-", r#""\u0075ser-"#).replace("\"session-", r#""\u0073ession-"#);
        for body in [body.to_string(), escaped] {
            let response = house.client.steer(&Request::new("POST", format!("/__mock/{path}")).body(body.as_str()));
            assert_eq!(response.status, 409, "{body}: {}", response.text());
            let error = response.json()["error"].as_str().unwrap().to_owned();
            assert!(error.starts_with("nothing was changed: ") && error.contains(message), "{body}: {error}");
            assert_eq!(house.client.steered("GET", "/__mock/state", ""), before, "{body}");
        }
    }
    assert_eq!(house.sessions("three").outcome(), "404 user_not_found");
}

#[test]
fn users_can_be_put_into_any_project() {
    let live = "project-live-22222222-2222-4222-8222-222222222222";
    let seed = json!({"projects": [{}, {"project_id": live, "secrets": ["live"]}]});
    let house = House::seeded(&seed.to_string());
    let user = house.client.steered("POST", &format!("/__mock/users?project_id={live}"), r#"{"external_id": "new"}"#);
    assert!(user["user_id"].as_str().unwrap().starts_with("user-live-"), "{user}");
    house.client.steered("POST", &format!("/__mock/users/new/sessions?project_id={live}"), "{}");
    let ask = |id: &str, secret: &str| house.client.send(&crate::fixture::sessions_request("user_id=new").basic(id, secret));
    assert!(ask(live, "live").session_ids()[0].starts_with("session-live-"));
    assert_eq!(ask(PROJECT, SECRET).outcome(), "404 user_not_found");
}
