//! `POST /v1/users`. Source: the vendor's schema; the status 201 is captured, the schema says 200.

use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, non_empty};
use crate::api::shared::user_arguments::{
    PROFILE_ERRORS, Profile, TRAIT_ERRORS, Traits, check_email, check_phone_number, new_user, taken,
};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{UserRecord, UserStatus};
use crate::wire::objects::UserObject;

/// Create a user.
pub struct Create;

/// The fields of the body that no other operation has.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// The user's address; this or a number has to be there.
    #[serde(deserialize_with = "non_empty")]
    email: Option<String>,
    /// The user's number, in the E.164 form.
    #[serde(deserialize_with = "non_empty")]
    phone_number: Option<String>,
    /// Whether the user is `pending` until the first login.
    create_user_as_pending: bool,
}

/// The new user.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// Empty if the user has no address.
    email_id: String,
    /// Empty if the user has no number.
    phone_id: String,
    status: &'static str,
    user: UserObject,
    user_id: String,
}

impl Endpoint for Create {
    const DESCRIPTION: Description = Description {
        status: StatusCode::CREATED,
        errors: &[ERRORS, PROFILE_ERRORS, TRAIT_ERRORS],
        ..Description::new(
            Operation { name: "users.create", method: "POST", path: "/v1/users" },
            "Create a user",
            Evidence::Captured,
        )
    };
    type Request = (Body<Fields>, (Body<Profile>, Body<Traits>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), (Body(profile), Body(traits))): Self::Request) -> Result<Answer, Refusal> {
        let (email, phone_number) = (fields.email.as_deref(), fields.phone_number.as_deref());
        if email.is_none() && phone_number.is_none() {
            return Err(Refusal::new(ErrorType::InvalidCreateUserRequest, "neither email nor phone_number is there"));
        }
        email.map(check_email).transpose()?;
        phone_number.map(check_phone_number).transpose()?;
        let project = call.project();
        let mut user = call.entropy.ids(|ids| new_user(ids, project, email, phone_number));
        user.status = if fields.create_user_as_pending { UserStatus::Pending } else { UserStatus::Active };
        user.created_at = Some(call.now.whole_seconds());
        profile.apply(&mut user)?;
        traits.apply(&mut user)?;
        let record = UserRecord::new(user);
        let record = project.add_user(record, |project, _| taken(project, email, phone_number))?;
        let user = &record.user;
        Ok(Answer {
            email_id: user.emails.first().map(|email| email.email_id.to_string()).unwrap_or_default(),
            phone_id: user.phone_numbers.first().map(|phone| phone.phone_id.to_string()).unwrap_or_default(),
            status: user.status.as_str(),
            user_id: user.id.to_string(),
            user: UserObject { record, now: call.now },
        })
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::InvalidCreateUserRequest,
    ErrorType::InvalidEmail,
    ErrorType::InvalidPhoneNumber,
    ErrorType::DuplicateEmail,
    ErrorType::DuplicatePhoneNumber,
];
