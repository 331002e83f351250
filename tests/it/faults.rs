//! Scripted faults: what they answer, whom they mean, when they strike, and what is refused for one. How they break
//! connections is in `breaks`.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_mock::{Emulator, Fault};

use crate::client::Request;
use crate::fixture::{House, NOW, PROJECT, STRANGER, USER};
use crate::life::{ALICE, AUTHENTICATE, BOB, REVOKE, SESSION, TOKEN, life, request};

const SOMEONE: &str = r#"{"projects": [{"users": [{"external_id": "someone"}]}]}"#;

fn add(house: &House, fault: &Value) -> Value {
    house.client.steered("POST", "/__mock/faults", fault.to_string())
}

/// Of so many requests, the struck ones as x, the others as dots.
fn strikes(house: &House, requests: usize) -> String {
    (0..requests).map(|_| if house.sessions("someone").status == 200 { '.' } else { 'x' }).collect()
}

#[test]
fn an_error_of_the_catalogue_answers_with_the_headers_that_go_with_it() {
    let house = House::seeded(SOMEONE);
    for (error, outcome, header) in [
        ("internal_server_error", "500 internal_server_error", None),
        ("server_unavailable", "503 server_unavailable", None),
        ("client_closed_request", "499 client_closed_request", None),
        ("too_many_requests", "429 too_many_requests", Some(("retry-after", "1"))),
        ("unauthorized_credentials", "401 unauthorized_credentials", Some(("www-authenticate", "Basic realm=\"stytch\""))),
        ("method_not_allowed", "405 method_not_allowed", Some(("allow", "GET, HEAD"))),
    ] {
        let fault = add(&house, &json!({ "error": error, "times": 1 }));
        let response = house.sessions("someone");
        assert_eq!(response.outcome(), outcome);
        let reason = format!("fault {} of the control plane", fault["id"]);
        assert_eq!(response.header("x-stytch-mock-reason"), Some(reason.as_str()));
        if let Some((name, value)) = header {
            assert_eq!(response.header(name), Some(value));
        }
        assert_eq!(house.sessions("someone").status, 200, "{error} strikes once");
    }
}

#[test]
fn a_raw_answer_is_given_as_it_is() {
    let house = House::seeded(SOMEONE);
    for (status, content_type, body) in [
        (200, "application/json", "{}"),
        (302, "text/plain", ""),
        (404, "text/html; charset=utf-8", "<html>ü</html>"),
        (502, "text/html", "<h1>Bad gateway</h1>"),
        (599, "application/json", "not json"),
    ] {
        add(&house, &json!({ "status": status, "content_type": content_type, "body": body, "times": 1 }));
        let mut connection = house.client.connect();
        connection.write(&house.ask("user_id=someone").bytes());
        let response = connection.read_response(false);
        assert_eq!((response.status, response.text()), (status, body));
        assert_eq!(response.header("content-type"), Some(content_type));
        assert_eq!(response.header("x-stytch-mock-reason").is_some(), status >= 300, "{response:?}");
        assert_eq!(connection.send(&house.ask("user_id=someone")).status, 200, "the connection goes on");
    }
    add(&house, &json!({ "status": 503, "times": 1 }));
    let mut connection = house.client.connect();
    connection.write(&house.ask("user_id=someone").bytes());
    let response = connection.read_response(false);
    assert_eq!((response.header("content-type"), response.text()), (Some("application/json"), ""), "the defaults");
}

#[test]
fn a_fault_counts() {
    for (schedule, expected) in [
        (json!({}), "xxxxxxxx"),
        (json!({ "times": 2 }), "xx......"),
        (json!({ "times": 0 }), "........"),
        (json!({ "after": 3 }), "...xxxxx"),
        (json!({ "every": 1 }), "xxxxxxxx"),
        (json!({ "every": 3 }), "x..x..x."),
        (json!({ "after": 1, "every": 2, "times": 2 }), ".x.x...."),
        (json!({ "probability": 0 }), "........"),
        (json!({ "probability": 1 }), "xxxxxxxx"),
    ] {
        let house = House::seeded(SOMEONE);
        let mut fault = schedule.clone();
        fault["error"] = json!("internal_server_error");
        add(&house, &fault);
        assert_eq!(strikes(&house, 8), expected, "{schedule}");
        let listed = &house.emulator.control().faults().unwrap()[0];
        let hits = expected.matches('x').count();
        assert_eq!(listed["hits"], hits, "{listed}");
        // one that is spent meets nobody
        let met = if schedule["times"].is_null() { 8 } else { expected.rfind('x').map_or(0, |last| last + 1) };
        assert_eq!(listed["matched"], met, "{listed}");
    }
}

