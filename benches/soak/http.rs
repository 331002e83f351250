//! A client that reads whole answers, heads included.

use std::net::SocketAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Fallible;

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    bytes: Vec<u8>,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Fallible<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, bytes: Vec::new() })
    }

    /// Sends a request and waits for the answer: all of its bytes.
    pub async fn ask(&mut self, request: &[u8]) -> Fallible<&[u8]> {
        self.stream.write_all(request).await?;
        self.bytes.clear();
        loop {
            if let Some(end) = self.bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                let head = std::str::from_utf8(&self.bytes[..end])?;
                let length =
                    head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(Ok(0), str::parse::<usize>)?;
                if self.bytes.len() == end + 4 + length {
                    return Ok(&self.bytes);
                }
                if self.bytes.len() > end + 4 + length {
                    return Err("there is more than the answer".into());
                }
            }
            if self.stream.read_buf(&mut self.bytes).await? == 0 {
                return Err("the connection ended before the answer".into());
            }
        }
    }

    /// The status and the body of the answer to a request.
    pub async fn call(&mut self, request: &[u8]) -> Fallible<(u16, Value)> {
        let text = std::str::from_utf8(self.ask(request).await?)?;
        let status = text.split(' ').nth(1).ok_or("no status")?.parse()?;
        let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        Ok((status, serde_json::from_str(body).unwrap_or_default()))
    }
}

/// A request; with credentials, if there are some.
pub fn request(method: &str, path: &str, credentials: Option<(&str, &str)>, body: &str) -> Vec<u8> {
    let authorization =
        credentials.map(|(id, secret)| format!("authorization: Basic {}\r\n", STANDARD.encode(format!("{id}:{secret}"))));
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\n{}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        authorization.unwrap_or_default(),
        body.len()
    )
    .into_bytes()
}

/// Steers, on a connection of its own.
pub async fn steer(address: SocketAddr, method: &str, path: &str, body: &str) -> Fallible<(u16, Value)> {
    Connection::open(address).await?.call(&request(method, &format!("/__mock/{path}"), None, body)).await
}
