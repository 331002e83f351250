//! Whom a code or a link is sent to: the user who has the address or number, the one who is to get it, or a new one.

use std::sync::Arc;

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Deserialize;

use super::session_arguments::SessionArguments;
use super::user_arguments::{check_email, check_phone_number, new_user, user_with_email, user_with_phone_number};
use super::user_lookup::{handle, scripted, user};
use crate::api::serving::call::Call;
use crate::api::serving::request::non_empty;
use crate::domain::id::UserId;
use crate::domain::pending_logins::UnconfirmedContact;
use crate::domain::project::{LoginTurn, Project};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{Email, PhoneNumber, User, UserRecord, UserStatus};

/// The most unverified addresses and numbers of a user to whom another is added (assumed).
const MAX_UNVERIFIED: usize = 10;

/// How long an address or number that was added to a user may stay unverified (documented).
const UNVERIFIED_LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// The address of a message.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct EmailArgument {
    /// The address to send to.
    pub email: String,
}

/// The number of a message.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct PhoneNumberArgument {
    /// The number to send to, in the E.164 form.
    pub phone_number: String,
}

/// What becomes of a user who is made.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NewUserArguments {
    /// Whether a new user is `pending` until the first login.
    pub create_user_as_pending: bool,
}

/// Whose an address or number is to be that nobody has.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OwnerArguments {
    /// The user who gets the address or number if nobody has it; a session says so, too.
    #[serde(deserialize_with = "non_empty")]
    user_id: Option<String>,
}

impl OwnerArguments {
    /// The user, if the request says one.
    ///
    /// # Errors
    /// If there is no such user or session, or they are not the same user's.
    pub fn owner(self, call: &Call<'_>, session: SessionArguments) -> Result<Option<UserId>, Refusal> {
        let named = match &self.user_id {
            Some(id) => Some(user(call, &handle(id, ErrorType::InvalidUserId)?)?.user.id),
            None => None,
        };
        let proven = match session.proof()? {
            Some(proof) => {
                let (owner, id) = proof.find(call.project())?;
                owner.expect_active(&id, call.now)?;
                scripted(&owner)?;
                Some(owner.user.id)
            }
            None => None,
        };
        match (named, proven) {
            (Some(named), Some(proven)) if named != proven => {
                let reason = format!("the session is {proven}'s, user_id says {named}");
                Err(Refusal::new(ErrorType::UserIdMismatch, reason))
            }
            (named, proven) => Ok(named.or(proven)),
        }
    }
}

/// Where a message goes.
#[derive(Debug, Clone, Copy)]
pub enum Address<'a> {
    /// To an e-mail address.
    Email(&'a str),
    /// To a phone number.
    PhoneNumber(&'a str),
}

/// Who gets a message.
#[derive(Debug)]
pub struct Recipient {
    /// The user.
    pub user_id: UserId,
    /// Whether they were `pending` before.
    pub is_pending: bool,
    /// Whether the request made them.
    pub is_new: bool,
    /// The id of the address or number.
    pub method_id: String,
    /// The address or number, as the user has it.
    pub to: String,
}

/// What finding a user by an address can refuse.
pub const EMAIL_ERRORS: &[ErrorType] = &[ErrorType::InvalidEmail, ErrorType::InvalidEmailSandbox];

/// What finding a user by a number can refuse.
pub const PHONE_NUMBER_ERRORS: &[ErrorType] = &[ErrorType::InvalidPhoneNumber, ErrorType::InvalidPhoneNumberSandbox];

/// What [`OwnerArguments::owner`] and [`known_or_added`] can refuse beside that and the errors of session proofs.
pub const OWNER_ERRORS: &[ErrorType] = &[
    ErrorType::InvalidUserId,
    ErrorType::UserNotFound,
    ErrorType::TooManySessionArguments,
    ErrorType::UserIdMismatch,
    ErrorType::TooManyUnverifiedFactors,
];

impl Address<'_> {
    /// Insists on its form.
    ///
    /// # Errors
    /// `invalid_email`, `invalid_phone_number`.
    pub fn check(self) -> Result<(), Refusal> {
        match self {
            Self::Email(email) => check_email(email),
            Self::PhoneNumber(number) => check_phone_number(number),
        }
    }

    /// Who has it.
    #[must_use]
    pub fn holder(self, project: &Project) -> Option<Arc<UserRecord>> {
        match self {
            Self::Email(email) => user_with_email(project, email),
            Self::PhoneNumber(number) => user_with_phone_number(project, number),
        }
    }

    /// That nobody has it.
    #[must_use]
    pub fn not_found(self) -> Refusal {
        match self {
            Self::Email(_) => Refusal::new(ErrorType::EmailNotFound, "no user has this email"),
            Self::PhoneNumber(_) => Refusal::new(ErrorType::PhoneNumberNotFound, "no user has this phone number"),
        }
    }

    fn recipient(self, user: &User, is_new: bool) -> Option<Recipient> {
        let (method_id, to) = match self {
            Self::Email(email) => {
                let email = user.emails.iter().find(|known| known.email.eq_ignore_ascii_case(email))?;
                (email.email_id.to_string(), email.email.to_string())
            }
            Self::PhoneNumber(number) => {
                let phone = user.phone_numbers.iter().find(|known| known.phone_number == number)?;
                (phone.phone_id.to_string(), phone.phone_number.clone())
            }
        };
        Some(Recipient { user_id: user.id, is_pending: user.status == UserStatus::Pending, is_new, method_id, to })
    }
}

