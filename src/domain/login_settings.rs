//! What a project says of logging in.

use super::password_strength::StrengthPolicy;
use super::redirect_url::RedirectUrls;
use super::user_lock::UserLockPolicy;

/// A project's rules for logins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoginSettings {
    /// What browsers and apps name the project by; none: the one that is made from its id.
    pub public_tokens: Vec<String>,
    /// Where browsers may be sent.
    pub redirect_urls: RedirectUrls,
    /// What passwords have to be like.
    pub password_strength: StrengthPolicy,
    /// When a user is locked.
    pub user_lock: UserLockPolicy,
}
