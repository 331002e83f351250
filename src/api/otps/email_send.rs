//! `POST /v1/otps/email/send`: a code by e-mail, to a user who is there. Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::message_arguments::TemplateArguments;
use crate::api::shared::passcode::{self, CODE_ERRORS, CodeArguments, EmailAnswer, OwnerFields};
use crate::api::shared::recipient::{Address, EMAIL_ERRORS, EmailArgument, OWNER_ERRORS};
use crate::api::shared::session_arguments::PROOF_ERRORS;
use crate::domain::outbox::Channel;
use crate::domain::refusal::{ErrorType, Refusal};

/// Send a code by e-mail.
pub struct EmailSend;

impl Endpoint for EmailSend {
    const DESCRIPTION: Description = Description {
        errors: &[EMAIL_ERRORS, &[ErrorType::EmailNotFound, ErrorType::DuplicateEmail], CODE_ERRORS, OWNER_ERRORS, PROOF_ERRORS],
        doors: &[
            Door::for_anyone("/sdk/v1/otps/email/send/primary").repeating(&[("email_id", "method_id")]),
            Door::for_user("/sdk/v1/otps/email/send/secondary", &[Fill::SessionToken]).repeating(&[("email_id", "method_id")]),
        ],
        ..Description::new(
            Operation { name: "otps.email.send", method: "POST", path: "/v1/otps/email/send" },
            "Send a one-time code by e-mail",
            Evidence::Documented,
        )
    };
    type Request = ((Body<EmailArgument>, Body<TemplateArguments>), (CodeArguments, OwnerFields));
    type Answer = EmailAnswer;

    fn handle(call: &Call<'_>, ((Body(to), Body(templates)), (code, owner)): Self::Request) -> Result<EmailAnswer, Refusal> {
        passcode::send(call, Channel::Email, Address::Email(&to.email), code, templates, owner)
    }
}
