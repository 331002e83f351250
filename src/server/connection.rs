//! One connection: what it speaks is looked at before it is served, so that a client at the wrong door is told so in
//! the log and harms nobody.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, Watcher};
use rustls::{AlertDescription, Error as TlsError};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{Sender, WeakSender};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;
use tracing::{debug, warn};

use crate::api::Disconnect;

/// How long a connection may say nothing, or take for its headers.
const IDLE_TIMEOUT: Duration = Duration::from_secs(75);

/// How long a TLS handshake may take.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// The most that is buffered of a request's head. Above it the HTTP library closes the connection with a bare 431;
/// below it, from 64 KiB on, the emulator answers in JSON.
const MOST_HEAD_BUFFER: usize = 512 * 1024;

/// The most headers of a request that still get an answer in JSON.
const MOST_HEADERS: usize = 1024;

/// The most requests at once on one HTTP/2 connection.
const MOST_STREAMS: u32 = 256;

/// The first byte of a TLS handshake, and of no HTTP request.
const TLS_HANDSHAKE: u8 = 0x16;

/// What a connection is served by.
#[derive(Clone)]
pub(super) struct Service {
    pub(super) router: Router,
    /// Changes when the server ends.
    pub(super) stopping: watch::Receiver<()>,
    /// To be held by each request in flight.
    pub(super) busy: WeakSender<Infallible>,
}

/// Serves a connection to the plain port.
pub(super) async fn plain(stream: TcpStream, mut service: Service, watcher: Watcher) {
    match first_byte(&stream, &mut service.stopping).await {
        Some(TLS_HANDSHAKE) => warn!("a client spoke TLS to the plain port: use http:// there, or start with --tls-port"),
        Some(_) => http1(stream, service, watcher).await,
        None => {}
    }
}

/// Serves a connection to the port for TLS.
pub(super) async fn tls(stream: TcpStream, acceptor: TlsAcceptor, mut service: Service, watcher: Watcher) {
    match first_byte(&stream, &mut service.stopping).await {
        Some(TLS_HANDSHAKE) => {}
        Some(_) => {
            warn!("a client spoke plain HTTP to the port for TLS: use https:// there, or the plain port");
            return;
        }
        None => return,
    }
    let stream = match timeout(HANDSHAKE_TIMEOUT, acceptor.accept(stream)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            let reason = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>());
            match reason {
                Some(TlsError::AlertReceived(alert)) if is_distrust(*alert) => warn!(
                    ?alert,
                    "a client does not trust the emulator's authority: fetch it with `stytch-mock ca`, --ca-file or \
                     /__mock/ca.pem, and name it in NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE or SSL_CERT_FILE (README)"
                ),
                _ => warn!(%error, "a TLS handshake failed"),
            }
            return;
        }
        Err(_) => {
            warn!("a TLS handshake took longer than {} s", HANDSHAKE_TIMEOUT.as_secs());
            return;
        }
    };
    if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
        http2(stream, service, watcher).await;
    } else {
        http1(stream, service, watcher).await;
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

async fn http1<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S, service: Service, watcher: Watcher) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(IDLE_TIMEOUT).max_buf_size(MOST_HEAD_BUFFER).max_headers(MOST_HEADERS);
    let answer = hyper::service::service_fn(move |request| answer(service.router.clone(), service.busy.upgrade(), request));
    finish(http.serve_connection(TokioIo::new(stream), answer), watcher).await;
}

async fn http2<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S, service: Service, watcher: Watcher) {
    let mut http = http2::Builder::new(TokioExecutor::new());
    http.timer(TokioTimer::new())
        .keep_alive_interval(Some(IDLE_TIMEOUT))
        .max_concurrent_streams(MOST_STREAMS)
        .max_header_list_size(u32::try_from(MOST_HEAD_BUFFER).unwrap_or(u32::MAX));
    let answer = hyper::service::service_fn(move |request| answer(service.router.clone(), service.busy.upgrade(), request));
    finish(http.serve_connection(TokioIo::new(stream), answer), watcher).await;
}

async fn finish<C: GracefulConnection<Error = hyper::Error>>(connection: C, watcher: Watcher) {
    if let Err(error) = watcher.watch(connection).await {
        debug!(%error, "a connection ended early");
    }
}

/// Answers, or, if that is what a scripted fault wants, ends the connection.
async fn answer(
    router: Router,
    _in_flight: Option<Sender<Infallible>>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Disconnect> {
    let Ok(response) = router.oneshot(request.map(Body::new)).await;
    match response.extensions().get::<Disconnect>() {
        Some(disconnect) => Err(*disconnect),
        None => Ok(response),
    }
}
