//! Sending links by e-mail: what the operations that do it have in common.

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Deserialize;

use super::lifetime::lifetime;
use super::login::AttributeArguments;
use super::message_arguments::{LocaleArgument, TemplateArguments};
use super::pkce_arguments::{ChallengeArgument, check_callback, check_required};
use super::recipient::{Address, Recipient, drop_lapsed};
use super::sandbox_messages;
use crate::api::serving::call::Call;
use crate::api::serving::request::{Body, WholeNumber, non_empty};
use crate::domain::login_token::{LoginToken, LoginTokenKind, token_text};
use crate::domain::outbox::{Channel, Credential, Message, MessageKind};
use crate::domain::pkce::CodeChallenge;
use crate::domain::project::LoginTurn;
use crate::domain::redirect_url::{RedirectRefusal, RedirectUrl, RedirectUrlType};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session::Attributes;
use crate::domain::user::UserStatus;

/// The path that a browser follows a link to.
pub const REDIRECT_PATH: &str = "/v1/magic_links/redirect";

/// Minutes that a link counts that logs in, and one that signs up or invites, if the request says nothing.
const DEFAULT_LOGIN_MINUTES: i64 = 60;
const DEFAULT_SIGNUP_MINUTES: i64 = 10_080;

/// Where a link leads, and how long it counts.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LinkArguments {
    /// Where the browser of a user who logs in is sent. Default: the project's default.
    #[serde(deserialize_with = "non_empty")]
    login_magic_link_url: Option<String>,
    /// Where the browser of a user who signs up is sent. Default: the project's default.
    #[serde(deserialize_with = "non_empty")]
    signup_magic_link_url: Option<String>,
    /// Minutes until a link that logs in ends, 5 to 10080; 60 if nothing is said.
    login_expiration_minutes: Option<WholeNumber>,
    /// Minutes until a link that signs up ends, 5 to 10080; 10080 if nothing is said.
    signup_expiration_minutes: Option<WholeNumber>,
}

/// What every request for a link that logs in or signs up has.
pub type LinkFields =
    ((Body<LinkArguments>, Body<TemplateArguments>), (Body<ChallengeArgument>, (Body<LocaleArgument>, Body<AttributeArguments>)));

/// What such a request can refuse.
pub const LINK_ERRORS: &[ErrorType] = &[
    ErrorType::InvalidExpiration,
    ErrorType::InvalidLocale,
    ErrorType::NoMatchForProvidedMagicLinkUrl,
    ErrorType::InvalidLoginMagicLinkUrl,
    ErrorType::InvalidSignupMagicLinkUrl,
    ErrorType::NoLoginRedirectUrlsSet,
    ErrorType::NoSignupRedirectUrlsSet,
    ErrorType::NoDefaultLoginRedirectUrlSet,
    ErrorType::NoDefaultSignupRedirectUrlSet,
];

/// What a request for an invitation can refuse.
pub const INVITE_ERRORS: &[ErrorType] = &[
    ErrorType::InvalidExpiration,
    ErrorType::InvalidLocale,
    ErrorType::NoMatchForProvidedMagicLinkUrl,
    ErrorType::InvalidInviteMagicLinkUrl,
    ErrorType::NoInviteRedirectUrlsSet,
    ErrorType::NoDefaultInviteRedirectUrlSet,
];

/// A link as a request wants it.
#[derive(Debug)]
pub struct Link {
    purpose: RedirectUrlType,
    url: Option<RedirectUrl>,
    lifetime: TimeDelta,
    template_id: Option<String>,
}

impl Link {
    /// Reads one; a URL that is given has to be one of the project's.
    ///
    /// # Errors
    /// If the URL or the minutes are not fit.
    pub fn read(
        call: &Call<'_>,
        purpose: RedirectUrlType,
        url: Option<String>,
        minutes: Option<WholeNumber>,
        template_id: Option<String>,
    ) -> Result<Self, Refusal> {
        let default = if purpose == RedirectUrlType::Login { DEFAULT_LOGIN_MINUTES } else { DEFAULT_SIGNUP_MINUTES };
        let lifetime = lifetime(minutes, 5..=10_080, default, ErrorType::InvalidExpiration)?;
        let url = url.map(|url| chosen(call, purpose, Some(&url))).transpose()?;
        Ok(Self { purpose, url, lifetime, template_id })
    }

    /// One that resets a password; where it leads is for the operation to say.
    #[must_use]
    pub fn of_reset(lifetime: TimeDelta, template_id: Option<String>) -> Self {
        Self { purpose: RedirectUrlType::ResetPassword, url: None, lifetime, template_id }
    }

