//! `PUT /v1/users/{user_id}`: name, metadata, external id, roles. Source: the vendor's schema; that metadata merges at
//! its top level and `null` deletes is documented.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::user_arguments::{PROFILE_ERRORS, Profile, TRAIT_ERRORS, Traits};
use crate::api::shared::user_lookup::user_in_path;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;
use crate::wire::objects::same_schema;
use crate::wire::user::{CryptoWalletBody, EmailBody, PhoneNumberBody, UserBody};

/// Update a user.
pub struct Update;

/// The user as they are now, three of their lists a second time.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswerBody<'a> {
    crypto_wallets: Vec<CryptoWalletBody<'a>>,
    emails: Vec<EmailBody<'a>>,
    phone_numbers: Vec<PhoneNumberBody<'a>>,
    user: UserBody<'a>,
    user_id: String,
}

/// What is answered, before it is written.
pub struct Answer {
    record: Arc<UserRecord>,
    now: Timestamp,
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let user = &self.record.user;
        let body = AnswerBody {
            crypto_wallets: user.crypto_wallets.iter().map(CryptoWalletBody::from).collect(),
            emails: user.emails.iter().map(EmailBody::from).collect(),
            phone_numbers: user.phone_numbers.iter().map(PhoneNumberBody::from).collect(),
            user: UserBody::new(user, self.now),
            user_id: user.id.to_string(),
        };
        body.serialize(serializer)
    }
}

same_schema! {
    Answer as AnswerBody<'_>;
}

impl Endpoint for Update {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserNotFound], PROFILE_ERRORS, TRAIT_ERRORS],
        doors: &[Door::for_user("/sdk/v1/users/me", &[Fill::UserInPath]).telling_user()],
        ..Description::new(
            Operation { name: "users.update", method: "PUT", path: "/v1/users/{user_id}" },
            "Update a user",
            Evidence::Documented,
        )
    };
    type Request = (Body<Profile>, Body<Traits>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(profile), Body(traits)): Self::Request) -> Result<Answer, Refusal> {
        let record = user_in_path(call)?;
        let (record, ()) = call.project().change_user(&record.user.id, |record| {
            profile.apply(&mut record.user)?;
            traits.apply_to(record)
        })?;
        Ok(Answer { record, now: call.now })
    }
}
