//! What was asked of the emulator, and what it would have sent: the journal and the outbox, of a test in Rust.

use std::time::Duration;

use super::control::Control;
use crate::app::{OutboxMessages, RequestFilter, Requests, SteerError};
use crate::domain::outbox::MessageFilter;

impl Control<'_> {
    /// The messages that would have been sent and fit a filter, oldest first.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use stytch_mock::{Emulator, MessageFilter, MessageKind};
    ///
    /// let emulator = Emulator::builder().start().await?;
    /// let control = emulator.control();
    /// // the app under test asks for a code, by its SDK
    /// # use base64::{Engine, engine::general_purpose::STANDARD};
    /// # use tokio::io::{AsyncReadExt, AsyncWriteExt};
    /// # let credentials = STANDARD.encode(format!("{}:{}", emulator.project_id(), emulator.secret()));
    /// # let body = r#"{"email": "new@example.com"}"#;
    /// # let head = format!(
    /// #     "POST /v1/otps/email/login_or_create HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic {credentials}\r\n\
    /// #      content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    /// # let mut connection = tokio::net::TcpStream::connect(emulator.address()).await?;
    /// # connection.write_all(head.as_bytes()).await?;
    /// # connection.read_to_string(&mut String::new()).await?;
    ///
    /// // the test reads it
    /// let filter = MessageFilter { to: Some("new@example.com".to_owned()), ..MessageFilter::default() };
    /// let messages = control.outbox(&filter).messages;
    /// assert_eq!((messages[0].kind, messages[0].channel), ("otp", "email"));
    /// assert_eq!(messages[0].code.as_ref().map(String::len), Some(6));
    ///
    /// // filters add up: no link went there
    /// let links = MessageFilter { kind: Some(MessageKind::MagicLink), ..filter };
    /// assert_eq!(control.outbox(&links).count, 0);
    /// assert_eq!(control.clear_outbox()?, 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn outbox(&self, filter: &MessageFilter) -> OutboxMessages {
        self.app.outbox(filter)
    }

    /// Waits until at least `count` messages fit a filter, or `timeout` is over; what there is then.
    pub async fn wait_for_messages(&self, filter: &MessageFilter, count: usize, timeout: Duration) -> OutboxMessages {
        self.app.wait_for_messages(filter, count, timeout).await
    }

    /// Empties the outbox, or takes the project's messages out of it; how many there were.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn clear_outbox(&self) -> Result<usize, SteerError> {
        self.app.clear_outbox(self.scope())
    }

    /// The requests that fit a filter, newest last.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn requests(&self, filter: &RequestFilter) -> Result<Requests, SteerError> {
        self.app.requests(&self.scoped(filter))
    }

    /// Waits until at least `count` requests fit a filter, or `timeout` is over. Gives those that there are then.
    ///
    /// # Errors
    /// If there is no such project.
    pub async fn wait_for_requests(
        &self,
        filter: &RequestFilter,
        count: usize,
        timeout: Duration,
    ) -> Result<Requests, SteerError> {
        self.app.wait_for_requests(&self.scoped(filter), count, timeout).await
    }

    /// Empties the journal.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn clear_requests(&self) -> Result<(), SteerError> {
        self.app.clear_requests(self.scope()).map(drop)
    }

    fn scoped(&self, filter: &RequestFilter) -> RequestFilter {
        let project_id = filter.project_id.clone().or_else(|| self.project_id.clone());
        RequestFilter { project_id, ..filter.clone() }
    }
}
