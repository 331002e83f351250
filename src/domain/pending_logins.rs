//! What a project has given out and waits for: codes, tokens, and addresses that somebody has to confirm.

use super::id::UserId;
use super::login_token::LoginTokens;
use super::oauth::OAuthGrants;
use super::one_time_code::OneTimeCodes;
use super::timestamp::Timestamp;

/// Codes and tokens on their way.
#[derive(Debug, Default)]
pub struct PendingLogins {
    /// Codes, by the method that they were sent to.
    pub codes: OneTimeCodes,
    /// Tokens of links and of OAuth.
    pub tokens: LoginTokens,
    /// What goes with the tokens of OAuth.
    pub grants: OAuthGrants,
    unconfirmed: Vec<UnconfirmedContact>,
}

/// An address or number that a message added to a user who was there already.
#[derive(Debug, Clone)]
pub struct UnconfirmedContact {
    /// Whose it is to be.
    pub user_id: UserId,
    /// Its id.
    pub method_id: String,
    /// When it goes, if nobody has confirmed it.
    pub lapses_at: Timestamp,
}

impl PendingLogins {
    /// Waits for somebody to confirm an address or number.
    pub fn await_confirmation(&mut self, contact: UnconfirmedContact) {
        self.unconfirmed.push(contact);
    }

    /// Waits no longer for those whose time is over at `now`; which they are.
    pub fn lapse(&mut self, now: Timestamp) -> Vec<UnconfirmedContact> {
        self.unconfirmed.extract_if(.., |contact| contact.lapses_at <= now).collect()
    }

    /// Makes the codes and links that were sent to a method count no more.
    pub fn forget_method(&mut self, method_id: &str) {
        self.codes.forget(method_id);
        self.tokens.forget(|token| token.method_id == method_id);
    }
}
