//! Tokens by which somebody of the project's own logs in as one of its users: for five minutes, once. The vendor makes them
//! in its dashboard.

use chrono::TimeDelta;

use super::secret::Secret;
use super::timestamp::Timestamp;

/// The most tokens that a project keeps. Those that are over go first.
pub const MAX_TOKENS: usize = 1_000;

/// How long a token counts (documented).
#[must_use]
pub fn lifetime() -> TimeDelta {
    TimeDelta::minutes(5)
}

/// A token, and who it lets be whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpersonationToken {
    /// The token.
    pub token: Secret,
    /// The user who is impersonated: a Stytch id or an external id.
    pub user_id: String,
    /// Who impersonates.
    pub impersonator_id: String,
    /// Their address.
    pub impersonator_email_address: String,
    /// From when on it is too late.
    pub expires_at: Timestamp,
    /// When it was used, if it was.
    pub used_at: Option<Timestamp>,
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImpersonationRefusal {
    /// There is none such.
    Unknown,
    /// It was used before.
    Used,
    /// It came too late.
    Expired,
}

/// The tokens of a project, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImpersonationTokens(pub Vec<ImpersonationToken>);

impl ImpersonationTokens {
    /// Adds a token; whether there was room.
    #[must_use]
    pub fn issue(&mut self, token: ImpersonationToken, now: Timestamp) -> bool {
        if self.0.len() >= MAX_TOKENS {
            self.0.retain(|token| token.used_at.is_none() && now < token.expires_at);
        }
        let has_room = self.0.len() < MAX_TOKENS;
        if has_room {
            self.0.push(token);
        }
        has_room
    }

    /// Looks at a token, without using it up. Every token is compared, whichever matches.
    ///
    /// # Errors
    /// If it is unknown, used or expired.
    pub fn check(&self, candidate: &str, now: Timestamp) -> Result<&ImpersonationToken, ImpersonationRefusal> {
        let mut found = None;
        for token in &self.0 {
            if token.token.matches(candidate.as_bytes()) {
                found = Some(token);
            }
        }
        match found {
            None => Err(ImpersonationRefusal::Unknown),
            Some(ImpersonationToken { used_at: Some(_), .. }) => Err(ImpersonationRefusal::Used),
            Some(token) if now >= token.expires_at => Err(ImpersonationRefusal::Expired),
            Some(token) => Ok(token),
        }
    }

    /// Uses a token up.
    pub fn use_up(&mut self, candidate: &str, now: Timestamp) {
        for token in self.0.iter_mut().filter(|token| token.token.matches(candidate.as_bytes())) {
            token.used_at = Some(now.whole_seconds());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u32) -> Timestamp {
        Timestamp::parse(&format!("2021-08-09T08:{minute:02}:00Z")).unwrap()
    }

    fn token(text: &str) -> ImpersonationToken {
        ImpersonationToken {
            token: Secret::parse(text).unwrap(),
            user_id: "alice".to_owned(),
            impersonator_id: "support".to_owned(),
            impersonator_email_address: String::new(),
            expires_at: at(5),
            used_at: None,
        }
    }

    #[test]
    fn a_token_counts_once_and_in_time() {
        let mut tokens = ImpersonationTokens::default();
        assert!(tokens.issue(token("a"), at(0)) && tokens.issue(token("b"), at(0)));
        assert_eq!(tokens.check("c", at(0)), Err(ImpersonationRefusal::Unknown));
        assert_eq!(tokens.check("a", at(5)), Err(ImpersonationRefusal::Expired));
        assert!(tokens.check("a", at(4)).is_ok() && tokens.check("b", at(4)).is_ok());
        tokens.use_up("a", at(4));
        assert_eq!(tokens.check("a", at(4)), Err(ImpersonationRefusal::Used));
        assert!(tokens.check("b", at(4)).is_ok());
        assert!(!format!("{tokens:?}").contains("\"a\""));
    }

    #[test]
    fn those_that_are_over_make_room() {
        let mut tokens = ImpersonationTokens(vec![token("a"); MAX_TOKENS]);
        assert!(!tokens.issue(token("b"), at(4)));
        assert!(tokens.issue(token("b"), at(5)));
        assert_eq!(tokens.0.len(), 1);
    }
}
