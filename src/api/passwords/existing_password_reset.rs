//! `POST /v1/passwords/existing_password/reset`: sets a password by the one that the user has, and logs them in. Source:
//! the vendor's reference: every session of the user ends before the new one begins.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::login::{LOGIN_ERRORS, LoginAnswer, LoginSession, revoke_sessions};
use crate::api::shared::password::{COMPARISON_ERRORS, Comparison, NewPassword, STRENGTH_ERRORS};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_arguments::check_email;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserRecord;

/// Reset a password by the existing one.
pub struct ExistingPasswordReset;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The user's address, in any letter case.
    email: String,
    /// The password that the user has.
    existing_password: String,
    /// The password that the user gets.
    new_password: String,
}

impl Endpoint for ExistingPasswordReset {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::InvalidEmail], COMPARISON_ERRORS, STRENGTH_ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        is_slow: true,
        doors: &[Door::for_anyone_or_user("/sdk/v1/passwords/existing_password/reset").telling_user()],
        ..Description::new(
            Operation { name: "passwords.existingPassword.reset", method: "POST", path: "/v1/passwords/existing_password/reset" },
            "Reset a password by the existing one",
            Evidence::Documented,
        )
    };
    type Request = ((Body<Fields>, Body<TelemetryArguments>), (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = LoginAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<LoginAnswer, Refusal> {
        let ((Body(fields), Body(telemetry)), (Body(session), Body(renewal))) = request;
        check_email(&fields.email)?;
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        let comparison = Comparison::of(call, &fields.email, &fields.existing_password)?;
        // judged before the turn, and refused only to who knows the existing one
        let password = NewPassword::choose(call, &fields.new_password);
        let reset = |record: &mut UserRecord| {
            let password = password?;
            session.check_owner(&record.user.id)?;
            revoke_sessions(record, None, call.now);
            password.give(call, record);
            session.anew().admit(call, record, None, factor(call, "knowledge", &[]))
        };
        let (record, session) = call.project().log_in(|turn| comparison.settle(call, turn, reset))?;
        Ok(LoginAnswer::new(call, record, session))
    }
}
