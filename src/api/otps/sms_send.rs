//! `POST /v1/otps/sms/send`: a code by SMS, to a user who is there. Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::message_arguments::TemplateArguments;
use crate::api::shared::passcode::{self, CodeArguments, OwnerFields, PhoneAnswer, SMS_SEND_ERRORS};
use crate::api::shared::recipient::{Address, PhoneNumberArgument};
use crate::domain::outbox::Channel;
use crate::domain::refusal::Refusal;

/// Send a code by SMS.
pub struct SmsSend;

impl Endpoint for SmsSend {
    const DESCRIPTION: Description = Description {
        errors: SMS_SEND_ERRORS,
        doors: &[
            Door::for_anyone("/sdk/v1/otps/sms/send/primary").repeating(&[("phone_id", "method_id")]),
            Door::for_user("/sdk/v1/otps/sms/send/secondary", &[Fill::SessionToken]).repeating(&[("phone_id", "method_id")]),
        ],
        ..Description::new(
            Operation { name: "otps.sms.send", method: "POST", path: "/v1/otps/sms/send" },
            "Send a one-time code by SMS",
            Evidence::Documented,
        )
    };
    type Request = (Body<PhoneNumberArgument>, (CodeArguments, OwnerFields));
    type Answer = PhoneAnswer;

    fn handle(call: &Call<'_>, (Body(to), (code, owner)): Self::Request) -> Result<PhoneAnswer, Refusal> {
        let address = Address::PhoneNumber(&to.phone_number);
        passcode::send(call, Channel::Sms, address, code, TemplateArguments::default(), owner)
    }
}
