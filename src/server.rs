//! The sockets: composes the emulated API and the control plane, accepts connections within their limits, and ends
//! them in order.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::{debug, warn};

use crate::api;
use crate::app::App;
use crate::control;

/// How long a connection may say nothing, or take for its headers.
const IDLE_TIMEOUT: Duration = Duration::from_secs(75);

/// The most that is buffered of a request's head. Above it the HTTP library closes the connection with a bare 431;
/// below it, from 64 KiB on, the emulator answers in JSON.
const MOST_HEAD_BUFFER: usize = 512 * 1024;

/// The most headers of a request that still get an answer in JSON.
const MOST_HEADERS: usize = 1024;

/// How long requests in flight may take once the end has come.
const DRAIN_TIMEOUT: Duration = Duration::from_millis(1_500);

/// A bound socket and the emulator behind it.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
}

impl Server {
    /// Binds.
    ///
    /// # Errors
    /// If the address can't be had.
    pub async fn bind(host: &str, port: u16, app: Arc<App>) -> io::Result<Self> {
        let listener = TcpListener::bind((host, port)).await?;
        Ok(Self { listener, app })
    }

    /// The address, with the real port.
    ///
    /// # Errors
    /// If the system doesn't say.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `shutdown` is done, and then lets the requests in flight finish.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let router = router(&self.app);
        let connections = GracefulShutdown::new();
        let mut shutdown = pin!(shutdown);
        loop {
            tokio::select! {
                () = &mut shutdown => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => serve_connection(stream, router.clone(), &connections),
                    // out of file descriptors, most likely: those in use come back
                    Err(error) => {
                        warn!(%error, "a connection could not be accepted");
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                },
            }
        }
        drop(self.listener);
        if tokio::time::timeout(DRAIN_TIMEOUT, connections.shutdown()).await.is_err() {
            warn!("some requests were cut off: they took too long to finish");
        }
    }
}

/// Both planes as one service: what production and tests run.
pub fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new().fallback(api::serve).with_state(Arc::clone(app));
    if app.settings().control {
        router = router.nest(control::PREFIX, control::router(Arc::clone(app)));
    }
    let bug = Arc::clone(app);
    router.layer(CatchPanicLayer::custom(move |_| api::reply::bug(&bug)))
}

fn serve_connection(stream: TcpStream, router: Router, connections: &GracefulShutdown) {
    // answers are single writes: waiting to fill a packet would only delay them
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| answer(router.clone(), request));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(IDLE_TIMEOUT).max_buf_size(MOST_HEAD_BUFFER).max_headers(MOST_HEADERS);
    let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            debug!(%error, "a connection ended early");
        }
    });
}

async fn answer(router: Router, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    router.oneshot(request.map(Body::new)).await
}
