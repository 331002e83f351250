//! Snapshots: saved, restored and dropped, of the world and of a project, and what they bring back.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use stytch_mock::Fault;

use crate::client::Request;
use crate::fixture::{House, NOW, sessions_request};
use crate::life::{SEED, request};

const WORLD: &str = r#"{"projects": [{"users": [{"external_id": "someone", "sessions": [{}]}]}]}"#;

fn state(house: &House) -> Value {
    house.client.steered("GET", "/__mock/state", "")
}

#[test]
fn a_snapshot_gives_back_people_faults_and_a_frozen_clock() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    house.client.steered("POST", "/__mock/users", r#"{"external_id": "saved"}"#);
    control.advance(Duration::from_mins(1)).unwrap();
    let saved = (state(&house), control.now());
    assert_eq!(house.client.steered("PUT", "/__mock/snapshots/before", ""), json!({ "projects": 1, "users": 2, "sessions": 1 }));
    for _ in 0..2 {
        house.client.steered("POST", "/__mock/users", r#"{"external_id": "later"}"#);
        house.client.send(&request("DELETE", "/v1/users/saved", &Value::Null));
        control.create_project().unwrap();
        control.advance(Duration::from_mins(1)).unwrap();
        control.drain_bucket().unwrap();
        assert_ne!(state(&house), saved.0);
        assert_eq!(house.client.steered("POST", "/__mock/snapshots/before", ""), json!({ "restored": "before" }));
        assert_eq!((state(&house), control.now()), saved);
        assert_eq!(house.sessions("saved").status, 200, "the bucket is full");
    }
    house.client.steered("POST", "/__mock/reset", "");
    assert_eq!((house.sessions("saved").status, control.now().as_str()), (404, NOW));
    control.restore_snapshot("before").unwrap();
    assert_eq!(house.sessions("saved").status, 200, "a reset leaves snapshots alone");
    house.client.steered("DELETE", "/__mock/snapshots/before", "");
    for method in ["POST", "DELETE"] {
        assert_eq!(house.client.steer(&Request::new(method, "/__mock/snapshots/before")).status, 404, "{method}");
    }
}

#[test]
fn faults_go_on_counting_where_they_were() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    let worker = control.create_project().unwrap();
    let of_worker = control.of_project(&worker.project_id);
    let twice = || Fault::error("use_https").times(2);
    control.add_fault(twice().on_operation("sessions.get")).unwrap();
    of_worker.add_fault(twice()).unwrap();
    let ask = || {
        let request = sessions_request("user_id=someone");
        let of_worker = request.clone().basic(&worker.project_id, &worker.secret);
        [house.sessions("someone").status, house.client.send(&of_worker).status]
    };
    assert_eq!(ask(), [403, 403]);
    control.save_snapshot("one left").unwrap();
    for _ in 0..2 {
        // the general fault strikes once more, whoever comes first; the worker's own comes before it
        assert_eq!([ask(), ask()], [[403, 403], [200, 200]]);
        control.restore_snapshot("one left").unwrap();
        assert_eq!(control.faults().unwrap().iter().map(|fault| fault["hits"].clone()).collect::<Vec<_>>(), [1, 1]);
    }
}

#[test]
fn tokens_that_were_used_up_since_can_be_used_again() {
    let house = House::of(stytch_mock::Emulator::builder().seed_json(SEED));
    let exchange = || request("POST", "/v1/sessions/exchange_access_token", &json!({ "access_token": "access-of-bob" }));
    house.client.steered("PUT", "/__mock/snapshots/fresh", "");
    assert_eq!(house.client.send(&exchange()).status, 200);
    assert_eq!(house.client.send(&exchange()).outcome(), "404 idp_access_token_could_not_be_exchanged");
    house.client.steered("POST", "/__mock/snapshots/fresh", "");
    assert_eq!(house.client.send(&exchange()).status, 200);
}

#[test]
fn a_running_clock_runs_on() {
    let house = House::of(stytch_mock::Emulator::builder().seed_json(WORLD));
    let control = house.emulator.control();
    control.save_snapshot("early").unwrap();
    control.advance(Duration::from_hours(24)).unwrap();
    let before = control.now();
    control.restore_snapshot("early").unwrap();
    assert!(control.now() >= before);
}

