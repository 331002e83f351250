//! A client that writes literal bytes and reads literal bytes. Strict by default: whatever the emulated API answers
//! is held to the contract's rules for every response, so that no test has to remember them.

use std::collections::HashSet;
use std::fmt;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use uuid::Uuid;

/// The headers that a response of the emulated API may have.
const ALLOWED_HEADERS: &[&str] = &[
    "content-type",
    "content-length",
    "date",
    "connection",
    "retry-after",
    "www-authenticate",
    "allow",
    "cache-control",
    "location",
    "referrer-policy",
    "x-stytch-mock-reason",
    // where pages may come, even if none does: whom it is for is said to pages alone, see `pages`
    "vary",
    "access-control-allow-credentials",
];

/// The keys of an error, in the one order there is.
const ERROR_KEYS: [&str; 5] = ["status_code", "request_id", "error_type", "error_message", "error_url"];

/// Those of an error of OAuth.
const OAUTH_ERROR_KEYS: [&str; 5] = ["status_code", "request_id", "error", "error_description", "error_uri"];

/// A test that waits longer than this is stuck.
pub const STUCK: Duration = Duration::from_secs(20);

/// A request as it goes over the wire.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub target: Vec<u8>,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Request {
    pub fn new(method: &str, target: impl AsRef<[u8]>) -> Self {
        let host = ("host".to_owned(), b"emulator.test".to_vec());
        Self { method: method.to_owned(), target: target.as_ref().to_vec(), headers: vec![host], body: Vec::new() }
    }

    pub fn get(target: impl AsRef<[u8]>) -> Self {
        Self::new("GET", target)
    }

    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    pub fn host(self, value: &str) -> Self {
        self.without("host").header("host", value)
    }

    /// Without a header.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub fn basic(self, id: &str, secret: &str) -> Self {
        self.header("authorization", basic(id, secret))
    }

    /// With a body and its length.
    pub fn body(mut self, body: impl AsRef<[u8]>) -> Self {
        self.body = body.as_ref().to_vec();
        let length = self.body.len().to_string();
        self.header("content-length", length)
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = [self.method.as_bytes(), b" ", &self.target, b" HTTP/1.1\r\n"].concat();
        for (name, value) in &self.headers {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&self.body);
        bytes
    }
}

/// The value of an `authorization` header.
pub fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// A response as it came over the wire.
#[derive(Clone)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Whether the request was a `HEAD`, so that there is no body whatever the headers say.
    is_head: bool,
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} {}", self.status, self.headers, String::from_utf8_lossy(&self.body))
    }
}

impl Response {
    /// One that came over another client.
    pub fn of(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Self {
        Self { status, headers, body, is_head: false }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body is UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.text()))
    }

    pub fn request_id(&self) -> String {
        self.json()["request_id"].as_str().unwrap_or_default().to_owned()
    }

    /// The body with its `request_id` replaced by a fixed one.
    pub fn with_request_id(&self, request_id: &str) -> String {
        self.text().replacen(&self.request_id(), request_id, 1)
    }

    /// `200`, or the status and the `error_type`, or OAuth's `error`.
    pub fn outcome(&self) -> String {
        let body = self.json();
        match body["error_type"].as_str().or(body["error"].as_str()) {
            Some(error_type) => format!("{} {error_type}", self.status),
            None => self.status.to_string(),
        }
    }

    /// The ids of the sessions in it.
    pub fn session_ids(&self) -> Vec<String> {
        let body = self.json();
        let sessions = body["sessions"].as_array().unwrap_or_else(|| panic!("no sessions in {body}"));
        sessions.iter().map(|session| session["session_id"].as_str().expect("a session has an id").to_owned()).collect()
    }
}

