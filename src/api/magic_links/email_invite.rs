//! `POST /v1/magic_links/email/invite`: a new user, pending until they follow the link. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, WholeNumber, non_empty};
use crate::api::shared::email_link::{INVITE_ERRORS, Link, Ready};
use crate::api::shared::login::AttributeArguments;
use crate::api::shared::message_arguments::LocaleArgument;
use crate::api::shared::passcode::EmailAnswer;
use crate::api::shared::recipient::{Address, EMAIL_ERRORS, EmailArgument, drop_lapsed, known_or_created};
use crate::api::shared::sandbox_messages;
use crate::api::shared::user_arguments::{PROFILE_ERRORS, Profile};
use crate::domain::redirect_url::RedirectUrlType;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserStatus;

/// Invite a user.
pub struct EmailInvite;

/// The fields of the body that no other operation has.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// Where the browser of the user is sent. Default: the project's default.
    #[serde(deserialize_with = "non_empty")]
    invite_magic_link_url: Option<String>,
    /// Minutes until the link ends, 5 to 10080; 10080 if nothing is said.
    invite_expiration_minutes: Option<WholeNumber>,
    /// The template of the message; the outbox shows it, any is taken.
    #[serde(deserialize_with = "non_empty")]
    invite_template_id: Option<String>,
}

impl Endpoint for EmailInvite {
    const DESCRIPTION: Description = Description {
        errors: &[
            EMAIL_ERRORS,
            &[ErrorType::DuplicateEmail, ErrorType::PkceRequiredForNativeCallback],
            INVITE_ERRORS,
            PROFILE_ERRORS,
        ],
        ..Description::new(
            Operation { name: "magicLinks.email.invite", method: "POST", path: "/v1/magic_links/email/invite" },
            "Invite a user by e-mail",
            Evidence::Documented,
        )
    };
    type Request = ((Body<EmailArgument>, Body<Fields>), (Body<Profile>, (Body<LocaleArgument>, Body<AttributeArguments>)));
    type Answer = EmailAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<EmailAnswer, Refusal> {
        let ((Body(to), Body(fields)), (Body(profile), (Body(locale), Body(attributes)))) = request;
        let address = Address::Email(&to.email);
        address.check()?;
        let Fields { invite_magic_link_url: url, invite_expiration_minutes: minutes, invite_template_id } = fields;
        let mut link = Link::read(call, RedirectUrlType::Invite, url, minutes, invite_template_id)?;
        let (locale, attributes) = (locale.locale()?, attributes.attributes());
        if let Some(recipient) = sandbox_messages::recipient(call, address)? {
            return Ok(recipient.into());
        }
        call.project().log_in(|turn| {
            drop_lapsed(call, turn);
            // whoever has not come yet can be invited once more; what is said of them then changes nothing (assumed)
            let holder = address.holder(call.project()).filter(|record| record.user.status == UserStatus::Active);
            if let Some(record) = holder {
                let reason = format!("user {} has this email, and is active", record.user.id);
                return Err(Refusal::new(ErrorType::DuplicateEmail, reason));
            }
            let url = link.url(call, None)?;
            let recipient = known_or_created(call, turn, address, UserStatus::Pending, |user| profile.apply(user))?;
            link.send(call, turn, &recipient, Ready { url, code_challenge: None, attributes, locale });
            Ok(recipient.into())
        })
    }
}
