//! `POST /v1/magic_links/email/send`: a link to a user who is there. Source: the vendor's reference.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::email_link::{LINK_ERRORS, LinkFields, send_link};
use crate::api::shared::passcode::{EmailAnswer, OwnerFields};
use crate::api::shared::pkce_arguments::CHALLENGE_ERRORS;
use crate::api::shared::recipient::{EMAIL_ERRORS, EmailArgument, OWNER_ERRORS, known_or_added};
use crate::api::shared::session_arguments::PROOF_ERRORS;
use crate::domain::refusal::{ErrorType, Refusal};

/// Send a magic link.
pub struct EmailSend;

impl Endpoint for EmailSend {
    const DESCRIPTION: Description = Description {
        errors: &[
            EMAIL_ERRORS,
            &[ErrorType::EmailNotFound, ErrorType::DuplicateEmail],
            LINK_ERRORS,
            CHALLENGE_ERRORS,
            OWNER_ERRORS,
            PROOF_ERRORS,
        ],
        doors: &[
            Door::for_anyone("/sdk/v1/magic_links/email/send/primary"),
            Door::for_user("/sdk/v1/magic_links/email/send/secondary", &[Fill::SessionToken]),
        ],
        ..Description::new(
            Operation { name: "magicLinks.email.send", method: "POST", path: "/v1/magic_links/email/send" },
            "Send a magic link by e-mail",
            Evidence::Documented,
        )
    };
    type Request = (Body<EmailArgument>, (LinkFields, OwnerFields));
    type Answer = EmailAnswer;

    fn handle(call: &Call<'_>, (Body(to), (link, owner)): Self::Request) -> Result<EmailAnswer, Refusal> {
        let (Body(owner), Body(session)) = owner;
        let owner = owner.owner(call, session)?;
        Ok(send_link(call, &to.email, link, false, |turn, address| known_or_added(call, turn, address, owner))?.into())
    }
}
