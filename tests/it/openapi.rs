//! The description at `/__mock/openapi.json`, walked: what it names is served, what is served it names, and answers
//! have the keys that it says. That its paths are those of the routing tables is tested beside it. The copy that is served
//! is written anew by `UPDATE_DOCS=1 cargo test --test it openapi`.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stytch_mock::Emulator;

use crate::client::{Client, Request};
use crate::fixture::{House, NOW, PROJECT, SECRET};
use crate::life::Caller;
use crate::{operation_calls, operations, supported};

pub fn document(client: &Client) -> Value {
    client.steered("GET", "/__mock/openapi.json", "")
}

/// Where the copy that is served lies, packed.
const PACKED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/wire/openapi.json.zz");

#[test]
fn what_is_served_is_a_copy_of_what_the_types_say() {
    let made = stytch_mock::openapi();
    supported::assert_current("src/wire/declared.txt", &declared(&made));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let text = made.to_string();
        std::fs::write(PACKED, miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), 10)).unwrap();
        return;
    }
    let served = document(&House::of(Emulator::builder()).client);
    assert!(served == made, "{PACKED} is not current: UPDATE_DOCS=1 cargo test --test it openapi");
}

/// What each operation of the emulated API declares: a line for each, as `src/wire/declared.rs` reads it.
fn declared(document: &Value) -> String {
    let operations = described(document).into_iter().map(|(.., operation)| operation);
    let own = operations.filter(|operation| operation["x-behind"].is_null() && operation["tags"][0] != "control");
    let line = |operation: &Value| {
        let parameters = operation["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "query");
        let body = operation.pointer("/requestBody/content/application~1json/schema/properties");
        let parameters = parameters.map(|parameter| format!("{}:", parameter["name"].as_str().unwrap()));
        let fields =
            body.and_then(Value::as_object).into_iter().flatten().map(|(name, schema)| format!("{name}:{}", types(schema)));
        let names: Vec<String> = parameters.chain(fields).collect();
        format!("{}\t{}\n", operation["operationId"].as_str().unwrap(), names.join(" "))
    };
    own.map(line).collect()
}

/// The JSON types that a schema names, as `string|null`.
fn types(schema: &Value) -> String {
    match &schema["type"] {
        Value::Array(types) => types.iter().map(|each| each.as_str().unwrap()).collect::<Vec<_>>().join("|"),
        one => one.as_str().unwrap_or_default().to_owned(),
    }
}

/// Every operation: its path, its method, what is said of it.
fn described(document: &Value) -> Vec<(&str, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().iter().map(move |(method, operation)| (path.as_str(), method.to_uppercase(), operation))
        })
        .collect()
}

/// A schema, wherever it is said.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(place) => document.pointer(place.trim_start_matches('#')).unwrap_or_else(|| panic!("{place} is nowhere")),
        None => schema,
    }
}

/// The keys that an object has to have, and those that it may have; of several parts all.
fn keys(document: &Value, schema: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let schema = resolved(document, schema);
    let (mut required, mut known) = (BTreeSet::new(), BTreeSet::new());
    for part in schema["allOf"].as_array().into_iter().flatten() {
        let (of_part, of_known) = keys(document, part);
        required.extend(of_part);
        known.extend(of_known);
    }
    required.extend(schema["required"].as_array().into_iter().flatten().map(|key| key.as_str().unwrap().to_owned()));
    known.extend(schema["properties"].as_object().into_iter().flat_map(|members| members.keys().cloned()));
    (required, known)
}

/// Holds the answer to an operation to what is said of it.
pub fn check(document: &Value, operation: &Value, status: u16, body: &Value) {
    let name = &operation["operationId"];
    let response = resolved(document, &operation["responses"][status.to_string()]);
    assert!(response.is_object(), "{name} may not answer {status}: {body}");
    let (mut schema, mut body) = (&response["content"]["application/json"]["schema"], body);
    // what a page is answered
    if let (Some(inner), Some(data)) = (schema["properties"].get("data"), body.get("data")) {
        assert_eq!(body.as_object().unwrap().len(), 1, "{name}: {body}");
        (schema, body) = (inner, data);
    }
    let (required, known) = keys(document, schema);
    let given: BTreeSet<String> = body.as_object().unwrap().keys().cloned().collect();
    assert!(required.is_subset(&given), "{name}, {status}: {required:?} are due, and there are {given:?}");
    let is_open = schema.get("additionalProperties").is_some_and(|more| more.as_bool() != Some(false));
    assert!(is_open || given.is_subset(&known), "{name}, {status}: {known:?} are said, and there are {given:?}");
}

pub fn operation<'a>(document: &'a Value, name: &str) -> &'a Value {
    let found = described(document).into_iter().find(|(_, _, operation)| operation["operationId"] == name);
    found.unwrap_or_else(|| panic!("{name} is not described")).2
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len() && template.iter().zip(path).all(|(named, given)| named.starts_with('{') || *named == given)
}

