//! HTTP at its edges: bodies where none belong, heads that are too large, connections that live on, and requests that
//! are none.

use crate::client::Request;
use crate::fixture::{House, USER};
use stytch_mock::Emulator;

fn house() -> House {
    House::of(Emulator::builder())
}

#[test]
fn a_body_on_a_get_is_ignored() {
    let house = house();
    let get = || house.ask(&format!("user_id={USER}"));
    for body in ["{}", "", "not json", "\0\0\0", "{\"user_id\": \"x\"}"] {
        for content_type in ["application/json", "text/plain", "x", ""] {
            let request = get().header("content-type", content_type).body(body);
            assert_eq!(house.client.send(&request).outcome(), "200", "{content_type}: {body:?}");
        }
    }
    let large = get().body(vec![b'x'; 4 << 20]);
    assert_eq!(house.client.send(&large).outcome(), "200", "4 MiB");
    let mut connection = house.client.connect();
    for _ in 0..3 {
        assert_eq!(connection.send(&get().header("content-type", "application/json").body("{}")).outcome(), "200");
    }
}

#[test]
fn a_get_is_answered_before_its_body_comes() {
    let house = house();
    let get = || house.ask(&format!("user_id={USER}"));
    for announced in [get().header("content-length", "1000000"), get().header("transfer-encoding", "chunked")] {
        let mut connection = house.client.connect();
        connection.write(&announced.bytes());
        assert_eq!(connection.read(false).outcome(), "200");
    }
    let mut connection = house.client.connect();
    connection.write(&get().header("transfer-encoding", "chunked").bytes());
    connection.write(b"zz\r\nthis is no chunk\r\n");
    assert_eq!(connection.read(false).outcome(), "200", "whatever it holds");
    let expecting = get().header("expect", "100-continue").header("content-length", "2");
    let mut connection = house.client.connect();
    connection.write(&expecting.bytes());
    assert_eq!(connection.read(false).outcome(), "200", "nobody wants the body");
}

#[test]
fn a_large_body_elsewhere_is_refused_in_json() {
    let house = house();
    for (method, path, expected) in [("POST", "/v1/sessions", "405 method_not_allowed"), ("PUT", "/v1/x", "404 route_not_found")]
    {
        let request = Request::new(method, path).body(vec![b'x'; 4 << 20]);
        assert_eq!(house.client.send(&request).outcome(), expected);
    }
}

#[test]
fn oversized_headers_are_refused_in_json() {
    let house = house();
    let with = |count: usize, length: usize| {
        let request = house.ask(&format!("user_id={USER}"));
        (0..count).fold(request, |request, index| request.header(&format!("x-{index}"), vec![b'a'; length]))
    };
    for (count, length, expected) in [
        (1, 60_000, "200"),
        (90, 10, "200"),
        (1, 66_000, "400 bad_request"),
        (90, 800, "400 bad_request"),
        (8, 50_000, "400 bad_request"),
    ] {
        let response = house.client.send(&with(count, length));
        assert_eq!(response.outcome(), expected, "{count} headers of {length} bytes");
    }
    let long_query = house.ask(&format!("user_id={}", "a".repeat(60_000)));
    assert_eq!(house.client.send(&long_query).outcome(), "400 invalid_user_id");
}

#[test]
fn requests_follow_each_other_on_one_connection() {
    let house = house();
    let get = house.ask(&format!("user_id={USER}"));
    let mut connection = house.client.connect();
    for request in [&get, &Request::get("/nowhere"), &get, &Request::get("/v1/sessions"), &get] {
        connection.send(request);
    }
    // all at once
    let mut connection = house.client.connect();
    connection.write(&[get.bytes(), Request::get("/nowhere").bytes(), get.bytes()].concat());
    let outcomes: Vec<String> = (0..3).map(|_| connection.read(false).outcome()).collect();
    assert_eq!(outcomes, ["200", "404 route_not_found", "200"]);
    // byte by byte
    let mut connection = house.client.connect();
    get.bytes().iter().for_each(|byte| connection.write(&[*byte]));
    assert_eq!(connection.read(false).outcome(), "200");
    let closing = house.client.send(&get.header("connection", "close"));
    assert_eq!(closing.header("connection"), Some("close"));
}

#[test]
fn what_is_no_request_is_closed_with_a_bare_4xx() {
    let house = house();
    let long_uri = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(70_000));
    let many_headers = format!("GET /v1/sessions HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(101));
    for (bytes, status) in [
        ("hello\r\n\r\n", "400"),
        ("GET / HTTP/9.9\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\ncontent-length: x\r\n\r\n", "400"),
        ("\x16\x03\x01\x02\x00\x01", "400"),
        ("GET /v1/sessions?user_id=<a> HTTP/1.1\r\n\r\n", "400"),
        ("GET /v1/sessions?user_id=a b HTTP/1.1\r\n\r\n", "400"),
        (long_uri.as_str(), "414"),
        (many_headers.as_str(), "431"),
    ] {
        let mut connection = house.client.connect();
        connection.write(bytes.as_bytes());
        connection.finish();
        let answer = String::from_utf8(connection.read_to_end()).unwrap();
        let shown = &bytes[..bytes.len().min(40)];
        assert!(answer.is_empty() || answer.starts_with(&format!("HTTP/1.1 {status} ")), "{shown:?}: {answer:?}");
        assert!(answer.is_empty() || answer.ends_with("\r\n\r\n"), "no text of the library: {answer:?}");
    }
    assert_eq!(house.sessions(USER).outcome(), "200", "and the emulator lives on");
}
