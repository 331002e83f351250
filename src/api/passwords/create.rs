//! `POST /v1/passwords`: creates a user with a password. Source: the vendor's reference and captures: the address is not
//! verified by that.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::login::{LoginAnswer, LoginSession};
use crate::api::shared::password::{NewPassword, STRENGTH_ERRORS};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::sandbox::EMAIL_ID;
use crate::api::shared::sandbox_passwords::SandboxLogin;
use crate::api::shared::session_arguments::{RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_arguments::{PROFILE_ERRORS, Profile, check_email, new_user, taken};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserRecord;

/// Create a password.
pub struct Create;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The new user's address.
    email: String,
    /// The new user's password.
    password: String,
}

/// The new user, and their session if one was asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    email_id: String,
    #[serde(flatten)]
    login: LoginAnswer,
}

impl Endpoint for Create {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::InvalidEmail, ErrorType::DuplicateEmail], STRENGTH_ERRORS, PROFILE_ERRORS, RENEWAL_ERRORS],
        is_slow: true,
        doors: &[Door::for_anyone("/sdk/v1/passwords").telling_user()],
        ..Description::new(
            Operation { name: "passwords.create", method: "POST", path: "/v1/passwords" },
            "Create a password",
            Evidence::Documented,
        )
    };
    type Request = ((Body<Fields>, Body<TelemetryArguments>), (Body<RenewalArguments>, Body<Profile>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<Answer, Refusal> {
        let ((Body(fields), Body(telemetry)), (Body(renewal), Body(profile))) = request;
        check_email(&fields.email)?;
        if let Some(sandbox) = SandboxLogin::of(call, &fields.email) {
            return Ok(Answer { email_id: EMAIL_ID.to_owned(), login: sandbox.answer(call, renewal)? });
        }
        let session = LoginSession::read(call, SessionArguments::default(), renewal, telemetry)?;
        let (project, email) = (call.project(), Some(fields.email.as_str()));
        if let Some(duplicate) = taken(project, email, None) {
            return Err(duplicate);
        }
        let password = NewPassword::choose(call, &fields.password)?;
        let mut record = UserRecord::new(call.entropy.ids(|ids| new_user(ids, project, email, None)));
        record.user.created_at = Some(call.now.whole_seconds());
        profile.apply(&mut record.user)?;
        password.give(call, &mut record);
        let session = session.admit(call, &mut record, None, factor(call, "knowledge", &[]))?;
        let record = project.add_user(record, |project, _| taken(project, email, None))?;
        let email_id = record.user.emails.first().map(|email| email.email_id.to_string()).unwrap_or_default();
        Ok(Answer { email_id, login: LoginAnswer::new(call, record, session) })
    }
}
