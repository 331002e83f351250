//! The end of the program: a signal, the end of who started it, the requests in flight, exit code 0 within two seconds.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::client::{Connection, Request};
use crate::fixture::{PROJECT, SECRET, USER, sessions_request};
use crate::program::{Folder, Running, command, run_command};

const LIMIT: Duration = Duration::from_secs(2);

/// Less than requests in flight are given: nobody waits for connections that have none.
const HALF_OPEN_LIMIT: Duration = Duration::from_millis(1_400);

/// A connection that the emulator has accepted before another one was answered.
fn accepted(running: &Running, first_bytes: &[u8]) -> Connection {
    let client = running.client();
    let mut connection = client.connect();
    connection.write(first_bytes);
    client.send(&Request::get("/nowhere"));
    connection
}

#[test]
fn signals_end_it_with_exit_code_0() {
    for signal in ["TERM", "INT"] {
        let running = Running::start(&[]);
        running.client().send(&Request::get("/nowhere"));
        running.signal(signal);
        let (status, _) = running.ends_within(LIMIT);
        assert_eq!(status.code(), Some(0), "{signal}");
    }
}

#[test]
fn it_ends_with_standard_input_if_it_is_to() {
    for arguments in [&["--exit-with-stdin"][..], &[]] {
        let mut command = command(&[&["--port", "0"], arguments].concat());
        command.stdin(Stdio::piped());
        let (running, mut input) = Running::start_with_input(command);
        input.write_all(b"nobody reads this").unwrap();
        running.client().send(&Request::get("/nowhere"));
        drop(input);
        if arguments.is_empty() {
            running.client().send(&Request::get("/nowhere"));
        } else {
            assert_eq!(running.ends_within(LIMIT).0.code(), Some(0));
        }
    }
}

#[test]
fn it_ends_with_the_process_that_started_it_even_if_that_is_killed() {
    let program = env!("CARGO_BIN_EXE_stytch-mock");
    // the shell holds the other end of the emulator's standard input, and dies without a word
    let script = format!("mkfifo input\nexec 3<>input\n'{program}' --port 0 --exit-with-stdin <input 3<&- &\nwait");
    let folder = Folder::new();
    let mut parent = Command::new("sh");
    parent.args(["-c", &script]).current_dir(folder.path(".")).stdout(Stdio::piped());
    let running = Running::start_command(parent);
    let mut connection = running.client().connect();
    connection.send(&Request::get("/nowhere"));
    running.signal("KILL");
    assert!(connection.read_to_end().is_empty(), "it is closed");
}

#[test]
fn a_seed_from_standard_input_needs_it_for_itself() {
    for (arguments, variable) in [(&["--exit-with-stdin", "--seed", "-"][..], ""), (&["--seed", "-"], "true")] {
        let mut command = command(arguments);
        if !variable.is_empty() {
            command.env("STYTCH_MOCK_EXIT_WITH_STDIN", variable);
        }
        let ended = run_command(command);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        let remedy = "(STYTCH_MOCK_EXIT_WITH_STDIN) needs standard input for itself; give --seed a file";
        assert!(ended.stderr.contains(remedy), "{}", ended.stderr);
    }
}

#[test]
fn connections_without_a_request_do_not_hold_it_up() {
    let running = Running::start(&[]);
    let client = running.client();
    let mut idle = client.connect();
    idle.send(&Request::get("/nowhere"));
    let _silent = accepted(&running, b"");
    let _half = accepted(&running, b"GET /v1/sess");
    running.signal("TERM");
    let (status, _) = running.ends_within(HALF_OPEN_LIMIT);
    assert_eq!(status.code(), Some(0));
    assert!(idle.read_to_end().is_empty());
}

#[test]
fn a_request_in_flight_is_given_more_time_than_a_half_open_connection() {
    let running = Running::start(&[]);
    let client = running.client();
    client.steered("POST", "/__mock/faults", r#"{"delay": "600ms"}"#);
    let request = sessions_request(&format!("user_id={USER}")).basic(PROJECT, SECRET);
    let mut connection = accepted(&running, &request.bytes());
    running.signal("TERM");
    assert_eq!(connection.read(false).outcome(), "200");
    let (status, _) = running.ends_within(LIMIT);
    assert_eq!(status.code(), Some(0));
}

#[test]
fn requests_in_flight_are_answered() {
    let running = Running::start(&[]);
    let request = sessions_request(&format!("user_id={USER}")).basic(PROJECT, SECRET).bytes();
    let (begun, rest) = request.split_at(request.len() / 2);
    let mut connection = accepted(&running, begun);
    let put = Request::new("PUT", "/__mock/state").body("{\"projects\": []}").bytes();
    let (put_begun, put_rest) = put.split_at(put.len() - 5);
    let mut steering = accepted(&running, put_begun);
    running.signal("TERM");
    connection.write(rest);
    assert_eq!(connection.read(false).outcome(), "200");
    steering.write(put_rest);
    assert_eq!(steering.read_response(false).status, 200);
    let (status, _) = running.ends_within(LIMIT);
    assert_eq!(status.code(), Some(0));
}

#[test]
fn an_embedded_emulator_ends_when_it_is_dropped() {
    let house = crate::fixture::House::of(stytch_mock::Emulator::builder());
    let mut connection = house.client.connect();
    connection.send(&Request::get("/nowhere"));
    drop(house.emulator);
    assert!(connection.read_to_end().is_empty(), "it is closed");
}
