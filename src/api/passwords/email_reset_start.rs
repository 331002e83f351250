//! `POST /v1/passwords/email/reset/start`: sends a link that resets a password. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, WholeNumber, non_empty};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::email_link::{Link, Ready};
use crate::api::shared::lifetime::lifetime;
use crate::api::shared::login::AttributeArguments;
use crate::api::shared::message_arguments::LocaleArgument;
use crate::api::shared::passcode::EmailAnswer;
use crate::api::shared::password::owner;
use crate::api::shared::pkce_arguments::{CHALLENGE_ERRORS, ChallengeArgument, check_callback, check_required};
use crate::api::shared::recipient::Recipient;
use crate::api::shared::user_arguments::check_email;
use crate::domain::redirect_url::{RedirectRefusal, RedirectUrlType};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserStatus;

/// Start a password reset by e-mail.
pub struct EmailResetStart;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The user's address, which the link is sent to.
    email: String,
    /// Where the link leads. Default: the project's URL for resets.
    #[serde(default, deserialize_with = "non_empty")]
    reset_password_redirect_url: Option<String>,
    /// Minutes until the link ends, 5 to 10080. Default: 30.
    #[serde(default)]
    reset_password_expiration_minutes: Option<WholeNumber>,
    /// Taken and not used.
    #[serde(default)]
    #[expect(dead_code, reason = "it is declared, so that it does not count as ignored")]
    login_redirect_url: Option<String>,
    /// The template of the e-mail. It stands in the outbox; every name is taken.
    #[serde(default, deserialize_with = "non_empty")]
    reset_password_template_id: Option<String>,
}

impl Endpoint for EmailResetStart {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, CHALLENGE_ERRORS],
        doors: &[Door::for_anyone("/sdk/v1/passwords/email/reset/start")],
        ..Description::new(
            Operation { name: "passwords.email.resetStart", method: "POST", path: "/v1/passwords/email/reset/start" },
            "Start a password reset by e-mail",
            Evidence::Documented,
        )
    };
    type Request = (Body<Fields>, (Body<ChallengeArgument>, (Body<LocaleArgument>, Body<AttributeArguments>)));
    type Answer = EmailAnswer;

    fn handle(
        call: &Call<'_>,
        (Body(fields), (Body(challenge), (Body(locale), Body(attributes)))): Self::Request,
    ) -> Result<EmailAnswer, Refusal> {
        check_email(&fields.email)?;
        let minutes = fields.reset_password_expiration_minutes;
        let lifetime = lifetime(minutes, 5..=10_080, DEFAULT_MINUTES, ErrorType::InvalidExpiration)?;
        let locale = locale.locale()?;
        let project = call.project();
        let asked = fields.reset_password_redirect_url.as_deref();
        let redirect_url = project.login_settings().redirect_urls.choose(RedirectUrlType::ResetPassword, asked);
        let redirect_url = redirect_url.map_err(refuse_redirect)?;
        let code_challenge = challenge.challenge()?;
        check_required(call, |required| required.password_resets, code_challenge.as_ref())?;
        check_callback(&redirect_url, code_challenge.as_ref())?;
        let (record, address) = owner(call, &fields.email)?;
        let recipient = Recipient {
            user_id: record.user.id,
            is_pending: record.user.status == UserStatus::Pending,
            is_new: false,
            method_id: address.email_id.to_string(),
            to: address.email.to_string(),
        };
        let ready = Ready { url: redirect_url, code_challenge, attributes: attributes.attributes(), locale };
        let link = Link::of_reset(lifetime, fields.reset_password_template_id);
        project.log_in(|turn| {
            link.send(call, turn, &recipient, ready);
            Ok(recipient.into())
        })
    }
}

/// How long a link is good if the request doesn't say (documented).
const DEFAULT_MINUTES: i64 = 30;

/// The vendor has no word of its own for a URL of a reset that is not the project's: that of magic links answers
/// (assumed).
fn refuse_redirect(refusal: RedirectRefusal) -> Refusal {
    let error = match refusal {
        RedirectRefusal::Invalid => ErrorType::InvalidPasswordResetRedirectUrl,
        RedirectRefusal::NoMatch => ErrorType::NoMatchForProvidedMagicLinkUrl,
        RedirectRefusal::NoneOfType | RedirectRefusal::NoDefault => ErrorType::NoPasswordResetRedirectUrl,
    };
    Refusal::new(error, format!("reset_password_redirect_url: {refusal}"))
}

const ERRORS: &[ErrorType] = &[
    ErrorType::InvalidEmail,
    ErrorType::EmailNotFound,
    ErrorType::InvalidExpiration,
    ErrorType::InvalidLocale,
    ErrorType::InvalidPasswordResetRedirectUrl,
    ErrorType::NoMatchForProvidedMagicLinkUrl,
    ErrorType::NoPasswordResetRedirectUrl,
];
