//! `DELETE /v1/users/oauth/{oauth_user_registration_id}`: takes an OAuth registration from whichever user has it. Source: the vendor's schema.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::factor_removal;
use crate::api::shared::user_answer::UserAnswer;
use crate::domain::refusal::{ErrorType, Refusal};

/// Delete an OAuth registration.
pub struct DeleteOauthRegistration;

impl Endpoint for DeleteOauthRegistration {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::OauthUserRegistrationNotFound], factor_removal::ERRORS],
        doors: &[Door::for_user("/sdk/v1/users/oauth/{oauth_user_registration_id}", &[]).telling_user()],
        ..Description::new(
            Operation {
                name: "users.deleteOAuthRegistration",
                method: "DELETE",
                path: "/v1/users/oauth/{oauth_user_registration_id}",
            },
            "Delete an OAuth registration",
            Evidence::Documented,
        )
    };
    type Request = ();
    type Answer = UserAnswer;

    fn handle(call: &Call<'_>, (): ()) -> Result<UserAnswer, Refusal> {
        factor_removal::remove(call, "oauth_user_registration_id", ErrorType::OauthUserRegistrationNotFound, |user, id| {
            let place = user.providers.iter().position(|factor| factor.oauth_user_registration_id == id);
            place.map(|place| drop(user.providers.remove(place)))
        })
    }
}
