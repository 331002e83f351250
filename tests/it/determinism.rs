//! The same seed, clock and id seed give the same bytes.

use std::fmt::Write;

use serde_json::json;
use stytch_mock::Emulator;

use crate::client::{Client, Request};
use crate::fixture::{NOW, PROJECT, SECRET, USER, sessions_request};
use crate::life::{Caller, MIGRATE, text};
use crate::program::Running;

const SEED: &str = r#"{"projects": [{"users": [{"external_id": "someone", "phone_numbers": [{}], "providers": [{}],
    "sessions": [{}, {"authentication_factors": [{"type": "oauth"}, {"type": "otp"}, {"type": "webauthn"}]}]}]}]}"#;

/// Some of everything, with all headers.
fn script(client: &Client) -> String {
    let asked = |query: &str| sessions_request(query).basic(PROJECT, SECRET);
    let mut transcript = String::new();
    for request in [
        asked("user_id=someone"),
        asked(&format!("user_id={USER}")),
        asked("user_id=nobody"),
        sessions_request(""),
        Request::get("/nowhere"),
        asked("user_id=someone"),
    ] {
        let response = client.send(&request);
        writeln!(transcript, "{} {:?} {}", response.status, response.headers, response.text()).unwrap();
    }
    for (path, body) in [("users", r#"{"external_id": "new", "sessions": [{}]}"#), ("users/new/sessions", "{}")] {
        transcript.push_str(&client.steered("POST", &format!("/__mock/{path}"), body).to_string());
    }
    transcript.push_str(&client.steered("GET", "/__mock/state", "").to_string());
    transcript
}

fn run(arguments: &[&str]) -> (Running, Client) {
    let running = Running::start(&[&["--seed-json", SEED], arguments].concat());
    let client = Client::of_repeating_ids(running.address);
    (running, client)
}

#[test]
fn two_runs_of_the_program_give_the_same_bytes() {
    for wire in ["page", "live"] {
        let arguments = ["--wire", wire, "--clock", "2021-08-09T08:00:00Z", "--id-seed", "42"];
        let transcripts = [run(&arguments), run(&arguments)].map(|(_running, client)| script(&client));
        assert_eq!(transcripts[0], transcripts[1]);
    }
}

#[test]
fn a_reset_begins_the_run_again() {
    let (_running, client) = run(&["--clock", "2021-08-09T08:00:00Z", "--id-seed", "42"]);
    let first = script(&client);
    client.steered("POST", "/__mock/reset", "");
    assert_eq!(script(&client), first);
}

#[test]
fn another_id_seed_gives_other_ids() {
    let transcript = |id_seed: &[&str]| {
        let (_running, client) = run(&[&["--clock", "2021-08-09T08:00:00Z"], id_seed].concat());
        script(&client)
    };
    let seeded = transcript(&["--id-seed", "42"]);
    assert_ne!(seeded, transcript(&["--id-seed", "43"]));
    assert_ne!(transcript(&[]), transcript(&[]), "without one they never repeat");
}

/// A world in which somebody makes something new: the ids of what is made.
type Making = fn(&mut Caller, usize) -> Vec<String>;

#[test]
fn no_id_is_given_again_that_a_snapshot_or_a_state_brought_back() {
    let seed = r#"{"projects": [{"users": [{"external_id": "someone"}],
        "external_session_tokens": [{"token": "theirs", "user_id": "someone"}]}]}"#;
    let makings: [(&str, Making); 5] = [
        ("a user", |caller, number| {
            let body = json!({ "email": format!("new-{number}@example.com") });
            vec![text(&caller.posted("/v1/users", &body), "/user_id").to_owned()]
        }),
        ("a session", |caller, _| {
            let body = caller.posted(MIGRATE, &json!({ "session_token": "theirs" }));
            ["/session/session_id", "/session_token"].map(|key| text(&body, key).to_owned()).into()
        }),
        ("a user of the control plane", |caller, _| {
            let body = caller.house.client.steered("POST", "/__mock/users", r#"{"sessions": [{}]}"#);
            ["/user_id", "/sessions/0/session_id"].map(|key| text(&body, key).to_owned()).into()
        }),
        ("a session of the control plane", |caller, _| {
            let body = caller.house.client.steered("POST", "/__mock/users/someone/sessions", "{}");
            ["/session_id", "/session_token"].map(|key| text(&body, key).to_owned()).into()
        }),
        ("a project", |caller, _| {
            vec![text(&caller.house.client.steered("POST", "/__mock/projects", ""), "/project_id").to_owned()]
        }),
    ];
    let start = |seed: &str| Caller::of(Emulator::builder().seed_json(seed).clock(NOW).id_seed(7));
    for (what, make) in makings {
        let mut caller = start(seed);
        let first = make(&mut caller, 1);
        let state = caller.state();
        caller.house.client.steered("PUT", "/__mock/snapshots/made", "");
        caller.house.client.steered("POST", "/__mock/reset", "");
        assert_eq!(make(&mut caller, 1), first, "{what}: a reset begins the ids again");
        caller.house.client.steered("POST", "/__mock/reset", "");
        caller.house.client.steered("POST", "/__mock/snapshots/made", "");
        let mut restarted = start(&state.to_string());
        for caller in [&mut caller, &mut restarted] {
            let second = make(caller, 2);
            assert!(second.iter().all(|id| !first.contains(id)), "{what}: {second:?} after {first:?}");
            assert_ne!(caller.state(), state, "{what}: it came in addition");
        }
    }
}