#[test]
fn a_projects_snapshot_is_its_own_whatever_it_is_called() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    let workers = [0, 1].map(|_| control.create_project().unwrap().project_id);
    let external_ids = |id: &str| {
        let state = control.of_project(id).state().unwrap();
        let users = state["projects"][0]["users"].as_array().unwrap().clone();
        users.iter().map(|user| user["external_id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let add = |id: &str, name: &str| control.of_project(id).add_user(json!({ "external_id": name })).unwrap();
    control.save_snapshot("before").unwrap();
    for (worker, name) in workers.iter().zip(["one", "two"]) {
        add(worker, name);
        let saved = house.client.steered("PUT", &format!("/__mock/snapshots/before?project_id={worker}"), "");
        assert_eq!(saved, json!({ "projects": 1, "users": 2, "sessions": 1 }));
        add(worker, "later");
    }
    assert_eq!(house.client.steered("GET", "/__mock/snapshots", "")["snapshots"].as_array().unwrap().len(), 3);
    let [one, two] = &workers;
    house.client.steered("POST", &format!("/__mock/snapshots/before?project_id={one}"), "");
    assert_eq!(
        (external_ids(one), external_ids(two)),
        (vec!["someone".to_owned(), "one".to_owned()], vec!["someone".to_owned(), "two".to_owned(), "later".to_owned()])
    );
    let of_two = control.of_project(two);
    assert_eq!(of_two.snapshots().iter().map(|saved| (saved.name.as_str(), saved.projects)).collect::<Vec<_>>(), [("before", 1)]);
    of_two.drop_snapshot("before").unwrap();
    of_two.restore_snapshot("before").unwrap();
    assert_eq!(external_ids(two), ["someone"], "its part of the world's");
    assert_eq!(external_ids(one), ["someone", "one"], "and nobody else's");
}

#[test]
fn a_restored_project_is_still_reset_to_what_it_was_made_from() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    let worker = control.create_project().unwrap().project_id;
    let control = control.of_project(&worker);
    let fresh = control.state().unwrap();
    control.add_user(json!({ "external_id": "more" })).unwrap();
    let more = control.state().unwrap();
    control.save_snapshot("more").unwrap();
    for replace in [false, true] {
        if replace {
            control.replace_state(&more).unwrap();
        } else {
            control.restore_snapshot("more").unwrap();
        }
        control.reset().unwrap();
        assert_eq!(control.state().unwrap(), fresh);
    }
}

#[test]
fn a_deleted_project_comes_back_with_the_worlds_snapshot_only() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    let worker = control.create_project().unwrap().project_id;
    control.save_snapshot("all").unwrap();
    control.of_project(&worker).save_snapshot("own").unwrap();
    control.delete_project(&worker).unwrap();
    assert!(control.of_project(&worker).restore_snapshot("own").is_err(), "it went with the project");
    control.of_project(&worker).restore_snapshot("all").unwrap();
    assert!(control.projects().iter().any(|each| each.project_id == worker));
}

#[test]
fn a_restore_is_seen_whole_or_not_at_all() {
    let world = |count: usize| {
        let sessions: Vec<Value> = (0..count).map(|_| json!({ "roles": [count.to_string()] })).collect();
        json!({ "projects": [{ "users": [{ "external_id": "someone", "sessions": sessions }] }] }).to_string()
    };
    let house = House::seeded(&world(1));
    for count in 1..5 {
        house.client.steered("PUT", "/__mock/state", world(count));
        house.client.steered("PUT", &format!("/__mock/snapshots/{count}"), "");
    }
    let request = house.ask("user_id=someone");
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut connection = house.client.connect();
                for _ in 0..100 {
                    let body = connection.send(&request).json();
                    let sessions = body["sessions"].as_array().unwrap();
                    let expected = sessions.len().to_string();
                    assert!(sessions.iter().all(|session| session["roles"][0] == expected.as_str()), "{body}");
                }
            });
        }
        for count in (1..5).cycle().take(100) {
            house.emulator.control().restore_snapshot(&count.to_string()).unwrap();
        }
    });
}

#[test]
fn snapshots_have_names_and_are_no_more_than_a_thousand() {
    let house = House::seeded(WORLD);
    let control = house.emulator.control();
    for (name, status) in [("a%20b", 200), ("%2F", 200), ("%ff", 400), (&"x".repeat(128), 200), (&"x".repeat(129), 400)] {
        assert_eq!(house.client.steer(&Request::new("PUT", format!("/__mock/snapshots/{name}"))).status, status, "{name}");
    }
    assert_eq!(house.client.steer(&Request::new("PUT", "/__mock/snapshots/x?project_id=project-test-none")).status, 404);
    for index in control.snapshots().len()..1_000 {
        control.save_snapshot(&index.to_string()).unwrap();
    }
    assert_eq!(house.client.steer(&Request::new("PUT", "/__mock/snapshots/more")).status, 507);
    control.save_snapshot("999").unwrap();
    assert_eq!(control.snapshots().len(), 1_000);
}
