//! The sockets: composes the emulated API and the control plane, accepts connections within their limits, and ends
//! them in order.

mod connection;
mod dispatch;

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::http::uri::Scheme;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tracing::warn;

use crate::app::App;
use crate::tls::Tls;
use connection::{Service, TlsDoor};
use dispatch::Dispatch;

/// Bound sockets and the emulator behind them.
pub struct Server {
    plain: TcpListener,
    tls: Option<(TcpListener, TlsDoor)>,
    app: Arc<App>,
}

/// Why a server can't listen.
#[derive(Debug, thiserror::Error)]
#[error("can't listen on {host}:{port} ({flag}): {error}")]
pub struct BindError {
    /// The address that was asked for.
    pub host: String,
    /// The port that was asked for.
    pub port: u16,
    /// The flag that chose the port.
    pub flag: &'static str,
    /// What the system said.
    pub error: io::Error,
}

impl Server {
    /// Binds the plain port.
    ///
    /// # Errors
    /// If the address can't be had.
    pub async fn bind(host: &str, port: u16, app: Arc<App>) -> Result<Self, BindError> {
        Ok(Self { plain: listen(host, port, "--port").await?, tls: None, app })
    }

    /// Binds a port for TLS beside the plain one.
    ///
    /// # Errors
    /// If the address can't be had.
    pub async fn with_tls(self, host: &str, port: u16, tls: &Tls) -> Result<Self, BindError> {
        let listener = listen(host, port, "--tls-port").await?;
        Ok(Self { tls: Some((listener, TlsDoor::new(Arc::clone(&tls.config)))), ..self })
    }

    /// The plain address, with the real port.
    ///
    /// # Errors
    /// If the system doesn't say.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.plain.local_addr()
    }

    /// The address for TLS, if there is one, with the real port.
    ///
    /// # Errors
    /// If the system doesn't say.
    pub fn tls_addr(&self) -> io::Result<Option<SocketAddr>> {
        self.tls.as_ref().map(|(listener, _)| listener.local_addr()).transpose()
    }

    /// Serves until `shutdown` is done, and then lets the requests in flight finish.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let (stop, stopping) = watch::channel(());
        let dispatch = Arc::new(Dispatch::of(&self.app, stopping.clone()));
        let service = |peer| Service { dispatch: Arc::clone(&dispatch), stopping: stopping.clone(), scheme: Scheme::HTTP, peer };
        let mut shutdown = pin!(shutdown);
        loop {
            tokio::select! {
                () = &mut shutdown => break,
                (stream, peer) = accept(&self.plain) => {
                    tokio::spawn(connection::plain(stream, service(peer)));
                }
                ((stream, peer), door) = accept_tls(self.tls.as_ref()) => {
                    tokio::spawn(connection::tls(stream, door, service(peer)));
                }
            }
        }
        // the dispatch hears of the end, too: whoever still holds what hears would be waited for
        drop((self.plain, self.tls, stopping, dispatch));
        // each connection ends within its limits
        let _ = stop.send(());
        stop.closed().await;
    }
}

async fn listen(host: &str, port: u16, flag: &'static str) -> Result<TcpListener, BindError> {
    let bound = TcpListener::bind((host, port)).await;
    bound.map_err(|error| BindError { host: host.to_owned(), port, flag, error })
}

/// The next connection and where it comes from, however long it takes.
async fn accept(listener: &TcpListener) -> (TcpStream, IpAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer.ip()),
            // out of file descriptors, most likely: those in use come back
            Err(error) => {
                warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

/// The next connection for TLS; never, if there is no such port.
async fn accept_tls(tls: Option<&(TcpListener, TlsDoor)>) -> ((TcpStream, IpAddr), TlsDoor) {
    match tls {
        Some((listener, door)) => (accept(listener).await, door.clone()),
        None => std::future::pending().await,
    }
}
