//! One connection: what it speaks is looked at before it is served, so that a client at the wrong door is told so in
//! the log and harms nobody. Each sees to its own end: the client's, the server's, or that of nobody using it.

use std::future::poll_fn;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::thread::available_parallelism;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::http::uri::Scheme;
use axum::http::{Request, Response};
use futures_util::StreamExt;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use rustls::{AlertDescription, Error as TlsError, ServerConfig};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tracing::{debug, info, warn};

use super::dispatch::Dispatch;
use crate::api::serving::fault_injection::Disconnect;
use crate::api::serving::sdk_door::PREFIX;
use crate::api::serving::sdk_request::PeerAddress;
use crate::control::Unending;

/// How long a connection may say nothing, or take for its headers.
const IDLE_TIMEOUT: Duration = Duration::from_secs(75);

/// How long a TLS handshake may take.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// The most that is buffered of a request's head. Above it the HTTP library closes the connection with a bare 431;
/// below it, from 64 KiB on, the emulator answers in JSON.
const MAX_HEAD_BUFFER: usize = 512 * 1024;

/// The most requests at once on one HTTP/2 connection.
const MAX_STREAMS: u32 = 256;

/// The first byte of a TLS handshake, and of no HTTP request.
const TLS_HANDSHAKE: u8 = 0x16;

/// How long a client that is turned away may take to go.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(1);

/// How long half a request may take to become a whole one once the end has come.
const HALF_REQUEST_TIMEOUT: Duration = Duration::from_millis(500);

/// How long requests in flight may take from then on.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(1);

/// What a connection is served by.
#[derive(Clone)]
pub(super) struct Service {
    pub(super) dispatch: Arc<Dispatch>,
    /// Changes when the server ends; held by every connection there is.
    pub(super) stopping: watch::Receiver<()>,
    /// What its requests came over: HTTP/1 does not say.
    pub(super) scheme: Scheme,
    /// Where they came from.
    pub(super) peer: IpAddr,
}

impl Service {
    /// Adds to a request what it does not say itself. Where it came from is asked for pages alone.
    fn note(&self, request: &mut Request<Incoming>) {
        if self.scheme != Scheme::HTTP {
            request.extensions_mut().insert(self.scheme.clone());
        }
        if request.uri().path().starts_with(PREFIX) {
            request.extensions_mut().insert(PeerAddress(self.peer));
        }
    }
}

/// What a connection to the port for TLS is taken in by.
#[derive(Clone)]
pub(super) struct TlsDoor {
    acceptor: TlsAcceptor,
    /// How many handshakes compute at once.
    turns: Arc<Semaphore>,
}

impl TlsDoor {
    /// A door with a certificate and its key.
    pub(super) fn new(config: Arc<ServerConfig>) -> Self {
        // requests find the other half of the processors free
        let turns = available_parallelism().map_or(1, |processors| processors.get().div_ceil(2));
        Self { acceptor: TlsAcceptor::from(config), turns: Arc::new(Semaphore::new(turns)) }
    }
}

/// The requests of one connection so far.
#[derive(Debug, Default)]
struct Requests {
    begun: AtomicU64,
    ended: AtomicU64,
}

/// A request that is being answered.
struct InFlight(Arc<Requests>);

/// How a connection ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// The client had enough, or broke off.
    Client,
    /// The server had.
    Server,
}

/// Serves a connection to the plain port.
pub(super) async fn plain(stream: TcpStream, mut service: Service) {
    match first_byte(&stream, &mut service.stopping).await {
        Some(TLS_HANDSHAKE) => {
            warn!("a client spoke TLS to the plain port: use http:// there, or start with --tls-port");
            turn_away(stream, service.stopping).await;
        }
        Some(_) => {
            http1(stream, service, &Arc::default()).await;
        }
        None => {}
    }
}

