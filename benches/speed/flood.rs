//! A flood of TLS handshakes, and what a client of the plain port notices of it.

use std::io::Read;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::crypto::ring;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;

use crate::process::{self, Server};
use crate::wire::{self, Connection};
use crate::{Fallible, now, say};

/// Handshakes at once.
const HANDSHAKES: usize = 2_000;

/// Between two requests to the plain port.
const PAUSE: Duration = Duration::from_millis(1);

/// Requests to the plain port while nothing else happens.
const CALM_REQUESTS: usize = 1_000;

pub fn measure() -> Fallible<()> {
    // on all cores, as it is run
    let mut server = Server::start(Command::new(process::EMULATOR).args(process::FLAGS).arg("--tls-port=0"))?;
    let tls_address = server.tls_address()?;
    let mut probe = Probe::open(server.address)?;
    let mut left = CALM_REQUESTS;
    let calm = probe.latencies(|| {
        left -= 1;
        Ok(left > 0)
    })?;
    let arguments = [server.address.to_string(), tls_address.to_string(), HANDSHAKES.to_string()];
    let mut child = process::myself(process::CLIENT_CORE)?.arg("flood").args(arguments).spawn()?;
    let start = now();
    let flooded = probe.latencies(|| Ok(child.try_wait()?.is_none()))?;
    let took = start.elapsed();
    if !child.wait()?.success() {
        return Err("a handshake failed".into());
    }
    say(format_args!(
        "tls: {HANDSHAKES} handshakes at once, done after {:.2} s; an answer of the plain port meanwhile",
        took.as_secs_f64()
    ));
    for (what, mut latencies) in [("calm", calm), ("flooded", flooded)] {
        latencies.sort();
        let at = |share: usize| latencies[(latencies.len() - 1) * share / 100].as_secs_f64() * 1e3;
        let count = latencies.len();
        say(format_args!(
            "  {what:<8}  p50 {:6.2} ms  p99 {:6.2} ms  max {:6.2} ms  ({count} requests)",
            at(50),
            at(99),
            at(100)
        ));
    }
    Ok(())
}

/// A client of the plain port that asks now and then.
struct Probe {
    request: Vec<u8>,
    connection: Connection,
}

impl Probe {
    fn open(address: SocketAddr) -> Fallible<Self> {
        let request = wire::request(wire::USER_ID);
        Ok(Self { connection: Connection::open(address, &request)?, request })
    }

    fn latencies(&mut self, mut go_on: impl FnMut() -> Fallible<bool>) -> Fallible<Vec<Duration>> {
        let mut latencies = Vec::new();
        while go_on()? {
            let (waited_before, start) = (time_in_line()?, now());
            self.connection.ask(&self.request)?;
            self.connection.hear()?;
            let latency = start.elapsed();
            latencies.push(latency.saturating_sub(time_in_line()?.saturating_sub(waited_before)));
            thread::park_timeout(PAUSE);
        }
        Ok(latencies)
    }
}

/// How long this thread has waited for a processor so far: it shares one with whoever floods, and that is not the
/// server's doing.
fn time_in_line() -> Fallible<Duration> {
    let usage = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(Duration::from_nanos(usage.split(' ').nth(1).unwrap_or_default().parse()?))
}

/// The other end of the flood: runs in a process of its own.
#[tokio::main(flavor = "current_thread")]
pub async fn run(arguments: &[String]) -> Fallible<()> {
    let [address, tls_address, count] = arguments else { return Err("flood ADDRESS TLS-ADDRESS COUNT".into()) };
    let connector = TlsConnector::from(Arc::new(trusting(address.parse()?)?));
    let (tls_address, count): (SocketAddr, usize) = (tls_address.parse()?, count.parse()?);
    let mut handshakes = JoinSet::new();
    for _ in 0..count {
        let connector = connector.clone();
        handshakes.spawn(async move {
            let stream = TcpStream::connect(tls_address).await?;
            connector.connect(ServerName::try_from("localhost").expect("it is a name"), stream).await
        });
    }
    // each connection is held until all are there
    let mut connections = Vec::with_capacity(count);
    while let Some(done) = handshakes.join_next().await {
        connections.push(done??);
    }
    Ok(())
}

/// A client that trusts the emulator's authority.
fn trusting(address: SocketAddr) -> Fallible<ClientConfig> {
    let mut stream = std::net::TcpStream::connect(address)?;
    std::io::Write::write_all(&mut stream, b"GET /__mock/ca.pem HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&answer)?)?;
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
