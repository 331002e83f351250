//! `POST /v1/magic_links/authenticate`: the token of a link logs its user in. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::attribute_match::MatchArguments;
use crate::api::shared::login::{AttributeArguments, LOGIN_ERRORS, LoginSession, check_lock, fail};
use crate::api::shared::message_login::{MessageLoginAnswer, admit, link_factor};
use crate::api::shared::pkce_arguments::{VERIFIER_ERRORS, VerifierArgument};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::recipient::drop_lapsed;
use crate::api::shared::sandbox::EMAIL_ID;
use crate::api::shared::sandbox_messages;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_lookup::scripted;
use crate::domain::id::UserHandle;
use crate::domain::login_token::{LoginTokenKind, TokenRefusal};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::User;

/// Authenticate a magic link.
pub struct Authenticate;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The token that the link brought, of an e-mail or of `magicLinks.create`.
    token: String,
}

impl Endpoint for Authenticate {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, VERIFIER_ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        doors: &[Door::for_anyone_or_user("/sdk/v1/magic_links/authenticate").telling_user()],
        ..Description::new(
            Operation { name: "magicLinks.authenticate", method: "POST", path: "/v1/magic_links/authenticate" },
            "Authenticate a magic link",
            Evidence::Documented,
        )
    };
    type Request = (
        ((Body<Fields>, Body<TelemetryArguments>), Body<VerifierArgument>),
        ((Body<AttributeArguments>, Body<MatchArguments>), (Body<SessionArguments>, Body<RenewalArguments>)),
    );
    type Answer = MessageLoginAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<MessageLoginAnswer, Refusal> {
        let (((Body(fields), Body(telemetry)), Body(verifier)), (by, (Body(session), Body(renewal)))) = request;
        let (Body(attributes), Body(matching)) = by;
        let text = &fields.token;
        if text.is_empty() {
            return Err(Refusal::new(ErrorType::InvalidToken, "token is empty"));
        }
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        let attributes = attributes.attributes();
        let by_email = |user: &User, method_id: &str| link_factor(call, user, method_id);
        if sandbox_messages::takes_token(call, text)? {
            let login = sandbox_messages::admit(call, &session, attributes, by_email, EMAIL_ID)?;
            return Ok(MessageLoginAnswer { login, method_id: EMAIL_ID.to_owned(), reset_sessions: false });
        }
        let unknown = |reason| Refusal::new(ErrorType::MagicLinkNotFound, reason);
        let late = |reason| Refusal::new(ErrorType::UnableToAuthMagicLink, reason);
        call.project().log_in(|turn| {
            drop_lapsed(call, turn);
            let is_link = |kind| matches!(kind, LoginTokenKind::EmailMagicLink | LoginTokenKind::EmbeddableMagicLink);
            let token = turn.pending().tokens.find(text).filter(|token| is_link(token.kind)).cloned();
            let token = token.ok_or_else(|| unknown("no link has this token"))?;
            let (user_id, method_id) = (&token.user_id, token.method_id.as_str());
            let record = call.project().user(&UserHandle::Stytch(*user_id));
            let record = record.ok_or_else(|| unknown("the user has been deleted"))?;
            let is_embeddable = token.kind == LoginTokenKind::EmbeddableMagicLink;
            if !is_embeddable && record.user.emails.iter().all(|email| email.email_id != *method_id) {
                return Err(unknown("the user no longer has the address that the link was sent to"));
            }
            scripted(&record)?;
            check_lock(&record, call.now)?;
            session.check_owner(user_id)?;
            let checked = turn.pending().tokens.check(token.kind, text, call.now).map_err(|refusal| match refusal {
                TokenRefusal::Unknown => unknown("no link has this token"),
                TokenRefusal::Used => late("the token has been used already"),
                TokenRefusal::Expired => late("the token has expired"),
            });
            let checked = checked.and_then(|token| matching.check(token.attributes.as_ref(), attributes.as_ref()));
            if let Err(refusal) = checked {
                return fail(call, turn, user_id, refusal);
            }
            match verifier.check(token.code_challenge.as_ref()) {
                // as in OAuth, only a verifier that is there can be a wrong guess (assumed)
                Err(refusal) if refusal.error == ErrorType::PkceMismatch => return fail(call, turn, user_id, refusal),
                checked => checked?,
            }
            let answer = if is_embeddable {
                admit(call, turn, user_id, method_id, &session, attributes, |_, id| factor(call, "embedded", &[id]))?
            } else {
                admit(call, turn, user_id, method_id, &session, attributes, by_email)?
            };
            turn.pending().tokens.redeem(token.kind, text, call.now).map_err(|_| late("the token has been used already"))?;
            Ok(answer)
        })
    }
}

const ERRORS: &[ErrorType] =
    &[ErrorType::InvalidToken, ErrorType::MagicLinkNotFound, ErrorType::UnableToAuthMagicLink, ErrorType::AttributeMismatch];
