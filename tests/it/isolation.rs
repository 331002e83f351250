//! A project for each parallel worker: made, cloned, described, provided on demand; and none of them sees another.

use std::collections::HashSet;
use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};
use stytch_mock::{AuthMode, Credentials, Emulator, Fault, RequestFilter};

use crate::client::{Client, Request};
use crate::fixture::{House, NOW, PROJECT, SECRET, sessions_request};

const WORLD: &str = r#"{"projects": [{"rate_limit": "1000/h", "users": [{"external_id": "someone", "sessions": [{}]}]}]}"#;

fn credentials(project_id: impl Into<String>, secret: impl Into<String>) -> Credentials {
    let project_id = project_id.into();
    Credentials { public_token: project_id.replacen("project-", "public-token-", 1), project_id, secret: secret.into() }
}

fn ask(client: &Client, credentials: &Credentials, user_id: &str) -> u16 {
    client.send(&sessions_request(&format!("user_id={user_id}")).basic(&credentials.project_id, &credentials.secret)).status
}

/// One worker's day: everything it does is to its own project, and everything it sees is its own doing.
fn work(house: &House, name: &str, start: &Barrier) {
    let client = &house.client;
    let made = client.steered("POST", "/__mock/projects", "");
    let text = |key: &str| made[key].as_str().unwrap().to_owned();
    let own = credentials(text("project_id"), text("secret"));
    let env = json!({
        "STYTCH_PROJECT_ID": own.project_id, "STYTCH_SECRET": own.secret, "STYTCH_PUBLIC_TOKEN": own.public_token,
    });
    assert_eq!((&made["env"], &made["public_token"]), (&env, &json!(own.public_token)));
    let scope = format!("?project_id={}", own.project_id);
    let steer =
        |method: &str, path: &str, body: &Value| client.steered(method, &format!("/__mock/{path}{scope}"), body.to_string());
    let fresh = steer("GET", "state", &Value::Null);
    start.wait();
    for round in 0..8 {
        steer("POST", "users", &json!({ "external_id": name }));
        assert_eq!(ask(client, &own, name), 200);
        steer("PUT", "snapshots/before", &Value::Null);
        steer("POST", "faults", &json!({ "error": "use_https", "times": 2 }));
        assert_eq!([0; 3].map(|_| ask(client, &own, name)), [403, 403, 200], "{name}, round {round}");
        steer("POST", "bucket/drain", &Value::Null);
        assert_eq!(ask(client, &own, name), 429);
        let records = steer("GET", "requests", &Value::Null);
        let statuses: Vec<u64> =
            records["requests"].as_array().unwrap().iter().map(|record| record["status"].as_u64().unwrap()).collect();
        assert_eq!(statuses, [200, 403, 403, 200, 429], "{records}");
        steer("POST", "snapshots/before", &Value::Null);
        assert_eq!([ask(client, &own, name), ask(client, &own, "someone")], [200, 200], "full, and nobody is lost");
        assert_eq!(steer("GET", "faults", &Value::Null), json!({ "faults": [] }));
        steer("POST", "reset", &Value::Null);
        assert_eq!(steer("GET", "state", &Value::Null), fresh);
        assert_eq!(steer("GET", "requests", &Value::Null)["count"], 0);
    }
    client.steered("DELETE", &format!("/__mock/projects/{}", own.project_id), "");
    assert_eq!(ask(client, &own, "someone"), 401);
}

#[test]
fn sixteen_workers_with_a_project_each_never_see_each_other() {
    let house = House::seeded(WORLD);
    let before = house.client.steered("GET", "/__mock/state", "");
    let start = Barrier::new(16);
    thread::scope(|scope| {
        for worker in 0..16 {
            let (house, start) = (&house, &start);
            scope.spawn(move || work(house, &format!("worker-{worker}"), start));
        }
    });
    assert_eq!(house.client.steered("GET", "/__mock/state", ""), before, "nor does the seed's project see them");
    assert_eq!(house.emulator.control().of_project(PROJECT).requests(&RequestFilter::default()).unwrap().count, 0);
    assert!(house.emulator.control().snapshots().is_empty());
}

