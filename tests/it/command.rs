//! CONTRACT §3: the command's flags and variables, what it says, and its exit codes.

use crate::client::Request;
use crate::fixture::{PROJECT, SECRET, USER, seed_path, seed_text, sessions_request};
use crate::messages::PUBLIC_TOKEN;
use crate::program::{Folder, Running, command, run, run_command, run_with_input};

/// `serve` with a bad value never starts, so that a fixed port does no harm.
const BAD_VALUES: [(&str, &str, &str); 18] = [
    ("--port", "STYTCH_MOCK_PORT", "abc"),
    ("--port", "STYTCH_MOCK_PORT", "65536"),
    ("--port", "STYTCH_MOCK_PORT", "-1"),
    ("--port", "STYTCH_MOCK_PORT", ""),
    ("--wire", "STYTCH_MOCK_WIRE", "pages"),
    ("--auth", "STYTCH_MOCK_AUTH", "none"),
    ("--rate-limit", "STYTCH_MOCK_RATE_LIMIT", "fast"),
    ("--rate-limit", "STYTCH_MOCK_RATE_LIMIT", "0/s"),
    ("--rate-limit", "STYTCH_MOCK_RATE_LIMIT", "10"),
    ("--rate-limit", "STYTCH_MOCK_RATE_LIMIT", "10/s,burst=0"),
    ("--clock", "STYTCH_MOCK_CLOCK", "tomorrow"),
    ("--clock", "STYTCH_MOCK_CLOCK", "2021-08-09"),
    ("--clock", "STYTCH_MOCK_CLOCK", "1969-12-31T23:59:59Z"),
    ("--id-seed", "STYTCH_MOCK_ID_SEED", "x"),
    ("--id-seed", "STYTCH_MOCK_ID_SEED", "-1"),
    ("--log", "STYTCH_MOCK_LOG", "loud"),
    ("--control", "STYTCH_MOCK_CONTROL", "maybe"),
    ("--control-host", "STYTCH_MOCK_CONTROL_HOST", "http://mock.example.com"),
];

#[test]
fn a_bad_flag_is_bad_usage_and_named() {
    for (flag, _, value) in BAD_VALUES {
        let ended = run(&[&format!("{flag}={value}")]);
        assert_eq!(ended.code, Some(2), "{flag}={value}: {ended:?}");
        assert!(ended.stderr.contains(flag), "{flag}={value}: {}", ended.stderr);
        assert_eq!(ended.stdout, "");
    }
    for arguments in
        [&["--prot", "1"][..], &["--port"], &["serve", "--nothing"], &["healthcheck", "--seed", "x"], &["schema", "x"]]
    {
        let ended = run(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.starts_with("error: ") && ended.stderr.contains("--help"), "{}", ended.stderr);
    }
    assert!(run(&["--prot", "1"]).stderr.contains("--port"), "a near miss is suggested");
}