/// Asserts that the operation at a target says that it can refuse with this error.
pub fn assert_declared(document: &Value, method: &str, target: &str, error: &Value) {
    let path = target.split('?').next().unwrap();
    let described = described(document);
    let fitting = described.iter().filter(|(template, ..)| fits(template, path));
    // a word of a path goes before a name
    let nearest = fitting.map(|(template, ..)| (template.matches('{').count(), *template)).min();
    let Some((_, template)) = nearest else { return };
    let Some((_, _, operation)) = described.iter().find(|each| each.0 == template && each.1 == method) else { return };
    let response = &operation["responses"][error["status_code"].to_string()];
    let properties = &response["content"]["application/json"]["schema"]["properties"];
    let key = if error["error"].is_string() { "error" } else { "error_type" };
    let is_declared = properties[key]["enum"].as_array().is_some_and(|types| types.contains(&error[key]));
    assert!(is_declared, "{method} {template} does not say that it refuses with {}", error[key]);
}

#[test]
fn each_described_path_takes_the_described_methods_and_no_other() {
    let house = House::of(Emulator::builder());
    let document = document(&house.client);
    let described = described(&document);
    for path in described.iter().map(|(path, ..)| *path).collect::<BTreeSet<_>>() {
        let concrete = path.replace(['{', '}'], "-");
        let meant = described.iter().filter(|(other, ..)| *other == path);
        let methods: BTreeSet<&str> = meant.map(|(_, method, _)| method.as_str()).collect();
        let allowed = ["GET", "PUT", "POST", "DELETE", "PATCH"].into_iter().filter(|method| {
            let mut connection = house.client.connect();
            connection.write(&Request::new(method, &concrete).basic(PROJECT, SECRET).body("").bytes());
            let response = connection.read_response(false);
            let nowhere = response.status == 404
                && (response.text().contains("route_not_found") || response.text().contains("no such control route"));
            assert!(!nowhere, "{method} {path} is not served");
            response.status != 405
        });
        assert_eq!(allowed.collect::<BTreeSet<_>>(), methods, "{path}");
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_part_is_referred_to() {
    fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(elements) => elements.iter().for_each(|element| references(element, found)),
            _ => {}
        }
    }
    let document = document(&House::of(Emulator::builder()).client);
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    let mut parts = BTreeSet::new();
    for kind in ["responses", "schemas"] {
        parts.extend(document["components"][kind].as_object().unwrap().keys().map(|name| format!("#/components/{kind}/{name}")));
    }
    assert_eq!(found, parts.iter().map(String::as_str).collect());
}

#[test]
fn the_operations_answer_as_described() {
    let document = document(&House::of(Emulator::builder()).client);
    for (name, status, method, path, body) in operation_calls::calls() {
        // as a golden is called, and as the operation is
        let suffixes = ["-well-known", "-post-custom-domain", "-custom-domain", "-post"];
        let suffix = suffixes.into_iter().find(|suffix| name.ends_with(suffix)).unwrap_or_default();
        let spelled = suffix.trim_start_matches('-').replace("-domain", " domain").replace("-custom", " custom");
        let base = name.strip_suffix(suffix).unwrap_or(name);
        let name = if suffix.is_empty() { name.to_owned() } else { format!("{base} ({spelled})") };
        let mut caller = Caller::of(crate::life::builder());
        let operation = operation(&document, &name);
        let response = operations::call(&mut caller, &name, method, &path, &body);
        match response.header("location") {
            Some(_) => assert!(operation["responses"][status.to_string()]["headers"]["location"].is_object(), "{name}"),
            None => check(&document, operation, status, &response.json()),
        }
        if operation["security"] != json!([]) {
            let stranger = caller.send(&Request::new(method, &path));
            check(&document, operation, stranger.status, &stranger.json());
            caller.house.emulator.control().set_rate_limit("1/h").unwrap();
            caller.house.emulator.control().drain_bucket().unwrap();
            check(&document, operation, 429, &caller.call(method, &path, &body).json());
        }
    }
}

/// The session of the built-in seed, put there anew by a reset.
const BUILT_IN_SESSION: &str = "session-test-fe6c042b-6286-479f-8a4f-b046a6c46509";

