//! Seeds as files and folders: how several become one, what is said when they clash or can't be read.

use crate::fixture::{PROJECT, seed_text, sessions_request};
use crate::program::{Ended, Folder, Running, command, run, run_command, run_with_input};

const USER: &str = "user-test-00000000-0000-4000-8000-000000000001";
const SESSION: &str = "session-test-00000000-0000-4000-8000-000000000001";

/// A run that was refused for its seed.
fn refused(ended: &Ended, message: &str) {
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
    assert_eq!(ended.stderr, format!("error: {message}\n"));
}

#[test]
fn a_clash_names_both_files() {
    let clashes = [
        (
            format!(r#"{{"projects": [{{"users": [{{"user_id": "{USER}"}}]}}]}}"#),
            format!(r#"{{"projects": [{{"users": [{{}}, {{"user_id": "{USER}"}}]}}]}}"#),
            format!("TWO:1:42: $.projects[0].users[1].user_id: user_id {USER} stands at ONE:1:38 already"),
        ),
        (
            r#"{"projects": [{"users": [{"external_id": "a"}]}]}"#.to_owned(),
            "{\"projects\": [{\"users\": [\n{\"external_id\": \"a\"}]}]}".to_owned(),
            "TWO:2:17: $.projects[0].users[0].external_id: external_id a stands at ONE:1:42 already".to_owned(),
        ),
        (
            format!(r#"{{"projects": [{{"users": [{{"sessions": [{{"session_id": "{SESSION}"}}]}}]}}]}}"#),
            format!("{{\"projects\": [{{\"users\": [{{\"sessions\": [\n{{\"session_id\": \"{SESSION}\"}}]}}]}}]}}"),
            "TWO:2:16: $.projects[0].users[0].sessions[0].session_id: this session_id stands at ONE:1:55 already".to_owned(),
        ),
        (
            r#"{"projects": [{"rate_limit": "5/s"}]}"#.to_owned(),
            r#"{"projects": [{"rate_limit": "6/s"}]}"#.to_owned(),
            format!("TWO:1:30: $.projects[0].rate_limit: project {PROJECT} has rate_limit 5/s at ONE:1:15 already"),
        ),
        (
            r#"{"clock": "2021-08-09T08:00:00Z"}"#.to_owned(),
            r#"{"clock": "2021-08-09T08:00:01Z"}"#.to_owned(),
            "TWO:1:11: $.clock: another seed freezes the clock elsewhere, at ONE:1:11".to_owned(),
        ),
    ];
    for (first, second, expected) in clashes {
        let folder = Folder::new();
        let (one, two) = (folder.put("one.json", &first), folder.put("two.json", &second));
        let problem = expected.replace("ONE", &one).replace("TWO", &two);
        let message = format!("the seed has 1 problem\n  {problem}");
        refused(&run(&["validate", "--seed", &one, "--seed", &two]), &message);
        refused(&run(&["validate", "--seed", &folder.path("")]), &message.replace(&one, &folder.path("one.json")));
        refused(&run(&["--port", "0", "--seed", &one, "--seed", &two]), &message);
        let inline = run(&["validate", "--seed", &one, "--seed-json", &second]);
        refused(&inline, &message.replace(&two, "--seed-json"));
    }
}

#[test]
fn the_problems_of_all_files_are_told_at_once() {
    let folder = Folder::new();
    let (one, two) = (folder.put("one.json", "{\n\"project\": 1,\n\"clock\": 2}"), folder.put("two.json", "["));
    let message = format!(
        "the seed has 3 problems\n  {one}:2:1: $.project: unknown key `project` in a seed; did you mean `projects`?\n  \
         {one}:3:10: $.clock: expected a string, found the number 2\n  {two}:1:1: $: this is not JSON: EOF while parsing a list"
    );
    refused(&run(&["validate", "--seed", &one, "--seed", &two]), &message);
}

#[test]
fn files_and_folders_merge_in_their_order() {
    let folder = Folder::new();
    let user = |external_id: &str| format!(r#"{{"projects": [{{"users": [{{"external_id": "{external_id}"}}]}}]}}"#);
    folder.put("2.json", user("second"));
    folder.put("1.json", user("first"));
    folder.put("3.json", r#"{"projects": [{"secrets": ["more"]}, {"project_id": "project-live-x", "secrets": ["x"], "users": [{"external_id": "first"}]}]}"#);
    folder.put("seed.schema.json", "no seed");
    folder.put(".hidden.json", "no seed");
    folder.put("notes.txt", "no seed");
    let mut serve = command(&["--port", "0", "--log", "off"]);
    serve.env("STYTCH_MOCK_SEED", folder.path("")).env("STYTCH_MOCK_SEED_JSON", user("third"));
    let running = Running::start_command(serve);
    let state = running.client().steered("GET", "/__mock/state", "");
    let users = state["projects"][0]["users"].as_array().unwrap();
    let names: Vec<_> = users.iter().map(|user| user["external_id"].as_str().unwrap()).collect();
    assert_eq!(names, ["first", "second", "third"]);
    assert_eq!(state["projects"][1]["users"][0]["external_id"], "first", "another project may have the same");
    let more = sessions_request("user_id=third").basic(PROJECT, "more");
    assert_eq!(running.client().send(&more).outcome(), "200");
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = Folder::new();
    let file = folder.put("seed.json", "{}");
    let inside_a_file = format!("{file}/seed.json");
    let missing = folder.path("missing.json");
    for (path, reason) in
        [(missing.as_str(), "No such file or directory (os error 2)"), (&inside_a_file, "Not a directory (os error 20)")]
    {
        let message = format!("--seed {path}: {reason}");
        refused(&run(&["validate", "--seed", path]), &message);
        refused(&run(&["--port", "0", "--seed", &file, "--seed", path]), &message);
        let mut by_variable = command(&["validate"]);
        by_variable.env("STYTCH_MOCK_SEED", path);
        refused(&run_command(by_variable), &message);
    }
    let empty = Folder::new();
    empty.put("notes.txt", "{}");
    refused(
        &run(&["validate", "--seed", &empty.path("")]),
        &format!("--seed {}: there is no .json file in this folder", empty.path("")),
    );
}

#[test]
fn what_is_no_text_is_told_with_its_offset() {
    let folder = Folder::new();
    for (bytes, offset) in [(&b"\xff\xfe{\0}\0"[..], 0), (b"{\"projects\": [\xc3]}", 14), (b"{}\xf0\x9f", 2)] {
        let file = folder.put("seed.json", bytes);
        let message = format!("--seed {file}: it is not UTF-8 (the first odd byte is at offset {offset})");
        refused(&run(&["validate", "--seed", &file]), &message);
    }
    let file = folder.put("seed.json", format!("\u{feff}{}", seed_text("docs-example.json")));
    assert_eq!(run(&["validate", "--seed", &file]).code, Some(0), "a byte order mark is no harm");
    let file = folder.put("crlf.json", "{\r\n  \"projects\": 5\r\n}\r\n");
    let message = format!("the seed has 1 problem\n  {file}:2:15: $.projects: expected an array, found the number 5");
    refused(&run(&["validate", "--seed", &file]), &message);
}

#[test]
fn an_empty_source_is_refused() {
    let folder = Folder::new();
    let file = folder.put("seed.json", "");
    let empty = |name: &str| format!("the seed has 1 problem\n  {name}:1:1: $: the seed is empty; the smallest one is {{}}");
    refused(&run(&["validate", "--seed", &file]), &empty(&file));
    refused(&run(&["--port", "0", "--seed", &file]), &empty(&file));
    refused(&run_with_input(&["validate", "--seed", "-"], b""), &empty("standard input"));
    refused(&run(&["validate", "--seed-json", " "]), &empty("--seed-json"));
}
