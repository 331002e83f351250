//! One run through an authorization: a code, and the tokens that an app got for it.

use chrono::TimeDelta;

use super::id::SessionId;
use super::pkce::{CodeChallenge, PkceRefusal};
use super::timestamp::Timestamp;

/// How long a code lasts (assumed: the most that RFC 6749 recommends).
pub const CODE_LIFE: TimeDelta = TimeDelta::minutes(10);

/// How long a refresh token lasts. Source: the vendor's reference, which says three months.
pub const REFRESH_TOKEN_LIFE: TimeDelta = TimeDelta::days(90);

/// The most refresh tokens of one grant that are kept; the oldest go first.
const MAX_REFRESH_TOKENS: usize = 100;

/// One run through the authorization: a code, and the tokens for it.
#[derive(Debug, Clone)]
pub struct Grant {
    /// What the tokens allow.
    pub scopes: Vec<String>,
    /// The session in which the user agreed.
    pub session_id: Option<SessionId>,
    /// What the app wants to see again in the ID token.
    pub nonce: Option<String>,
    /// Where the code was brought.
    pub redirect_uri: String,
    /// What the app has to know to get tokens for the code.
    pub code_challenge: Option<CodeChallenge>,
    /// The code.
    pub code: OneTime,
    /// Those that were given out, used ones included, the newest last.
    pub refresh_tokens: Vec<OneTime>,
    /// Those that may still be good.
    pub access_tokens: Vec<AccessToken>,
}

/// A code or a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTime {
    /// Itself.
    pub text: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when on it is too late.
    pub expires_at: Timestamp,
    /// When it was used up, if so.
    pub used_at: Option<Timestamp>,
    /// When it was taken back, if so.
    pub revoked_at: Option<Timestamp>,
}

/// An access token, known by its `jti`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Its `jti`.
    pub id: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when on it is too late.
    pub expires_at: Timestamp,
    /// When it became a session, if so; that goes once.
    pub exchanged_at: Option<Timestamp>,
    /// When it was taken back, if so.
    pub revoked_at: Option<Timestamp>,
}

/// Why a code or a token gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantRefusal {
    /// There is none such, or it is another app's.
    Unknown,
    /// It came too late.
    Expired,
    /// It was used before; now nothing counts any more that came of it.
    Used,
    /// The user, or the app, took it back.
    Revoked,
    /// The code was brought elsewhere.
    RedirectUri,
    /// PKCE.
    Pkce(PkceRefusal),
    /// More is asked for than was agreed to.
    Scope,
}

impl OneTime {
    /// A fresh one.
    #[must_use]
    pub fn new(text: String, issued_at: Timestamp, expires_at: Timestamp) -> Self {
        Self { text, issued_at, expires_at, used_at: None, revoked_at: None }
    }

    /// Whether it counts at `now`.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, now: Timestamp) -> Result<(), GrantRefusal> {
        match self {
            Self { revoked_at: Some(_), .. } => Err(GrantRefusal::Revoked),
            Self { used_at: Some(_), .. } => Err(GrantRefusal::Used),
            Self { expires_at, .. } if now >= *expires_at => Err(GrantRefusal::Expired),
            _ => Ok(()),
        }
    }
}

impl AccessToken {
    /// Whether it is good at `now`.
    #[must_use]
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

impl Grant {
    /// Takes back everything that came of it.
    pub fn revoke(&mut self, now: Timestamp) {
        let refresh_tokens = self.refresh_tokens.iter_mut().map(|token| &mut token.revoked_at);
        for revoked_at in refresh_tokens.chain(self.access_tokens.iter_mut().map(|token| &mut token.revoked_at)) {
            revoked_at.get_or_insert(now);
        }
    }

    /// Notes what an app got, and forgets what is over; the texts and ids that were forgotten.
    pub fn issue(&mut self, access: AccessToken, refresh: Option<OneTime>, now: Timestamp) -> Vec<String> {
        let over = self.access_tokens.extract_if(.., |token| now >= token.expires_at).map(|token| token.id);
        let mut dropped: Vec<String> = over.collect();
        self.access_tokens.push(access);
        self.refresh_tokens.extend(refresh);
        let too_many = self.refresh_tokens.len().saturating_sub(MAX_REFRESH_TOKENS);
        dropped.extend(self.refresh_tokens.drain(..too_many).map(|token| token.text));
        dropped
    }

    /// Whether the app may come again without the user.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.scopes.iter().any(|scope| scope == "offline_access")
    }

    /// Its code, its refresh tokens, and the ids of its access tokens.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let texts = std::iter::once(&self.code).chain(&self.refresh_tokens).map(|token| token.text.as_str());
        texts.chain(self.access_tokens.iter().map(|token| token.id.as_str()))
    }
}
