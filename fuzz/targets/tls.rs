//! The first bytes on the port for TLS: as they are, and in a handshake's record.

#![no_main]

use std::net::{SocketAddr, TcpListener};
use std::sync::LazyLock;
use std::thread;

use libfuzzer_sys::fuzz_target;
use stytch_mock_fuzz::pour;

/// Where the program listens, for plain connections and for TLS.
static ADDRESSES: LazyLock<[SocketAddr; 2]> = LazyLock::new(|| {
    let [plain, tls] = [0, 1].map(|_| TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port"));
    let (port, tls_port) = (format!("--port={}", plain.port()), format!("--tls-port={}", tls.port()));
    thread::spawn(move || stytch_mock::command::run_with(["stytch-mock", &port, &tls_port, "--log=off"]));
    while std::net::TcpStream::connect(plain).is_err() {
        thread::yield_now();
    }
    [plain, tls]
});

fuzz_target!(|input: (bool, &[u8])| {
    let (is_record, bytes) = input;
    let [plain, tls] = *ADDRESSES;
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes();
    let record = [&[0x16, 3, 1], &length[..], bytes].concat();
    let answer = pour(tls, if is_record { &record } else { bytes }, true);
    // an alert, a handshake, or nothing
    assert!(answer.is_empty() || [0x14, 0x15, 0x16].contains(&answer[0]), "{answer:?}");
    let health = pour(plain, b"GET /__mock/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n", false);
    assert!(health.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&health));
});
