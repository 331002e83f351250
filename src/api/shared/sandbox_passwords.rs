//! The vendor's sandbox values for passwords: in test projects `sandbox@stytch.com` has any password. Nothing of it is
//! in the world: no listing shows the user or the session.

use std::sync::Arc;

use super::login::{self, LoginAnswer};
use super::proven_factor::factor;
use super::session_arguments::RenewalArguments;
use crate::api::serving::call::Call;
use crate::domain::compact_text::CompactText;
use crate::domain::error_catalogue::Refusal;
use crate::domain::id::{Environment, SessionId, UserId};
use crate::domain::session_token::SessionToken;
use crate::domain::user::{Email, User, UserRecord};

const EMAIL: &str = "sandbox@stytch.com";
pub const EMAIL_ID: &str = "email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286";
const USER_ID: &str = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd";
const SESSION_ID: &str = "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028";
const SESSION_TOKEN: &str = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY";

/// The login of the sandbox user (documented; what the user has beside the ids is assumed).
pub struct SandboxLogin(UserRecord);

impl SandboxLogin {
    /// It, if the address is the sandbox's and the project may use it.
    #[must_use]
    pub fn of(call: &Call<'_>, email: &str) -> Option<Self> {
        if !call.sandbox() || call.project().environment() != Environment::Test || email != EMAIL {
            return None;
        }
        let mut user = User::new(UserId::parse(USER_ID).expect("the sandbox user's id is one"));
        user.emails = vec![Email { email_id: CompactText::from(EMAIL_ID), email: EMAIL.into(), verified: true }];
        Some(Self(UserRecord::new(user)))
    }

    /// The answer, with the sandbox's session if the request asks for one.
    ///
    /// # Errors
    /// If the duration is out of range, or the claims are too large.
    pub fn answer(self, call: &Call<'_>, renewal: RenewalArguments) -> Result<LoginAnswer, Refusal> {
        let renewal = renewal.renewal()?;
        let begin = || {
            let mut session = login::begin(call, &self.0, None, factor(call, "knowledge", &[]), &renewal)?;
            session.id = SessionId::parse(SESSION_ID).expect("the sandbox session's id is one");
            session.token = SessionToken::parse(SESSION_TOKEN).expect("the sandbox session's token is one");
            Ok::<_, Refusal>(session)
        };
        let session = renewal.lifetime.is_some().then(begin).transpose()?;
        Ok(LoginAnswer::new(call, Arc::new(self.0), session))
    }
}