/// The user who has the address; where nobody has it, it is added to `owner`'s for some minutes.
///
/// # Errors
/// If another user has it, nobody has it and there is no owner, or the owner has too many that nobody confirmed.
pub fn known_or_added(
    call: &Call<'_>,
    turn: &mut LoginTurn<'_>,
    address: Address<'_>,
    owner: Option<UserId>,
) -> Result<Recipient, Refusal> {
    drop_lapsed(call, turn);
    if let Some(record) = address.holder(call.project()) {
        if owner.is_some_and(|owner| owner != record.user.id) {
            let error = match address {
                Address::Email(_) => ErrorType::DuplicateEmail,
                Address::PhoneNumber(_) => ErrorType::DuplicatePhoneNumber,
            };
            return Err(Refusal::new(error, format!("user {} has it", record.user.id)));
        }
        scripted(&record)?;
        return address.recipient(&record.user, false).ok_or_else(|| address.not_found());
    }
    let owner = owner.ok_or_else(|| address.not_found())?;
    let (record, ()) = turn.change_user(&owner, |record| add(call, &mut record.user, address))?;
    let recipient = address.recipient(&record.user, false).ok_or_else(|| address.not_found())?;
    let method_id = recipient.method_id.clone();
    let lapses_at = call.now.saturating_add(UNVERIFIED_LIFETIME);
    turn.pending().await_confirmation(UnconfirmedContact { user_id: owner, method_id, lapses_at });
    Ok(recipient)
}

/// Adds an address or number to a user's; no address to those of a user who has one that is not verified (documented; by which
/// error that is refused is assumed).
fn add(call: &Call<'_>, user: &mut User, address: Address<'_>) -> Result<(), Refusal> {
    if let (Address::Email(_), Some(email)) = (address, user.emails.iter().find(|email| !email.verified)) {
        let reason = format!("user {} has to verify {} before another address is added", user.id, email.email_id);
        return Err(Refusal::new(ErrorType::TooManyUnverifiedFactors, reason));
    }
    let unverified = user.emails.iter().filter(|email| !email.verified).count()
        + user.phone_numbers.iter().filter(|phone| !phone.verified).count();
    if unverified >= MAX_UNVERIFIED {
        let reason = format!("user {} has {unverified} unverified addresses and numbers", user.id);
        return Err(Refusal::new(ErrorType::TooManyUnverifiedFactors, reason));
    }
    let environment = call.project().environment();
    call.entropy.ids(|ids| match address {
        Address::Email(email) => user.emails.push(Email::unverified(ids, environment, email)),
        Address::PhoneNumber(number) => user.phone_numbers.push(PhoneNumber::unverified(ids, environment, number)),
    });
    Ok(())
}

/// The user who has the address, or a new one who gets it.
///
/// # Errors
/// What the seed scripts for the user.
pub fn known_or_created(
    call: &Call<'_>,
    turn: &mut LoginTurn<'_>,
    address: Address<'_>,
    status: UserStatus,
    describe: impl FnOnce(&mut User) -> Result<(), Refusal>,
) -> Result<Recipient, Refusal> {
    drop_lapsed(call, turn);
    let project = call.project();
    let known = address.holder(project);
    let is_new = known.is_none();
    let record = known.map_or_else(
        || {
            let mut user = call.entropy.ids(|ids| match address {
                Address::Email(email) => new_user(ids, project, Some(email), None),
                Address::PhoneNumber(number) => new_user(ids, project, None, Some(number)),
            });
            (user.status, user.created_at) = (status, Some(call.now.whole_seconds()));
            describe(&mut user)?;
            turn.add_user(UserRecord::new(user))
        },
        Ok,
    )?;
    scripted(&record)?;
    address.recipient(&record.user, is_new).ok_or_else(|| address.not_found())
}

/// Takes away the addresses and numbers that were added to users and that nobody confirmed in time.
pub fn drop_lapsed(call: &Call<'_>, turn: &mut LoginTurn<'_>) {
    for UnconfirmedContact { user_id, method_id, .. } in turn.pending().lapse(call.now) {
        let dropped = turn.change_user(&user_id, |record| {
            let user = &mut record.user;
            let before = user.emails.len() + user.phone_numbers.len();
            user.emails.retain(|email| email.verified || email.email_id != *method_id);
            user.phone_numbers.retain(|phone| phone.verified || phone.phone_id != *method_id);
            Ok(before > user.emails.len() + user.phone_numbers.len())
        });
        // of a user who is gone nothing is left to take away
        if dropped.is_ok_and(|(_, dropped)| dropped) {
            turn.pending().forget_method(&method_id);
        }
    }
}

impl NewUserArguments {
    /// The status of a new user.
    #[must_use]
    pub fn status(&self) -> UserStatus {
        if self.create_user_as_pending { UserStatus::Pending } else { UserStatus::Active }
    }
}