/// A client of one emulator.
#[derive(Debug, Clone)]
pub struct Client {
    pub address: SocketAddr,
    /// `None` where the ids are meant to repeat.
    request_ids: Option<Arc<Mutex<HashSet<String>>>>,
    /// Whether refusals say why in a header.
    is_explained: bool,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        Self { address, request_ids: Some(Arc::default()), is_explained: true }
    }

    /// A client that does not mind a `request_id` that it has seen.
    pub fn of_repeating_ids(address: SocketAddr) -> Self {
        Self { address, request_ids: None, is_explained: true }
    }

    /// A client of an emulator that does not say why it refuses.
    pub fn of_unexplained(address: SocketAddr) -> Self {
        Self { is_explained: false, ..Self::new(address) }
    }

    pub fn connect(&self) -> Connection {
        let stream = TcpStream::connect(self.address).expect("the emulator accepts connections");
        stream.set_read_timeout(Some(STUCK)).unwrap();
        stream.set_write_timeout(Some(STUCK)).unwrap();
        stream.set_nodelay(true).unwrap();
        Connection { client: self.clone(), stream: BufReader::new(stream) }
    }

    /// Sends a request to the emulated API on a connection of its own.
    pub fn send(&self, request: &Request) -> Response {
        self.connect().send(request)
    }

    /// Sends a request to the control plane; the answer is JSON, and an error is `{"error": …}`.
    pub fn steer(&self, request: &Request) -> Response {
        let mut connection = self.connect();
        connection.write(&request.bytes());
        let response = connection.read_response(request.method == "HEAD");
        assert_eq!(response.header("content-type"), Some("application/json"), "{response:?}");
        let body = response.json();
        assert!(response.status < 400 || body["error"].is_string(), "{} {body}", response.status);
        response
    }

    /// Sends a request to the control plane that has to succeed; gives the body.
    pub fn steered(&self, method: &str, path: &str, body: impl AsRef<[u8]>) -> Value {
        let response = self.steer(&Request::new(method, path).body(body));
        assert!(response.status < 300, "{method} {path}: {}", response.text());
        response.json()
    }

    /// Holds a response to the rules for all of them.
    pub fn check(&self, response: &Response) {
        let names: HashSet<&str> = response.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), response.headers.len(), "a header stands twice: {response:?}");
        for name in names {
            assert!(ALLOWED_HEADERS.contains(&name), "the header {name} is not allowed: {response:?}");
        }
        assert_eq!(response.header("location").is_some(), response.status == 302, "{response:?}");
        if response.status == 302 {
            assert_eq!((response.text(), response.header("cache-control")), ("", Some("no-store")), "{response:?}");
            return;
        }
        assert_eq!(response.header("content-type"), Some("application/json"), "{response:?}");
        assert!(response.header("date").is_some_and(|date| date.ends_with(" GMT")), "{response:?}");
        assert!(response.header("allow").is_none() || response.status == 405, "{response:?}");
        assert_eq!(response.header("www-authenticate").is_some(), response.status == 401, "{response:?}");
        let is_explained = self.is_explained && response.status >= 400;
        assert_eq!(response.header("x-stytch-mock-reason").is_some(), is_explained, "{response:?}");
        if response.is_head {
            return;
        }
        let body = response.json();
        assert_eq!(body["status_code"].as_u64(), Some(u64::from(response.status)), "{body}");
        let id = response.request_id();
        let uuid = id.strip_prefix("request-id-test-").or_else(|| id.strip_prefix("request-id-live-"));
        let uuid = uuid.unwrap_or_else(|| panic!("the form of request_id {id:?}"));
        assert!(Uuid::try_parse(uuid).is_ok_and(|parsed| parsed.get_version_num() == 4 && parsed.to_string() == uuid), "{id}");
        if let Some(request_ids) = &self.request_ids {
            assert!(request_ids.lock().unwrap().insert(id.clone()), "request_id {id} was there before");
        }
        if response.status >= 400 {
            assert_eq!(response.text(), five_keys(&body), "an error has exactly the five keys, minified, in order");
        }
    }
}

/// An error body as it has to be written.
fn five_keys(body: &Value) -> String {
    let keys = if body["error"].is_string() { OAUTH_ERROR_KEYS } else { ERROR_KEYS };
    let members = keys.map(|key| format!("\"{key}\":{}", body[key]));
    format!("{{{}}}", members.join(","))
}

/// One connection, kept alive as long as both sides want.
#[derive(Debug)]
pub struct Connection {
    client: Client,
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub fn send(&mut self, request: &Request) -> Response {
        self.write(&request.bytes());
        self.read(request.method == "HEAD")
    }

    /// Writes literal bytes. That the other side has closed shows when it is read from.
    pub fn write(&mut self, bytes: &[u8]) {
        let _ = self.stream.get_mut().write_all(bytes);
    }

    /// Says that nothing more will be written.
    pub fn finish(&mut self) {
        let _ = self.stream.get_mut().shutdown(Shutdown::Write);
    }

    /// Reads a response of the emulated API and checks it.
    pub fn read(&mut self, is_head: bool) -> Response {
        let response = self.read_response(is_head);
        self.client.check(&response);
        response
    }

    /// Whether nothing comes for a while.
    pub fn is_silent_for(&mut self, while_: Duration) -> bool {
        self.stream.get_ref().set_read_timeout(Some(while_)).unwrap();
        let silent =
            self.stream.fill_buf().is_err_and(|error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut));
        self.stream.get_ref().set_read_timeout(Some(STUCK)).unwrap();
        silent
    }

    /// The lines of a chunk of a stream.
    pub fn read_chunk(&mut self) -> String {
        let length = usize::from_str_radix(&self.read_line(), 16).expect("the length of a chunk");
        let mut chunk = vec![0; length + 2];
        self.stream.read_exact(&mut chunk).expect("a chunk as long as announced");
        chunk.truncate(length);
        String::from_utf8(chunk).expect("a chunk is UTF-8")
    }

    /// Everything that comes until the other side closes.
    pub fn read_to_end(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = self.stream.read_to_end(&mut bytes);
        bytes
    }

    fn read_line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("a line of the response's head");
        line.strip_suffix("\r\n").unwrap_or_else(|| panic!("a line ends in CRLF: {line:?}")).to_owned()
    }

    /// Reads a response; of its head every byte is accounted for.
    pub fn read_response(&mut self, is_head: bool) -> Response {
        let status_line = self.read_line();
        let rest = status_line.strip_prefix("HTTP/1.1 ").unwrap_or_else(|| panic!("{status_line:?}"));
        let status = rest.split(' ').next().and_then(|status| status.parse().ok()).expect("a status");
        let mut headers = Vec::new();
        loop {
            let line = self.read_line();
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("{line:?}"));
            headers.push((name.to_owned(), value.to_owned()));
        }
        let mut response = Response { status, headers, body: Vec::new(), is_head };
        let length = response.header("content-length").and_then(|length| length.parse().ok());
        // a stream is left to whoever wants to read it
        let is_stream = response.header("content-type") == Some("text/event-stream");
        let length: usize = length.or(is_stream.then_some(0)).unwrap_or_else(|| panic!("a length in {response:?}"));
        if !is_head {
            response.body = vec![0; length];
            self.stream.read_exact(&mut response.body).expect("a body as long as announced");
        }
        response
    }
}
