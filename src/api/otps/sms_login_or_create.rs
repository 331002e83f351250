//! `POST /v1/otps/sms/login_or_create`: a code by SMS, to a user who may be new. Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::message_arguments::TemplateArguments;
use crate::api::shared::passcode::{self, CODE_ERRORS, CodeArguments, PhoneAnswer, WithUserCreated};
use crate::api::shared::recipient::{Address, NewUserArguments, PHONE_NUMBER_ERRORS, PhoneNumberArgument};
use crate::domain::outbox::Channel;
use crate::domain::refusal::Refusal;

/// Log a user in, or sign one up, by SMS.
pub struct SmsLoginOrCreate;

impl Endpoint for SmsLoginOrCreate {
    const DESCRIPTION: Description = Description {
        errors: &[PHONE_NUMBER_ERRORS, CODE_ERRORS],
        doors: &[Door::for_anyone("/sdk/v1/otps/sms/login_or_create").repeating(&[("phone_id", "method_id")])],
        ..Description::new(
            Operation { name: "otps.sms.loginOrCreate", method: "POST", path: "/v1/otps/sms/login_or_create" },
            "Log in or sign up by SMS",
            Evidence::Documented,
        )
    };
    type Request = (Body<PhoneNumberArgument>, (CodeArguments, Body<NewUserArguments>));
    type Answer = WithUserCreated<PhoneAnswer>;

    fn handle(call: &Call<'_>, (Body(to), (code, Body(new))): Self::Request) -> Result<Self::Answer, Refusal> {
        let address = Address::PhoneNumber(&to.phone_number);
        passcode::login_or_create(call, Channel::Sms, address, code, TemplateArguments::default(), new.status())
    }
}
