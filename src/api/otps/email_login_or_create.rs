//! `POST /v1/otps/email/login_or_create`: a code by e-mail, to a user who may be new. Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::message_arguments::TemplateArguments;
use crate::api::shared::passcode::{self, CODE_ERRORS, CodeArguments, EmailAnswer, WithUserCreated};
use crate::api::shared::recipient::{Address, EMAIL_ERRORS, EmailArgument, NewUserArguments};
use crate::domain::outbox::Channel;
use crate::domain::refusal::Refusal;

/// Log a user in, or sign one up, by e-mail.
pub struct EmailLoginOrCreate;

impl Endpoint for EmailLoginOrCreate {
    const DESCRIPTION: Description = Description {
        errors: &[EMAIL_ERRORS, CODE_ERRORS],
        doors: &[Door::for_anyone("/sdk/v1/otps/email/login_or_create").repeating(&[("email_id", "method_id")])],
        ..Description::new(
            Operation { name: "otps.email.loginOrCreate", method: "POST", path: "/v1/otps/email/login_or_create" },
            "Log in or sign up by a code in an e-mail",
            Evidence::Documented,
        )
    };
    type Request = ((Body<EmailArgument>, Body<TemplateArguments>), (CodeArguments, Body<NewUserArguments>));
    type Answer = WithUserCreated<EmailAnswer>;

    fn handle(call: &Call<'_>, ((Body(to), Body(templates)), (code, Body(new))): Self::Request) -> Result<Self::Answer, Refusal> {
        passcode::login_or_create(call, Channel::Email, Address::Email(&to.email), code, templates, new.status())
    }
}