/// Serves a connection to the port for TLS.
pub(super) async fn tls(stream: TcpStream, tls: TlsDoor, mut service: Service) {
    match first_byte(&stream, &mut service.stopping).await {
        Some(TLS_HANDSHAKE) => {}
        Some(_) => {
            warn!("a client spoke plain HTTP to the port for TLS: use https:// there, or the plain port");
            return turn_away(stream, service.stopping).await;
        }
        None => return,
    }
    let handshake = tokio::select! {
        handshake = timeout(HANDSHAKE_TIMEOUT, in_turn(tls.acceptor.accept(stream), &tls.turns)) => handshake,
        _ = service.stopping.changed() => return,
    };
    let stream = match handshake {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return explain(&error),
        Err(_) => {
            warn!("a TLS handshake took longer than {} s", HANDSHAKE_TIMEOUT.as_secs());
            return;
        }
    };
    service.scheme = Scheme::HTTPS;
    let requests = Arc::default();
    let end = if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
        http2(stream, service, &requests).await
    } else {
        http1(stream, service, &requests).await
    };
    if end == End::Client && requests.begun() == 0 {
        info!(
            "a client left after the TLS handshake, without a request; if it does not trust the certificate: {DISTRUST_REMEDY}"
        );
    }
}

/// Lets a future compute only when it is its turn, and gives the turn back whenever it waits for something: a flood of
/// handshakes, each of which computes for a while, so stands in a line of its own, and not before everybody's requests.
async fn in_turn<F: Future>(future: F, turns: &Semaphore) -> F::Output {
    let mut future = pin!(future);
    loop {
        let turn = turns.acquire().await;
        if let Poll::Ready(output) = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
            return output;
        }
        drop(turn);
        woken().await;
    }
}

/// Done when the task is woken, by whatever it waits for.
async fn woken() {
    let mut waits = true;
    poll_fn(|_| if std::mem::take(&mut waits) { Poll::Pending } else { Poll::Ready(()) }).await;
}

/// What helps a client that does not trust the certificate.
const DISTRUST_REMEDY: &str = "get the authority's by `stytch-mock ca`, --ca-file or /__mock/ca.pem and name it in \
    NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE or SSL_CERT_FILE; a host of another name needs --tls-name (docs/https.md)";

/// Says in the log why a handshake failed.
fn explain(error: &io::Error) {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>()) {
        Some(TlsError::AlertReceived(alert)) if is_distrust(*alert) => {
            warn!(?alert, "a client does not trust the certificate: {DISTRUST_REMEDY}");
        }
        Some(_) => warn!(%error, "a TLS handshake failed"),
        // Node and Java send no alert when they distrust a certificate
        None => warn!(%error, "a client left during the TLS handshake; if it does not trust the certificate: {DISTRUST_REMEDY}"),
    }
}

fn is_distrust(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::UnknownCA
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::CertificateExpired
            | AlertDescription::UnsupportedCertificate
    )
}

/// Waits for the client to begin; `None` if it doesn't, or the server ends before.
async fn first_byte(stream: &TcpStream, stopping: &mut watch::Receiver<()>) -> Option<u8> {
    // answers are single writes: waiting to fill a packet would only delay them
    let _ = stream.set_nodelay(true);
    let mut byte = [0];
    tokio::select! {
        peeked = timeout(IDLE_TIMEOUT, stream.peek(&mut byte)) => match peeked {
            Ok(Ok(1)) => Some(byte[0]),
            _ => None,
        },
        _ = stopping.changed() => None,
    }
}

/// Closes a connection that is not served. What it sent is read first: the system answers a close with unread bytes
/// by a reset, which tells the client nothing.
async fn turn_away(mut stream: TcpStream, mut stopping: watch::Receiver<()>) {
    let farewell = async {
        let _ = stream.shutdown().await;
        let mut unread = [0; 1024];
        while stream.read(&mut unread).await.is_ok_and(|length| length > 0) {}
    };
    tokio::select! {
        _ = timeout(FAREWELL_TIMEOUT, farewell) => {}
        _ = stopping.changed() => {}
    }
}