#[test]
fn the_odds_repeat_with_the_id_seed() {
    let run = |seed: u64| {
        let house = House::of(Emulator::builder().seed_json(SOMEONE).clock(NOW).id_seed(seed));
        house.emulator.control().add_fault(Fault::error("internal_server_error").with_probability(0.5)).unwrap();
        strikes(&house, 64)
    };
    let first = run(1);
    assert_eq!(first, run(1));
    assert_ne!(first, run(2));
    assert!((8..56).contains(&first.matches('x').count()), "{first}");
}

#[test]
fn a_fault_is_over_when_the_clock_says_so() {
    let house = House::seeded(SOMEONE);
    let control = house.emulator.control();
    control.add_fault(Fault::error("internal_server_error").for_time(Duration::from_mins(1))).unwrap();
    for (by, left, expected) in [(0, "1m", "xx"), (59, "1s", "xx"), (1, "0s", "..")] {
        control.advance(Duration::from_secs(by)).unwrap();
        assert_eq!(strikes(&house, 2), expected, "{by} s later");
        assert_eq!(control.faults().unwrap()[0]["ttl"], left);
    }
}

#[test]
fn a_fault_means_what_fits_every_part_of_its_aim() {
    let by_token = || request("POST", AUTHENTICATE, &json!({ "session_token": TOKEN }));
    let by_jwt = |jwt: &str| request("POST", AUTHENTICATE, &json!({ "session_jwt": jwt }));
    let revoke = || request("POST", REVOKE, &json!({ "session_id": SESSION }));
    let get = |path: &str| request("GET", path, &Value::Null);
    let list = |user: &str| get(&format!("/v1/sessions?user_id={user}"));
    let jwt = life().jwt(TOKEN);
    for (aim, struck, passing) in [
        (json!({}), vec![list("bob"), get("/.well-known/jwks.json")], vec![get("/nowhere")]),
        (json!({ "operation": "sessions.get" }), vec![list("bob")], vec![by_token(), get("/v1/users/bob")]),
        (json!({ "method": "post" }), vec![by_token(), revoke()], vec![list("bob")]),
        (json!({ "path": "/v1/users/{user_id}" }), vec![get("/v1/users/bob"), get("/v1/users/alice")], vec![list("bob")]),
        (
            json!({ "path": "/v1/users/bob" }),
            vec![get("/v1/users/bob")],
            vec![get("/v1/users/alice"), get("/v1/users/bob/connected_apps")],
        ),
        (
            json!({ "method": "GET", "path": "/v1/users/{user_id}" }),
            vec![get("/v1/users/bob")],
            vec![request("DELETE", "/v1/users/bob", &Value::Null)],
        ),
        (json!({ "project_id": PROJECT }), vec![list("bob")], vec![get("/.well-known/jwks.json")]),
        // by either id, in the query, in the path, or behind whatever proves a session
        (
            json!({ "user_id": "alice" }),
            vec![list("alice"), list(ALICE), get(&format!("/v1/users/{ALICE}")), by_token(), by_jwt(&jwt), revoke()],
            vec![list("bob"), list(BOB), get("/v1/debug/whoami"), by_jwt("x.y.z")],
        ),
        (
            json!({ "user_id": ALICE.to_uppercase().replace("USER-TEST", "user-test") }),
            vec![list("alice"), by_token()],
            vec![list(BOB)],
        ),
        (json!({ "user_id": STRANGER }), vec![list(STRANGER)], vec![list("alice")]),
        (json!({ "user_id": "alice", "operation": "sessions.revoke" }), vec![revoke()], vec![list("alice"), by_token()]),
    ] {
        let mut caller = life();
        let mut fault = aim.clone();
        fault["error"] = json!("use_https");
        add(&caller.house, &fault);
        for request in &passing {
            assert_ne!(caller.send(request).outcome(), "403 use_https", "{aim} and {request:?}");
        }
        for request in &struck {
            assert_eq!(caller.send(request).outcome(), "403 use_https", "{aim} and {request:?}");
        }
    }
}

