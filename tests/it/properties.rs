//! Whatever bytes come: the answer is the one that the grammar says, in JSON, and the emulator lives on.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::client::{Connection, Request, Response};
use crate::fixture::{House, PROJECT, SECRET};

const WORLD: &str = r#"{"projects": [{"rate_limit": "off", "users": [
    {"user_id": "user-test-0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "external_id": "a"}]}]}"#;

/// An emulator, and one connection that all cases of a property share.
struct Line {
    house: House,
    connection: RefCell<Connection>,
}

impl Line {
    fn open() -> Self {
        let house = House::seeded(WORLD);
        let connection = RefCell::new(house.client.connect());
        Self { house, connection }
    }

    /// Sends a request; the client checks what comes back.
    fn send(&self, request: &Request) -> Response {
        let response = self.connection.borrow_mut().send(request);
        if response.header("connection") == Some("close") {
            self.connection.replace(self.house.client.connect());
        }
        response
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() }
}

/// Whether a text is a UUID as the contract has it: hyphenated, 36 characters, any letter case.
fn is_uuid(text: &str) -> bool {
    let hyphens = [8, 13, 18, 23];
    let fits = |(index, byte): (usize, u8)| if hyphens.contains(&index) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}

/// The answer that CONTRACT §2.4 and §2.5 have for a `user_id`.
fn answer_to(user_id: &str) -> &'static str {
    let stytch = user_id.strip_prefix("user-test-").or_else(|| user_id.strip_prefix("user-live-"));
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._|-".contains(&byte);
    let is_valid = match stytch {
        Some(rest) => is_uuid(rest),
        None => (1..=128).contains(&user_id.len()) && user_id.bytes().all(allowed),
    };
    match user_id {
        _ if !is_valid => "400 invalid_user_id",
        "a" => "200",
        _ if user_id.to_lowercase() == "user-test-0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d" && stytch.is_some() => "200",
        _ => "404 user_not_found",
    }
}

/// Texts that are ids, are nearly ids, or are nothing of the kind.
fn user_ids() -> impl Strategy<Value = String> {
    prop_oneof![
        "user-(test|live)-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
        "user-(test|live)-[0-9a-gA-G-]{34,38}",
        "(user|User|session)-(test|live|prod)[-_]?[0-9a-f-]{0,36}",
        "user-test-0[aA]1[bB]2[cC]3[dD]-4[eE]5[fF]-4[aA]6[bB]-8[cC]7[dD]-9[eE]0[fF]1[aA]2[bB]3[cC]4[dD]",
        "[A-Za-z0-9._|-]{0,130}",
        "[A-Za-z0-9._|-]{0,8}[ -~][A-Za-z0-9._|-]{0,8}",
        "\\PC{0,20}",
        any::<String>(),
    ]
}

/// A text in a query, each byte by itself written plainly where that is possible, or escaped.
fn escaped(text: &str, plainly: &[bool]) -> Vec<u8> {
    let mut choices = plainly.iter().copied().cycle();
    let mut escaped = Vec::new();
    for byte in text.bytes() {
        let plain = choices.next().unwrap_or(false);
        match byte {
            b' ' if plain => escaped.push(b'+'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'|' | b'-' if plain => escaped.push(byte),
            _ => escaped.extend(format!("%{byte:02x}").into_bytes()),
        }
    }
    escaped
}

/// The project ids that look like the vendor's: an unknown one is a 401, any other a 400.
fn answer_to_credentials(credentials: &[u8]) -> &'static str {
    let Some(colon) = credentials.iter().position(|byte| *byte == b':') else { return "401 unauthorized_credentials" };
    let id = std::str::from_utf8(&credentials[..colon]).unwrap_or_default();
    let rest = id.strip_prefix("project-test-").or_else(|| id.strip_prefix("project-live-"));
    match rest.is_some_and(is_uuid) {
        true if id == PROJECT && &credentials[colon + 1..] == SECRET.as_bytes() => "400 invalid_user_id",
        true => "401 unauthorized_credentials",
        false => "400 invalid_project_id_authentication",
    }
}

#[test]
fn a_user_id_is_answered_as_the_grammar_says() {
    let line = Line::open();
    proptest!(config(), |(user_id in user_ids(), plainly in vec(any::<bool>(), 1..8))| {
        let query = [b"/v1/sessions?x=y&user_id=", escaped(&user_id, &plainly).as_slice(), b"&z"].concat();
        let response = line.send(&Request::get(query).basic(PROJECT, SECRET));
        prop_assert_eq!(response.outcome(), answer_to(&user_id));
    });
}

