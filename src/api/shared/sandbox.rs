//! The vendor's sandbox user, whom every test project answers for without a seed, and of whom nothing is kept. Source: the
//! vendor's guide to sandbox values; what the user has beside the ids is assumed.

use crate::api::serving::call::Call;
use crate::domain::id::{Environment, SessionId, UserId};
use crate::domain::session::Session;
use crate::domain::session_token::SessionToken;
use crate::domain::user::{Email, User};

/// The id of the sandbox user.
pub const USER_ID: &str = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd";

/// The address of the sandbox user; requests may write it in any letter case.
pub const EMAIL: &str = "sandbox@stytch.com";

/// The id of the sandbox address.
pub const EMAIL_ID: &str = "email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286";

const SESSION_ID: &str = "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028";
/// The token of the sandbox session.
pub const SESSION_TOKEN: &str = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY";

/// Whether sandbox values are answered: in test projects, unless they are switched off.
#[must_use]
pub fn is_on(call: &Call<'_>) -> bool {
    call.sandbox() && call.project().environment() == Environment::Test
}

/// The id of the sandbox user.
///
/// # Panics
/// Never: it is one.
#[must_use]
pub fn user_id() -> UserId {
    UserId::parse(USER_ID).expect("the vendor's sandbox user has an id")
}

/// The sandbox user, with their address.
#[must_use]
pub fn user() -> User {
    let mut user = User::new(user_id());
    user.emails = vec![Email { email_id: EMAIL_ID.into(), email: EMAIL.into(), verified: true }];
    user
}

/// The id of the sandbox session.
///
/// # Panics
/// Never: it is one.
#[must_use]
pub fn session_id() -> SessionId {
    SessionId::parse(SESSION_ID).expect("the vendor's sandbox session has an id")
}

/// A session as that of a sandbox login: it has the vendor's id and token.
///
/// # Panics
/// Never: both are what they say.
#[must_use]
pub fn session(mut session: Session) -> Session {
    session.id = session_id();
    session.token = SessionToken::parse(SESSION_TOKEN).expect("the vendor's sandbox session has a token");
    session
}
