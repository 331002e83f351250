//! The vendor's sandbox user of TOTPs, whom every test project answers for without a seed (documented).

use crate::api::serving::call::Call;
use crate::domain::id::{Environment, SessionId, UserHandle, UserId};
use crate::domain::session::Session;
use crate::domain::session_token::SessionToken;
use crate::domain::totp::{self, TotpSecret};
use crate::domain::user::{Email, Totp, User, UserRecord};

const USER_ID: &str = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd";
const EMAIL_ID: &str = "email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286";
const EMAIL: &str = "sandbox@stytch.com";
const SESSION_ID: &str = "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028";
const SESSION_TOKEN: &str = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY";
/// The sandbox user's code of the app, whatever the time.
pub const CODE: &str = "000000";
/// The sandbox user's recovery code, however often it is used.
pub const RECOVERY_CODE: &str = "a1b2-c3d4-e5f6";
/// The vendor does not tell this one (assumed).
const TOTP_ID: &str = "totp-test-41920359-8bbb-4fe8-8fa3-aaa83f35f02c";

/// The sandbox user, if a request to a test project names them and no user of the project has the id.
#[must_use]
pub fn user(call: &Call<'_>, user_id: &str) -> Option<UserRecord> {
    let is_meant = user_id == USER_ID && is_on(call) && call.project().user(&UserHandle::parse(USER_ID).ok()?).is_none();
    if is_meant { record() } else { None }
}

/// Whether sandbox values are answered.
#[must_use]
pub fn is_on(call: &Call<'_>) -> bool {
    call.sandbox() && call.project().environment() == Environment::Test
}

/// The sandbox user.
#[must_use]
pub fn record() -> Option<UserRecord> {
    let mut user = User::new(UserId::parse(USER_ID).ok()?);
    user.emails = vec![Email { email_id: EMAIL_ID.into(), email: EMAIL.into(), verified: true }];
    let authenticator = totp::Totp::verified(TotpSecret::new([0; 20]), vec![RECOVERY_CODE.to_owned()]);
    user.totps = vec![Totp { totp_id: TOTP_ID.into(), verified: true, authenticator: Some(authenticator) }];
    Some(UserRecord::new(user))
}

/// The session of a sandbox login.
#[must_use]
pub fn session(mut session: Session) -> Session {
    if let (Ok(id), Ok(token)) = (SessionId::parse(SESSION_ID), SessionToken::parse(SESSION_TOKEN)) {
        (session.id, session.token) = (id, token);
    }
    session
}