#[test]
fn what_no_fault_can_be_is_refused_with_its_reason() {
    let house = House::seeded(SOMEONE);
    for (fault, message) in [
        (json!({ "error": "internal_server_error", "operation": "sessions.gett" }), "did you mean `sessions.get`?"),
        (json!({ "error": "internal_server_error", "path": "/v1/session" }), "did you mean `/v1/sessions`?"),
        (json!({ "error": "internal_server_error", "method": "PATCH" }), "no operation that is served fits"),
        (
            json!({ "error": "internal_server_error", "operation": "sessions.get", "method": "POST" }),
            "no operation that is served fits",
        ),
        (json!({ "error": "internal_error" }), "internal_server_error"),
        (json!({ "errror": "internal_server_error" }), "did you mean `error`?"),
        (json!({ "error": "internal_server_error", "stall": true }), "one effect"),
        (json!({}), "a fault has an effect"),
        (json!({ "stall": false }), "a fault has an effect"),
        (json!({ "status": 199 }), "between 200 and 599"),
        (json!({ "status": 600 }), "between 200 and 599"),
        (json!({ "status": 70_000 }), "between 200 and 599"),
        (json!({ "status": 503, "content_type": "text/html\r\nx-y: z" }), "visible ASCII"),
        (json!({ "close": "halfway" }), "before_headers"),
        (json!({ "delay": "fast" }), "a duration such as 200ms"),
        (json!({ "delay": "11m" }), "ten minutes at the most"),
        (json!({ "delay": { "min": "2s", "max": "1s" } }), "from min to max"),
        (json!({ "delay": { "min": "2s" } }), ""),
        (json!({ "error": "internal_server_error", "probability": 1.1 }), "a number from 0 to 1"),
        (json!({ "error": "internal_server_error", "times": -1 }), "a whole number"),
        (json!({ "error": "internal_server_error", "every": 0 }), "a whole number from 1 to 4294967295"),
        (json!({ "error": "internal_server_error", "ttl": "-1s" }), "a duration"),
        (json!({ "error": "internal_server_error", "user_id": "user-test-1" }), "UUID"),
        (json!([]), "an object"),
        (json!("stall"), "an object"),
    ] {
        let response = house.client.steer(&Request::new("POST", "/__mock/faults").body(fault.to_string()));
        assert_eq!(response.status, 400, "{fault}: {}", response.text());
        assert!(response.text().contains(message), "{fault}: {}", response.text());
    }
    for (query, fault, status) in [
        ("", json!({ "stall": true, "project_id": "project-test-none" }), 404),
        ("?project_id=project-test-none", json!({ "stall": true }), 404),
        ("?project_id=project-test-none", json!({ "stall": true, "project_id": PROJECT }), 400),
    ] {
        let post = Request::new("POST", format!("/__mock/faults{query}")).body(fault.to_string());
        assert_eq!(house.client.steer(&post).status, status, "{query} {fault}");
    }
    assert!(house.emulator.control().add_fault(Fault::error("nonsense")).is_err());
    assert_eq!(house.client.steered("GET", "/__mock/faults", ""), json!({ "faults": [] }));
    assert_eq!(strikes(&house, 2), "..");
}

#[test]
fn a_fault_written_in_rust_is_the_one_written_in_json() {
    let (ms, house) = (Duration::from_millis, House::seeded(SOMEONE));
    for (fault, expected) in [
        (
            Fault::error("use_https").on_operation("sessions.get").times(2),
            json!({ "error": "use_https", "operation": "sessions.get", "times": 2 }),
        ),
        (
            Fault::raw(503, "text/plain", "no").after(1).every(2),
            json!({ "status": 503, "content_type": "text/plain", "body": "no", "after": 1, "every": 2 }),
        ),
        (Fault::delay(ms(5)).on_method("GET"), json!({ "delay": "5ms", "method": "GET" })),
        (Fault::stall().after_delay_between(ms(5), ms(9)), json!({ "stall": true, "delay": { "min": "5ms", "max": "9ms" } })),
        (Fault::close_before_headers().on_path("/v1/sessions"), json!({ "close": "before_headers", "path": "/v1/sessions" })),
        (Fault::close_after_headers().on_user("someone"), json!({ "close": "after_headers", "user_id": "someone" })),
        (Fault::close_mid_body().with_probability(0.25), json!({ "close": "mid_body", "probability": 0.25 })),
        (Fault::truncate(7).for_time(ms(90_000)), json!({ "truncate": 7, "ttl": "1m 30s" })),
    ] {
        let id = house.emulator.control().add_fault(fault).unwrap();
        let mut listed = house.client.steered("GET", "/__mock/faults", "")["faults"][0].take();
        house.emulator.control().delete_fault(id).unwrap();
        assert_eq!(add(&house, &expected)["id"], id + 1);
        assert_eq!(house.emulator.control().faults().unwrap()[0]["matched"], 0);
        house.client.steered("DELETE", &format!("/__mock/faults/{}", id + 1), "");
        let listed = listed.as_object_mut().unwrap();
        listed.retain(|key, _| !["id", "matched", "hits"].contains(&key.as_str()));
        assert_eq!(json!(listed), expected);
    }
}

