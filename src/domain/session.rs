//! A session: what the vendor keeps of one, and when it counts as active.

use std::sync::{Arc, LazyLock};

use super::JsonObject;
use super::factor::Factor;
use super::id::SessionId;
use super::refusal::{ErrorType, Refusal};
use super::session_token::SessionToken;
use super::timestamp::Timestamp;

/// A session of a user. Which user is known by whose record it lies in; what sessions have in common they share.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The opaque token that proves it.
    pub token: SessionToken,
    /// When it began.
    pub started_at: Timestamp,
    /// When the API last authenticated it.
    pub last_accessed_at: Timestamp,
    /// From this instant on it is expired.
    pub expires_at: Timestamp,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
    /// Where it was begun from; `None` is a `null`.
    pub attributes: Option<Arc<Attributes>>,
    /// What the app has put in; `None` is a `null`.
    pub custom_claims: Option<Arc<JsonObject>>,
    /// The user's roles; `None` leaves the key out, as captures from before mid-2025 do.
    pub roles: Option<Arc<[String]>>,
    /// The proofs it rests on.
    pub authentication_factors: Arc<[Factor]>,
}

/// Where a session was begun from. Empty strings where the app sent none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The user's address.
    pub ip_address: String,
    /// The user's browser.
    pub user_agent: String,
}

impl Session {
    /// Whether it is listed and can be authenticated at `now`: not revoked, and not yet expired.
    #[must_use]
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// Insists that it is active.
    ///
    /// # Errors
    /// `session_not_found`: the vendor has no other word for a session that is over.
    pub fn expect_active(&self, now: Timestamp) -> Result<(), Refusal> {
        let over = match self.revoked_at {
            Some(at) => format!("session {} was revoked at {at}", self.id),
            None if now >= self.expires_at => format!("session {} expired at {}", self.id, self.expires_at),
            None => return Ok(()),
        };
        Err(Refusal::new(ErrorType::SessionNotFound, over))
    }

    /// The order of a listing: by start, ties by id.
    #[must_use]
    pub fn listing_key(&self) -> (Timestamp, SessionId) {
        (self.started_at, self.id)
    }

    /// Whether somebody of the project's own began it in the user's place.
    #[must_use]
    pub fn is_impersonated(&self) -> bool {
        self.authentication_factors.iter().any(|factor| factor.factor_type.as_str() == "impersonated")
    }

    /// Lets it rest on another proof as well.
    pub fn add_factor(&mut self, factor: Factor) {
        self.authentication_factors = self.authentication_factors.iter().cloned().chain([factor]).collect();
    }

    /// The claims of a session that was given none.
    #[must_use]
    pub fn no_claims() -> Arc<JsonObject> {
        static NONE: LazyLock<Arc<JsonObject>> = LazyLock::new(Arc::default);
        Arc::clone(&NONE)
    }
}

impl Attributes {
    /// Those of a session that was begun from nobody knows where.
    #[must_use]
    pub fn unknown() -> Arc<Self> {
        static UNKNOWN: LazyLock<Arc<Attributes>> = LazyLock::new(Arc::default);
        Arc::clone(&UNKNOWN)
    }
}
