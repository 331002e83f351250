//! The outbox: what would have been sent to users, in a ring of a fixed size. What falls out of it is counted.

use std::collections::VecDeque;
use std::fmt;

use parking_lot::Mutex;

use super::id::{ProjectId, UserId};
use super::text_filter::TextFilter;
use super::timestamp::Timestamp;

/// How a message would have gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By SMS.
    Sms,
    /// By `WhatsApp`.
    Whatsapp,
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// A link that logs in or signs up.
    MagicLink,
    /// A link that accepts an invitation.
    Invite,
    /// A code.
    Otp,
    /// A link that resets a password.
    PasswordReset,
}

/// What a user gets in hand. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// A code to type.
    Code(String),
    /// A link to follow, and the token in it.
    Link {
        /// The token.
        token: String,
        /// The link.
        link: String,
    },
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// When it was sent, on the emulator's clock.
    pub time: Timestamp,
    /// Whose user it went to.
    pub project_id: ProjectId,
    /// Whom it went to.
    pub user_id: UserId,
    /// How.
    pub channel: Channel,
    /// Where: an e-mail address or a phone number.
    pub to: String,
    /// What for.
    pub kind: MessageKind,
    /// What it holds.
    pub credential: Credential,
    /// The id of the address or number.
    pub method_id: String,
    /// The template that the request named.
    pub template_id: Option<String>,
    /// The language that the request named.
    pub locale: Option<String>,
    /// When what it holds ends.
    pub expires_at: Timestamp,
}

/// Which messages are meant: all that fit every part that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Where it went; an e-mail address in any letter case.
    pub to: Option<String>,
    /// What for.
    pub kind: Option<MessageKind>,
    /// How.
    pub channel: Option<Channel>,
    /// Only those after this number.
    pub since: Option<u64>,
    /// Only those before this number.
    pub before: Option<u64>,
    /// Whose user it went to.
    pub project_id: Option<ProjectId>,
    /// A part of anything in it, in any letter case.
    pub q: Option<String>,
    /// Of those the newest, and no more than so many.
    pub limit: Option<usize>,
}

/// A ring of messages.
#[derive(Debug, Default)]
pub struct Outbox(Mutex<Ring>);

#[derive(Debug, Default)]
struct Ring {
    /// Each with its number, the newest last.
    messages: VecDeque<(u64, Message)>,
    /// How many there have been since the start, whatever was cleared.
    sent: u64,
    dropped: u64,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Email, Self::Sms, Self::Whatsapp];

    /// Its name on the control plane.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
        }
    }

    /// The channel of this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
}

impl MessageKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::MagicLink, Self::Invite, Self::Otp, Self::PasswordReset];

    /// Its name on the control plane.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MagicLink => "magic_link",
            Self::Invite => "invite",
            Self::Otp => "otp",
            Self::PasswordReset => "password_reset",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(redacted)")
    }
}

impl Message {
    /// Whether something in it has what somebody looks for.
    fn has(&self, search: &TextFilter) -> bool {
        let user_id = self.user_id.to_string();
        let credential: [&str; 2] = match &self.credential {
            Credential::Code(code) => [code, ""],
            Credential::Link { token, link } => [token, link],
        };
        search.is_in_any([
            &self.to,
            self.kind.as_str(),
            self.channel.as_str(),
            &self.method_id,
            self.project_id.as_str(),
            &user_id,
        ]) || search.is_in_any(self.template_id.iter().chain(&self.locale))
            || search.is_in_any(credential)
    }
}

impl MessageFilter {
    fn fits(&self, number: u64, message: &Message, search: Option<&TextFilter>) -> bool {
        self.to.as_deref().is_none_or(|to| to.eq_ignore_ascii_case(&message.to))
            && self.kind.is_none_or(|kind| kind == message.kind)
            && self.channel.is_none_or(|channel| channel == message.channel)
            && self.since.is_none_or(|since| number > since)
            && self.before.is_none_or(|before| number < before)
            && self.project_id.as_ref().is_none_or(|project_id| *project_id == message.project_id)
            && search.is_none_or(|search| message.has(search))
    }
}

impl Outbox {
    /// Puts a message into a ring of `capacity`, and drops the oldest one if it is full; its number, from 1.
    pub fn send(&self, capacity: usize, message: Message) -> u64 {
        let mut ring = self.0.lock();
        ring.sent += 1;
        let number = ring.sent;
        ring.messages.push_back((number, message));
        while ring.messages.len() > capacity {
            ring.messages.pop_front();
            ring.dropped += 1;
        }
        number
    }

    /// How many messages fit, and what `read` makes of each of them (the newest, if there is a limit) and of its number,
    /// oldest first.
    #[must_use]
    pub fn read<T>(&self, filter: &MessageFilter, read: impl Fn(u64, &Message) -> T) -> (usize, Vec<T>) {
        let search = filter.q.as_deref().map(TextFilter::of);
        let ring = self.0.lock();
        let fitting = ring.messages.iter().filter(|(number, message)| filter.fits(*number, message, search.as_ref()));
        let fitting: Vec<_> = fitting.collect();
        let left_out = fitting.len().saturating_sub(filter.limit.unwrap_or(usize::MAX));
        (fitting.len(), fitting[left_out..].iter().map(|(number, message)| read(*number, message)).collect())
    }

