//! Connections that are not what they should be: at the wrong door, without trust, silent, half done, or many.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::{ClientConfig, ClientConnection, RootCertStore};
use rustls_pki_types::ServerName;
use serde_json::json;

use crate::client::{Request, STUCK};
use crate::fixture::{PROJECT, SECRET, USER, block_on, sessions_request};
use crate::program::Running;
use crate::secure::{Line, Secured, TARGET, handshake};

fn open(address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(STUCK)).unwrap();
    stream.write_all(bytes).unwrap();
    stream
}

/// Everything that comes until the other side closes, which it has to do without a reset.
fn read_to_clean_end(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap_or_else(|error| panic!("a clean close: {error}"));
    bytes
}

/// The first flight of a handshake.
fn client_hello(config: Arc<ClientConfig>) -> Vec<u8> {
    let mut connection = ClientConnection::new(config, ServerName::try_from("localhost").unwrap()).unwrap();
    let mut bytes = Vec::new();
    connection.write_tls(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_client_at_the_wrong_door_is_closed_and_logged_and_others_go_on() {
    let secured = Secured::start(&[]);
    let mut beside = [secured.connect("h2"), secured.connect("http/1.1")];
    let plain = Request::get(TARGET.as_str());
    let large = plain.clone().body(vec![b'x'; 200_000]);
    for request in [plain, Request::new("POST", "/v1/users").body("{}"), large] {
        assert!(read_to_clean_end(open(secured.address, &request.bytes())).is_empty());
        secured.log.next("a client spoke plain HTTP to the port for TLS: use https:// there, or the plain port");
    }
    let hello = client_hello(secured.trust(&["h2"]));
    for bytes in [&hello[..], &hello[..20], &hello[..1]] {
        assert!(read_to_clean_end(open(secured.running.address, bytes)).is_empty());
        secured.log.next("a client spoke TLS to the plain port: use http:// there, or start with --tls-port");
    }
    for garbage in [&b"\x16\x03\x01\x00\x05hello"[..], b"\x16\xff\xff\xff\xff\xff\xff", b"\x16\x03\x01\x00\x00"] {
        open(secured.address, garbage);
        secured.log.next(r#""level":"WARN""#);
    }
    for line in &mut beside {
        assert_eq!(line.get(&TARGET).outcome(), "200");
    }
    assert_eq!(secured.running.client().send(&sessions_request("user_id=").basic(PROJECT, SECRET)).status, 400);
}

#[test]
fn a_client_without_trust_finds_the_remedy_in_the_log() {
    const REMEDY: [&str; 6] =
        ["stytch-mock ca", "--ca-file", "/__mock/ca.pem", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "--tls-name"];
    let secured = Secured::start(&[]);
    let trusting = secured.trust(&[]);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let distrusting = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let distrusting = Arc::new(distrusting.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    // with an alert, as rustls, Python and Go do
    handshake(secured.address, "localhost", distrusting).unwrap_err();
    let mut lines = vec![secured.log.next("a client does not trust the certificate")];
    handshake(secured.address, "other.test", trusting.clone()).unwrap_err();
    lines.push(secured.log.next("a client does not trust the certificate"));
    // without a word in the middle of it, as Node and Java do
    drop(open(secured.address, &client_hello(trusting.clone())));
    lines.push(secured.log.next("a client left during the TLS handshake"));
    // and after it
    drop(handshake(secured.address, "localhost", trusting).unwrap());
    lines.push(secured.log.next("a client left after the TLS handshake, without a request"));
    for line in lines {
        assert!(REMEDY.iter().all(|part| line.contains(part)), "{line}");
    }
}

#[test]
fn a_client_that_is_content_is_told_of_no_remedy() {
    let secured = Secured::start(&[]);
    for protocol in ["h2", "http/1.1"] {
        assert_eq!(secured.connect(protocol).get(&TARGET).outcome(), "200");
    }
    drop(open(secured.address, b""));
    secured.running.signal("TERM");
    let log = secured.log.rest();
    assert_eq!(log.matches(r#""message":"request""#).count(), 2, "{log}");
    assert!(!log.contains("certificate") && !log.contains("WARN"), "{log}");
}

#[test]
fn connections_without_a_request_do_not_hold_up_the_end() {
    let secured = Secured::start(&[]);
    let (address, trust) = (secured.address, secured.trust(&["h2"]));
    let hello = client_hello(trust.clone());
    let silent = [&b""[..], &hello[..1], &hello[..50], &hello].map(|bytes| open(address, bytes));
    let half_heads = [open(secured.running.address, b""), open(secured.running.address, b"GET /v1/sess")];
    let done = ["h2", "http/1.1"].map(|protocol| handshake(address, "localhost", secured.trust(&[protocol])).unwrap());
    let mut idle = ["h2", "http/1.1"].map(|protocol| secured.connect(protocol));
    for line in &mut idle {
        assert_eq!(line.get(&TARGET).outcome(), "200");
    }
    let Secured { running, log, .. } = secured;
    running.signal("TERM");
    // well within the time that requests in flight have
    let (status, _) = running.ends_within(Duration::from_millis(1_400));
    assert_eq!(status.code(), Some(0));
    assert!(!log.rest().contains("cut off"));
    drop((silent, half_heads, done));
}

#[test]
fn requests_in_flight_over_http_2_are_answered_at_the_end() {
    let secured = Secured::start(&[]);
    let fault = json!({ "user_id": USER, "delay": "900ms" }).to_string();
    secured.running.client().steered("POST", "/__mock/faults", fault);
    let mut line = secured.connect("h2");
    let answers: Vec<_> = (0..10).map(|_| line.begin(&TARGET)).collect();
    // that this is answered shows that those before it have come
    assert_eq!(line.get("/nowhere").status, 404);
    secured.running.signal("TERM");
    for answer in answers {
        assert_eq!(answer.wait().outcome(), "200");
    }
    let Secured { running, log, .. } = secured;
    assert_eq!(running.ends_within(Duration::from_secs(2)).0.code(), Some(0));
    assert!(!log.rest().contains("cut off"));
}

#[test]
fn requests_that_take_too_long_are_cut_off() {
    let secured = Secured::start(&[]);
    let fault = json!({ "user_id": USER, "delay": "10s" }).to_string();
    secured.running.client().steered("POST", "/__mock/faults", fault);
    let mut line = secured.connect("h2");
    let _answer = line.begin(&TARGET);
    assert_eq!(line.get("/nowhere").status, 404);
    let Secured { running, log, .. } = secured;
    running.signal("TERM");
    assert_eq!(running.ends_within(Duration::from_secs(2)).0.code(), Some(0));
    log.next("a request was cut off");
}

#[test]
fn a_flood_of_handshakes_leaves_every_answer_right() {
    const FLOOD: usize = 300;
    let secured = Secured::start(&[]);
    let (address, config) = (secured.address, secured.trust(&["h2"]));
    let client = secured.running.client();
    let plain = thread::spawn(move || {
        let mut connection = client.connect();
        let request = sessions_request(&format!("user_id={USER}")).basic(PROJECT, SECRET);
        (0..100).all(|_| connection.send(&request).outcome() == "200")
    });
    let streams = block_on(async {
        let connect = |config: Arc<ClientConfig>| async move {
            let stream = tokio::net::TcpStream::connect(address).await?;
            tokio_rustls::TlsConnector::from(config).connect(ServerName::try_from("localhost").unwrap(), stream).await
        };
        let tasks: Vec<_> = (0..FLOOD).map(|_| tokio::spawn(connect(config.clone()))).collect();
        let mut streams = Vec::new();
        for task in tasks {
            streams.push(task.await.unwrap().unwrap());
        }
        streams
    });
    assert!(plain.join().unwrap());
    // all at once are open, and each is served
    for stream in streams {
        assert_eq!(Line::over(stream, secured.running.client()).get(&TARGET).outcome(), "200");
    }
}

#[test]
fn clients_that_stop_in_the_middle_of_a_handshake_are_in_nobodys_way() {
    let secured = Secured::start(&[]);
    let _half: Vec<TcpStream> = (0..64)
        .map(|_| {
            let mut stream = TcpStream::connect(secured.address).unwrap();
            // a record of 512 bytes is announced, and does not come
            stream.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01").unwrap();
            stream
        })
        .collect();
    assert_eq!(secured.connect("h2").get(&TARGET).outcome(), "200");
}

#[test]
fn an_emulator_without_tls_listens_on_one_port_only() {
    let mut running = Running::start(&[]);
    assert!(!running.output_until("# Control plane").contains("TLS"));
}

#[test]
fn the_page_on_https_quotes_the_log() {
    let page = include_str!("../../docs/https.md");
    let source = include_str!("../../src/server/connection.rs");
    let quoted: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("| `a ")?.split('`').next()).collect();
    assert_eq!(quoted.len(), 6, "{quoted:?}");
    for words in quoted {
        assert!(source.contains(&format!("a {words}")), "{words}");
    }
}
