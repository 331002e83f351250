//! `stytch-mock record`: a seed of what a service answered answers the same. The emulator that is recorded stands for the real
//! service.

use std::collections::HashMap;

use serde_json::{Value, json};
use stytch_mock::{Emulator, WireProfile};
use uuid::Uuid;

use crate::client::Request;
use crate::fixture::{House, NOW, PROJECT, SECRET, USER, seed_path};
use crate::program::{Ended, Folder, run, run_command};
use crate::proxy::{Fate, Proxy};
use crate::verify::{against, service};

/// What a recording asks for, of some users.
fn requests(users: &[&str]) -> Vec<String> {
    let of_user = |user: &&str| [format!("/v1/users/{user}"), format!("/v1/sessions?user_id={user}")];
    users.iter().flat_map(of_user).chain(["/v1/rbac/policy".to_owned()]).collect()
}

/// What an emulator answers to them, without what is fresh in every answer.
fn answers(house: &House, users: &[&str]) -> Vec<String> {
    let ask = |target: &String| {
        let request = Request::get(target).basic(&house.emulator.project_id(), &house.emulator.secret());
        house.client.send(&request).with_request_id("request-id")
    };
    requests(users).iter().map(ask).collect()
}

/// An emulator with a seed in place of the built-in one.
fn played(seed: &str) -> House {
    House::of(Emulator::builder().seed_json(seed).wire(WireProfile::Live))
}

fn record(url: &str, users: &[&str], arguments: &[&str]) -> Ended {
    let users = users.join(",");
    run_command(against(url, &[&["record", "--user-id", &users], arguments].concat()))
}

