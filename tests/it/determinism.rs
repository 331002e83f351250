//! The same seed, clock and id seed give the same bytes.

use std::fmt::Write;

use crate::client::{Client, Request};
use crate::fixture::{PROJECT, SECRET, USER, sessions_request};
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
