//! `POST /v1/otps/authenticate`: a code that was sent logs its user in. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::attribute_match::MatchArguments;
use crate::api::shared::login::{AttributeArguments, LOGIN_ERRORS, LoginSession, check_lock, fail};
use crate::api::shared::message_login::{MessageLoginAnswer, admit, code_factor};
use crate::api::shared::recipient::drop_lapsed;
use crate::api::shared::sandbox_messages::{self, PHONE_ID};
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_lookup::scripted;
use crate::domain::id::is_object_id;
use crate::domain::one_time_code::{CodeRefusal, Passcode};
use crate::domain::outbox::Channel;
use crate::domain::refusal::{ErrorType, Refusal};

/// Authenticate a one-time code.
pub struct Authenticate;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The id of the address or number that the code was sent to: `email_id` or `phone_id`.
    method_id: String,
    /// The six digits.
    code: String,
}

impl Endpoint for Authenticate {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        doors: &[Door::for_anyone_or_user("/sdk/v1/otps/authenticate").renaming(&[("token", "code")]).telling_user()],
        ..Description::new(
            Operation { name: "otps.authenticate", method: "POST", path: "/v1/otps/authenticate" },
            "Authenticate a one-time code",
            Evidence::Documented,
        )
    };
    type Request = (
        (Body<Fields>, Body<TelemetryArguments>),
        ((Body<AttributeArguments>, Body<MatchArguments>), (Body<SessionArguments>, Body<RenewalArguments>)),
    );
    type Answer = MessageLoginAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<MessageLoginAnswer, Refusal> {
        let ((Body(fields), Body(telemetry)), ((Body(attributes), Body(matching)), (Body(session), Body(renewal)))) = request;
        let Fields { method_id, code } = &fields;
        let invalid = || Refusal::new(ErrorType::InvalidCode, "code is not six digits");
        let passcode = Passcode::parse(code).ok_or_else(invalid)?;
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        let attributes = attributes.attributes();
        let wrong = || Refusal::new(ErrorType::OtpCodeNotFound, "it is not the last code that was sent there");
        match sandbox_messages::takes_code(call, method_id, code) {
            Some(true) => {
                let channel = if method_id == PHONE_ID { Channel::Sms } else { Channel::Email };
                let factor = |user: &_, method_id: &_| code_factor(call, channel, user, method_id);
                let login = sandbox_messages::admit(call, &session, attributes, factor, method_id)?;
                return Ok(MessageLoginAnswer { login, method_id: fields.method_id, reset_sessions: false });
            }
            Some(false) => return Err(wrong()),
            None => {}
        }
        call.project().log_in(|turn| {
            drop_lapsed(call, turn);
            let holder = call.project().first_user(|record| {
                record.user.emails.iter().any(|email| email.email_id == *method_id.as_str())
                    || record.user.phone_numbers.iter().any(|phone| phone.phone_id == *method_id.as_str())
            });
            // a seed may give its addresses ids of another form
            let unknown = || {
                if ["email", "phone-number"].iter().any(|prefix| is_object_id(prefix, method_id)) {
                    return wrong();
                }
                Refusal::new(ErrorType::InvalidMethodId, "method_id is the id of no address and of no number")
            };
            let record = holder.ok_or_else(unknown)?;
            let user_id = &record.user.id;
            scripted(&record)?;
            check_lock(&record, call.now)?;
            session.check_owner(user_id)?;
            let late = |reason| Refusal::new(ErrorType::UnableToAuthOtpCode, reason);
            let sent = turn.pending().codes.check(method_id, &passcode, call.now).map_err(|refusal| match refusal {
                CodeRefusal::Wrong => wrong(),
                CodeRefusal::Used => late("the code has been used already"),
                CodeRefusal::Expired => late("the code has expired"),
            });
            let checked = sent.and_then(|sent| {
                matching.check(sent.attributes.as_ref(), attributes.as_ref())?;
                Ok(sent.channel)
            });
            let channel = match checked {
                Ok(channel) => channel,
                Err(refusal) => return fail(call, turn, user_id, refusal),
            };
            let factor = |user: &_, method_id: &_| code_factor(call, channel, user, method_id);
            let answer = admit(call, turn, user_id, method_id, &session, attributes, factor)?;
            turn.pending().codes.redeem(method_id, &passcode, call.now).map_err(|_| wrong())?;
            Ok(answer)
        })
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::InvalidMethodId,
    ErrorType::InvalidCode,
    ErrorType::OtpCodeNotFound,
    ErrorType::UnableToAuthOtpCode,
    ErrorType::AttributeMismatch,
];