#[test]
fn projects_are_cloned_from_the_seeds_first_or_from_a_named_one_as_it_is() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    control.add_user(json!({ "external_id": "later" })).unwrap();
    let of_seed = control.create_project().unwrap();
    let of_named = control.of_project(PROJECT).create_project().unwrap();
    let by_http = house.client.steered("POST", "/__mock/projects", json!({ "from": PROJECT }).to_string());
    let by_http = credentials(by_http["project_id"].as_str().unwrap(), by_http["secret"].as_str().unwrap());
    for (credentials, later) in [(&of_seed, 404), (&of_named, 200), (&by_http, 200)] {
        assert_eq!([ask(&house.client, credentials, "someone"), ask(&house.client, credentials, "later")], [200, later]);
        assert_eq!(house.client.send(&sessions_request("user_id=someone").basic(&credentials.project_id, SECRET)).status, 401);
    }
    let listed = house.client.steered("GET", "/__mock/projects", "");
    let ids: Vec<&str> = listed["projects"].as_array().unwrap().iter().map(|each| each["project_id"].as_str().unwrap()).collect();
    assert_eq!(ids, [PROJECT, &of_seed.project_id, &of_named.project_id, &by_http.project_id]);
    assert_eq!(control.projects().len(), 4);
    control.reset().unwrap();
    assert_eq!(control.projects().len(), 1);
}

