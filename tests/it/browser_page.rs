//! The emulator's own page as it is served: who gets it, what it may do, and that the binary has what stands in
//! `src/control/page`. `UPDATE_PAGE=1 cargo test --test it browser_page` packs it anew. What the page does is tested in a
//! browser, by `tests/page/run`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;
use stytch_mock::Emulator;

use crate::client::{Request, Response};
use crate::fixture::House;

/// The most bytes that the page may take in the binary.
const MOST_PACKED_BYTES: usize = 80 * 1024;

/// What a browser says that it accepts.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/control/page"))
}

/// The names of its sources.
fn sources() -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    files.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

fn get(house: &House, request: &Request) -> Response {
    let mut connection = house.client.connect();
    connection.write(&request.bytes());
    connection.read_response(false)
}

#[test]
fn what_is_packed_is_what_stands_in_the_sources() {
    let packed = folder().join("packed");
    let mut total = 0;
    for name in sources() {
        let source = std::fs::read(folder().join(&name)).unwrap();
        let path = packed.join(format!("{name}.zz"));
        let unpacked = std::fs::read(&path).ok().and_then(|bytes| miniz_oxide::inflate::decompress_to_vec_zlib(&bytes).ok());
        if unpacked.as_ref() != Some(&source) && std::env::var_os("UPDATE_PAGE").is_some() {
            std::fs::write(&path, miniz_oxide::deflate::compress_to_vec_zlib(&source, 10)).unwrap();
        } else {
            assert!(unpacked == Some(source), "{name} is not packed as it is; UPDATE_PAGE=1 packs it anew");
        }
        total += std::fs::metadata(path).unwrap().len();
    }
    assert!(total <= MOST_PACKED_BYTES as u64, "the page takes {total} bytes");
    assert_eq!(std::fs::read_dir(packed).unwrap().count(), sources().len(), "nothing is packed that has no source");
}

#[test]
fn every_source_is_served_packed_or_not() {
    let house = House::of(Emulator::builder());
    for name in sources() {
        let (path, accept) = match name.as_str() {
            "index.html" => ("/__mock/".to_owned(), BROWSER),
            _ => (format!("/__mock/page/{name}"), "*/*"),
        };
        let source = std::fs::read(folder().join(&name)).unwrap();
        let request = || Request::get(&path).header("accept", accept);
        let plain = get(&house, &request());
        assert_eq!((plain.status, plain.header("content-encoding")), (200, None), "{name}");
        assert!(plain.body == source, "{name}");
        let packed = get(&house, &request().header("accept-encoding", "gzip, deflate, br"));
        assert_eq!((packed.status, packed.header("content-encoding")), (200, Some("deflate")), "{name}");
        assert!(miniz_oxide::inflate::decompress_to_vec_zlib(&packed.body).unwrap() == source, "{name}");
        for response in [plain, packed] {
            let kind = response.header("content-type").unwrap();
            let ending = name.rsplit('.').next().unwrap().replace("js", "javascript");
            assert!(kind.contains(&ending), "{name}: {kind}");
            assert_eq!(response.header("x-content-type-options"), Some("nosniff"), "{name}");
            assert_eq!(response.header("cache-control"), Some("no-store"), "{name}");
            assert_eq!(response.header("referrer-policy"), Some("no-referrer"), "{name}");
            let policy = response.header("content-security-policy").unwrap();
            for rule in ["default-src 'none'", "connect-src 'self'", "script-src 'self'", "frame-ancestors 'none'"] {
                assert!(policy.contains(rule), "{name}: {policy}");
            }
            assert!(!policy.contains("unsafe") && !policy.contains("http"), "{name}: {policy}");
        }
    }
    assert_eq!(house.client.steer(&Request::get("/__mock/page/nothing.js")).status, 404);
    assert_eq!(house.client.steer(&Request::get("/__mock/page/..%2Fpage.rs")).status, 404);
}

#[test]
fn the_sources_ask_nobody_else_and_make_no_html_of_text() {
    for name in sources() {
        let source = std::fs::read_to_string(folder().join(&name)).unwrap();
        for (number, line) in (1..).zip(source.lines()) {
            let is_elsewhere = line.contains("//") && ["http://", "https://"].iter().any(|scheme| line.contains(scheme));
            assert!(!is_elsewhere || line.contains("http://www.w3.org/2000/svg"), "{name}:{number}: {line}");
            for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "localStorage", "setHTML"] {
                assert!(!line.contains(word), "{name}:{number}: {line}");
            }
        }
        assert!(source.lines().count() <= 400, "{name} is long");
    }
}

#[test]
fn a_browser_gets_the_page_and_others_the_index() {
    let house = House::of(Emulator::builder());
    for path in ["/__mock", "/__mock/", "/__mock/?x=1"] {
        let page = get(&house, &Request::get(path).header("accept", BROWSER));
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        assert!(page.text().starts_with("<!doctype html>"), "{path}");
        assert_eq!(page.header("vary"), Some("accept, accept-encoding"), "{path}");
        for accept in [None, Some("*/*"), Some("application/json"), Some("application/json, text/plain, */*")] {
            let request = Request::get(path);
            let request = accept.map_or(request.clone(), |accept| request.header("accept", accept));
            let index = house.client.steer(&request).json();
            assert_eq!(index["page"], "/__mock/", "{path} {accept:?}");
        }
    }
}

#[test]
fn the_index_names_every_route_in_a_line() {
    let house = House::of(Emulator::builder());
    let index = house.client.steered("GET", "/__mock/", "");
    let document = house.client.steered("GET", "/__mock/openapi.json", "");
    let line = |method: &str, path: &str, summary: &Value| format!("{method} {path} {summary}");
    let listed: BTreeSet<String> = index["routes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|route| line(route["method"].as_str().unwrap(), route["path"].as_str().unwrap(), &route["summary"]))
        .collect();
    let paths = document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with("/__mock"));
    let described = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(move |(method, operation)| line(&method.to_uppercase(), path, &operation["summary"]))
    });
    assert_eq!(listed, described.collect());
    assert_eq!(index["openapi"], "/__mock/openapi.json");
}
