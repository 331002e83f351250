//! The vendor's sandbox values for codes and links: they answer in projects of the test environment without a seed, and
//! nothing is kept of them. Source: the vendor's guide; what the answers hold beside the ids is assumed.

use std::sync::Arc;

use super::login::{LoginAnswer, LoginSession};
use super::recipient::{Address, Recipient};
use crate::api::serving::call::Call;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::factor::Factor;
use crate::domain::id::{Environment, SessionId, UserId};
use crate::domain::session::Attributes;
use crate::domain::user::{Email, PhoneNumber, User, UserRecord};

const EMAIL: &str = "sandbox@stytch.com";
const PHONE_NUMBER: &str = "+10000000000";
const USER_ID: &str = "user-test-e3795c81-f849-4167-bfda-e4a6e9c280fd";
const SESSION_ID: &str = "session-test-eb94233f-8800-4ebd-8645-51dc15f9d028";

/// The id of the sandbox address.
pub const EMAIL_ID: &str = "email-test-23873e89-d4ed-4e92-b3b9-e5c7198fa286";

/// The id of the sandbox number.
pub const PHONE_ID: &str = "phone-number-test-98cfbe19-6c8f-4b8b-b62a-e78a5a7bdff3";

/// The code that both take.
const CODE: &str = "000000";

/// Tokens of magic links, and what each comes to.
const TOKENS: [(&str, Option<ErrorType>); 3] = [
    ("DOYoip3rvIMMW5lgItikFK-Ak1CfMsgjuiCyI7uuU94=", None),
    ("3pzjQpgksDlGKWEwUq2Up--hCHC_0oamfLHyfspKDFU=", Some(ErrorType::UnableToAuthMagicLink)),
    ("CprTtwhnRNiMBiUS2jSLcWYrfuO2POeBNdo5HhW6qTM=", Some(ErrorType::MagicLinkNotFound)),
];

fn is_on(call: &Call<'_>) -> bool {
    call.sandbox() && call.project().environment() == Environment::Test
}

/// Who gets what is sent to a sandbox address or number.
///
/// # Errors
/// `invalid_email_sandbox`, `invalid_phone_number_sandbox` in a live project.
pub fn recipient(call: &Call<'_>, address: Address<'_>) -> Result<Option<Recipient>, Refusal> {
    let (method_id, to, error) = match address {
        Address::Email(email) if email.eq_ignore_ascii_case(EMAIL) => (EMAIL_ID, EMAIL, ErrorType::InvalidEmailSandbox),
        Address::PhoneNumber(PHONE_NUMBER) => (PHONE_ID, PHONE_NUMBER, ErrorType::InvalidPhoneNumberSandbox),
        _ => return Ok(None),
    };
    if call.sandbox() && !is_on(call) {
        return Err(Refusal::new(error, format!("project {} is a live one", call.project().id())));
    }
    let recipient =
        Recipient { user_id: user_id(), is_pending: false, is_new: false, method_id: method_id.to_owned(), to: to.to_owned() };
    Ok(is_on(call).then_some(recipient))
}

/// Whether a code is the sandbox's: `None` if the method is not.
#[must_use]
pub fn takes_code(call: &Call<'_>, method_id: &str, code: &str) -> Option<bool> {
    (is_on(call) && [EMAIL_ID, PHONE_ID].contains(&method_id)).then_some(code == CODE)
}

/// Whether a token is the sandbox's, and lets somebody in.
///
/// # Errors
/// What the vendor's guide says of the token.
pub fn takes_token(call: &Call<'_>, token: &str) -> Result<bool, Refusal> {
    match TOKENS.iter().find(|(known, _)| is_on(call) && *known == token) {
        Some((_, Some(error))) => Err(Refusal::new(*error, "it is a sandbox token that is always refused")),
        known => Ok(known.is_some()),
    }
}

/// Lets the sandbox's user in, of whom nothing is kept.
///
/// # Errors
/// If the request gives somebody's session.
pub fn admit(
    call: &Call<'_>,
    session: &LoginSession,
    attributes: Option<Attributes>,
    factor: impl FnOnce(&User, &str) -> Factor,
    method_id: &str,
) -> Result<LoginAnswer, Refusal> {
    let mut user = User::new(user_id());
    if method_id == PHONE_ID {
        user.phone_numbers.push(PhoneNumber { phone_id: PHONE_ID.into(), phone_number: PHONE_NUMBER.to_owned(), verified: true });
    } else {
        user.emails.push(Email { email_id: EMAIL_ID.into(), email: EMAIL.into(), verified: true });
    }
    let factor = factor(&user, method_id);
    let mut record = UserRecord::new(user);
    let mut admitted = session.admit(call, &mut record, attributes, factor)?;
    if let Some(session) = &mut admitted {
        session.id = SessionId::parse(SESSION_ID).expect("the vendor's sandbox session has an id");
    }
    Ok(LoginAnswer::new(call, Arc::new(record), admitted))
}

fn user_id() -> UserId {
    UserId::parse(USER_ID).expect("the vendor's sandbox user has an id")
}
