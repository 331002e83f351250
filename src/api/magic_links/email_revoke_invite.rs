//! `POST /v1/magic_links/email/revoke_invite`: the links of an invitation count no more. Source: the vendor's reference;
//! that the user stays, pending, is assumed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::shared::recipient::{Address, EMAIL_ERRORS, EmailArgument};
use crate::api::shared::sandbox_messages;
use crate::api::shared::user_lookup::scripted;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserStatus;

/// Revoke an invitation.
pub struct EmailRevokeInvite;

/// Nothing beside what every answer has.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {}

impl Endpoint for EmailRevokeInvite {
    const DESCRIPTION: Description = Description {
        errors: &[EMAIL_ERRORS, &[ErrorType::EmailNotFound]],
        ..Description::new(
            Operation { name: "magicLinks.email.revokeInvite", method: "POST", path: "/v1/magic_links/email/revoke_invite" },
            "Revoke an invitation",
            Evidence::Documented,
        )
    };
    type Request = Body<EmailArgument>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(to): Body<EmailArgument>) -> Result<Answer, Refusal> {
        let address = Address::Email(&to.email);
        address.check()?;
        if sandbox_messages::recipient(call, address)?.is_some() {
            return Ok(Answer {});
        }
        call.project().log_in(|turn| {
            let holder = address.holder(call.project()).filter(|record| record.user.status == UserStatus::Pending);
            let record = holder.ok_or_else(|| Refusal::new(ErrorType::EmailNotFound, "no pending user has this email"))?;
            scripted(&record)?;
            for email in record.user.emails.iter().filter(|known| known.email.eq_ignore_ascii_case(&to.email)) {
                turn.pending().tokens.forget(|token| email.email_id == *token.method_id.as_str());
            }
            Ok(Answer {})
        })
    }
}
