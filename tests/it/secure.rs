//! An emulator with TLS, and a client of it that trusts nothing but its authority.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::http;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::client::{Client, Request, Response, basic};
use crate::fixture::{PROJECT, SECRET, USER, block_on, spawn};
use crate::program::{Log, Running};

/// A request that succeeds.
pub static TARGET: LazyLock<String> = LazyLock::new(|| format!("/v1/sessions?user_id={USER}"));

/// A running emulator that has TLS.
pub struct Secured {
    pub running: Running,
    pub log: Log,
    /// What it wrote to standard output.
    pub output: String,
    /// Where it speaks TLS.
    pub address: SocketAddr,
}

impl Secured {
    /// Starts the program on free ports, beside these arguments.
    pub fn start(arguments: &[&str]) -> Self {
        let (mut running, log) = Running::start_logged(&[&["--tls-port", "0", "--log", "json"], arguments].concat());
        let output = running.output_until("# Control plane");
        let line = output.lines().find_map(|line| line.strip_prefix("# TLS: https://"));
        let authority = line.and_then(|line| line.split(' ').next()).unwrap_or_else(|| panic!("no TLS in {output}"));
        let port = authority.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        Self { address: SocketAddr::new(running.address.ip(), port), running, log, output }
    }

    /// The certificate to trust, as the control plane hands it out.
    pub fn ca(&self) -> String {
        let response = self.plain("/__mock/ca.pem");
        assert_eq!(response.header("content-type"), Some("application/x-pem-file"), "{response:?}");
        response.text().to_owned()
    }

    /// What the plain port answers, unchecked.
    pub fn plain(&self, target: &str) -> Response {
        let mut connection = self.running.client().connect();
        connection.write(&Request::get(target).bytes());
        connection.read_response(false)
    }

    /// A client that trusts this emulator and speaks one of these protocols.
    pub fn trust(&self, protocols: &[&str]) -> Arc<ClientConfig> {
        trust(&self.ca(), rustls::ALL_VERSIONS, protocols)
    }

    /// A connection to the vendor's host, with the handshake done.
    pub fn connect(&self, protocol: &str) -> Line {
        let stream = handshake(self.address, "test.stytch.com", self.trust(&[protocol])).unwrap();
        Line::over(stream, self.running.client())
    }
}

/// A client whose only roots stand in `pem`.
pub fn trust(pem: &str, versions: &[&'static SupportedProtocolVersion], protocols: &[&str]) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        roots.add(certificate.unwrap()).unwrap();
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_protocol_versions(versions);
    let mut config = config.unwrap().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    Arc::new(config)
}

/// Connects to an address and asks for a name there.
pub fn handshake(address: SocketAddr, name: &str, config: Arc<ClientConfig>) -> io::Result<TlsStream<TcpStream>> {
    let name = ServerName::try_from(name.to_owned()).unwrap();
    block_on(async { TlsConnector::from(config).connect(name, TcpStream::connect(address).await?).await })
}

/// What the handshake settled on.
pub fn protocol(stream: &TlsStream<TcpStream>) -> Option<String> {
    stream.get_ref().1.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned())
}

type Body = Full<Bytes>;

enum Sender {
    One(http1::SendRequest<Body>),
    Two(http2::SendRequest<Body>),
}

/// A connection over TLS, kept alive as long as both sides want.
pub struct Line {
    sender: Sender,
    client: Client,
}

impl Line {
    /// Speaks what the handshake settled on.
    pub fn over(stream: TlsStream<TcpStream>, client: Client) -> Self {
        let is_http2 = protocol(&stream).as_deref() == Some("h2");
        let sender = block_on(async {
            let stream = TokioIo::new(stream);
            if is_http2 {
                let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await.unwrap();
                tokio::spawn(connection);
                Sender::Two(sender)
            } else {
                let (sender, connection) = http1::handshake(stream).await.unwrap();
                tokio::spawn(connection);
                Sender::One(sender)
            }
        });
        Self { sender, client }
    }

    /// Asks for something of the seed's project, and holds the response to the rules for all of them.
    pub fn get(&mut self, target: &str) -> Response {
        let answer = self.begin(target);
        answer.wait()
    }

    /// The status that a host answers with, otherwise unchecked.
    pub fn status(&mut self, host: &str, target: &str) -> u16 {
        let answer = self.begin_at(host, target);
        block_on(answer.response).unwrap().unwrap().status().as_u16()
    }

    /// Asks without waiting for the answer.
    pub fn begin(&mut self, target: &str) -> Answer {
        self.begin_at("test.stytch.com", target)
    }

    fn begin_at(&mut self, host: &str, target: &str) -> Answer {
        let request = http::Request::get(match &self.sender {
            Sender::One(_) => target.to_owned(),
            Sender::Two(_) => format!("https://{host}{target}"),
        });
        let request = request.header("authorization", basic(PROJECT, SECRET));
        let request = match &self.sender {
            Sender::One(_) => request.header("host", host),
            Sender::Two(_) => request,
        };
        let request = request.body(Body::default()).unwrap();
        // the request is on its way when this returns; the answer is waited for beside it
        let response = match &mut self.sender {
            Sender::One(sender) => spawn(sender.send_request(request)),
            Sender::Two(sender) => spawn(sender.send_request(request)),
        };
        Answer { response, client: self.client.clone() }
    }
}

/// A response that is on its way.
pub struct Answer {
    response: tokio::task::JoinHandle<hyper::Result<http::Response<hyper::body::Incoming>>>,
    client: Client,
}

impl Answer {
    /// Waits for it and checks it.
    pub fn wait(self) -> Response {
        let response = block_on(async {
            let (parts, body) = self.response.await.unwrap().unwrap().into_parts();
            let text = |value: &http::HeaderValue| value.to_str().unwrap().to_owned();
            let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), text(value)));
            let headers = headers.collect();
            Response::of(parts.status.as_u16(), headers, body.collect().await.unwrap().to_bytes().to_vec())
        });
        self.client.check(&response);
        response
    }
}
