//! The reference of `docs/control-plane.md`: every control route as the served OpenAPI document describes it, with an
//! example that is run. `UPDATE_DOCS=1 cargo test --test it control_reference` writes it anew.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::{Client, Request};
use crate::fixture::{House, start};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/control-plane.md");

/// What the generated part stands between.
const BEGIN: &str = "<!-- The reference is generated: UPDATE_DOCS=1 cargo test --test it control_reference -->\n";
const END: &str = "<!-- The end of the reference -->\n";

/// More than this is printed on several lines.
const MOST_COLUMNS: usize = 118;

fn page() -> String {
    std::fs::read_to_string(PAGE).unwrap()
}

/// An emulator as the page starts it: with the seed that it prints, and the flags.
fn house() -> House {
    let page = page();
    let seed = page.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(page.contains("stytch-mock --seed seed.json --clock 2026-01-01T00:00:00Z --id-seed 1\n"));
    let emulator = start(Emulator::builder().seed_json(seed).clock("2026-01-01T00:00:00Z").id_seed(1)).unwrap();
    let client = Client::of_repeating_ids(emulator.address());
    House { emulator, client }
}

/// Every control route: its path, its method, what is said of it; in the page's order.
fn routes(document: &Value) -> Vec<(&str, String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with("/__mock"));
    let mut routes: Vec<_> = paths
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().iter();
            methods.map(move |(method, operation)| (path.as_str(), method.to_uppercase(), operation))
        })
        .collect();
    let rank = |method: &str| ["GET", "PUT", "POST", "DELETE"].iter().position(|each| *each == method);
    routes.sort_by_key(|(path, method, _)| (*path, rank(method)));
    routes
}

fn document() -> Value {
    stytch_mock::openapi()
}

/// The rows of a body's keys; of alternatives those of each.
fn body_rows(document: &Value, schema: &Value) -> String {
    if let Some(parts) = schema["anyOf"].as_array() {
        return parts.iter().map(|part| body_rows(document, part)).collect();
    }
    let place = schema["$ref"].as_str().unwrap();
    // what a seed has is told elsewhere
    if let Some(part) = place.strip_prefix("#/components/schemas/Seed") {
        let what = if part.is_empty() { "the whole".to_owned() } else { format!("a {}", part.to_lowercase()) };
        return format!("| | body | What `seed/seed.schema.json` says of {what}. |\n");
    }
    let schema = document.pointer(place.trim_start_matches('#')).unwrap();
    let is_required = |name: &str| schema["required"].as_array().is_some_and(|keys| keys.iter().any(|key| key == name));
    let members = schema["properties"].as_object().unwrap().iter();
    let row = |(name, member): (&String, &Value)| {
        let place = if is_required(name) { "body, required" } else { "body" };
        format!("| `{name}` | {place} | {} |\n", member["description"].as_str().unwrap())
    };
    members.map(row).collect()
}

/// A blank behind each comma and colon.
struct Spaced;

impl Formatter for Spaced {
    fn begin_object_key<W: io::Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        writer.write_all(if is_first { b"" } else { b", " })
    }

    fn begin_object_value<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn begin_array_value<W: io::Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        writer.write_all(if is_first { b"" } else { b", " })
    }
}

/// JSON, on one line if there is room.
fn shown(json: &Value) -> String {
    let mut line = Vec::new();
    json.serialize(&mut Serializer::with_formatter(&mut line, Spaced)).unwrap();
    if line.len() <= MOST_COLUMNS { String::from_utf8(line).unwrap() } else { serde_json::to_string_pretty(json).unwrap() }
}