async fn http1<S>(stream: S, service: Service, requests: &Arc<Requests>) -> End
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(IDLE_TIMEOUT).max_buf_size(MAX_HEAD_BUFFER);
    let answer = hyper::service::service_fn(|mut request: Request<Incoming>| {
        service.note(&mut request);
        answer(Arc::clone(&service.dispatch), requests.begin(), request)
    });
    see_off(http.serve_connection(TokioIo::new(stream), answer), requests, service.stopping.clone()).await
}

async fn http2<S>(stream: S, service: Service, requests: &Arc<Requests>) -> End
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut http = http2::Builder::new(TokioExecutor::new());
    http.timer(TokioTimer::new())
        .keep_alive_interval(Some(IDLE_TIMEOUT))
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(u32::try_from(MAX_HEAD_BUFFER).unwrap_or(u32::MAX));
    let answer = hyper::service::service_fn(|mut request: Request<Incoming>| {
        service.note(&mut request);
        answer(Arc::clone(&service.dispatch), requests.begin(), request)
    });
    see_off(http.serve_connection(TokioIo::new(stream), answer), requests, service.stopping.clone()).await
}

/// Sees a connection to its end.
async fn see_off<C>(connection: C, requests: &Requests, mut stopping: watch::Receiver<()>) -> End
where
    C: GracefulConnection<Error = hyper::Error>,
{
    let mut connection = pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => {
            if let Err(error) = ended {
                debug!(%error, "a connection ended early");
            }
            return End::Client;
        }
        () = requests.cease() => {}
        _ = stopping.changed() => {}
    }
    connection.as_mut().graceful_shutdown();
    if timeout(HALF_REQUEST_TIMEOUT, connection.as_mut()).await.is_err()
        && requests.are_in_flight()
        && timeout(DRAIN_TIMEOUT, connection).await.is_err()
    {
        warn!("a request was cut off: it took too long to finish");
    }
    End::Server
}

/// Answers, or, if that is what a scripted fault wants, ends the connection.
async fn answer(dispatch: Arc<Dispatch>, in_flight: InFlight, request: Request<Incoming>) -> Result<Response<Body>, Disconnect> {
    let response = dispatch.answer(request.map(body)).await;
    let extensions = response.extensions();
    match extensions.get::<Disconnect>() {
        Some(disconnect) => Err(*disconnect),
        None if extensions.get::<Unending>().is_some() => {
            let stopping = dispatch.stopping.clone();
            Ok(response.map(|body| until_the_end(body, stopping, in_flight)))
        }
        None => Ok(response),
    }
}

/// A body that ends when the server does. Its request is in flight as long.
fn until_the_end(body: Body, mut stopping: watch::Receiver<()>, in_flight: InFlight) -> Body {
    let end = async move {
        let _ = stopping.changed().await;
        drop(in_flight);
    };
    Body::from_stream(body.into_data_stream().take_until(Box::pin(end)))
}

/// A body for axum; most requests have none.
fn body(incoming: Incoming) -> Body {
    if incoming.is_end_stream() { Body::empty() } else { Body::new(incoming) }
}

impl Requests {
    fn begin(self: &Arc<Self>) -> InFlight {
        self.begun.fetch_add(1, Ordering::Relaxed);
        InFlight(Arc::clone(self))
    }

    fn begun(&self) -> u64 {
        self.begun.load(Ordering::Relaxed)
    }

    fn ended(&self) -> u64 {
        self.ended.load(Ordering::Relaxed)
    }

    fn are_in_flight(&self) -> bool {
        self.begun() > self.ended()
    }

    /// Done when there was none for a while. HTTP/2 knows no such limit, and HTTP/1 none for a client that does not read.
    async fn cease(&self) {
        loop {
            let ended = self.ended();
            sleep(IDLE_TIMEOUT).await;
            if self.ended() == ended && !self.are_in_flight() {
                return;
            }
        }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
