//! `POST /v1/users`. Source: the vendor's schema; the status 201 is captured, the schema says 200.

use axum::http::StatusCode;

use super::{Traits, check_email, check_phone_number, taken, user_payload};
use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::id::{Environment, UserId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::user::{Email, PhoneNumber, User, UserRecord, UserStatus};

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint =
    Endpoint { name: "users.create", method: Verb::Post, path: "/v1/users", access: Access::Project, handle };

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let fields = call.fields();
    let given = |name: &'static str| fields.text(name).map(|text| text.filter(|text| !text.is_empty()));
    let (email, phone_number) = (given("email")?, given("phone_number")?);
    if email.is_none() && phone_number.is_none() {
        return Err(Refusal::new(ErrorType::InvalidCreateUserRequest, "neither email nor phone_number is there"));
    }
    email.map(check_email).transpose()?;
    phone_number.map(check_phone_number).transpose()?;
    let status = if fields.flag("create_user_as_pending")? == Some(true) { UserStatus::Pending } else { UserStatus::Active };
    let traits = Traits::read(fields)?;
    let project = call.project();
    let mut user = call.entropy.ids(|ids| fresh(ids, project.environment(), email, phone_number));
    user.status = status;
    user.created_at = Some(call.now.whole_seconds());
    traits.apply(&mut user)?;
    let record = UserRecord::new(user);
    let record = project.add_user(record, |project, _| taken(project, email, phone_number))?;
    let user = &record.user;
    let payload = user_payload(call, &record)
        .with(call.wire, "email_id", &user.emails.first().map(|email| email.email_id.to_string()).unwrap_or_default())
        .with(call.wire, "phone_id", &user.phone_numbers.first().map(|phone| phone.phone_id.to_string()).unwrap_or_default())
        .with(call.wire, "status", &user.status.as_str());
    Ok(Reply { status: StatusCode::CREATED, ..Reply::ok(payload) })
}

/// A user with nothing but an address or a number, neither of them verified yet.
fn fresh(ids: &mut IdGenerator<'_>, environment: Environment, email: Option<&str>, phone_number: Option<&str>) -> User {
    let mut user = User::new(UserId::new(environment, ids.uuid()));
    user.emails = email.map(|email| Email::unverified(ids, environment, email)).into_iter().collect();
    user.phone_numbers = phone_number.map(|number| PhoneNumber::unverified(ids, environment, number)).into_iter().collect();
    user
}
