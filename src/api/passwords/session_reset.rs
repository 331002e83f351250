//! `POST /v1/passwords/session/reset`: sets a password by a session that has just been proven. Source: the vendor's
//! reference: every other session of the user ends.

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::login::{LoginAnswer, LoginSession, check_lock, revoke_sessions};
use crate::api::shared::password::{NewPassword, STRENGTH_ERRORS};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_lookup;
use crate::domain::factor::Factor;
use crate::domain::id::{SessionId, UserHandle};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;

/// Reset a password by a session.
pub struct SessionReset;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The new password.
    password: String,
}

impl Endpoint for SessionReset {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, STRENGTH_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        is_slow: true,
        doors: &[Door::for_user("/sdk/v1/passwords/session/reset", &[Fill::SessionToken])],
        ..Description::new(
            Operation { name: "passwords.sessions.reset", method: "POST", path: "/v1/passwords/session/reset" },
            "Reset a password by a session",
            Evidence::Documented,
        )
    };
    type Request = ((Body<Fields>, Body<TelemetryArguments>), (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = LoginAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<LoginAnswer, Refusal> {
        let ((Body(fields), Body(telemetry)), (Body(session), Body(renewal))) = request;
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        let none = || Refusal::new(ErrorType::NoSessionArguments, "neither session_token nor session_jwt is there");
        let (user_id, session_id) = session.owner().copied().zip(session.id().copied()).ok_or_else(none)?;
        let record = user_lookup::user(call, &UserHandle::Stytch(user_id))?;
        check(&record, &session_id, call.now)?;
        let password = NewPassword::choose(call, &fields.password)?;
        let (record, session) = call.project().log_in(|turn| {
            turn.change_user(&user_id, |record| {
                check(record, &session_id, call.now)?;
                revoke_sessions(record, Some(&session_id), call.now);
                password.give(call, record);
                session.admit(call, record, None, factor(call, "knowledge", &[]))
            })
        })?;
        Ok(LoginAnswer::new(call, record, session))
    }
}

/// The session is the proof, so that it can't be somebody else's.
const ERRORS: &[ErrorType] = &[
    ErrorType::NoSessionArguments,
    ErrorType::TooManySessionArguments,
    ErrorType::SessionTooOldToResetPassword,
    ErrorType::UserNotFound,
    ErrorType::UserLockLimitReached,
];

/// Insists that no lock is on the user, and that the session rests on a proof of the last 5 minutes: a password, or an
/// e-mail with a link or a code (documented).
fn check(record: &UserRecord, session_id: &SessionId, now: Timestamp) -> Result<(), Refusal> {
    check_lock(record, now)?;
    let is_recent = |factor: &Factor| {
        let is_of_kind = matches!(factor.delivery_method.as_str(), "knowledge" | "email");
        is_of_kind && factor.last_authenticated_at.is_some_and(|at| now.since(at) <= TimeDelta::minutes(5))
    };
    let session = record.sessions.iter().find(|session| session.id == *session_id);
    if session.is_some_and(|session| session.authentication_factors.iter().any(is_recent)) {
        return Ok(());
    }
    let reason = format!("session {session_id} has no password and no e-mail that was proven in the last 5 minutes");
    Err(Refusal::new(ErrorType::SessionTooOldToResetPassword, reason))
}
