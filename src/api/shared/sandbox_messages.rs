//! The vendor's sandbox values for codes and links: they answer in projects of the test environment without a seed, and
//! nothing is kept of them. Source: the vendor's guide; what the answers hold beside the ids is assumed.

use std::sync::Arc;

use super::login::{LoginAnswer, LoginSession};
use super::recipient::{Address, Recipient};
use super::sandbox::{self, EMAIL, EMAIL_ID, is_on};
use crate::api::serving::call::Call;
use crate::domain::factor::Factor;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session::Attributes;
use crate::domain::user::{PhoneNumber, User, UserRecord};

const PHONE_NUMBER: &str = "+10000000000";

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
    let recipient = Recipient {
        user_id: sandbox::user_id(),
        is_pending: false,
        is_new: false,
        method_id: method_id.to_owned(),
        to: to.to_owned(),
    };
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
    let mut user = sandbox::user();
    if method_id == PHONE_ID {
        user.emails.clear();
        user.phone_numbers.push(PhoneNumber { phone_id: PHONE_ID.into(), phone_number: PHONE_NUMBER.to_owned(), verified: true });
    }
    let factor = factor(&user, method_id);
    let mut record = UserRecord::new(user);
    let mut admitted = session.admit(call, &mut record, attributes, factor)?;
    admitted.session = admitted.session.map(sandbox::session);
    Ok(LoginAnswer::new(call, Arc::new(record), admitted))
}
