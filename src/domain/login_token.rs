//! Tokens that log a user in once: those of magic links, password resets and OAuth.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::id::UserId;
use super::pkce::CodeChallenge;
use super::session::Attributes;
use super::timestamp::Timestamp;

/// What a token is for. Tokens of different kinds don't meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoginTokenKind {
    /// In the link of an e-mail: login, sign-up or invite.
    EmailMagicLink,
    /// Made for the app to send.
    EmbeddableMagicLink,
    /// In the link of an e-mail that resets a password.
    PasswordReset,
    /// What a browser brings back from a provider.
    OAuth,
    /// Ties the next OAuth login to a user who is there.
    OAuthAttach,
}

/// What a token stands for.
#[derive(Debug, Clone)]
pub struct LoginToken {
    /// What it is for.
    pub kind: LoginTokenKind,
    /// Whom it logs in.
    pub user_id: UserId,
    /// By what: the id of an e-mail address, an embeddable link or an OAuth registration.
    pub method_id: String,
    /// From when on it is too late.
    pub expires_at: Timestamp,
    /// What the app that began has to know in the end.
    pub code_challenge: Option<CodeChallenge>,
    /// Where the browser goes.
    pub redirect_url: Option<String>,
    /// Who asked for it, as far as the request said.
    pub attributes: Option<Attributes>,
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefusal {
    /// There is none such, or it is for something else.
    Unknown,
    /// It was used before.
    Used,
    /// It came too late.
    Expired,
}

/// All tokens of a project, used ones included.
#[derive(Debug, Default)]
pub struct LoginTokens(HashMap<Box<str>, Issued>);

#[derive(Debug)]
struct Issued {
    token: LoginToken,
    is_used: bool,
}

/// A token as the vendor's are: 33 bytes, 44 characters of URL-safe base64.
#[must_use]
pub fn token_text(random: [u8; 33]) -> String {
    URL_SAFE_NO_PAD.encode(random)
}

impl LoginTokens {
    /// Adds a token, which stands for `token`.
    pub fn issue(&mut self, text: &str, token: LoginToken) {
        self.0.insert(text.into(), Issued { token, is_used: false });
    }

    /// What a token stands for or stood for, used up or not.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&LoginToken> {
        self.0.get(text).map(|issued| &issued.token)
    }

    /// Looks at what a token stands for, without using it up.
    ///
    /// # Errors
    /// If it is unknown, used or expired.
    pub fn check(&self, kind: LoginTokenKind, text: &str, now: Timestamp) -> Result<&LoginToken, TokenRefusal> {
        match self.0.get(text).filter(|issued| issued.token.kind == kind) {
            None => Err(TokenRefusal::Unknown),
            Some(Issued { is_used: true, .. }) => Err(TokenRefusal::Used),
            Some(Issued { token, .. }) if now >= token.expires_at => Err(TokenRefusal::Expired),
            Some(Issued { token, .. }) => Ok(token),
        }
    }

    /// Uses a token up; what it stood for.
    ///
    /// # Errors
    /// If it is unknown, used or expired.
    pub fn redeem(&mut self, kind: LoginTokenKind, text: &str, now: Timestamp) -> Result<LoginToken, TokenRefusal> {
        let token = self.check(kind, text, now)?.clone();
        if let Some(issued) = self.0.get_mut(text) {
            issued.is_used = true;
        }
        Ok(token)
    }

    /// Forgets every token that fits, as if it had never been issued; how many there were.
    pub fn forget(&mut self, fits: impl Fn(&LoginToken) -> bool) -> usize {
        let before = self.0.len();
        self.0.retain(|_, issued| !fits(&issued.token));
        before - self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::id::Environment;
    use super::*;

    fn at(minute: u32) -> Timestamp {
        Timestamp::parse(&format!("2021-08-09T08:{minute:02}:00Z")).unwrap()
    }

    fn tokens() -> LoginTokens {
        let mut tokens = LoginTokens::default();
        let token = LoginToken {
            kind: LoginTokenKind::EmailMagicLink,
            user_id: UserId::new(Environment::Test, Uuid::nil()),
            method_id: "email-test-1".to_owned(),
            expires_at: at(5),
            code_challenge: None,
            redirect_url: None,
            attributes: None,
        };
        tokens.issue("link", token);
        tokens
    }

    #[test]
    fn a_token_counts_once_and_for_its_purpose() {
        use LoginTokenKind::{EmailMagicLink, PasswordReset};

        let mut tokens = tokens();
        let mut redeem = |kind, text, minute| tokens.redeem(kind, text, at(minute)).map(|token| token.method_id);
        assert_eq!(redeem(EmailMagicLink, "another", 0), Err(TokenRefusal::Unknown));
        assert_eq!(redeem(PasswordReset, "link", 0), Err(TokenRefusal::Unknown));
        assert_eq!(redeem(EmailMagicLink, "link", 5), Err(TokenRefusal::Expired));
        assert_eq!(redeem(EmailMagicLink, "link", 4), Ok("email-test-1".to_owned()));
        assert_eq!(redeem(EmailMagicLink, "link", 4), Err(TokenRefusal::Used));
        assert_eq!(redeem(EmailMagicLink, "link", 6), Err(TokenRefusal::Used));
    }

    #[test]
    fn a_look_uses_nothing_up_and_what_is_forgotten_was_never_there() {
        let mut tokens = tokens();
        assert!(tokens.check(LoginTokenKind::EmailMagicLink, "link", at(0)).is_ok());
        assert!(tokens.find("link").is_some() && tokens.find("another").is_none());
        assert_eq!(tokens.forget(|token| token.method_id == "email-test-2"), 0);
        assert_eq!(tokens.forget(|token| token.method_id == "email-test-1"), 1);
        assert_eq!(tokens.redeem(LoginTokenKind::EmailMagicLink, "link", at(0)).map(|_| ()), Err(TokenRefusal::Unknown));
    }

    #[test]
    fn a_token_has_the_vendors_form() {
        assert_eq!(token_text([0xff; 33]), "_".repeat(44));
    }
}
