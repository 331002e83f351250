//! What a project waits for and asks of passkeys.

use chrono::TimeDelta;

use super::client_data::Ceremony;
use crate::domain::id::UserId;
use crate::domain::timestamp::Timestamp;

/// The most challenges that a project waits for. The oldest go first.
const MAX_CHALLENGES: usize = 10_000;

/// How long a challenge is good (assumed).
#[must_use]
pub fn lifetime() -> TimeDelta {
    TimeDelta::minutes(5)
}

/// Whether authenticators have to verify their users.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UserVerification {
    /// Whoever does not is refused.
    Required,
    /// They may.
    #[default]
    Preferred,
    /// They need not.
    Discouraged,
}

impl UserVerification {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Required, Self::Preferred, Self::Discouraged];

    /// The word of browsers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Preferred => "preferred",
            Self::Discouraged => "discouraged",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verification| verification.as_str() == name)
    }
}

/// A challenge that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyChallenge {
    /// What for.
    pub ceremony: Ceremony,
    /// The challenge, in base64url.
    pub challenge: String,
    /// For whom; `None` for whoever has a passkey.
    pub user_id: Option<UserId>,
    /// For which domain.
    pub domain: String,
    /// The browser, as a registration says.
    pub user_agent: String,
    /// The kind of authenticator, as a registration says.
    pub authenticator_type: String,
    /// From when on it is too late.
    pub expires_at: Timestamp,
}

/// It.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passkeys {
    /// What authenticators are asked.
    pub user_verification: UserVerification,
    /// The challenges that nobody answered yet, the oldest first.
    pub challenges: Vec<PasskeyChallenge>,
}

impl Passkeys {
    /// Waits for an answer to a challenge.
    pub fn issue(&mut self, challenge: PasskeyChallenge, now: Timestamp) {
        self.challenges.retain(|known| now < known.expires_at);
        if self.challenges.len() >= MAX_CHALLENGES {
            self.challenges.remove(0);
        }
        self.challenges.push(challenge);
    }

    /// The challenge of this text, if it is good.
    #[must_use]
    pub fn find(&self, ceremony: Ceremony, challenge: &str, now: Timestamp) -> Option<&PasskeyChallenge> {
        let is_it =
            |known: &&PasskeyChallenge| known.ceremony == ceremony && known.challenge == challenge && now < known.expires_at;
        self.challenges.iter().find(is_it)
    }

    /// Uses a challenge up.
    pub fn use_up(&mut self, challenge: &str) {
        self.challenges.retain(|known| known.challenge != challenge);
    }
}