/// A call of every control operation that succeeds, in this order.
fn control_calls() -> Vec<(&'static str, &'static str, String, Value)> {
    let (none, stall) = (Value::Null, json!({ "stall": true, "operation": "debug.whoami" }));
    let worker = "project-test-worker";
    vec![
        ("control.index", "GET", String::new(), none.clone()),
        ("control.health", "GET", "health".into(), none.clone()),
        ("control.openapi", "GET", "openapi.json".into(), none.clone()),
        ("control.getState", "GET", "state".into(), none.clone()),
        ("control.putState", "PUT", "state".into(), json!({ "projects": [{}] })),
        ("control.reset", "POST", "reset".into(), none.clone()),
        ("control.getClock", "GET", "clock".into(), none.clone()),
        ("control.putClock", "PUT", "clock".into(), json!({ "frozen": false, "scale": 2 })),
        ("control.advanceClock", "POST", "clock/advance".into(), json!({ "by": "1s" })),
        ("control.getBucket", "GET", "bucket".into(), none.clone()),
        ("control.putBucket", "PUT", "bucket".into(), json!({ "level": 5 })),
        ("control.drainBucket", "POST", "bucket/drain".into(), none.clone()),
        ("control.fillBucket", "POST", "bucket/fill".into(), none.clone()),
        ("control.addFault", "POST", "faults".into(), stall.clone()),
        ("control.getFaults", "GET", "faults".into(), none.clone()),
        ("control.deleteFault", "DELETE", "faults/1".into(), none.clone()),
        ("control.deleteFaults", "DELETE", "faults".into(), none.clone()),
        ("control.getRequests", "GET", "requests?wait=1ms".into(), none.clone()),
        ("control.deleteRequests", "DELETE", "requests".into(), none.clone()),
        ("control.getOutbox", "GET", "outbox?wait=1ms".into(), none.clone()),
        ("control.deleteOutbox", "DELETE", "outbox".into(), none.clone()),
        (
            "control.addProject",
            "POST",
            "projects".into(),
            json!({ "project_id": worker, "users": [{ "external_id": "someone" }] }),
        ),
        ("control.getProjects", "GET", "projects".into(), none.clone()),
        ("control.addUser", "POST", format!("users?project_id={worker}"), json!({ "external_id": "new" })),
        ("control.addSession", "POST", format!("users/new/sessions?project_id={worker}"), json!({})),
        ("control.makeImpersonationToken", "POST", format!("users/new/impersonation_tokens?project_id={worker}"), json!({})),
        ("control.getUsers", "GET", "users?q=new&limit=1".into(), none.clone()),
        ("control.getUser", "GET", format!("users/new?project_id={worker}"), none.clone()),
        ("control.getSessions", "GET", "sessions?active=true&limit=1".into(), none.clone()),
        ("control.expireSession", "POST", format!("sessions/{BUILT_IN_SESSION}/expire"), none.clone()),
        ("control.revokeSession", "POST", format!("sessions/{BUILT_IN_SESSION}/revoke"), none.clone()),
        ("control.deleteUser", "DELETE", format!("users/new?project_id={worker}"), none.clone()),
        ("control.saveSnapshot", "PUT", format!("snapshots/s?project_id={worker}"), none.clone()),
        ("control.getSnapshots", "GET", "snapshots".into(), none.clone()),
        ("control.restoreSnapshot", "POST", format!("snapshots/s?project_id={worker}"), none.clone()),
        ("control.dropSnapshot", "DELETE", format!("snapshots/s?project_id={worker}"), none.clone()),
        ("control.deleteProject", "DELETE", format!("projects/{worker}"), none),
    ]
}

#[test]
fn the_control_plane_answers_as_described() {
    let house = House::of(Emulator::builder().clock(NOW));
    let document = document(&house.client);
    // what the stream tells is held to the lists beside it
    let mut called = BTreeSet::from(["control.ca", "control.events"]);
    for (name, method, path, body) in control_calls() {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let request = Request::new(method, format!("/__mock/{path}")).body(text);
        let response = house.client.steer(&request);
        assert!(response.status < 300, "{name}: {}", response.text());
        check(&document, operation(&document, name), response.status, &response.json());
        let foreign = house.client.steer(&request.header("origin", "https://evil.example"));
        check(&document, operation(&document, name), foreign.status, &foreign.json());
        called.insert(name);
    }
    let no_authority = house.client.steer(&Request::get("/__mock/ca.pem"));
    check(&document, operation(&document, "control.ca"), no_authority.status, &no_authority.json());
    let described = described(&document).into_iter().filter(|(path, ..)| path.starts_with("/__mock"));
    assert_eq!(called, described.map(|(_, _, operation)| operation["operationId"].as_str().unwrap()).collect());
}

#[test]
fn a_record_and_its_kin_have_the_keys_that_are_described() {
    let house = House::of(Emulator::builder().clock(NOW).journal_bodies(true));
    let document = document(&house.client);
    house.sessions("nobody");
    house.client.steered("PUT", "/__mock/snapshots/s", "");
    for (path, pointer, schema) in [
        ("requests", "/requests/0", "/components/schemas/Request"),
        ("projects", "/projects/0", "/components/schemas/Credentials"),
        ("snapshots", "/snapshots/0", "/components/schemas/Snapshot"),
    ] {
        let body = house.client.steered("GET", &format!("/__mock/{path}"), "");
        let (_, known) = keys(&document, document.pointer(schema).unwrap());
        assert_eq!(body.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>(), known, "{path}");
    }
}
