//! What a project says of logging in.

use std::borrow::Cow;

use super::bootstrap::Bootstrap;
use super::id::ProjectId;
use super::oauth::OAuthIdentities;
use super::password_strength::StrengthPolicy;
use super::redirect_url::RedirectUrls;
use super::user_lock::UserLockPolicy;

/// A project's rules for logins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoginSettings {
    /// What browsers and apps name the project by, which hold no secret; none: the one that is made from its id.
    pub public_tokens: Vec<String>,
    /// Where browsers may be sent.
    pub redirect_urls: RedirectUrls,
    /// What passwords have to be like.
    pub password_strength: StrengthPolicy,
    /// When a user is locked.
    pub user_lock: UserLockPolicy,
    /// Whom OAuth providers know.
    pub oauth_identities: OAuthIdentities,
    /// What pages are told.
    pub bootstrap: Bootstrap,
}

/// How the id of a project begins, and the public token that is made from it.
const BEGINNINGS: (&str, &str) = ("project-", "public-token-");

impl LoginSettings {
    /// The public token of the project with this id; the first, if it has several.
    #[must_use]
    pub fn public_token(&self, id: &ProjectId) -> Cow<'_, str> {
        let made = || Cow::Owned(id.as_str().replacen(BEGINNINGS.0, BEGINNINGS.1, 1));
        self.public_tokens.first().map_or_else(made, |token| Cow::Borrowed(token.as_str()))
    }

    /// The id of the project that `token` is made from, if it is made from one.
    #[must_use]
    pub fn project_id_in(token: &str) -> Option<String> {
        token.strip_prefix(BEGINNINGS.1).map(|rest| format!("{}{rest}", BEGINNINGS.0))
    }

    /// Whether the project with this id goes by `token`.
    #[must_use]
    pub fn has_public_token(&self, id: &ProjectId, token: &str) -> bool {
        self.public_token(id) == token || self.public_tokens.iter().any(|own| own == token)
    }
}
