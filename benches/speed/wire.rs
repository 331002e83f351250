//! What goes over the wire: the request that an official SDK makes, and a connection that repeats it.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::Fallible;

/// The project of the built-in seed, its secret, and its user with one session.
pub const PROJECT_ID: &str = "project-test-11111111-1111-4111-8111-111111111111";
pub const SECRET: &str = "secret-test-stytch-mock-local-emulator";
pub const USER_ID: &str = "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6";

/// The id of the `number`th user of a seed that a benchmark made.
pub fn user_id(number: usize) -> String {
    format!("user-test-00000000-0000-4000-8000-{number:012x}")
}

/// `sessions.get` with the headers that SDKs send.
pub fn request(user_id: &str) -> Vec<u8> {
    let credentials = STANDARD.encode(format!("{PROJECT_ID}:{SECRET}"));
    format!(
        "GET /v1/sessions?user_id={user_id} HTTP/1.1\r\n\
         host: 127.0.0.1:7898\r\n\
         authorization: Basic {credentials}\r\n\
         user-agent: Stytch Node v12.4.0\r\n\
         content-type: application/json\r\n\
         accept: */*\r\n\
         accept-encoding: gzip, deflate\r\n\r\n"
    )
    .into_bytes()
}

/// A connection that is kept alive. Every answer of one server has the same length, which is learnt from the first.
pub struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Connection {
    /// Connects and asks once.
    pub fn open(address: SocketAddr, request: &[u8]) -> Fallible<Self> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.write_all(request)?;
        let answer = read_answer(&mut stream)?;
        let connection = Self { stream, answer };
        connection.check()?;
        Ok(connection)
    }

    /// Sends a request.
    pub fn ask(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request)
    }

    /// Receives the answer to the oldest request that has none.
    pub fn hear(&mut self) -> Fallible<()> {
        self.stream.read_exact(&mut self.answer)?;
        self.check()
    }

    fn check(&self) -> Fallible<()> {
        if self.answer.starts_with(b"HTTP/1.1 200 ") { Ok(()) } else { Err(String::from_utf8_lossy(&self.answer).into()) }
    }

    /// How long its answers are, heads included.
    pub fn length(&self) -> usize {
        self.answer.len()
    }

    /// The body of the last answer.
    pub fn body(&self) -> &str {
        let text = std::str::from_utf8(&self.answer).unwrap_or_default();
        text.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default()
    }
}

/// Reads one answer of unknown length.
fn read_answer(stream: &mut TcpStream) -> Fallible<Vec<u8>> {
    let mut answer = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let read = stream.read(&mut chunk)?;
        answer.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).ok_or("no content-length")?;
            if body.len() >= length.parse()? {
                return Ok(answer);
            }
        }
        if read == 0 {
            return Err("the server closed the connection".into());
        }
    }
}
