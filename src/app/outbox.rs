//! The outbox as tests read it: its messages as JSON, and waiting for some.

use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::domain::outbox::{Credential, Message, MessageFilter, Outbox};

/// One message that would have been sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OutboxMessage {
    /// Its number, from 1: what `since` takes.
    pub id: u64,
    /// When it was sent, on the emulator's clock.
    pub time: String,
    /// Whose user it went to.
    pub project_id: String,
    /// Whom it went to.
    pub user_id: String,
    /// `email`, `sms` or `whatsapp`.
    pub channel: &'static str,
    /// The e-mail address or phone number.
    pub to: String,
    /// `magic_link`, `invite`, `otp` or `password_reset`.
    pub kind: &'static str,
    /// The code, if it holds one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The token of the link, if it holds one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The link, if it holds one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The id of the address or number: the `method_id` of `otps.authenticate`.
    pub method_id: String,
    /// The template that the request named.
    pub template_id: Option<String>,
    /// The language that the request named.
    pub locale: Option<String>,
    /// When the code or link ends.
    pub expires_at: String,
}

/// Some messages, and how many have been dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutboxMessages {
    /// How many there are.
    pub count: usize,
    /// How many fell out of the outbox before, fitting or not.
    pub dropped: u64,
    /// They themselves, oldest first.
    pub messages: Vec<OutboxMessage>,
}

impl OutboxMessages {
    /// Those of an outbox that fit a filter.
    #[must_use]
    pub fn of(outbox: &Outbox, filter: &MessageFilter) -> Self {
        let messages = outbox.read(filter, OutboxMessage::of);
        Self { count: messages.len(), dropped: outbox.dropped(), messages }
    }
}

impl OutboxMessage {
    /// A message as JSON has it.
    #[must_use]
    pub fn of(number: u64, message: &Message) -> Self {
        let (code, token, link) = match &message.credential {
            Credential::Code(code) => (Some(code.clone()), None, None),
            Credential::Link { token, link } => (None, Some(token.clone()), Some(link.clone())),
        };
        Self {
            id: number,
            time: message.time.to_string(),
            project_id: message.project_id.to_string(),
            user_id: message.user_id.to_string(),
            channel: message.channel.as_str(),
            to: message.to.clone(),
            kind: message.kind.as_str(),
            code,
            token,
            link,
            method_id: message.method_id.clone(),
            template_id: message.template_id.clone(),
            locale: message.locale.clone(),
            expires_at: message.expires_at.to_string(),
        }
    }
}

/// Tells who waits that something arrived.
#[derive(Debug, Default)]
pub struct Arrivals(watch::Sender<()>);

impl Arrivals {
    /// Tells them.
    pub fn announce(&self) {
        if self.0.receiver_count() > 0 {
            self.0.send_replace(());
        }
    }

    /// Looks at every arrival until what is found is `enough`, or `patience` is over; what there is then.
    ///
    /// # Errors
    /// What `look` refuses.
    pub async fn wait<T, E>(
        &self,
        patience: Duration,
        look: impl Fn() -> Result<T, E>,
        enough: impl Fn(&T) -> bool,
    ) -> Result<T, E> {
        // before looking, so that nothing that comes after the look is missed
        let mut arrivals = self.0.subscribe();
        let found = async {
            loop {
                let found = look()?;
                if enough(&found) || arrivals.changed().await.is_err() {
                    return Ok(found);
                }
            }
        };
        match timeout(patience, found).await {
            Ok(found) => found,
            Err(_) => look(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waiting_ends_with_enough_or_with_patience() {
        let (arrivals, count) = (Arrivals::default(), AtomicUsize::new(0));
        let look = || Ok::<_, ()>(count.load(Ordering::Relaxed));
        let arrive = async {
            for _ in 0..2 {
                tokio::task::yield_now().await;
                count.fetch_add(1, Ordering::Relaxed);
                arrivals.announce();
            }
        };
        let (found, ()) = tokio::join!(arrivals.wait(Duration::from_mins(1), look, |count| *count >= 2), arrive);
        assert_eq!(found, Ok(2));
        assert_eq!(arrivals.wait(Duration::from_mins(1), look, |count| *count >= 3).await, Ok(2));
        assert_eq!(arrivals.wait(Duration::from_mins(1), || Err::<(), _>("gone"), |()| true).await, Err("gone"));
    }
}