/// A text with each UUID replaced by the number of its first appearance.
fn numbered(text: &str, numbers: &mut HashMap<String, usize>) -> String {
    let (mut result, mut rest) = (String::new(), text);
    while let Some(letter) = rest.chars().next() {
        if let Some(uuid) = rest.get(..36).filter(|uuid| Uuid::try_parse(uuid).is_ok()) {
            let next = numbers.len();
            let number = *numbers.entry(uuid.to_owned()).or_insert(next);
            result.push('#');
            result.push_str(&number.to_string());
            rest = &rest[36..];
        } else {
            result.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    result
}

fn same_but_for_ids(one: &[String], other: &[String]) {
    let (mut ones, mut others) = (HashMap::new(), HashMap::new());
    for (one, other) in one.iter().zip(other) {
        assert_eq!(numbered(one, &mut ones), numbered(other, &mut others));
    }
    assert_eq!(one.len(), other.len());
}

#[test]
fn what_was_recorded_is_played_byte_for_byte() {
    for (file, users) in [
        ("default.json", vec![USER]),
        ("factors.json", vec!["every-factor"]),
        ("passwords.json", vec![]),
        ("fifty-sessions.json", vec![]),
        ("totps.json", vec![]),
        ("locked-users.json", vec![]),
        ("oauth-and-redirects.json", vec![]),
    ] {
        let house = House::of(Emulator::builder().seed_file(seed_path(file)).wire(WireProfile::Live));
        let state = house.client.steered("GET", "/__mock/state", "");
        let all = state["projects"][0]["users"].as_array().unwrap();
        let all: Vec<&str> =
            all.iter().filter(|user| user["respond_with"].is_null()).map(|user| user["user_id"].as_str().unwrap()).collect();
        let users = if users.is_empty() { all } else { users };
        let url = house.emulator.base_url();
        let kept = record(&url, &users, &["--keep-ids"]);
        assert_eq!(kept.code, Some(0), "{file}: {}", kept.stderr);
        assert_eq!(answers(&played(&kept.stdout), &users), answers(&house, &users), "{file}");
        let renamed = record(&url, &users, &[]);
        assert_eq!(renamed.code, Some(0), "{file}: {}", renamed.stderr);
        let seed: Value = serde_json::from_str(&renamed.stdout).unwrap();
        let others: Vec<&str> =
            seed["projects"][0]["users"].as_array().unwrap().iter().map(|user| user["user_id"].as_str().unwrap()).collect();
        same_but_for_ids(&answers(&played(&renamed.stdout), &others), &answers(&house, &others_of(&kept.stdout)));
    }
}

/// The user ids of a seed.
fn others_of(seed: &str) -> Vec<&'static str> {
    let seed: Value = serde_json::from_str(seed).unwrap();
    let users = seed["projects"][0]["users"].as_array().unwrap();
    users.iter().map(|user| &*user["user_id"].as_str().unwrap().to_owned().leak()).collect()
}

#[test]
fn a_recording_has_other_ids_and_no_secret() {
    let house = House::of(Emulator::builder().seed_file(seed_path("test-and-live.json")).wire(WireProfile::Live).clock(NOW));
    let (project, secret) = ("project-live-22222222-2222-4222-8222-222222222222", "secret-live-stytch-mock-new");
    let folder = Folder::new();
    let out = folder.path("seed.json");
    let url = house.emulator.base_url();
    let recorded = |arguments: &[&str]| {
        let mut command = against(&url, &[&["record", "--user-id", "customer-42", "--out", &out], arguments].concat());
        command.env("STYTCH_PROJECT_ID", project).env("STYTCH_SECRET", secret);
        let ended = run_command(command);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{}", ended.stderr);
        (std::fs::read_to_string(&out).unwrap(), ended.stderr)
    };
    let (seed, notes) = recorded(&[]);
    assert!(!seed.contains("22222222") && !seed.contains("secret-live-stytch"), "{seed}");
    assert!(!seed.contains("user-live-00000000-0000-4000-8000-000000000002"), "{seed}");
    let value: Value = serde_json::from_str(&seed).unwrap();
    let project = &value["projects"][0];
    assert_eq!(project["project_id"], "project-live-11111111-1111-4111-8111-111111111111");
    let user = &project["users"][0];
    assert_eq!((&user["external_id"], user["sessions"].as_array().unwrap().len()), (&json!("customer-42"), 2));
    assert_eq!(user["sessions"][0]["user_id"], user["user_id"]);
    assert!(notes.contains(&format!("recorded customer-42, in the seed {}", user["user_id"].as_str().unwrap())), "{notes}");
    assert!(notes.contains("sessions: 2; their tokens and the users' passwords are told by no service"), "{notes}");
    assert_eq!(recorded(&[]).0, seed, "again");
    let (kept, _) = recorded(&["--keep-ids"]);
    assert!(kept.contains("project-live-22222222") && !kept.contains("secret-live-stytch"), "{kept}");
    assert_eq!(run(&["validate", &out]).code, Some(0));
}

#[test]
fn credentials_in_metadata_are_struck_out_and_named() {
    let seed = json!({ "projects": [{ "users": [{
        "external_id": "customer-42",
        "trusted_metadata": { "api_key": "hush-1", "plan": "pro" },
        "untrusted_metadata": { "note": "Bearer hush-2" },
        "sessions": [{ "custom_claims": { "refresh_token": "hush-3", "role": "admin" } }],
    }] }] });
    let house = House::of(Emulator::builder().seed_json(seed.to_string()).wire(WireProfile::Live));
    let ended = record(&house.emulator.base_url(), &["customer-42"], &[]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(!ended.stdout.contains("hush") && ended.stdout.contains("admin") && ended.stdout.contains("pro"), "{}", ended.stdout);
    for place in [
        "users[0].trusted_metadata.api_key",
        "users[0].untrusted_metadata.note",
        "users[0].sessions[0].custom_claims.refresh_token",
    ] {
        assert!(ended.stderr.contains(&format!("struck out: {place}\n")), "{}", ended.stderr);
    }
}

#[test]
fn what_the_emulator_does_not_know_is_left_out_and_named() {
    let service = service();
    let proxy = Proxy::new(service.emulator.address(), |asked, response| {
        if asked.title.starts_with("GET /v1/users/") {
            let body = response.text().replace(r#""external_id":"#, r#""eye_colour":"green","external_id":"#);
            response.body = body.into_bytes();
        }
        Fate::Sent
    });
    let ended = record(&proxy.url(), &[USER], &["--keep-ids"]);
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(ended.stderr.contains("left out of the seed: $.projects[0].users[0].eye_colour: "), "{}", ended.stderr);
    assert!(ended.stderr.contains("not played as recorded: users[0].eye_colour: "), "{}", ended.stderr);
    assert_eq!(answers(&played(&ended.stdout), &[USER]), answers(&service, &[USER]), "and all else is played");
    assert!(proxy.asked().iter().all(|asked| asked.title.starts_with("GET ")), "it only reads");
}

#[test]
fn sessions_of_a_recording_do_not_end_while_its_clock_stands() {
    let service = service();
    let ended = record(&service.emulator.base_url(), &[USER], &["--keep-ids"]);
    let house = played(&ended.stdout);
    let clock = house.client.steered("GET", "/__mock/clock", "");
    assert_eq!(clock["frozen"], true);
    assert_eq!((house.emulator.project_id().as_str(), house.emulator.secret().as_str()), (PROJECT, SECRET));
    assert_eq!(house.sessions(USER).session_ids().len(), 1);
    house.client.steered("POST", "/__mock/clock/advance", r#"{"by":"48h"}"#);
    assert_eq!(house.sessions(USER).session_ids().len(), 0, "but it can be moved");
}
