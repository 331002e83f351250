//! Logging in with what a message held: its address or number becomes verified, and what somebody else may have left
//! behind a user who never proved the address is taken away.

use schemars::JsonSchema;
use serde::Serialize;

use super::login::{LoginAnswer, LoginSession, distrust_other_sessions};
use super::proven_factor::factor_of_type;
use crate::api::serving::call::Call;
use crate::domain::factor::Factor;
use crate::domain::id::UserId;
use crate::domain::outbox::Channel;
use crate::domain::project::LoginTurn;
use crate::domain::refusal::Refusal;
use crate::domain::session::Attributes;
use crate::domain::user::User;

/// The answer of a login by a code or a link.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MessageLoginAnswer {
    #[serde(flatten)]
    pub login: LoginAnswer,
    /// The id of the address, number or embeddable link that was proved.
    pub method_id: String,
    /// Whether the user's other sessions were ended, and their password has to be reset: when an address of a user with a
    /// password was proved for the first time (documented), or a number (assumed).
    pub reset_sessions: bool,
}

/// The factor that a code leaves.
#[must_use]
pub fn code_factor(call: &Call<'_>, channel: Channel, user: &User, method_id: &str) -> Factor {
    contact_factor(call, "otp", channel.as_str(), user, method_id)
}

/// The factor that the link of an e-mail leaves.
#[must_use]
pub fn link_factor(call: &Call<'_>, user: &User, method_id: &str) -> Factor {
    contact_factor(call, "magic_link", "email", user, method_id)
}

fn contact_factor(call: &Call<'_>, factor_type: &str, delivery_method: &str, user: &User, method_id: &str) -> Factor {
    // in the order of the keys: email_address, email_id; phone_id, phone_number
    let values = if let Some(email) = user.emails.iter().find(|email| email.email_id == *method_id) {
        [&*email.email, method_id]
    } else {
        let phone = user.phone_numbers.iter().find(|phone| phone.phone_id == *method_id);
        [method_id, phone.map_or("", |phone| &phone.phone_number)]
    };
    factor_of_type(call, factor_type, delivery_method, &values)
}

/// Lets the user in who proved that a message reached them.
///
/// # Errors
/// As [`LoginSession::admit`].
pub fn admit(
    call: &Call<'_>,
    turn: &mut LoginTurn<'_>,
    user_id: &UserId,
    method_id: &str,
    session: &LoginSession,
    attributes: Option<Attributes>,
    factor: impl FnOnce(&User, &str) -> Factor,
) -> Result<MessageLoginAnswer, Refusal> {
    let (record, (admitted, reset_sessions)) = turn.change_user(user_id, |record| {
        let is_first_proof = verify(&mut record.user, method_id);
        let factor = factor(&record.user, method_id);
        let admitted = session.admit(call, record, attributes, factor)?;
        let reset_sessions = distrust_other_sessions(record, is_first_proof, admitted.session.as_ref(), call.now);
        Ok((admitted, reset_sessions))
    })?;
    Ok(MessageLoginAnswer { login: LoginAnswer::new(call, record, admitted), method_id: method_id.to_owned(), reset_sessions })
}

/// Marks an address or number as verified; whether it was not before.
fn verify(user: &mut User, method_id: &str) -> bool {
    if let Some(email) = user.emails.iter_mut().find(|email| email.email_id == *method_id) {
        return !std::mem::replace(&mut email.verified, true);
    }
    // most users have no number, and then nothing of theirs has to be copied
    if user.phone_numbers.iter().all(|phone| phone.phone_id != *method_id || phone.verified) {
        return false;
    }
    user.phone_numbers.iter_mut().filter(|phone| phone.phone_id == *method_id).for_each(|phone| phone.verified = true);
    true
}