    /// Makes a token that stands for `recipient`, and sends them a link with it.
    pub fn send(self, call: &Call<'_>, turn: &mut LoginTurn<'_>, recipient: &Recipient, ready: Ready) {
        let Ready { url, code_challenge, attributes, locale } = ready;
        let (token_kind, token_type, kind) = match self.purpose {
            RedirectUrlType::ResetPassword => (LoginTokenKind::PasswordReset, "reset_password", MessageKind::PasswordReset),
            RedirectUrlType::Invite => (LoginTokenKind::EmailMagicLink, "magic_links", MessageKind::Invite),
            _ => (LoginTokenKind::EmailMagicLink, "magic_links", MessageKind::MagicLink),
        };
        let token = call.entropy.ids(|ids| token_text(ids.bytes()));
        let expires_at = call.now.saturating_add(self.lifetime);
        call.send(Message {
            time: call.now,
            project_id: call.project().id().clone(),
            user_id: recipient.user_id,
            channel: Channel::Email,
            to: recipient.to.clone(),
            kind,
            credential: Credential::Link { link: link(call, token_type, &token), token: token.clone() },
            method_id: recipient.method_id.clone(),
            template_id: self.template_id,
            locale,
            expires_at,
        });
        let stands_for = LoginToken {
            kind: token_kind,
            user_id: recipient.user_id,
            method_id: recipient.method_id.clone(),
            expires_at,
            code_challenge,
            redirect_url: Some(url.as_str().to_owned()),
            attributes,
        };
        turn.pending().tokens.issue(&token, stands_for);
    }

    /// Where the link leads: to the project's default if the request does not say.
    ///
    /// # Errors
    /// If there is no default, or an app is to be opened without PKCE.
    pub fn url(&mut self, call: &Call<'_>, code_challenge: Option<&CodeChallenge>) -> Result<RedirectUrl, Refusal> {
        let url = self.url.take().map_or_else(|| chosen(call, self.purpose, None), Ok)?;
        check_callback(&url, code_challenge)?;
        Ok(url)
    }
}

/// What a link needs beside its recipient.
#[derive(Debug)]
pub struct Ready {
    /// Where it leads.
    pub url: RedirectUrl,
    /// What it is to be authenticated with.
    pub code_challenge: Option<CodeChallenge>,
    /// Who asked for it.
    pub attributes: Option<Attributes>,
    /// The language of the message.
    pub locale: Option<String>,
}

/// Sends a link that logs in or, to a user who is pending or not there yet, one that signs up.
///
/// # Errors
/// If a field is not fit; what `find` refuses.
pub fn send_link(
    call: &Call<'_>,
    email: &str,
    ((Body(links), Body(templates)), (Body(challenge), (Body(locale), Body(attributes)))): LinkFields,
    is_unknown_signup: bool,
    find: impl FnOnce(&mut LoginTurn<'_>, Address<'_>) -> Result<Recipient, Refusal>,
) -> Result<Recipient, Refusal> {
    let address = Address::Email(email);
    address.check()?;
    let TemplateArguments { login_template_id, signup_template_id } = templates;
    let (login_url, signup_url) = (links.login_magic_link_url, links.signup_magic_link_url);
    let login = Link::read(call, RedirectUrlType::Login, login_url, links.login_expiration_minutes, login_template_id)?;
    let signup = Link::read(call, RedirectUrlType::Signup, signup_url, links.signup_expiration_minutes, signup_template_id)?;
    let (code_challenge, locale, attributes) = (challenge.challenge()?, locale.locale()?, attributes.attributes());
    check_required(call, |required| required.email_magic_links, code_challenge.as_ref())?;
    if let Some(recipient) = sandbox_messages::recipient(call, address)? {
        return Ok(recipient);
    }
    call.project().log_in(|turn| {
        drop_lapsed(call, turn);
        let holder = address.holder(call.project());
        let is_signup = holder.map_or(is_unknown_signup, |record| record.user.status == UserStatus::Pending);
        let mut link = if is_signup { signup } else { login };
        let url = link.url(call, code_challenge.as_ref())?;
        let recipient = find(turn, address)?;
        link.send(call, turn, &recipient, Ready { url, code_challenge, attributes, locale });
        Ok(recipient)
    })
}

/// The link with a token that a message holds; it leads to the emulator, which sends the browser on.
fn link(call: &Call<'_>, token_type: &str, token: &str) -> String {
    let public_token = call.project().login_settings().public_token(call.project().id());
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([("public_token", &*public_token), ("stytch_token_type", token_type), ("token", token)]);
    format!("{}{REDIRECT_PATH}?{}", call.base_url(), query.finish())
}

fn chosen(call: &Call<'_>, purpose: RedirectUrlType, asked: Option<&str>) -> Result<RedirectUrl, Refusal> {
    let urls = &call.project().login_settings().redirect_urls;
    urls.choose(purpose, asked).map_err(|refusal| {
        let by_purpose = |login, signup, invite| match purpose {
            RedirectUrlType::Signup => signup,
            RedirectUrlType::Invite => invite,
            _ => login,
        };
        let error = match refusal {
            RedirectRefusal::NoMatch => ErrorType::NoMatchForProvidedMagicLinkUrl,
            RedirectRefusal::Invalid => by_purpose(
                ErrorType::InvalidLoginMagicLinkUrl,
                ErrorType::InvalidSignupMagicLinkUrl,
                ErrorType::InvalidInviteMagicLinkUrl,
            ),
            RedirectRefusal::NoneOfType => by_purpose(
                ErrorType::NoLoginRedirectUrlsSet,
                ErrorType::NoSignupRedirectUrlsSet,
                ErrorType::NoInviteRedirectUrlsSet,
            ),
            RedirectRefusal::NoDefault => by_purpose(
                ErrorType::NoDefaultLoginRedirectUrlSet,
                ErrorType::NoDefaultSignupRedirectUrlSet,
                ErrorType::NoDefaultInviteRedirectUrlSet,
            ),
        };
        Refusal::new(error, refusal.to_string())
    })
}