    /// The number of the newest message that there ever was; 0 if there was none.
    #[must_use]
    pub fn last_number(&self) -> u64 {
        self.0.lock().sent
    }

    /// How many messages have fallen out of the ring.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.0.lock().dropped
    }

    /// Empties it; how many messages there were. Numbers go on where they were, so that `since` keeps its meaning.
    pub fn clear(&self) -> usize {
        let mut ring = self.0.lock();
        ring.dropped = 0;
        std::mem::take(&mut ring.messages).len()
    }

    /// Takes a project's messages away; how many there were.
    pub fn clear_project(&self, id: &ProjectId) -> usize {
        let mut ring = self.0.lock();
        let before = ring.messages.len();
        ring.messages.retain(|(_, message)| message.project_id != *id);
        before - ring.messages.len()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::id::Environment;
    use super::*;

    fn message(to: &str, channel: Channel, kind: MessageKind) -> Message {
        Message {
            time: Timestamp::EPOCH,
            project_id: ProjectId::parse("project-test-a").unwrap(),
            user_id: UserId::new(Environment::Test, Uuid::nil()),
            channel,
            to: to.to_owned(),
            kind,
            credential: Credential::Code("123456".to_owned()),
            method_id: "email-test-1".to_owned(),
            template_id: None,
            locale: None,
            expires_at: Timestamp::EPOCH,
        }
    }

    fn outbox(capacity: usize) -> Outbox {
        let outbox = Outbox::default();
        for (to, channel, kind) in [
            ("a@example.com", Channel::Email, MessageKind::MagicLink),
            ("b@example.com", Channel::Email, MessageKind::Otp),
            ("+12025550162", Channel::Sms, MessageKind::Otp),
        ] {
            outbox.send(capacity, message(to, channel, kind));
        }
        outbox
    }

    #[test]
    fn messages_are_found_by_what_they_are() {
        let outbox = outbox(10);
        let any = MessageFilter::default;
        let other = ProjectId::parse("project-test-b").unwrap();
        for (filter, expected) in [
            (any(), &[1, 2, 3][..]),
            (MessageFilter { to: Some("A@Example.com".to_owned()), ..any() }, &[1]),
            (MessageFilter { kind: Some(MessageKind::Otp), ..any() }, &[2, 3]),
            (MessageFilter { channel: Some(Channel::Email), since: Some(1), ..any() }, &[2]),
            (MessageFilter { project_id: Some(other), ..any() }, &[]),
            (MessageFilter { since: Some(1), before: Some(3), ..any() }, &[2]),
            (MessageFilter { q: Some("B@EXAMPLE".to_owned()), ..any() }, &[2]),
            (MessageFilter { q: Some("123456".to_owned()), ..any() }, &[1, 2, 3]),
            (MessageFilter { q: Some("nothing".to_owned()), ..any() }, &[]),
        ] {
            assert_eq!(outbox.read(&filter, |number, _| number), (expected.len(), expected.to_vec()), "{filter:?}");
        }
        let newest = MessageFilter { limit: Some(2), ..any() };
        assert_eq!(outbox.read(&newest, |number, _| number), (3, vec![2, 3]), "how many fit is said all the same");
    }

    #[test]
    fn a_full_outbox_drops_the_oldest_and_says_so() {
        let outbox = outbox(2);
        assert_eq!(outbox.read(&MessageFilter::default(), |number, _| number), (2, vec![2, 3]));
        assert_eq!(outbox.dropped(), 1);
        assert_eq!((outbox.clear(), outbox.dropped()), (2, 0));
        assert_eq!(outbox.send(2, message("a@example.com", Channel::Email, MessageKind::Invite)), 4, "numbers go on");
        assert_eq!(outbox.send(0, message("a@example.com", Channel::Email, MessageKind::Invite)), 5);
        assert_eq!(outbox.read(&MessageFilter::default(), |number, _| number), (0, vec![]), "an outbox of no size keeps nothing");
        assert_eq!(outbox.last_number(), 5);
    }

    #[test]
    fn a_project_is_cleared_alone() {
        let outbox = outbox(10);
        let other = ProjectId::parse("project-test-b").unwrap();
        outbox.send(10, Message { project_id: other.clone(), ..message("a@example.com", Channel::Email, MessageKind::Otp) });
        assert_eq!((outbox.clear_project(&other), outbox.clear_project(&other)), (1, 0));
        assert_eq!(outbox.read(&MessageFilter::default(), |number, _| number), (3, vec![1, 2, 3]));
    }

    #[test]
    fn the_names_are_read_back() {
        assert!(Channel::ALL.into_iter().all(|channel| Channel::parse(channel.as_str()) == Some(channel)));
        assert!(MessageKind::ALL.into_iter().all(|kind| MessageKind::parse(kind.as_str()) == Some(kind)));
        assert_eq!((Channel::parse("post"), MessageKind::parse("login")), (None, None));
    }

    #[test]
    fn what_a_message_holds_is_not_printed() {
        assert!(!format!("{:?}", message("a@example.com", Channel::Email, MessageKind::Otp)).contains("123456"));
    }
}
