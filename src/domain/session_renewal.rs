//! What an authentication does to a session: it is accessed, may be given a new end, and may be given claims.

use std::sync::Arc;

use chrono::TimeDelta;

use super::JsonObject;
use super::claims::merge_claims;
use super::refusal::{ErrorType, Refusal};
use super::session::Session;
use super::timestamp::Timestamp;

/// A session's lifetime in minutes, 5 to 527040 (366 days).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime(i64);

impl Lifetime {
    /// What the vendor gives where a session is made and no lifetime is asked for (assumed).
    pub const DEFAULT: Self = Self(60);

    /// Takes a number of minutes.
    ///
    /// # Errors
    /// `invalid_session_duration_minutes` outside the range.
    pub fn from_minutes(minutes: i64) -> Result<Self, Refusal> {
        if (5..=527_040).contains(&minutes) {
            return Ok(Self(minutes));
        }
        let reason = format!("session_duration_minutes is {minutes}");
        Err(Refusal::new(ErrorType::InvalidSessionDurationMinutes, reason))
    }

    /// The end of a session that gets this lifetime at `now`, on a whole second.
    #[must_use]
    pub fn end(self, now: Timestamp) -> Timestamp {
        now.whole_seconds().saturating_add(TimeDelta::minutes(self.0))
    }
}

/// What a request asks for its session.
#[derive(Debug, Clone, Default)]
pub struct Renewal {
    /// A new end, this far from now; without it the end stays.
    pub lifetime: Option<Lifetime>,
    /// Claims to merge in.
    pub custom_claims: Option<JsonObject>,
}

impl Renewal {
    /// Applies it to an active session.
    ///
    /// # Errors
    /// If the claims become too large; the session is not fit for use then.
    pub fn apply(&self, session: &mut Session, now: Timestamp) -> Result<(), Refusal> {
        session.last_accessed_at = now.whole_seconds();
        // an impersonated session can't be extended (documented; that asking for it is no error is assumed)
        if let Some(lifetime) = self.lifetime.filter(|_| !session.is_impersonated()) {
            // a clock that was moved back must not end a session before it starts, which no seed may say
            session.expires_at = lifetime.end(now).max(session.started_at);
        }
        if let Some(given) = &self.custom_claims {
            merge_claims(Arc::make_mut(session.custom_claims.get_or_insert_default()), given)?;
        }
        Ok(())
    }
}
