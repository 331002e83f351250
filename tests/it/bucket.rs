//! The bucket in hand: read, set, drained and filled; and clients who come before they were told to.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_mock::{Emulator, Fault, RequestFilter};

use crate::client::Request;
use crate::fixture::{House, NOW, PROJECT, sessions_request};

fn house(rate_limit: &str) -> House {
    House::seeded(&json!({ "projects": [{ "rate_limit": rate_limit, "users": [{ "external_id": "someone" }] }] }).to_string())
}

fn statuses(house: &House, count: usize) -> Vec<u16> {
    (0..count).map(|_| house.sessions("someone").status).collect()
}

#[test]
fn the_bucket_is_read_and_set_drained_and_filled() {
    let house = house("5/m,burst=3");
    let bucket = |method: &str, path: &str, body: &str| house.client.steered(method, &format!("/__mock/bucket{path}"), body);
    let show = |rate_limit: &str, capacity: Value, level: Value| json!({ "project_id": PROJECT, "rate_limit": rate_limit, "capacity": capacity, "level": level });
    assert_eq!(bucket("GET", "", ""), show("5/m,burst=3", json!(3), json!(3)));
    assert_eq!(statuses(&house, 1), [200]);
    assert_eq!(bucket("GET", "", ""), show("5/m,burst=3", json!(3), json!(2)));
    assert_eq!(bucket("POST", "/drain", ""), show("5/m,burst=3", json!(3), json!(0)));
    assert_eq!(statuses(&house, 2), [429, 429]);
    assert_eq!(bucket("POST", "/fill", ""), show("5/m,burst=3", json!(3), json!(3)));
    assert_eq!(statuses(&house, 4), [200, 200, 200, 429]);
    assert_eq!(bucket("PUT", "", r#"{"level": 1}"#), show("5/m,burst=3", json!(3), json!(1)));
    assert_eq!(statuses(&house, 2), [200, 429]);
    assert_eq!(bucket("PUT", "", r#"{"level": 99}"#), show("5/m,burst=3", json!(3), json!(3)), "no more than it holds");
    assert_eq!(bucket("PUT", "", r#"{"rate_limit": "2/h"}"#), show("2/h", json!(2), json!(2)), "full, then");
    assert_eq!(bucket("PUT", "", r#"{"rate_limit": "9/h", "level": 1}"#), show("9/h", json!(9), json!(1)));
    assert_eq!(bucket("PUT", "", ""), show("9/h", json!(9), json!(1)), "nothing said, nothing changed");
    assert_eq!(bucket("PUT", "", r#"{"rate_limit": "off"}"#), show("off", Value::Null, Value::Null));
    assert_eq!(bucket("POST", "/drain", ""), show("off", Value::Null, Value::Null));
    assert_eq!(statuses(&house, 20), [200; 20]);
}

#[test]
fn the_bucket_is_steered_from_rust() {
    let house = house("5/m,burst=3");
    let control = house.emulator.control();
    assert_eq!(control.bucket_level(), Ok(Some(3)));
    control.drain_bucket().unwrap();
    assert_eq!((statuses(&house, 1), control.bucket_level()), (vec![429], Ok(Some(0))));
    control.advance(Duration::from_secs(12)).unwrap();
    assert_eq!(control.bucket_level(), Ok(Some(1)));
    control.set_bucket_level(2).unwrap();
    assert_eq!(statuses(&house, 3), [200, 200, 429]);
    control.fill_bucket().unwrap();
    assert_eq!(control.bucket_level(), Ok(Some(3)));
    control.set_rate_limit("1/h").unwrap();
    assert_eq!(statuses(&house, 2), [200, 429]);
    control.set_rate_limit("off").unwrap();
    assert_eq!(control.bucket_level(), Ok(None));
    assert!(control.set_rate_limit("fast").is_err());
    assert!(control.of_project("project-test-none").drain_bucket().is_err());
}

#[test]
fn a_wrong_setting_changes_nothing() {
    let house = house("5/m,burst=3");
    let before = house.client.steered("GET", "/__mock/bucket", "");
    for (path, body, status) in [
        ("/__mock/bucket", r#"{"rate_limit": "fast"}"#, 400),
        ("/__mock/bucket", r#"{"rate_limit": "0/s", "level": 0}"#, 400),
        ("/__mock/bucket", r#"{"level": -1}"#, 400),
        ("/__mock/bucket", r#"{"level": 1.5}"#, 400),
        ("/__mock/bucket", r#"{"tokens": 1}"#, 400),
        ("/__mock/bucket", r#"["1/s", 1]"#, 400),
        ("/__mock/bucket", "[]", 400),
        ("/__mock/bucket?project_id=project-test-none", r#"{"level": 0}"#, 404),
    ] {
        assert_eq!(house.client.steer(&Request::new("PUT", path).body(body)).status, status, "{body}");
        assert_eq!(house.client.steered("GET", "/__mock/bucket", ""), before, "{body}");
    }
}

#[test]
fn a_project_is_drained_alone() {
    let house = house("5/m");
    let worker = house.emulator.control().create_project().unwrap();
    let ask = || house.client.send(&sessions_request("user_id=someone").basic(&worker.project_id, &worker.secret)).status;
    house.client.steered("POST", &format!("/__mock/bucket/drain?project_id={}", worker.project_id), "");
    assert_eq!((ask(), statuses(&house, 1)), (429, vec![200]));
    house.client.steered("POST", "/__mock/bucket/drain", "");
    house.client.steered("POST", &format!("/__mock/bucket/fill?project_id={}", worker.project_id), "");
    assert_eq!((ask(), statuses(&house, 1)), (200, vec![429]));
}

#[test]
fn the_journal_tells_who_came_before_they_were_told_to() {
    let house = house("1/m");
    let control = house.emulator.control();
    let steps =
        [(0, 200, false), (0, 429, false), (0, 429, true), (59, 429, true), (1, 200, false), (59, 429, false), (1, 200, false)];
    for (seconds, status, _) in steps {
        control.advance(Duration::from_secs(seconds)).unwrap();
        assert_eq!(statuses(&house, 1), [status]);
    }
    let records = control.requests(&RequestFilter::default()).unwrap().requests;
    let told: Vec<_> = records.iter().map(|record| (record.status.unwrap(), record.before_retry_after)).collect();
    assert_eq!(told, steps.map(|(_, status, impatient)| (status, impatient)));
    let impatient = house.client.steered("GET", "/__mock/requests?before_retry_after=true", "");
    assert_eq!(impatient["count"], 2);
}

#[test]
fn a_scripted_429_asks_for_patience_too() {
    let seed = r#"{"projects": [{"rate_limit": "off", "users": [{"external_id": "someone"},
        {"external_id": "limited", "respond_with": "too_many_requests"}]}]}"#;
    let house = House::of(Emulator::builder().seed_json(seed).clock(NOW));
    let control = house.emulator.control();
    let is_impatient = || {
        assert_eq!(house.sessions("someone").status, 200);
        control.requests(&RequestFilter::default()).unwrap().requests.pop().unwrap().before_retry_after
    };
    let mut told = Vec::new();
    for scripted in [true, false] {
        if scripted {
            assert_eq!(house.sessions("limited").header("retry-after"), Some("1"));
        } else {
            control.add_fault(Fault::error("too_many_requests").times(1)).unwrap();
            assert_eq!(house.sessions("someone").header("retry-after"), Some("1"));
        }
        told.push(is_impatient());
        control.advance(Duration::from_secs(1)).unwrap();
        told.push(is_impatient());
    }
    assert_eq!(told, [true, false, true, false]);
}
