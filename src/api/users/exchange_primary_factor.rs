//! `PUT /v1/users/{user_id}/exchange_primary_factor`: a user's one address or number gives way to another, of either
//! kind. Source: the vendor's schema; that it takes exactly one such factor is documented, the refusal is assumed.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, non_empty};
use crate::api::shared::user_answer::UserAnswer;
use crate::api::shared::user_arguments::{check_email, check_phone_number, taken};
use crate::api::shared::user_lookup::user_in_path;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{Email, PhoneNumber};

/// Exchange the primary factor.
pub struct ExchangePrimaryFactor;

/// The new factor: one of the two.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// The new address.
    #[serde(deserialize_with = "non_empty")]
    email_address: Option<String>,
    /// The new number, in the E.164 form.
    #[serde(deserialize_with = "non_empty")]
    phone_number: Option<String>,
}

impl Endpoint for ExchangePrimaryFactor {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "users.exchangePrimaryFactor", method: "PUT", path: "/v1/users/{user_id}/exchange_primary_factor" },
            "Exchange the primary factor",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<UserAnswer, Refusal> {
        let record = user_in_path(call)?;
        let (email, phone_number) = (fields.email_address.as_deref(), fields.phone_number.as_deref());
        match (email, phone_number) {
            (None, None) => {
                let reason = "neither email_address nor phone_number is there";
                return Err(Refusal::new(ErrorType::NoUserSelectionArguments, reason));
            }
            (Some(_), Some(_)) => {
                let reason = "both email_address and phone_number are there";
                return Err(Refusal::new(ErrorType::TooManyUserSelectionArguments, reason));
            }
            (Some(email), None) => check_email(email)?,
            (None, Some(number)) => check_phone_number(number)?,
        }
        let project = call.project();
        let environment = project.environment();
        let (fresh_email, fresh_number) = call.entropy.ids(|ids| {
            let email = email.map(|email| Email::unverified(ids, environment, email));
            (email, phone_number.map(|number| PhoneNumber::unverified(ids, environment, number)))
        });
        let (record, ()) = project.change_user(&record.user.id, |record| {
            let user = &mut record.user;
            let factors = user.emails.len() + user.phone_numbers.len();
            if factors != 1 {
                let reason = format!("the user has {factors} addresses and numbers; an exchange takes exactly one");
                return Err(Refusal::new(ErrorType::BadRequest, reason));
            }
            if let Some(objection) = taken(project, email, phone_number) {
                return Err(objection);
            }
            user.emails = fresh_email.into_iter().collect();
            user.phone_numbers = fresh_number.into_iter().collect();
            Ok(())
        })?;
        Ok(UserAnswer::new(call, record))
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::UserNotFound,
    ErrorType::NoUserSelectionArguments,
    ErrorType::TooManyUserSelectionArguments,
    ErrorType::InvalidEmail,
    ErrorType::InvalidPhoneNumber,
    ErrorType::DuplicateEmail,
    ErrorType::DuplicatePhoneNumber,
];
