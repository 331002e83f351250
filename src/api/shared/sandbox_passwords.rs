//! The vendor's sandbox values for passwords: in test projects `sandbox@stytch.com` has any password. Nothing of it is
//! in the world: no listing shows the user or the session.

use std::sync::Arc;

use super::login::{self, Admitted, LoginAnswer};
use super::proven_factor::factor;
use super::sandbox;
use super::session_arguments::RenewalArguments;
use crate::api::serving::call::Call;
use crate::domain::refusal::Refusal;
use crate::domain::user::UserRecord;

/// The login of the sandbox user (documented; what the user has beside the ids is assumed).
pub struct SandboxLogin(UserRecord);

impl SandboxLogin {
    /// It, if the address is the sandbox's and the project may use it.
    #[must_use]
    pub fn of(call: &Call<'_>, email: &str) -> Option<Self> {
        (sandbox::is_on(call) && email.eq_ignore_ascii_case(sandbox::EMAIL)).then(|| Self(UserRecord::new(sandbox::user())))
    }

    /// The answer, with the sandbox's session if the request asks for one.
    ///
    /// # Errors
    /// If the duration is out of range, or the claims are too large.
    pub fn answer(self, call: &Call<'_>, renewal: RenewalArguments) -> Result<LoginAnswer, Refusal> {
        let renewal = renewal.renewal()?;
        let begin = || login::begin(call, &self.0, None, factor(call, "knowledge", &[]), &renewal).map(sandbox::session);
        let session = renewal.lifetime.is_some().then(begin).transpose()?;
        Ok(LoginAnswer::new(call, Arc::new(self.0), Admitted { session, device: None }))
    }
}
