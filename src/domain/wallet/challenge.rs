//! What a wallet has to sign: made for one login, and no longer good after some minutes.

use std::fmt;

use chrono::TimeDelta;

use super::siwe::SiweParams;
use crate::domain::timestamp::Timestamp;

/// What a wallet has to sign.
#[derive(Clone, PartialEq, Eq)]
pub struct WalletChallenge {
    /// The text.
    pub text: String,
    /// From when on it is too late.
    pub expires_at: Timestamp,
}

/// How long a challenge is good (assumed).
#[must_use]
pub fn lifetime() -> TimeDelta {
    TimeDelta::minutes(5)
}

impl WalletChallenge {
    /// What speaks against a signature of it at `now`.
    #[must_use]
    pub fn objection(&self, now: Timestamp) -> Option<String> {
        let not_before = SiweParams::read(&self.text).and_then(|siwe| siwe.not_before);
        match not_before {
            _ if now >= self.expires_at => Some(format!("the challenge expired at {}", self.expires_at)),
            Some(at) if now < at => Some(format!("the message is not valid before {at}")),
            _ => None,
        }
    }
}

impl fmt::Debug for WalletChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WalletChallenge").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}
