//! `docs/logging-in.md` is true: its curl lines, run by a shell, make the calls and begin the sessions that it says, its
//! names and flags are those that there are, and it leads to places that are there. That the other languages do the same
//! is held by `tests/sdk`.

use std::collections::BTreeSet;
use std::process::Command;

use stytch_mock::{Emulator, RequestFilter};

use crate::fixture::{House, NOW};
use crate::openapi;
use crate::program::run;
use crate::totps::code;

const PAGE: &str = include_str!("../../docs/logging-in.md");

/// What a section's curl lines come to: the calls, and how the session was begun that the last one lists.
const SECTIONS: [(&str, &[&str], Option<&str>); 8] = [
    ("Passwords", &["POST /v1/passwords 200", "POST /v1/passwords/authenticate 200", LIST], Some("knowledge")),
    (
        "A forgotten password",
        &["POST /v1/passwords/email/reset/start 200", "POST /v1/passwords/email/reset 200", LIST],
        Some("knowledge"),
    ),
    ("One-time codes", &["POST /v1/otps/sms/login_or_create 200", "POST /v1/otps/authenticate 200", LIST], Some("sms")),
    (
        "Magic links",
        &["POST /v1/magic_links/email/login_or_create 200", "POST /v1/magic_links/authenticate 200", LIST],
        Some("email"),
    ),
    (
        "Authenticator apps",
        &["POST /v1/users 201", "POST /v1/totps 200", "POST /v1/totps/authenticate 200", LIST],
        Some("authenticator_app"),
    ),
    ("OAuth", &["GET /v1/public/oauth/google/start 302", "POST /v1/oauth/authenticate 200", LIST], Some("oauth_google")),
    ("What goes wrong", &["POST /v1/otps/email/login_or_create 200", "POST /v1/otps/authenticate 401"], None),
    ("Sandbox values", &["POST /v1/otps/authenticate 200"], None),
];

const LIST: &str = "GET /v1/sessions 200";

/// The curl lines of each section, by its title.
fn sections() -> Vec<(&'static str, &'static str)> {
    let sections = PAGE.split("\n## ").skip(1).filter_map(|section| {
        let (title, text) = section.split_once('\n').unwrap();
        Some((title, text.split_once("```sh\n")?.1.split_once("```").unwrap().0))
    });
    sections.collect()
}

/// An emulator on which all of it happened, with an app that shows this code; what each section printed, and its calls.
fn walk(totp_code: &str) -> (House, Vec<(String, Vec<String>)>) {
    let house = House::of(Emulator::builder().clock(NOW).id_seed(7));
    let sections = sections();
    let set_up = sections[0].1.replace("http://127.0.0.1:7898", &house.emulator.base_url());
    let control = house.emulator.control();
    let told = sections[1..].iter().map(|(title, lines)| {
        control.clear_requests().unwrap();
        let script = format!("set -eu\noathtool() {{ echo {totp_code}; }}\n{set_up}\n{lines}");
        let ended = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert!(ended.status.success(), "{title}: {}", String::from_utf8_lossy(&ended.stderr));
        let requests = control.requests(&RequestFilter::default()).unwrap().requests;
        let calls = requests.iter().map(|each| format!("{} {} {}", each.method, each.path, each.status.unwrap()));
        (String::from_utf8(ended.stdout).unwrap(), calls.collect())
    });
    let told = told.collect();
    (house, told)
}

#[test]
fn the_curl_lines_do_what_they_say() {
    // the secret is the same every time: the first walk is for the sake of it
    let (house, _) = walk("000000");
    let state = house.emulator.control().state().unwrap();
    let users = state["projects"][0]["users"].as_array().unwrap();
    let secret = users.iter().find_map(|user| user["totps"][0]["secret"].as_str()).unwrap();
    let (_, told) = walk(&code(secret, 0));
    let titles: Vec<&str> = sections()[1..].iter().map(|(title, _)| *title).collect();
    assert_eq!(titles, SECTIONS.map(|(title, ..)| title));
    for ((title, calls, begun_by), (printed, made)) in SECTIONS.iter().zip(told) {
        assert_eq!(made, *calls, "{title}: {printed}");
        if let Some(delivery_method) = begun_by {
            let list = &printed[printed.rfind("{\"status_code\"").unwrap()..];
            let list: serde_json::Value = serde_json::from_str(list).unwrap();
            let sessions = list["sessions"].as_array().unwrap();
            assert_eq!(sessions.len(), 1, "{title}: {list}");
            assert_eq!(sessions[0]["authentication_factors"][0]["delivery_method"], *delivery_method, "{title}");
        }
    }
}

#[test]
fn names_flags_and_links_are_those_that_there_are() {
    let document = openapi::document(&House::of(Emulator::builder()).client);
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.values().flat_map(|methods| methods.as_object().unwrap().values());
    let operations: BTreeSet<&str> = operations.filter_map(|each| each["operationId"].as_str()).collect();
    let resources: BTreeSet<&str> = operations.iter().filter_map(|name| name.split('.').next()).collect();
    let help = run(&["--help"]).stdout;
    let prose: String = PAGE.split("```").step_by(2).collect();
    let mut named = 0;
    for span in prose.split('`').skip(1).step_by(2) {
        if let Some(flag) = span.strip_prefix("--") {
            assert!(help.contains(&format!("--{} ", flag.split(' ').next().unwrap())), "{span}");
        } else if span.split_once('.').is_some_and(|(resource, _)| resources.contains(resource)) {
            assert!(operations.contains(span), "{span}");
            named += 1;
        }
    }
    assert!(named > 10, "{named}");
    let anchors = |page: &str| -> BTreeSet<String> {
        let headings = page.lines().filter_map(|line| line.strip_prefix('#')).map(|line| line.trim_start_matches('#').trim());
        let anchor = |heading: &str| {
            let letters = heading.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
            letters.map(|letter| if letter == ' ' { '-' } else { letter.to_ascii_lowercase() }).collect()
        };
        headings.map(anchor).collect()
    };
    for link in prose.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        let (name, anchor) = link.split_once('#').unwrap_or((link, ""));
        let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
        let page = if name.is_empty() { PAGE.to_owned() } else { std::fs::read_to_string(path).unwrap() };
        assert!(anchor.is_empty() || anchors(&page).contains(anchor), "{link}: {:?}", anchors(&page));
    }
}
