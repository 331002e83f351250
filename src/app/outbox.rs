//! The outbox: sending, reading, waiting, and its messages as JSON.

use std::convert::Infallible;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::core::App;
use super::running_world::SteerError;
use crate::domain::outbox::{Credential, Message, MessageFilter, Outbox};
use crate::domain::world::World;

/// One message that would have been sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutboxMessages {
    /// How many fit.
    pub count: usize,
    /// How many fell out of the outbox before, fitting or not.
    pub dropped: u64,
    /// They themselves, oldest first; with a limit, the newest of them.
    pub messages: Vec<OutboxMessage>,
}

impl OutboxMessages {
    /// Those of an outbox that fit a filter.
    #[must_use]
    pub fn of(outbox: &Outbox, filter: &MessageFilter) -> Self {
        let (count, messages) = outbox.read(filter, OutboxMessage::of);
        Self { count, dropped: outbox.dropped(), messages }
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

/// The most messages that an outbox holds.
const CAPACITY: usize = 1_000;

impl App {
    /// Puts a message into the outbox of a world, and sends it on if it is an e-mail and there is a mailer.
    pub fn send(&self, world: &World, message: Message) {
        let on_its_way = self.mailer.as_ref().map(|mailer| (mailer, message.clone()));
        let number = world.outbox().send(CAPACITY, message);
        if let Some((mailer, message)) = on_its_way {
            mailer.send(number, &message);
        }
        self.outbox_arrivals.announce();
    }

    /// The messages that fit a filter.
    #[must_use]
    pub fn outbox(&self, filter: &MessageFilter) -> OutboxMessages {
        OutboxMessages::of(self.running_world().world.outbox(), filter)
    }

    /// Waits until at least `count` messages fit a filter, or `timeout` is over; what there is then.
    pub async fn wait_for_messages(&self, filter: &MessageFilter, count: usize, timeout: Duration) -> OutboxMessages {
        let look = || Ok::<_, Infallible>(self.outbox(filter));
        let Ok(messages) = self.outbox_arrivals.wait(timeout, look, |found| found.count >= count).await;
        messages
    }

    /// Empties the outbox, or takes a project's messages out of it; how many there were.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn clear_outbox(&self, project_id: Option<&str>) -> Result<usize, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        let outbox = running_world.world.outbox();
        match project_id {
            Some(_) => Ok(outbox.clear_project(running_world.project(project_id)?.id())),
            None => Ok(outbox.clear()),
        }
    }
}
