//! The control bodies, kept and made up: `tests/corpus` holds inputs with the status that each has to answer, and each
//! of them, and each seed of the repository, is mutated, member by member and byte by byte. Nothing is a 500, what is
//! refused has changed nothing, and a world that was accepted can be written down and loaded again.
//!
//! By default a few hundred mutants, in about a second. For a longer run: `FUZZ_CASES=100000 cargo test --test it fuzz`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use stytch_mock::{Emulator, RequestFilter};

use crate::client::{Connection, Request, Response};
use crate::fixture::{House, PROJECT};
use crate::life;

/// Of each folder of the corpus where its bodies go.
const ROUTES: [(&str, &str, &str); 8] = [
    ("advance", "POST", "clock/advance"),
    ("bucket", "PUT", "bucket"),
    ("clock", "PUT", "clock"),
    ("fault", "POST", "faults"),
    ("project", "POST", "projects"),
    ("session", "POST", "users/alice/sessions"),
    ("state", "PUT", "state"),
    ("user", "POST", "users"),
];

/// What may come of a body; a 500 is none of it.
const STATUSES: [u16; 6] = [200, 201, 400, 404, 409, 507];

/// The corpus: of each folder its files, by name.
fn corpus() -> BTreeMap<&'static str, Vec<(String, Vec<u8>)>> {
    let read = |folder: &Path| {
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap()))
            .collect();
        files.sort();
        files
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ROUTES.map(|(folder, ..)| (folder, read(&root.join("tests/corpus").join(folder)))).into()
}

/// An emulator that is thrown at, and one that only loads what the other gave out.
struct Range {
    house: House,
    other: House,
    connection: Connection,
}

impl Range {
    fn open() -> Self {
        let house = House::of(life::builder());
        let connection = house.client.connect();
        Self { house, other: House::of(Emulator::builder().seed_json("{}")), connection }
    }

    /// All that a control body could have changed.
    fn everything(&self) -> Value {
        let control = self.house.emulator.control();
        json!([
            control.state().unwrap(),
            control.faults().unwrap(),
            control.now(),
            control.bucket_level().ok(),
            control.projects().len(),
            control.requests(&RequestFilter::default()).unwrap().count,
        ])
    }

    fn throw(&mut self, method: &str, path: &str, body: &[u8]) -> Response {
        let before = self.everything();
        self.connection.write(&Request::new(method, format!("/__mock/{path}")).body(body).bytes());
        let response = self.connection.read_response(false);
        let shown = String::from_utf8_lossy(body);
        assert!(STATUSES.contains(&response.status), "{method} {path}: {response:?}\n{shown}");
        if response.status >= 300 {
            assert!(response.json()["error"].is_string(), "{response:?}");
            assert_eq!(self.everything(), before, "{method} {path} was refused and changed something\n{shown}");
        } else {
            let state = self.house.emulator.control().state().unwrap();
            let loaded = self.other.emulator.control();
            loaded.replace_state(&state).unwrap_or_else(|error| panic!("{error}\n{shown}"));
            if state["clock"].is_string() {
                assert_eq!(loaded.state().unwrap(), state, "{method} {path}\n{shown}");
            }
            self.house.emulator.control().reset().unwrap();
        }
        response
    }
}

