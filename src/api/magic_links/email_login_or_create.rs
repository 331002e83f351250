//! `POST /v1/magic_links/email/login_or_create`: a link to a user who may be new. Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::email_link::{LINK_ERRORS, LinkFields, send_link};
use crate::api::shared::passcode::{EmailAnswer, WithUserCreated};
use crate::api::shared::pkce_arguments::CHALLENGE_ERRORS;
use crate::api::shared::recipient::{EMAIL_ERRORS, EmailArgument, NewUserArguments, known_or_created};
use crate::domain::refusal::Refusal;

/// Log a user in, or sign one up, by a magic link.
pub struct EmailLoginOrCreate;

impl Endpoint for EmailLoginOrCreate {
    const DESCRIPTION: Description = Description {
        errors: &[EMAIL_ERRORS, LINK_ERRORS, CHALLENGE_ERRORS],
        doors: &[Door::for_anyone("/sdk/v1/magic_links/email/login_or_create")],
        ..Description::new(
            Operation { name: "magicLinks.email.loginOrCreate", method: "POST", path: "/v1/magic_links/email/login_or_create" },
            "Log in or sign up by a magic link",
            Evidence::Documented,
        )
    };
    type Request = (Body<EmailArgument>, (LinkFields, Body<NewUserArguments>));
    type Answer = WithUserCreated<EmailAnswer>;

    fn handle(call: &Call<'_>, (Body(to), (link, Body(new))): Self::Request) -> Result<Self::Answer, Refusal> {
        Ok(send_link(call, &to.email, link, true, |turn, address| {
            known_or_created(call, turn, address, new.status(), |_| Ok(()))
        })?
        .into())
    }
}
