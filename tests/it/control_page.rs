//! What is written by hand in `docs/control-plane.md` is true: its flags and fault keys are those that there are, and
//! its curl lines do what they say. The rest is generated, see `control_reference`.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use stytch_mock::{Emulator, RequestFilter};

use crate::fixture::{House, USER};
use crate::program::run;

const PAGE: &str = include_str!("../../docs/control-plane.md");

/// What stands between backticks in some lines.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The part of the page that shows tasks in several languages.
fn tasks() -> &'static str {
    PAGE.split("\n## ").find(|part| part.starts_with("Five tasks")).unwrap()
}

fn prose() -> String {
    let mut is_prose = true;
    let lines = PAGE.split("<!-- The reference").next().unwrap().lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_prose ^= is_fence;
        is_prose && !is_fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What the emulator says of itself.
fn document() -> Value {
    House::of(Emulator::builder()).client.steered("GET", "/__mock/openapi.json", "")
}

#[test]
fn flags_and_fault_keys_are_those_that_there_are() {
    let (document, prose, help) = (document(), prose(), run(&["--help"]).stdout);
    for flag in spans(&prose).filter(|span| span.starts_with("--")) {
        let name = flag.split(' ').next().unwrap();
        assert!(help.contains(&format!("{name} ")) || help.contains(&format!("{name}\n")), "{flag}");
    }
    let told: BTreeSet<&str> = spans(&prose).collect();
    for key in document["components"]["schemas"]["Fault"]["properties"].as_object().unwrap().keys() {
        assert!(told.contains(key.as_str()), "{key}");
    }
}

#[test]
fn every_language_does_the_five_tasks() {
    let blocks: Vec<&str> = tasks().split("```").skip(1).step_by(2).collect();
    assert_eq!(blocks.len(), 5);
    for block in blocks {
        for task in ["/bucket/drain", "/clock/advance", "internal_server_error", "/projects", "/requests?path=/v1/sessions"] {
            assert!(block.contains(task), "{task} is missing in {block}");
        }
    }
}

#[test]
fn the_curl_lines_do_what_they_say() {
    let house = House::of(Emulator::builder().rate_limit("1/h"));
    let block = tasks().split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let mut lines =
        block.replace("http://127.0.0.1:7898", &house.emulator.base_url()).lines().map(str::to_owned).collect::<Vec<_>>();
    let variable = lines.remove(0);
    let control = house.emulator.control();
    let shell = |line: &str| {
        let ended =
            Command::new("sh").args(["-c", &format!("{variable}; {line} --fail --silent --show-error")]).output().unwrap();
        assert!(ended.status.success(), "{line}: {}", String::from_utf8_lossy(&ended.stderr));
        serde_json::from_slice::<Value>(&ended.stdout).unwrap()
    };
    shell(&lines[0]);
    assert_eq!(house.sessions(USER).status, 429);
    control.fill_bucket().unwrap();
    assert_eq!(house.sessions(USER).session_ids().len(), 1);
    control.set_rate_limit("off").unwrap();
    shell(&lines[1]);
    assert_eq!(house.sessions(USER).session_ids().len(), 0, "an hour later");
    shell(&lines[2]);
    assert_eq!([0; 3].map(|_| house.sessions(USER).status), [500, 500, 200]);
    assert_eq!(shell(&lines[3])["project_id"], control.projects()[1].project_id.as_str());
    assert_eq!(shell(&lines[4])["count"], control.requests(&RequestFilter::default()).unwrap().count);
}
