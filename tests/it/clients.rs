//! The clients of the packages know every control route.

use std::fs;
use std::path::Path;

use stytch_mock::Emulator;

use crate::fixture::House;

/// Each language's generated clients.
const CLIENTS: [&str; 5] = [
    "packages/npm/stytch-mock/src/control.generated.ts",
    "packages/python/src/stytch_mock/_control.py",
    "packages/python/src/stytch_mock/_async_control.py",
    "packages/go/control.go",
    "packages/java/src/main/java/stytchmock",
];

/// The text of a file, or of all in a folder.
fn read(path: &Path) -> String {
    if !path.is_dir() {
        return fs::read_to_string(path).unwrap();
    }
    let files = fs::read_dir(path).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    files.collect::<Vec<_>>().join("\n")
}

/// Whether a client calls a route: its method and the beginning of its path, as the client's language writes a text. What
/// takes no call, such as a stream, stands there as a URL.
fn calls(client: &str, method: &str, path: &str) -> bool {
    let (start, rest) = path.split_once('{').map_or((path, None), |(start, rest)| (start, Some(rest)));
    let end = rest.and_then(|rest| rest.split_once('}')).map_or("", |(_, end)| end.split('{').next().unwrap_or_default());
    let called = ["\"", "f\"", "`"].map(|open| {
        let close = if rest.is_none() { "\"" } else { "" };
        format!("\"{method}\", {open}{start}{close}")
    });
    let url = format!("url(\"{start}\"");
    let is_there = |line: &str| called.iter().chain([&url]).any(|text| line.contains(text));
    client.lines().any(|line| is_there(line) && line.contains(end))
}

#[test]
fn every_control_route_is_in_the_clients_of_every_language() {
    let house = House::of(Emulator::builder());
    let document = house.client.steered("GET", "/__mock/openapi.json", "");
    let paths = document["paths"].as_object().unwrap().iter();
    let routes: Vec<(String, &str)> = paths
        .filter_map(|(path, methods)| Some((path.strip_prefix("/__mock")?, methods)))
        .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(move |method| (method.to_uppercase(), path)))
        .collect();
    assert!(routes.len() >= 29, "{routes:?}");
    let mut missing = Vec::new();
    for client in CLIENTS {
        let text = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(client));
        missing.extend(
            routes
                .iter()
                .filter(|(method, path)| !calls(&text, method, path))
                .map(|(method, path)| format!("{client}: {method} {path}")),
        );
    }
    assert!(missing.is_empty(), "run packages/generate, and commit what it writes:\n{}", missing.join("\n"));
}

#[test]
fn a_missing_route_would_be_noticed() {
    let client = "transport.json(\"GET\", \"/clock\", ...)\ntransport.json(\"POST\", f\"/users/{quoted(id)}/sessions\")";
    assert!(calls(client, "GET", "/clock") && calls(client, "POST", "/users/{id}/sessions"));
    for (method, path) in
        [("PUT", "/clock"), ("GET", "/clo"), ("GET", "/clock/advance"), ("POST", "/users"), ("POST", "/users/{id}/keys")]
    {
        assert!(!calls(client, method, path), "{method} {path}");
    }
}
