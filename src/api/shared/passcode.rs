//! Sending one-time codes: what the six operations that do it have in common.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lifetime::lifetime;
use super::login::AttributeArguments;
use super::message_arguments::{LocaleArgument, TemplateArguments};
use super::recipient::{Address, OWNER_ERRORS, OwnerArguments, Recipient, known_or_added, known_or_created};
use super::sandbox_messages;
use super::session_arguments::{PROOF_ERRORS, SessionArguments};
use crate::api::serving::call::Call;
use crate::api::serving::request::{Body, WholeNumber};
use crate::domain::one_time_code::{OneTimeCode, Passcode};
use crate::domain::outbox::{Channel, Credential, Message, MessageKind};
use crate::domain::project::LoginTurn;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserStatus;

/// How long a code counts.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ExpirationArgument {
    /// Minutes until the code ends, 1 to 10; 2 if nothing is said.
    expiration_minutes: Option<WholeNumber>,
}

/// What every request for a code has.
pub type CodeArguments = (Body<ExpirationArgument>, (Body<LocaleArgument>, Body<AttributeArguments>));

/// Whose an address or number is to be.
pub type OwnerFields = (Body<OwnerArguments>, Body<SessionArguments>);

/// What the request for a code can refuse.
pub const CODE_ERRORS: &[ErrorType] = &[ErrorType::InvalidExpirationOtp, ErrorType::InvalidLocale];

/// What a request for a code to a number, for a user who is there, can refuse.
pub const SMS_SEND_ERRORS: &[&[ErrorType]] = &[
    super::recipient::PHONE_NUMBER_ERRORS,
    &[ErrorType::PhoneNumberNotFound, ErrorType::DuplicatePhoneNumber],
    CODE_ERRORS,
    OWNER_ERRORS,
    PROOF_ERRORS,
];

/// To whom a number's code went.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PhoneAnswer {
    /// The `method_id` of `otps.authenticate`.
    phone_id: String,
    user_id: String,
}

/// To whom an e-mail went.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EmailAnswer {
    /// The id of the address; of a code the `method_id` of `otps.authenticate`.
    email_id: String,
    user_id: String,
}

/// The same, and whether the user is new.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WithUserCreated<T> {
    #[serde(flatten)]
    recipient: T,
    user_created: bool,
}

impl From<Recipient> for PhoneAnswer {
    fn from(recipient: Recipient) -> Self {
        Self { phone_id: recipient.method_id, user_id: recipient.user_id.to_string() }
    }
}

impl From<Recipient> for EmailAnswer {
    fn from(recipient: Recipient) -> Self {
        Self { email_id: recipient.method_id, user_id: recipient.user_id.to_string() }
    }
}

impl<T: From<Recipient>> From<Recipient> for WithUserCreated<T> {
    fn from(recipient: Recipient) -> Self {
        Self { user_created: recipient.is_new, recipient: recipient.into() }
    }
}

/// Sends a code to a user who is there.
///
/// # Errors
/// If a field is not fit, or there is no such user.
pub fn send<T: From<Recipient>>(
    call: &Call<'_>,
    channel: Channel,
    address: Address<'_>,
    code: CodeArguments,
    templates: TemplateArguments,
    (Body(owner), Body(session)): OwnerFields,
) -> Result<T, Refusal> {
    address.check()?;
    let owner = owner.owner(call, session)?;
    issue(call, channel, address, code, templates, |turn| known_or_added(call, turn, address, owner))
}

/// Sends a code to a user who is there, or to a new one.
///
/// # Errors
/// If a field is not fit.
pub fn login_or_create<T: From<Recipient>>(
    call: &Call<'_>,
    channel: Channel,
    address: Address<'_>,
    code: CodeArguments,
    templates: TemplateArguments,
    status: UserStatus,
) -> Result<T, Refusal> {
    address.check()?;
    issue(call, channel, address, code, templates, |turn| known_or_created(call, turn, address, status, |_| Ok(())))
}

fn issue<T: From<Recipient>>(
    call: &Call<'_>,
    channel: Channel,
    address: Address<'_>,
    (Body(expiration), (Body(locale), Body(attributes))): CodeArguments,
    templates: TemplateArguments,
    find: impl FnOnce(&mut LoginTurn<'_>) -> Result<Recipient, Refusal>,
) -> Result<T, Refusal> {
    let lifetime = lifetime(expiration.expiration_minutes, 1..=10, 2, ErrorType::InvalidExpirationOtp)?;
    let locale = locale.locale()?;
    if let Some(recipient) = sandbox_messages::recipient(call, address)? {
        return Ok(recipient.into());
    }
    call.project().log_in(|turn| {
        let recipient = find(turn)?;
        let code = call.entropy.ids(|ids| Passcode::new(ids.bytes()));
        let expires_at = call.now.saturating_add(lifetime);
        let is_signup = recipient.is_new || recipient.is_pending;
        // in the turn, so that the last message of the outbox holds the code that counts
        call.send(Message {
            time: call.now,
            project_id: call.project().id().clone(),
            user_id: recipient.user_id,
            channel,
            to: recipient.to.clone(),
            kind: MessageKind::Otp,
            credential: Credential::Code(code.reveal().to_owned()),
            method_id: recipient.method_id.clone(),
            template_id: if is_signup { templates.signup_template_id } else { templates.login_template_id },
            locale,
            expires_at,
        });
        let code = OneTimeCode::new(code, channel, expires_at, attributes.attributes());
        turn.pending().codes.issue(&recipient.method_id, code);
        Ok(recipient.into())
    })
}
