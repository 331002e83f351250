//! What the targets share: an emulator in this process, a line to it, and what holds for every answer.
//!
//! Whatever panics ends the run, even where the emulator would have answered 500: libFuzzer's hook sees to that.

pub mod operations;

use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use stytch_mock::Emulator;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

/// An answer that takes longer is a finding.
const STUCK: Duration = Duration::from_secs(20);

/// After so many requests the world begins anew, so that it does not grow without end.
const RESET_AFTER: u32 = 1_000;

/// The seed that the targets live by: the test suite's, with people of every kind.
pub const SEED: &str = include_str!("../../tests/seeds/life.json");

/// The emulator lives in the thread of its client, which waits for nobody else then.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_current_thread().enable_all().build().expect("a runtime"));

/// Starts an emulator whose ids repeat.
pub fn emulator(seed: &str) -> Emulator {
    let builder = Emulator::builder().seed_json(seed).clock("2021-08-09T08:00:00Z").id_seed(7).rate_limit("off");
    RUNTIME.block_on(builder.start()).expect("the seed is fine")
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// An emulator and a connection to it that is kept as long as both sides want.
pub struct Line {
    pub emulator: Emulator,
    stream: Option<TcpStream>,
    sent: u32,
}

impl Line {
    pub fn open() -> Self {
        Self { emulator: emulator(SEED), stream: None, sent: 0 }
    }

    /// The value of `authorization` that the first project's backend sends.
    pub fn basic(&self) -> String {
        format!("Basic {}", STANDARD.encode(format!("{}:{}", self.emulator.project_id(), self.emulator.secret())))
    }

    /// Sends a request that is whole, and holds the answer to what has to be true of all of them.
    pub fn send(&mut self, method: &str, target: &str, headers: &[(&str, &[u8])], body: &[u8]) -> Answer {
        let mut request =
            format!("{method} {target} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n", body.len()).into_bytes();
        for (name, value) in headers {
            request.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        request.extend(b"\r\n");
        request.extend(body);
        self.sent += 1;
        if self.sent.is_multiple_of(RESET_AFTER) {
            self.emulator.control().reset().expect("the boot seed is fine");
        }
        let kept = self.stream.take();
        let address = self.emulator.address();
        let (stream, answer) = RUNTIME.block_on(async {
            if let Some(mut stream) = kept
                && let Some(answer) = exchange(&mut stream, &request).await
            {
                return (stream, answer);
            }
            // there was none, or the other side had closed it in the meantime
            let mut stream = connect(address).await;
            let answer = exchange(&mut stream, &request).await;
            (stream, answer.unwrap_or_else(|| panic!("no answer to {:?}", String::from_utf8_lossy(&request))))
        });
        if !answer.head.contains("connection: close") {
            self.stream = Some(stream);
        }
        check(&answer, &request);
        answer
    }
}

async fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).await.expect("the emulator accepts connections");
    stream.set_nodelay(true).expect("no delay");
    stream
}

/// Reads some more; `None` if that is the end.
async fn read(stream: &mut TcpStream, bytes: &mut Vec<u8>, sent: &[u8]) -> Option<()> {
    match timeout(STUCK, stream.read_buf(bytes)).await {
        Ok(read) => read.ok().filter(|read| *read > 0).map(drop),
        Err(_) => panic!("stuck over {:?}", String::from_utf8_lossy(sent)),
    }
}

/// `None` if the connection ended without a byte.
async fn exchange(stream: &mut TcpStream, request: &[u8]) -> Option<Answer> {
    stream.write_all(request).await.ok()?;
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).expect("a head is text");
            let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let whole = end + 4 + length.map_or(0, |length| length.parse::<usize>().expect("a length"));
            while bytes.len() < whole {
                read(stream, &mut bytes, request).await.expect("a body is as long as announced");
            }
            return Some(Answer { status, head, body: bytes[end + 4..whole].to_vec() });
        }
        read(stream, &mut bytes, request).await?;
    }
}

/// No bug, and JSON that says so itself.
fn check(answer: &Answer, request: &[u8]) {
    let shown = || format!("{answer:?} to {:?}", String::from_utf8_lossy(request));
    assert_ne!(answer.status, 500, "{}", shown());
    if answer.head.contains("content-type: application/json") && !request.starts_with(b"HEAD ") {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", shown()));
        let said = body["status_code"].as_u64();
        assert!(said.is_none_or(|said| said == u64::from(answer.status)), "{}", shown());
        assert!(answer.status < 400 || body["error_type"].is_string() || body["error"].is_string(), "{}", shown());
    }
}

/// Writes bytes to a connection of their own, says that there are no more if that `ends` it, and reads until the other
/// side closes.
pub fn pour(address: SocketAddr, bytes: &[u8], ends: bool) -> Vec<u8> {
    RUNTIME.block_on(async {
        let mut stream = connect(address).await;
        // who is refused may be refused before the end
        let _ = timeout(STUCK, stream.write_all(bytes)).await;
        if ends {
            let _ = stream.shutdown().await;
        }
        let mut answers = Vec::new();
        while read(&mut stream, &mut answers, bytes).await.is_some() {}
        answers
    })
}

/// Of bytes those that may stand in the target of a request.
pub fn target(bytes: &[u8]) -> String {
    bytes.iter().filter(|byte| byte.is_ascii_graphic() && !b"#\"<>\\^`{}".contains(byte)).map(|byte| char::from(*byte)).collect()
}

/// Of bytes those that may stand in the value of a header.
pub fn header(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| *byte == b'\t' || (*byte >= b' ' && *byte != 0x7f)).collect()
}
