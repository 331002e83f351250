//! Asks a service: HTTP/1.1 over TCP or TLS, a connection for each request, so that none dies between two of them.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::address::Address;
use super::answer::Answer;
use super::credentials::Credentials;

/// How long an answer may take, connecting included.
const PATIENCE: Duration = Duration::from_secs(30);

/// No answer of the API is larger, in bytes.
const MOST_BYTES: usize = 8 << 20;

/// A request as it will be made. It is never shown: a secret is in it.
#[derive(Clone)]
pub struct Call {
    /// The method.
    pub method: &'static str,
    /// The path and the query.
    pub target: String,
    /// The `authorization` header, if there is to be one.
    pub authorization: Option<String>,
    /// The body, JSON; a request without one sends none.
    pub body: Option<String>,
}

impl Call {
    /// What is asked, without credentials: `GET /v1/sessions?user_id=…`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {}", self.method, self.target)
    }
}

/// Why there is no answer. It names the service, and repeats nothing that was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{address} can't be reached: {reason}")]
pub struct Unreachable {
    address: String,
    reason: String,
}

/// A service that can be asked.
pub struct Remote {
    address: Address,
    tls: Option<(TlsConnector, ServerName<'static>)>,
    credentials: Arc<Credentials>,
}

impl Remote {
    /// A service at an address. `tls` says whom to trust if TLS is spoken there.
    ///
    /// # Errors
    /// If TLS is spoken there, and the host is none that a certificate can name.
    pub fn new(address: Address, credentials: Arc<Credentials>, tls: Option<Arc<ClientConfig>>) -> Result<Self, Unreachable> {
        let name = |config| {
            let name = ServerName::try_from(address.host().to_owned()).map_err(|error| unreachable(&address, &error))?;
            Ok((TlsConnector::from(config), name))
        };
        let tls = tls.map(name).transpose()?;
        Ok(Self { address, tls, credentials })
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// By whose credentials it is asked.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Asks once.
    ///
    /// # Errors
    /// If no whole answer comes in time.
    pub async fn send(&self, call: &Call) -> Result<Answer, Unreachable> {
        match timeout(PATIENCE, self.exchange(call)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(unreachable(&self.address, &*error)),
            Err(_) => Err(Unreachable {
                address: self.address.to_string(),
                reason: format!("{} {} was not answered in {PATIENCE:?}", call.method, path(&call.target)),
            }),
        }
    }

    async fn exchange(&self, call: &Call) -> Result<Answer, Box<dyn Error + Send + Sync>> {
        let stream = TcpStream::connect((self.address.host(), self.address.port())).await?;
        stream.set_nodelay(true)?;
        match &self.tls {
            None => self.talk(stream, call).await,
            Some((connector, name)) => self.talk(connector.connect(name.clone(), stream).await?, call).await,
        }
    }

    async fn talk(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        call: &Call,
    ) -> Result<Answer, Box<dyn Error + Send + Sync>> {
        let mut request = Request::builder()
            .method(call.method)
            .uri(&call.target)
            .header("host", self.address.authority())
            .header("connection", "close")
            .header("accept", "application/json")
            .header("user-agent", concat!("stytch-mock/", env!("CARGO_PKG_VERSION")));
        if let Some(authorization) = &call.authorization {
            request = request.header("authorization", authorization);
        }
        if call.body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let request = request.body(Full::new(Bytes::from(call.body.clone().unwrap_or_default())))?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let driver = tokio::spawn(connection);
        let (head, body) = sender.send_request(request).await?.into_parts();
        let body = Limited::new(body, MOST_BYTES).collect().await?.to_bytes();
        driver.abort();
        let strike = |bytes: &[u8]| self.credentials.strike(&String::from_utf8_lossy(bytes));
        let headers = head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), strike(value.as_bytes()))).collect();
        Ok(Answer { status: head.status.as_u16(), headers, body: strike(&body) })
    }
}

/// A target without its query.
fn path(target: &str) -> &str {
    target.split('?').next().unwrap_or_default()
}

/// An error with what caused it: libraries keep the reason behind what they were doing.
fn unreachable(address: &Address, error: &(dyn Error + 'static)) -> Unreachable {
    let mut reason = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if !reason.contains(&text) {
            reason = format!("{reason}: {text}");
        }
        cause = inner.source();
    }
    Unreachable { address: address.to_string(), reason }
}
