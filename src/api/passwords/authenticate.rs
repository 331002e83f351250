//! `POST /v1/passwords/authenticate`: logs a user in by their password. Source: the vendor's reference; the answer is
//! captured.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::login::{LOGIN_ERRORS, LoginAnswer, LoginSession};
use crate::api::shared::password::{COMPARISON_ERRORS, Comparison};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::sandbox_passwords::SandboxLogin;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_arguments::check_email;
use crate::domain::refusal::{ErrorType, Refusal};

/// Authenticate a password.
pub struct Authenticate;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The user's address, in any letter case.
    email: String,
    /// The user's password.
    password: String,
}

impl Endpoint for Authenticate {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::InvalidEmail], COMPARISON_ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        is_slow: true,
        doors: &[Door::for_anyone_or_user("/sdk/v1/passwords/authenticate").telling_user()],
        ..Description::new(
            Operation { name: "passwords.authenticate", method: "POST", path: "/v1/passwords/authenticate" },
            "Authenticate a password",
            Evidence::Captured,
        )
    };
    type Request = ((Body<Fields>, Body<TelemetryArguments>), (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = LoginAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<LoginAnswer, Refusal> {
        let ((Body(fields), Body(telemetry)), (Body(session), Body(renewal))) = request;
        check_email(&fields.email)?;
        if let Some(sandbox) = SandboxLogin::of(call, &fields.email) {
            return sandbox.answer(call, renewal);
        }
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        let comparison = Comparison::of(call, &fields.email, &fields.password)?;
        let proof = factor(call, "knowledge", &[]);
        let admit = |record: &mut _| session.admit(call, record, None, proof);
        let (record, session) = call.project().log_in(|turn| comparison.settle(call, turn, admit))?;
        Ok(LoginAnswer::new(call, record, session))
    }
}
