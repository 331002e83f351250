//! `POST /v1/passwords/email/reset`: sets a password by the token of a link, and logs the user in. Source: the vendor's
//! reference: every session of the user ends before the new one begins.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::attribute_match::MatchArguments;
use crate::api::shared::login::{AttributeArguments, LOGIN_ERRORS, LoginAnswer, LoginSession, check_lock, revoke_sessions};
use crate::api::shared::password::{NewPassword, STRENGTH_ERRORS};
use crate::api::shared::pkce_arguments::{VERIFIER_ERRORS, VerifierArgument};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_lookup;
use crate::domain::id::UserHandle;
use crate::domain::login_token::{LoginTokenKind, TokenRefusal};
use crate::domain::refusal::{ErrorType, Refusal};

/// Reset a password by e-mail.
pub struct EmailReset;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The token of the link, which can be used once.
    token: String,
    /// The new password.
    password: String,
}

impl Endpoint for EmailReset {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, STRENGTH_ERRORS, VERIFIER_ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        is_slow: true,
        doors: &[Door::for_anyone_or_user("/sdk/v1/passwords/email/reset").telling_user()],
        ..Description::new(
            Operation { name: "passwords.email.reset", method: "POST", path: "/v1/passwords/email/reset" },
            "Reset a password by e-mail",
            Evidence::Documented,
        )
    };
    type Request = (
        (Body<Fields>, (Body<TelemetryArguments>, Body<VerifierArgument>)),
        ((Body<SessionArguments>, Body<RenewalArguments>), (Body<AttributeArguments>, Body<MatchArguments>)),
    );
    type Answer = LoginAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<LoginAnswer, Refusal> {
        let (
            (Body(fields), (Body(telemetry), Body(verifier))),
            ((Body(session), Body(renewal)), (Body(attributes), Body(matching))),
        ) = request;
        if fields.token.is_empty() {
            return Err(Refusal::new(ErrorType::InvalidToken, "token is empty"));
        }
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        let (project, kind) = (call.project(), LoginTokenKind::PasswordReset);
        let issued = project.log_in(|turn| {
            let issued = turn.pending().tokens.check(kind, &fields.token, call.now);
            issued.cloned().map_err(refuse_token)
        })?;
        let attributes = attributes.attributes();
        verifier.check(issued.code_challenge.as_ref())?;
        matching.check(issued.attributes.as_ref(), attributes.as_ref())?;
        let record = user_lookup::user(call, &UserHandle::Stytch(issued.user_id))?;
        check_lock(&record, call.now)?;
        session.check_owner(&issued.user_id)?;
        let password = NewPassword::choose(call, &fields.password)?;
        let (record, session) = project.log_in(|turn| {
            turn.pending().tokens.check(kind, &fields.token, call.now).map_err(refuse_token)?;
            let changed = turn.change_user(&issued.user_id, |record| {
                check_lock(record, call.now)?;
                revoke_sessions(record, None, call.now);
                let addresses = record.user.emails.iter_mut();
                for address in addresses.filter(|address| address.email_id == *issued.method_id) {
                    address.verified = true;
                }
                password.give(call, record);
                session.anew().admit(call, record, attributes, factor(call, "knowledge", &[]))
            })?;
            turn.pending().tokens.redeem(kind, &fields.token, call.now).map_err(refuse_token)?;
            Ok(changed)
        })?;
        Ok(LoginAnswer::new(call, record, session))
    }
}

fn refuse_token(refusal: TokenRefusal) -> Refusal {
    let reason = match refusal {
        TokenRefusal::Unknown => "no password reset has this token",
        TokenRefusal::Used => "the token has been used",
        TokenRefusal::Expired => "the token has expired",
    };
    Refusal::new(ErrorType::UnableToAuthPasswordResetToken, reason)
}

const ERRORS: &[ErrorType] =
    &[ErrorType::InvalidToken, ErrorType::UnableToAuthPasswordResetToken, ErrorType::AttributeMismatch, ErrorType::UserNotFound];
