//! `POST /sdk/v1/users/search`: whether somebody has an e-mail address, and a password. The ready-made login page asks it.
//! Source: the SDK.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::recipient::EmailArgument;
use crate::api::shared::user_arguments::{check_email, user_with_email};
use crate::api::shared::user_lookup::scripted;
use crate::domain::refusal::{ErrorType, Refusal};

/// Search a user.
pub struct SearchUser;

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// `new`, `passwordless` or `password`.
    #[serde(rename = "userType")]
    user_type: &'static str,
}

const PATH: &str = "/sdk/v1/users/search";
const DOOR: Door = Door::for_anyone(PATH);

impl Endpoint for SearchUser {
    const DESCRIPTION: Description = Description {
        access: Access::Page(&DOOR),
        errors: &[&[ErrorType::InvalidEmail]],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "sdk.users.search", method: "POST", path: PATH },
            "Find out how a user logs in",
            Evidence::Documented,
        )
    };
    type Request = Body<EmailArgument>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(argument): Body<EmailArgument>) -> Result<Answer, Refusal> {
        check_email(&argument.email)?;
        let record = user_with_email(call.project(), &argument.email);
        record.iter().try_for_each(|record| scripted(record))?;
        let user_type = match record {
            None => "new",
            Some(record) if record.user.password.is_some() => "password",
            Some(_) => "passwordless",
        };
        Ok(Answer { user_type })
    }
}
