//! `PUT /v1/users/{user_id}/exchange_primary_factor`: a user's one address or number gives way to another, of either
//! kind. Source: the vendor's schema; that it takes exactly one such factor is documented, the refusal is assumed.

use super::{check_email, check_phone_number, taken, user_reply};
use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::api::serving::user_lookup::user_in_path;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::user::{Email, PhoneNumber};

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint = Endpoint {
    name: "users.exchangePrimaryFactor",
    method: Verb::Put,
    path: "/v1/users/{user_id}/exchange_primary_factor",
    access: Access::Project,
    handle,
};

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let fields = call.fields();
    let record = user_in_path(call)?;
    let given = |name: &'static str| fields.text(name).map(|text| text.filter(|text| !text.is_empty()));
    let (email, phone_number) = (given("email_address")?, given("phone_number")?);
    match (email, phone_number) {
        (None, None) => {
            return Err(Refusal::new(ErrorType::NoUserSelectionArguments, "neither email_address nor phone_number is there"));
        }
        (Some(_), Some(_)) => {
            return Err(Refusal::new(ErrorType::TooManyUserSelectionArguments, "both email_address and phone_number are there"));
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
    Ok(user_reply(call, &record))
}
