//! Hands the e-mails of the outbox to an SMTP server as well, for suites that read a mailbox. Whoever sends never waits:
//! the queue drops what it has no room for. Nothing of a message but its number is logged.

use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lettre::message::header::{ContentType, Date, MessageId};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::domain::outbox::{Channel, Credential, Message as OutboxMessage, MessageKind};

/// How many e-mails wait at most.
const QUEUE: usize = 1_000;

/// How long the server may take for an e-mail. The library's own limit is for the connection only.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where e-mails go: `smtp://host:port`, without TLS and credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpServer {
    host: String,
    port: u16,
}

/// Why a text names no server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected smtp://host:port, such as smtp://localhost:1025")]
pub struct InvalidSmtpServer;

impl FromStr for SmtpServer {
    type Err = InvalidSmtpServer;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = url::Url::parse(text).map_err(|_| InvalidSmtpServer)?;
        let is_bare = url.username().is_empty() && url.password().is_none() && matches!(url.path(), "" | "/");
        let host = url.host_str().filter(|_| is_bare && url.scheme() == "smtp" && url.query().is_none());
        // an IPv6 address stands in brackets in a URL, and in none elsewhere
        let host = host.ok_or(InvalidSmtpServer)?.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { host, port: url.port().unwrap_or(25) })
    }
}

/// Sends e-mails in the background.
#[derive(Debug)]
pub struct Mailer {
    queue: mpsc::Sender<(u64, OutboxMessage)>,
    /// Whether it was said that the queue is full, since it last had room.
    is_full: AtomicBool,
}

impl Mailer {
    /// A mailer on the present tokio runtime; it ends when it is dropped.
    ///
    /// # Panics
    /// Outside a runtime.
    #[must_use]
    pub fn start(server: &SmtpServer) -> Self {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host);
        let transport = transport.port(server.port).build();
        let (queue, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(deliver(transport, waiting));
        Self { queue, is_full: AtomicBool::new(false) }
    }

    /// Takes a message of the outbox, if it is an e-mail. Never waits.
    pub fn send(&self, number: u64, message: &OutboxMessage) {
        if message.channel != Channel::Email {
            return;
        }
        let is_full = self.queue.try_send((number, message.clone())).is_err();
        if is_full && !self.is_full.swap(true, Ordering::Relaxed) {
            tracing::warn!(number, "the SMTP server is too slow: e-mails are left out, and stay in the outbox");
        } else if !is_full {
            self.is_full.store(false, Ordering::Relaxed);
        }
    }
}

/// Sends what waits, one after the other. A server that is away is one warning, until it is back.
async fn deliver(transport: AsyncSmtpTransport<Tokio1Executor>, mut waiting: mpsc::Receiver<(u64, OutboxMessage)>) {
    let mut is_away = false;
    while let Some((number, message)) = waiting.recv().await {
        let Some(email) = email(number, &message) else {
            tracing::warn!(number, "an address that SMTP can't carry: the e-mail stays in the outbox only");
            continue;
        };
        let sent = timeout(PATIENCE, transport.send(email)).await;
        // the words are our own: the server's may repeat the e-mail
        let problem = match sent.map(|sent| sent.map_err(|error| error.status())) {
            Ok(Ok(_)) => None,
            // an answer means that it is there, and that it dislikes this e-mail
            Ok(Err(Some(status))) => {
                let problem = format!("status {status}");
                tracing::warn!(number, problem, "the SMTP server refused an e-mail");
                None
            }
            Ok(Err(None)) => Some("no connection"),
            Err(_) => Some("no answer in time"),
        };
        let was_away = std::mem::replace(&mut is_away, problem.is_some());
        if let Some(problem) = problem.filter(|_| !was_away) {
            tracing::warn!(number, problem, "the SMTP server is away: e-mails stay in the outbox only");
        }
    }
}

/// An e-mail in plain text and HTML; `None` if its address is one that no server takes.
fn email(number: u64, message: &OutboxMessage) -> Option<Message> {
    let (subject, call) = match message.kind {
        MessageKind::MagicLink => ("Your login link", "Follow this link to log in:"),
        MessageKind::Invite => ("You are invited", "Follow this link to accept the invitation:"),
        MessageKind::Otp => ("Your login code", "Your login code is:"),
        MessageKind::PasswordReset => ("Reset your password", "Follow this link to choose a new password:"),
    };
    let end = format!("It can be used once, until {}.", message.expires_at);
    let (credential, html) = match &message.credential {
        Credential::Code(code) => (code, format!("<p style=\"font-size:2em\"><code>{}</code></p>", escaped(code))),
        Credential::Link { link, .. } => (link, format!("<p><a href=\"{0}\">{0}</a></p>", escaped(link))),
    };
    let plain = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(format!("{call}\n\n{credential}\n\n{end}\n"));
    let html = format!("<!doctype html>\n<p>{call}</p>\n{html}\n<p>{end}</p>\n");
    let html = SinglePart::builder().header(ContentType::TEXT_HTML).body(html);
    // the same e-mail is the same bytes
    let parts = MultiPart::alternative().boundary(format!("message-{number}")).singlepart(plain).singlepart(html);
    let sender = Address::new("login", "stytch-mock.invalid").expect("it is an address");
    Message::builder()
        .from(Mailbox::new(Some("stytch-mock".to_owned()), sender))
        .to(Mailbox::new(None, message.to.parse().ok()?))
        .subject(subject)
        .header(Date::new(message.time.datetime().into()))
        .header(MessageId::from(format!("<{number}.{}@stytch-mock.invalid>", message.time.unix_seconds())))
        .multipart(parts)
        .ok()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests;