#[test]
fn each_body_of_the_corpus_has_the_status_in_its_name() {
    let mut range = Range::open();
    let (corpus, mut others) = (corpus(), Vec::new());
    for (folder, method, path) in ROUTES {
        for (name, body) in &corpus[folder] {
            let response = range.throw(method, path, body);
            if !name.starts_with(&response.status.to_string()) {
                others.push(format!("{folder}/{name}: {response:?}"));
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn depth_and_length_are_no_trouble() {
    let mut range = Range::open();
    let deep = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    for depth in [10, 127, 128, 100_000] {
        let claims = format!(r#"{{"custom_claims": {{"a": {}}}}}"#, deep(depth));
        for (method, path, body) in [
            ("PUT", "state", deep(depth)),
            ("PUT", "state", format!(r#"{{"projects": {}}}"#, deep(depth))),
            ("PUT", "clock", format!(r#"{{"now": {}}}"#, deep(depth))),
            ("POST", "projects", format!(r#"{{"users": {}}}"#, deep(depth))),
            ("POST", "users/alice/sessions", claims),
        ] {
            range.throw(method, path, body.as_bytes());
        }
    }
    let long = "x".repeat(5_000_000);
    for (path, body) in [
        ("users", json!({ "name": { "first_name": long } })),
        ("faults", json!({ "status": 200, "body": long })),
        ("users", json!({ "external_id": long })),
    ] {
        range.throw("POST", path, body.to_string().as_bytes());
    }
}

/// A change to a body: what is done, where, and with what.
#[derive(Debug, Clone)]
struct Change {
    kind: u8,
    place: Index,
    with: Index,
}

/// What may stand where something else stood.
const STRANGERS: [&str; 20] = [
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1e400",
    "18446744073709551616",
    "\"\"",
    "\"now\"",
    "\"-9999999999h\"",
    "\"off\"",
    "\"a b\"",
    "\"\\u0000\"",
    "\"\u{1f511}\"",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "{\"\": {}}",
    "\"2021-08-09T08:00:00Z\"",
];

/// Bytes that matter to JSON.
const BYTES: &[u8] = b"{}[]\",:\\0-+.eE \n\x00\x7f\xc3\xff";

impl Change {
    /// Changes a member of the tree.
    fn of_tree(&self, tree: &mut Value) {
        let mut pointers = Vec::new();
        collect(tree, String::new(), &mut pointers);
        let pointer = self.place.get(&pointers).clone();
        let other = tree.pointer(&pointers[self.with.index(pointers.len())]).cloned().unwrap_or_default();
        let stranger = serde_json::from_str::<Value>(STRANGERS[self.with.index(STRANGERS.len())]).unwrap_or_default();
        let node = tree.pointer_mut(&pointer).expect("it was there just now");
        match (self.kind % 6, node) {
            (0, node) => *node = stranger,
            (1, node) => *node = other,
            (2, Value::Object(members)) if !members.is_empty() => {
                let key = self.with.get(&members.keys().cloned().collect::<Vec<_>>()).clone();
                members.remove(&key);
            }
            (3, Value::Object(members)) if !members.is_empty() => {
                let key = self.with.get(&members.keys().cloned().collect::<Vec<_>>()).clone();
                let value = members.remove(&key).unwrap_or_default();
                members.insert(format!("{key}_"), value);
            }
            (4, Value::Array(elements)) if !elements.is_empty() => elements.push(elements[0].clone()),
            (_, Value::String(text)) => text.push(*self.with.get(&['x', '\0', ' ', '-', '\u{1f511}'])),
            (_, node) => *node = Value::Array(vec![node.take()]),
        }
    }

    /// Changes a byte, or a run of them.
    fn of_bytes(&self, bytes: &mut Vec<u8>) {
        let place = self.place.index(bytes.len() + 1);
        let end = (place + 1 + self.with.index(16)).min(bytes.len());
        let byte = *self.with.get(BYTES);
        match self.kind % 5 {
            0 => bytes.insert(place, byte),
            1 if place < bytes.len() => bytes[place] = byte,
            2 => drop(bytes.drain(place..end.max(place))),
            3 => bytes.truncate(place),
            _ => bytes.extend_from_within(place..end.max(place)),
        }
    }
}

/// The pointers of a tree's nodes.
fn collect(tree: &Value, pointer: String, found: &mut Vec<String>) {
    match tree {
        Value::Object(members) => {
            for (key, value) in members {
                collect(value, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(pointer);
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = (any::<u8>(), any::<Index>(), any::<Index>()).prop_map(|(kind, place, with)| Change { kind, place, with });
    vec(change, 1..4)
}

#[test]
fn mutants_are_taken_whole_or_not_at_all() {
    let cases = std::env::var("FUZZ_CASES").ok().map_or(250, |cases| cases.parse().expect("FUZZ_CASES is a number"));
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let range = std::cell::RefCell::new(Range::open());
    let of_project = format!("state?project_id={PROJECT}");
    let mut bodies: Vec<(&str, &str, Vec<u8>)> = Vec::new();
    let corpus = corpus();
    for (folder, method, path) in ROUTES {
        bodies.extend(corpus[folder].iter().map(|(_, body)| (method, path, body.clone())));
    }
    for seed in
        [life::SEED.to_owned(), crate::fixture::seed_text("default.json"), crate::fixture::seed_text("test-and-live.json")]
    {
        bodies.extend([("PUT", "state", seed.clone().into_bytes()), ("PUT", of_project.as_str(), seed.into_bytes())]);
    }
    proptest!(config, |(chosen in any::<Index>(), of_tree in any::<bool>(), changes in changes())| {
        let (method, path, body) = chosen.get(&bodies);
        let mut body = body.clone();
        match serde_json::from_slice::<Value>(&body) {
            Ok(mut tree) if of_tree => {
                for change in &changes {
                    change.of_tree(&mut tree);
                }
                body = tree.to_string().into_bytes();
            }
            _ => changes.iter().for_each(|change| change.of_bytes(&mut body)),
        }
        range.borrow_mut().throw(method, path, &body);
    });
}