fn reference(document: &Value) -> String {
    let mut text = String::new();
    for (path, method, operation) in routes(document) {
        let example = &operation["x-example"];
        writeln!(text, "\n### `{method} {path}`\n\n{}", operation["summary"].as_str().unwrap()).unwrap();
        let mut rows = String::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let [name, place, about] = ["name", "in", "description"].map(|key| parameter[key].as_str().unwrap());
            writeln!(rows, "| `{name}` | {place} | {about} |").unwrap();
        }
        if let Some(body) = operation.get("requestBody") {
            rows += &body_rows(document, &body["content"]["application/json"]["schema"]);
        }
        if !rows.is_empty() {
            write!(text, "\n| Name | Where | Meaning |\n|---|---|---|\n{rows}").unwrap();
        }
        let statuses = operation["responses"].as_object().unwrap().keys().filter(|status| status.starts_with(['4', '5']));
        writeln!(text, "\nRefusals: {}.", statuses.map(String::as_str).collect::<Vec<_>>().join(", ")).unwrap();
        let first = example["before"].as_array().into_iter().flatten().map(|first| {
            let (request, body) = split(first.as_str().unwrap());
            if body.is_empty() { format!("`{request}`") } else { format!("`{request}` with `{body}`") }
        });
        let first: Vec<String> = first.collect();
        if !first.is_empty() {
            writeln!(text, "\nAfter {}:", first.join(" and ")).unwrap();
        }
        let body = example.get("body").map(|body| format!("{}\n", shown(body))).unwrap_or_default();
        writeln!(text, "\n```http\n{}\n{body}```", example["request"].as_str().unwrap()).unwrap();
        if let Some(answer) = example.get("answer") {
            writeln!(text, "\n```\n{}\n{}\n```", example["status"], shown(answer)).unwrap();
        }
    }
    text
}

/// A request's line, and its body.
fn split(request: &str) -> (&str, &str) {
    request.split_once(" {").map_or((request, ""), |(line, _)| (line, &request[line.len() + 1..]))
}

fn send(house: &House, line: &str, body: &str) -> (u16, Value) {
    let (method, path) = line.split_once(' ').unwrap();
    let request = Request::new(method, path);
    let response = if path.starts_with("/v1/") {
        house.client.send(&request.basic(&house.emulator.project_id(), &house.emulator.secret()))
    } else {
        let mut connection = house.client.connect();
        connection.write(&request.body(body).bytes());
        connection.read_response(false)
    };
    let is_json = response.header("content-type") == Some("application/json");
    (response.status, if is_json { response.json() } else { Value::Null })
}

#[test]
fn the_reference_is_what_the_routes_say_of_themselves() {
    let page = page();
    let (before, rest) = page.split_once(BEGIN).expect("the reference begins");
    let (_, after) = rest.split_once(END).expect("the reference ends");
    let current = format!("{before}{BEGIN}{}\n{END}{after}", reference(&document()));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, current).unwrap();
        return;
    }
    for (line, (is, was)) in (1..).zip(current.lines().zip(page.lines())) {
        assert_eq!(is, was, "line {line} of {PAGE} is not current; UPDATE_DOCS=1 writes it anew");
    }
    assert_eq!(current.len(), page.len(), "{PAGE} is not current; UPDATE_DOCS=1 writes it anew");
}

#[test]
fn every_example_has_the_answer_that_is_printed() {
    let document = document();
    let mut wrong = Vec::new();
    for (path, method, operation) in routes(&document) {
        let (house, example) = (house(), &operation["x-example"]);
        for first in example["before"].as_array().into_iter().flatten() {
            let (line, body) = split(first.as_str().unwrap());
            send(&house, line, body);
        }
        let body = example.get("body").map(Value::to_string).unwrap_or_default();
        let (status, mut answer) = send(&house, example["request"].as_str().unwrap(), &body);
        // how long a request took is the machine's affair
        let told = example.get("answer").cloned().unwrap_or_default();
        for (index, request) in answer.get_mut("requests").and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
            request["duration_micros"] = told["requests"][index]["duration_micros"].clone();
        }
        // these are too long to be printed, or no JSON
        let is_told =
            example.get("answer").is_some() || ["/openapi.json", "/__mock/", "/events"].iter().any(|end| path.ends_with(end));
        if json!(status) != example["status"] || !is_told || (!told.is_null() && answer != told) {
            wrong.push(format!("{method} {path}: {status} {answer}"));
        }
    }
    assert!(wrong.is_empty(), "these answers are others than printed:\n{}", wrong.join("\n"));
}