#[test]
fn faults_are_listed_and_deleted_one_by_one_or_all() {
    let house = House::seeded(SOMEONE);
    let worker = house.emulator.control().create_project().unwrap().project_id;
    let stall = json!({ "stall": true, "operation": "debug.whoami" });
    let (one, two) = (add(&house, &stall), add(&house, &stall));
    let of_worker = house.client.steered("POST", &format!("/__mock/faults?project_id={worker}"), stall.to_string());
    assert_eq!((&one["id"], &two["id"], &of_worker["id"]), (&json!(1), &json!(2), &json!(1)), "each project counts its own");
    assert_eq!((one.get("project_id"), &of_worker["project_id"]), (None, &json!(worker)));
    let list =
        |query: &str| house.client.steered("GET", &format!("/__mock/faults{query}"), "")["faults"].as_array().unwrap().clone();
    assert_eq!(list(""), [one, two.clone(), of_worker.clone()]);
    assert_eq!(list(&format!("?project_id={worker}")), [of_worker]);
    house.client.steered("DELETE", "/__mock/faults/1", "");
    for path in [
        "/__mock/faults/1",
        "/__mock/faults/x",
        "/__mock/faults/99999999999999999999",
        &format!("/__mock/faults/2?project_id={worker}"),
    ] {
        assert_eq!(house.client.steer(&Request::new("DELETE", path)).status, 404, "{path}");
    }
    assert_eq!(house.client.steered("DELETE", &format!("/__mock/faults?project_id={worker}"), ""), json!({ "deleted": 1 }));
    assert_eq!(list(""), [two]);
    assert_eq!(house.client.steered("DELETE", "/__mock/faults", ""), json!({ "deleted": 1 }));
    assert_eq!(list(""), [] as [Value; 0]);
}

#[test]
fn faults_stand_in_a_seed_and_are_fresh_after_a_reset() {
    let seed = json!({ "projects": [{ "users": [{ "external_id": "someone" }], "faults": [
        { "error": "internal_server_error", "operation": "sessions.get", "after": 1, "times": 2 }] }] });
    let house = House::seeded(&seed.to_string());
    for _ in 0..2 {
        assert_eq!(strikes(&house, 5), ".xx..");
        house.client.steered("POST", "/__mock/reset", "");
    }
    let state = house.emulator.control().state().unwrap();
    assert_eq!(state["projects"][0]["faults"], seed["projects"][0]["faults"]);
    let unknown = seed.to_string().replace("sessions.get", "session.get");
    let refused = crate::fixture::start(Emulator::builder().seed_json(unknown)).unwrap_err().to_string();
    assert!(refused.contains("$.projects[0].faults[0]") && refused.contains("did you mean `sessions.get`?"), "{refused}");
}

#[test]
fn a_fault_takes_a_token_only_if_it_lets_the_request_pass() {
    for (fault, taken) in [
        (json!({ "error": "internal_server_error", "times": 3 }), 0),
        (json!({ "status": 503, "times": 3 }), 0),
        (json!({ "close": "before_headers", "times": 3 }), 0),
        (json!({ "delay": "0s", "times": 3 }), 3),
        (json!({ "truncate": 5, "times": 3 }), 3),
        (json!({ "close": "mid_body", "times": 3 }), 3),
    ] {
        let house = House::of(Emulator::builder().clock(NOW).rate_limit("10/h"));
        add(&house, &fault);
        for _ in 0..3 {
            let mut connection = house.client.connect();
            connection.write(&house.ask(&format!("user_id={USER}")).header("connection", "close").bytes());
            connection.read_to_end();
        }
        assert_eq!(house.emulator.control().bucket_level().unwrap(), Some(10 - taken), "{fault}");
    }
}

#[test]
fn faults_are_no_more_than_a_thousand() {
    let house = House::seeded("{\"projects\": [{}]}");
    let control = house.emulator.control();
    for _ in 0..1_000 {
        control.add_fault(Fault::stall()).unwrap();
    }
    let one_more = house.client.steer(&Request::new("POST", "/__mock/faults").body(r#"{"stall": true}"#));
    assert_eq!((one_more.status, control.faults().unwrap().len()), (507, 1_000));
    control.of_project(PROJECT).add_fault(Fault::stall()).unwrap();
    control.clear_faults().unwrap();
    assert!(control.faults().unwrap().is_empty());
}
