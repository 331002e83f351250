//! `--watch`: the real program, and seeds that are edited while it runs.

use std::fs::{self, File};
use std::thread;
use std::time::Duration;

use crate::client::Client;
use crate::fixture::{PROJECT, SECRET, sessions_request};
use crate::program::{Folder, Running, command, run_with_input};

fn seed(external_id: &str) -> String {
    format!(r#"{{"projects": [{{"users": [{{"external_id": "{external_id}"}}]}}]}}"#)
}

/// Looks until it is so; a test that looks longer than this is stuck.
fn eventually(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if is_so() {
            return;
        }
        thread::park_timeout(Duration::from_millis(10));
    }
    panic!("{what} has not come about");
}

fn knows(client: &Client, external_id: &str) -> bool {
    client.send(&sessions_request(&format!("user_id={external_id}")).basic(PROJECT, SECRET)).status == 200
}

#[test]
fn a_good_edit_starts_the_world_over_and_a_bad_one_changes_nothing() {
    let folder = Folder::new();
    let (path, log) = (folder.put("seed.json", seed("first")), folder.path("log"));
    let mut command = command(&["--port", "0", "--log", "json", "--watch", "--seed", &path]);
    command.stderr(File::create(&log).unwrap());
    let running = Running::start_logging(command);
    let client = running.client();
    let logged = |text: &str| fs::read_to_string(&log).unwrap().contains(text);
    assert!(knows(&client, "first"));

    client.steered("POST", "/__mock/users", r#"{"external_id": "put"}"#);
    fs::write(&path, seed("second")).unwrap();
    eventually("the second world", || knows(&client, "second"));
    assert!(!knows(&client, "first") && !knows(&client, "put"), "it starts over");

    fs::write(&path, seed("third").replace("users", "usres")).unwrap();
    eventually("the complaint", || logged("the old world stays"));
    assert!(logged("did you mean `users`?"));
    assert!(knows(&client, "second") && !knows(&client, "third"));
    client.steered("POST", "/__mock/reset", "");
    assert!(knows(&client, "second"), "a reset goes back to the last good seed");

    fs::rename(folder.put("next.json", seed("fourth")), &path).unwrap();
    eventually("the fourth world, put in place as editors do", || knows(&client, "fourth"));
    fs::remove_file(&path).unwrap();
    eventually("the complaint about the file", || logged("a seed can't be read; the old world stays"));
    assert!(knows(&client, "fourth"));
}

#[test]
fn a_folder_is_watched_for_seeds_that_come_and_go() {
    let folder = Folder::new();
    folder.put("one.json", seed("one"));
    let running = Running::start(&["--watch", "--seed", &folder.path("")]);
    let client = running.client();
    let two = folder.put("two.json", seed("two"));
    eventually("both", || knows(&client, "two") && knows(&client, "one"));
    fs::remove_file(two).unwrap();
    eventually("one alone", || !knows(&client, "two") && knows(&client, "one"));
}

#[test]
fn standard_input_cannot_be_watched() {
    let ended = run_with_input(&["--port", "0", "--watch", "--seed", "-"], b"{}");
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("--watch: standard input can't be watched"), "{}", ended.stderr);
}

#[test]
fn the_ready_file_is_there_whole_or_not_at_all() {
    let folder = Folder::new();
    let path = folder.put("ready", "of an earlier run");
    let running = Running::start(&["--ready-file", &path]);
    let url = format!("http://{}", running.address);
    eventually("the file", || fs::read_to_string(&path).unwrap() != "of an earlier run");
    assert_eq!(fs::read_to_string(&path).unwrap(), url);
    let beside = fs::read_dir(folder.path("")).unwrap().count();
    assert_eq!(beside, 1, "nothing is left beside it");
}