#[test]
fn a_project_is_made_as_it_is_described() {
    let house = House::seeded(WORLD);
    let made = house.client.steered("POST", "/__mock/projects", r#"{"users": [{"external_id": "mine"}], "rate_limit": "2/h"}"#);
    let own = credentials(made["project_id"].as_str().unwrap(), made["secret"].as_str().unwrap());
    assert!(own.project_id.starts_with("project-test-") && own.project_id != PROJECT && own.secret != SECRET);
    assert_eq!(["someone", "mine", "mine"].map(|user| ask(&house.client, &own, user)), [404, 200, 429]);
    let described = json!({ "project_id": "project-live-mine", "secrets": ["s"], "users": [{}] });
    let made = house.emulator.control().add_project(&described).unwrap();
    assert_eq!(made, credentials("project-live-mine", "s"));
    for (body, status, message) in [
        (described.to_string(), 409, "project project-live-mine is there already"),
        (json!({ "from": "project-test-none" }).to_string(), 404, "there is no project project-test-none"),
        (json!({ "from": PROJECT, "users": [] }).to_string(), 400, "unknown key `from`"),
        (json!({ "usres": [] }).to_string(), 400, "$.usres"),
        ("[]".to_owned(), 400, "an object"),
        ("null".to_owned(), 400, "an object"),
        ("{".to_owned(), 400, ""),
        // whole only between the brackets that the emulator puts around it
        (r#"{"project_id": "project-test-a"}, {"project_id": "project-test-b"}"#.to_owned(), 400, "describes no project"),
        (r#"{}], "$schema": "x", "projects": [{}"#.to_owned(), 400, ""),
    ] {
        let before = house.emulator.control().projects();
        let response = house.client.steer(&Request::new("POST", "/__mock/projects").body(&body));
        assert_eq!(response.status, status, "{body}: {}", response.text());
        assert!(response.text().contains(message), "{body}: {}", response.text());
        assert_eq!(house.emulator.control().projects(), before);
    }
}

#[test]
fn unknown_credentials_get_a_project_of_their_own_if_they_are_to() {
    let id = |worker: u32| format!("project-test-00000000-0000-4000-8000-{worker:012}");
    let first = credentials(id(1), "any:secret");
    assert_eq!(ask(&House::seeded(WORLD).client, &first, "someone"), 401, "not unless asked for");
    let house = House::of(Emulator::builder().seed_json(WORLD).clock(NOW).auto_projects(true));
    // on the first call, of which there may be several at once
    let start = Barrier::new(8);
    let statuses: HashSet<u16> = thread::scope(|scope| {
        let call = || {
            start.wait();
            ask(&house.client, &first, "someone")
        };
        let calls: Vec<_> = (0..8).map(|_| scope.spawn(call)).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert_eq!((statuses, house.emulator.control().projects().len()), (HashSet::from([200]), 2));
    let own = house.emulator.control().of_project(id(1));
    own.add_fault(Fault::error("use_https")).unwrap();
    assert_eq!(own.requests(&RequestFilter::default()).unwrap().count, 8);
    let second = credentials(id(2), "s");
    assert_eq!((ask(&house.client, &first, "someone"), ask(&house.client, &second, "someone")), (403, 200));
    for (project_id, secret, expected) in [
        (id(1).as_str(), "another", "401 unauthorized_credentials"),
        (&id(3), "", "401 unauthorized_credentials"),
        (&id(3).replace("-test-", "-live-"), "s", "401 unauthorized_credentials"),
        ("project-test-3", "s", "400 invalid_project_id_authentication"),
    ] {
        let request = sessions_request("user_id=someone").basic(project_id, secret);
        assert_eq!(house.client.send(&request).outcome(), expected, "{project_id}");
    }
    assert_eq!(house.emulator.control().projects().len(), 3, "who is refused leaves nothing");
    let house = House::of(Emulator::builder().seed_json(WORLD).clock(NOW).auto_projects(true).auth(AuthMode::Any));
    for (secret, projects) in [("s", 2), ("another", 2), ("", 2)] {
        let caller = Credentials { secret: secret.into(), ..first.clone() };
        assert_eq!((ask(&house.client, &caller, "someone"), house.emulator.control().projects().len()), (200, projects));
    }
    let nobody = credentials("nobody", "");
    assert_eq!((ask(&house.client, &nobody, "someone"), house.emulator.control().projects().len()), (200, 2));
}

#[test]
fn a_project_that_comes_on_demand_can_be_steered_before_its_first_call() {
    let house = House::of(Emulator::builder().seed_json(WORLD).clock(NOW).auto_projects(true));
    // and what its first caller, another one, and the first again get to hear then
    let calls = [
        ("GET", "state", "", [200, 401, 200]),
        ("PUT", "state", r#"{"projects": [{}]}"#, [404, 401, 404]),
        ("POST", "reset", "", [200, 401, 200]),
        ("GET", "bucket", "", [200, 401, 200]),
        ("PUT", "bucket", r#"{"level": 1}"#, [200, 401, 429]),
        ("POST", "bucket/drain", "", [429, 401, 429]),
        ("POST", "bucket/fill", "", [200, 401, 200]),
        ("GET", "faults", "", [200, 401, 200]),
        ("POST", "faults", r#"{"error": "use_https", "times": 1}"#, [403, 401, 200]),
        ("DELETE", "faults", "", [200, 401, 200]),
        ("GET", "requests", "", [200, 401, 200]),
        ("GET", "requests?wait=0s", "", [200, 401, 200]),
        ("DELETE", "requests", "", [200, 401, 200]),
        ("PUT", "snapshots/first", "", [200, 401, 200]),
        ("POST", "users", r#"{"external_id": "mine"}"#, [200, 401, 200]),
        ("POST", "users/someone/sessions", "{}", [200, 401, 200]),
    ];
    let id = |number: usize| format!("project-test-00000000-0000-4000-8000-{number:012}");
    for (number, (method, path, body, expected)) in calls.iter().enumerate() {
        let scope = if path.contains('?') { '&' } else { '?' };
        let path = format!("/__mock/{path}{scope}project_id={}", id(number));
        for id_of_nobody in [id(number).replace("-test-", "-live-"), id(number).replace("0000", "000A"), "project-test-x".into()]
        {
            let path = path.replace(&id(number), &id_of_nobody);
            let response = house.client.steer(&Request::new(method, &path).body(body));
            assert_eq!(response.status, 404, "{method} {path}: {}", response.text());
        }
        let response = house.client.steer(&Request::new(method, &path).body(body));
        assert!((200..300).contains(&response.status), "{method} {path}: {}", response.text());
        let [first, other] = ["the:first", "another"].map(|secret| credentials(id(number), secret));
        let statuses = [&first, &other, &first].map(|caller| ask(&house.client, caller, "someone"));
        assert_eq!(statuses, *expected, "{method} {path}");
    }
    let control = house.emulator.control();
    assert_eq!(control.projects().len(), calls.len() + 1);
    let own = control.of_project(id(calls.len()));
    own.drain_bucket().unwrap();
    let credentials = credentials(id(calls.len()), "s");
    assert_eq!(control.projects().last().unwrap().secret, "", "nobody has brought one yet");
    assert_eq!(ask(&house.client, &credentials, "someone"), 429);
    assert_eq!(control.projects().last(), Some(&credentials));
    own.reset().unwrap();
    let other = Credentials { secret: "other".into(), ..credentials.clone() };
    assert_eq!([&other, &credentials].map(|caller| ask(&house.client, caller, "someone")), [401, 200]);
    assert!(house.client.steered("GET", "/__mock/state", "")["projects"][1].get("secrets").is_some());
}

#[test]
fn a_projects_messages_go_with_its_reset_and_with_it_and_can_be_taken_away_alone() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    let first = credentials(PROJECT, SECRET);
    let own = control.create_project().unwrap();
    let send = |from: &Credentials| {
        let body = json!({ "email": "new@example.com" }).to_string();
        let request = Request::new("POST", "/v1/otps/email/login_or_create").body(&body);
        let sent = house.client.send(&request.basic(&from.project_id, &from.secret).header("content-type", "application/json"));
        assert_eq!(sent.outcome(), "200");
    };
    let count = || house.client.steered("GET", "/__mock/outbox", "")["count"].as_u64().unwrap();
    let path = |path: &str| format!("/__mock/{path}?project_id={}", own.project_id);
    for (method, path, left) in [
        ("DELETE", path("outbox"), 1),
        ("POST", path("reset"), 1),
        ("DELETE", format!("/__mock/projects/{}", own.project_id), 1),
        ("DELETE", "/__mock/outbox".to_owned(), 0),
    ] {
        if count() == 0 {
            send(&first);
        }
        if control.projects().contains(&own) {
            send(&own);
            assert_eq!(count(), 2, "{method} {path}");
        }
        house.client.steered(method, &path, "");
        assert_eq!(count(), left, "{method} {path}");
    }
    assert_eq!(house.client.steer(&Request::new("DELETE", path("outbox"))).status, 404);
}

#[test]
fn a_seed_for_one_project_leaves_it_its_credentials_unless_it_brings_some() {
    let house = House::seeded(WORLD);
    let own = house.emulator.control().create_project().unwrap();
    let path = format!("/__mock/state?project_id={}", own.project_id);
    house.client.steered("PUT", &path, r#"{"projects": [{"users": [{"external_id": "mine"}]}]}"#);
    assert_eq!(["someone", "mine"].map(|user| ask(&house.client, &own, user)), [404, 200]);
    house.client.steered(
        "PUT",
        &path,
        json!({ "projects": [{ "project_id": own.project_id, "secrets": ["other"] }] }).to_string(),
    );
    assert_eq!(ask(&house.client, &own, "mine"), 401);
    let other = Credentials { secret: "other".into(), ..own };
    assert_eq!(ask(&house.client, &other, "mine"), 404);
    for id in [PROJECT, "project-test-nobody"] {
        let described = json!({ "projects": [{ "project_id": id }] }).to_string();
        assert_eq!(house.client.steer(&Request::new("PUT", &path).body(&described)).status, 400, "{id}");
    }
}

#[test]
fn a_thousand_projects_live_side_by_side_and_there_is_an_end_to_them() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    let workers: Vec<Credentials> = (0..1_000).map(|_| control.create_project().unwrap()).collect();
    assert_eq!(workers.iter().map(|each| &each.project_id).collect::<HashSet<_>>().len(), 1_000);
    for (index, worker) in workers.iter().enumerate().step_by(333) {
        control.of_project(&worker.project_id).add_user(json!({ "external_id": index.to_string() })).unwrap();
        let seen = workers.iter().step_by(333).filter(|each| ask(&house.client, each, &index.to_string()) == 200).count();
        assert_eq!(seen, 1);
    }
    // many small ones, at one stroke
    let described: Vec<Value> =
        (0..9_999).map(|index| json!({ "project_id": format!("project-test-{index}"), "secrets": ["s"] })).collect();
    control.replace_state(json!({ "projects": described })).unwrap();
    control.add_project(json!({ "project_id": "project-test-last" })).unwrap();
    for body in ["", "{}", r#"{"users": []}"#, r#"{"from": "project-test-0"}"#] {
        assert_eq!(house.client.steer(&Request::new("POST", "/__mock/projects").body(body)).status, 507, "{body}");
    }
    control.delete_project("project-test-0").unwrap();
    assert!(control.create_project().is_ok());
}