#[test]
fn a_bad_variable_is_bad_usage_and_named() {
    for (_, variable, value) in BAD_VALUES {
        for arguments in [&[][..], &["serve"]] {
            let mut command = command(arguments);
            command.env(variable, value);
            let ended = run_command(command);
            assert_eq!(ended.code, Some(2), "{variable}={value}: {ended:?}");
            assert!(ended.stderr.contains(variable), "{variable}={value}: {}", ended.stderr);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_bad_usage_and_named() {
    use std::os::unix::ffi::OsStrExt;

    let odd = std::ffi::OsStr::from_bytes(b"\xff");
    for (flag, variable, _) in BAD_VALUES {
        let (mut by_flag, mut by_variable) = (command(&[flag]), command(&[]));
        by_flag.arg(odd);
        by_variable.env(variable, odd);
        for (ended, name) in [(run_command(by_flag), flag), (run_command(by_variable), variable)] {
            assert_eq!(ended.code, Some(2), "{name}: {ended:?}");
            assert!(ended.stderr.contains(name), "{name}: {}", ended.stderr);
        }
    }
}

#[test]
fn help_and_version_are_no_failures() {
    for arguments in [&["--help"][..], &["help"], &["-h"], &["validate", "--help"], &["--version"], &["-V"]] {
        let ended = run(arguments);
        assert_eq!(ended.code, Some(0), "{arguments:?}");
        assert!(ended.stdout.contains("stytch-mock") && ended.stderr.is_empty(), "{arguments:?}: {ended:?}");
    }
    let help = run(&["--help"]).stdout;
    for (flag, variable, _) in BAD_VALUES {
        assert!(help.contains(flag) && help.contains(variable), "{flag} {variable}");
    }
}

#[test]
fn the_schema_is_the_published_one() {
    let ended = run(&["schema"]);
    assert_eq!(ended.code, Some(0));
    assert!(ended.stdout == seed_text("seed.schema.json"), "seed/seed.schema.json is out of date: cargo run -- schema");
}

#[test]
fn validate_says_what_it_has_checked() {
    let (one, two) = (seed_path("docs-example.json"), seed_path("test-and-live.json"));
    for (arguments, expected) in [
        (vec!["validate"], "the built-in seed: fine (1 project, 6 users, 6 sessions)\n".to_owned()),
        (vec!["validate", "--seed", &one], format!("{one}: fine (1 project, 1 user, 1 session)\n")),
        (vec!["validate", &one], format!("{one}: fine (1 project, 1 user, 1 session)\n")),
        (vec!["validate", "--seed-json", "{}"], "--seed-json: fine (0 projects, 0 users, 0 sessions)\n".to_owned()),
        (vec!["validate", "--seed", &one, "--seed", &two], format!("{one}, {two}: fine (2 projects, 3 users, 4 sessions)\n")),
        (vec!["validate", &one, &two], format!("{one}, {two}: fine (2 projects, 3 users, 4 sessions)\n")),
    ] {
        let ended = run(&arguments);
        assert_eq!((ended.code, ended.stdout, ended.stderr), (Some(0), expected, String::new()), "{arguments:?}");
    }
    let piped = run_with_input(&["validate", "--seed", "-"], seed_text("default.json").as_bytes());
    assert_eq!(piped.stdout, "standard input: fine (1 project, 6 users, 6 sessions)\n");
}

#[test]
fn variables_of_serve_do_not_disturb_the_other_commands() {
    for arguments in [&["validate"][..], &["schema"]] {
        let mut command = command(arguments);
        command
            .env("STYTCH_MOCK_PORT", "1")
            .env("STYTCH_MOCK_HOST", "nowhere.invalid")
            .env("STYTCH_MOCK_CLOCK", "2021-08-09T08:00:00Z");
        assert_eq!(run_command(command).code, Some(0), "{arguments:?}");
    }
}

#[test]
fn the_ready_lines_can_be_pasted() {
    let mut running = Running::start(&["--clock", "2021-08-09T08:00:00Z"]);
    let url = format!("http://{}", running.address);
    assert_eq!(running.ready_line, format!("stytch-mock ready on {url}\n"));
    let output = running.output_until("# Control plane");
    for line in [
        format!("STYTCH_PROJECT_ID={PROJECT}"),
        format!("STYTCH_SECRET={SECRET}"),
        format!("STYTCH_PUBLIC_TOKEN={PUBLIC_TOKEN}"),
        format!("STYTCH_BASE_URL={url}"),
        format!("#   curl -u '{PROJECT}:{SECRET}' '{url}/v1/sessions?user_id={USER}'"),
        "# Seed: the built-in seed (1 project, 6 users, 6 sessions)".to_owned(),
        "# Clock: frozen at 2021-08-09T08:00:00Z".to_owned(),
        format!("# Page: {url}/__mock/ (requests, outbox, users, clock, faults)"),
        format!("# Control plane: {url}/__mock"),
    ] {
        assert!(output.lines().any(|other| other == line), "{line} is not in\n{output}");
    }
    let response = running.client().send(&sessions_request(&format!("user_id={USER}")).basic(PROJECT, SECRET));
    assert_eq!(response.outcome(), "200");
}

#[test]
fn every_flag_works_as_a_variable_too() {
    let folder = Folder::new();
    let ready_file = folder.path("ready");
    let settings = [
        ("--host", "STYTCH_MOCK_HOST", "127.0.0.1"),
        ("--port", "STYTCH_MOCK_PORT", "0"),
        ("--seed", "STYTCH_MOCK_SEED", &seed_path("docs-example.json")),
        ("--seed-json", "STYTCH_MOCK_SEED_JSON", r#"{"projects": [{"users": [{"external_id": "more"}]}]}"#),
        ("--wire", "STYTCH_MOCK_WIRE", "live"),
        ("--auth", "STYTCH_MOCK_AUTH", "any"),
        ("--rate-limit", "STYTCH_MOCK_RATE_LIMIT", "2/h,burst=2"),
        ("--clock", "STYTCH_MOCK_CLOCK", "2021-08-09T09:00:00Z"),
        ("--id-seed", "STYTCH_MOCK_ID_SEED", "7"),
        ("--ready-file", "STYTCH_MOCK_READY_FILE", &ready_file),
        ("--log", "STYTCH_MOCK_LOG", "off"),
        ("--control", "STYTCH_MOCK_CONTROL", "off"),
    ];
    let (mut by_flag, mut by_variable) = (command(&["serve"]), command(&[]));
    for (flag, variable, value) in settings {
        by_flag.args([flag, value]);
        by_variable.env(variable, value);
    }
    let answers = [by_flag, by_variable].map(|command| {
        let running = Running::start_command(command);
        let client = running.client();
        let more = client.send(&sessions_request("user_id=more").basic("x", "y"));
        let page = client.send(&sessions_request(&format!("user_id={USER}")).basic("x", "y"));
        assert_eq!(page.header("date"), Some("Mon, 09 Aug 2021 09:00:00 GMT"));
        let refused = client.send(&sessions_request("user_id=more").basic("x", "y"));
        assert_eq!([more.outcome(), page.outcome(), refused.outcome()], ["200", "200", "429 too_many_requests"]);
        assert_eq!(client.send(&Request::get("/__mock/health")).outcome(), "404 route_not_found");
        assert_eq!(std::fs::read_to_string(&ready_file).unwrap(), format!("http://{}", running.address));
        std::fs::remove_file(&ready_file).unwrap();
        [more.body, page.body, refused.body]
    });
    assert_eq!(answers[0], answers[1], "the id seed is the same");
    assert!(answers[0][0].ends_with(b"\"status_code\":200}\n"), "the live profile");
}

#[test]
fn a_port_in_use_is_a_sentence() {
    let running = Running::start(&[]);
    let port = running.address.port().to_string();
    let ended = run(&["--port", &port]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    let expected = format!("error: can't listen on 127.0.0.1:{port} (--port): ");
    assert!(ended.stderr.starts_with(&expected) && ended.stderr.contains("choose another --port"), "{}", ended.stderr);
    let ended = run(&["--port", "0", "--host", "host.invalid"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("host.invalid") && ended.stderr.contains("--host"), "{}", ended.stderr);
}

#[test]
fn a_ready_file_that_cannot_be_written_is_named() {
    let ended = run(&["--port", "0", "--ready-file", "/nowhere/at/all"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.starts_with("error: --ready-file /nowhere/at/all: "), "{}", ended.stderr);
}

#[test]
fn healthcheck_tells_an_emulator_from_silence() {
    let running = Running::start(&[]);
    let port = running.address.port().to_string();
    assert_eq!(run(&["healthcheck", "--port", &port]).code, Some(0));
    assert_eq!(run(&["healthcheck", "--host", "0.0.0.0", "--port", &port]).code, Some(0));
    let mut by_variable = command(&["healthcheck"]);
    by_variable.env("STYTCH_MOCK_PORT", &port);
    assert_eq!(run_command(by_variable).code, Some(0));
    drop(running);
    let ended = run(&["healthcheck", "--port", &port]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.starts_with(&format!("error: nothing answers on 127.0.0.1:{port}: ")), "{}", ended.stderr);
    let uncontrolled = Running::start(&["--control", "off"]);
    assert_eq!(run(&["healthcheck", "--port", &uncontrolled.address.port().to_string()]).code, Some(0));
}