#[test]
fn any_query_is_answered_in_json() {
    let line = Line::open();
    // what HTTP lets stand in a query, and text beyond ASCII
    let piece = prop_oneof!["[%&=+a]{0,8}", "[!$-;=?-~]{0,8}", "[ü😀]{1,2}", "user_id", "user%5fid=", "user_id=a"];
    proptest!(config(), |(pieces in vec(piece, 0..8))| {
        let target = format!("/v1/sessions?{}", pieces.concat());
        let response = line.send(&Request::get(target).basic(PROJECT, SECRET));
        prop_assert!(["200", "400 invalid_user_id", "404 user_not_found"].contains(&response.outcome().as_str()));
    });
}

#[test]
fn any_path_is_answered_in_json() {
    let line = Line::open();
    let segment = prop_oneof!["[!\"$-;=@-_a-~]{0,6}", "v1", "sessions", "(%[0-9a-fA-F]{2}){1,3}"];
    proptest!(config(), |(segments in vec(segment, 0..5))| {
        let path = format!("/{}", segments.join("/"));
        if !path.starts_with("/__mock") {
            let response = line.send(&Request::get(&path));
            prop_assert!((400..500).contains(&response.status) || response.status == 200, "{path}");
        }
    });
}

#[test]
fn any_authorization_header_is_answered_in_json() {
    let line = Line::open();
    let byte = || prop_oneof![Just(b'\t'), 0x20..=0x7e_u8, 0x80..=0xff_u8];
    let prefix = prop_oneof![Just(""), Just("Basic "), Just("basic "), Just("Basic"), Just("Bearer ")];
    proptest!(config(), |(prefix in prefix, value in vec(byte(), 0..80))| {
        let header = [prefix.as_bytes(), &value].concat();
        let response = line.send(&Request::get("/v1/sessions").header("authorization", header));
        let outcomes = ["401 unauthorized_credentials", "400 invalid_project_id_authentication"];
        prop_assert!(outcomes.contains(&response.outcome().as_str()), "{}", response.text());
    });
}

#[test]
fn any_credentials_are_answered_as_the_grammar_says() {
    let line = Line::open();
    let text = |pattern: &'static str| pattern.prop_map(String::into_bytes);
    let credentials = prop_oneof![
        vec(any::<u8>(), 0..80),
        text("project-(test|live)-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-8[0-9a-fA-F]{3}-[0-9a-fA-F]{12}:?.{0,9}"),
        text("(project|Project)-(test|live|prod)-[0-9a-g-]{30,40}:.{0,9}"),
        text("project-test-11111111-1111-4111-8111-111111111111:(secret-test-stytch-mock-local-emulato[qrs])?"),
    ];
    proptest!(config(), |(credentials in credentials)| {
        let header = format!("Basic {}", STANDARD.encode(&credentials));
        let response = line.send(&Request::get("/v1/sessions").header("authorization", header));
        prop_assert_eq!(response.outcome(), answer_to_credentials(&credentials));
    });
}

#[test]
fn any_other_header_changes_nothing() {
    let line = Line::open();
    let names =
        "x-[a-z]{1,9}|accept|content-type|user-agent|accept-encoding|origin|if-none-match|range|x-http-method-override|cookie";
    let byte = || prop_oneof![Just(b'\t'), 0x20..=0x7e_u8, 0x80..=0xff_u8];
    proptest!(config(), |(headers in vec((names, vec(byte(), 0..40)), 0..6))| {
        let request = Request::get("/v1/sessions?user_id=a").basic(PROJECT, SECRET);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        prop_assert_eq!(line.send(&request).outcome(), "200");
    });
}

#[test]
fn any_text_for_a_seed_is_loaded_or_refused_with_places() {
    let house = House::of(stytch_mock::Emulator::builder());
    let names = r#""(projects|users|sessions|user_id|expires_at|custom_claims|clock)":|"(\+1h|-9999999999h|\\ud800|now)""#;
    let word = prop_oneof![names, "[{}\\[\\],:\n]", "null|1e999|ü|\0", r#"\{"projects":\[\{"users":\[\{|\}\]\}\]\}"#];
    proptest!(config(), |(words in vec(word, 0..12))| {
        let text = words.concat();
        let response = house.client.steer(&Request::new("PUT", "/__mock/state").body(&text));
        prop_assert!(response.status == 200 || response.status == 400);
        for problem in response.json()["problems"].as_array().into_iter().flatten() {
            let lines: Vec<&str> = text.split('\n').collect();
            let line = usize::try_from(problem["line"].as_u64().unwrap()).unwrap();
            let column = usize::try_from(problem["column"].as_u64().unwrap()).unwrap();
            prop_assert!((1..=lines.len()).contains(&line), "{problem}");
            prop_assert!((1..=lines[line - 1].chars().count() + 1).contains(&column), "{problem}");
        }
    });
}
