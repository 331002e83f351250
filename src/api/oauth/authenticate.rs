//! `POST /v1/oauth/authenticate`: the token that a browser brought back from a provider logs its user in, once. Source:
//! the vendor's reference (here a session is called `user_session`, and nowhere else) and its sandbox values; its
//! refusals are assumed.

use std::sync::Arc;

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::Door;
use crate::api::shared::login::{Admitted, LOGIN_ERRORS, LoginAnswer, LoginSession, check_lock, distrust_other_sessions, fail};
use crate::api::shared::pkce_arguments::{VERIFIER_ERRORS, VerifierArgument};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_lookup::scripted;
use crate::api::shared::{sandbox, sandbox_oauth};
use crate::domain::login_token::{LoginToken, LoginTokenKind, token_text};
use crate::domain::oauth::OAuthGrant;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{Provider, UserRecord};
use crate::wire::objects::{SessionObject, UserObject};
use crate::wire::session::Time;
use crate::wire::user_device::DeviceObject;

/// Authenticate an OAuth login.
pub struct Authenticate;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The token that the browser brought to the redirect URL.
    token: String,
}

/// The user, their session, and what the provider gave.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    oauth_user_registration_id: String,
    provider_subject: String,
    provider_type: &'static str,
    provider_values: ProviderValues,
    /// Whether the user's other sessions were ended, since an address of theirs was not verified before.
    reset_sessions: bool,
    session_jwt: String,
    session_token: String,
    user: UserObject,
    /// The device, if the request had a `telemetry_id` that is known.
    user_device: Option<DeviceObject>,
    user_id: String,
    /// The session, by the name that it has here alone.
    user_session: Option<SessionObject>,
}

/// Tokens as of the provider; no provider knows them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct ProviderValues {
    access_token: String,
    expires_at: Time,
    /// Always empty.
    id_token: String,
    refresh_token: String,
    scopes: Vec<String>,
}

impl Endpoint for Authenticate {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, VERIFIER_ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        remark: "its refusals are assumed",
        doors: &[
            Door::for_anyone_or_user("/sdk/v1/oauth/authenticate").repeating(&[("user", "__user"), ("user_session", "session")])
        ],
        ..Description::new(
            Operation { name: "oauth.authenticate", method: "POST", path: "/v1/oauth/authenticate" },
            "Authenticate an OAuth login",
            Evidence::Documented,
        )
    };
    type Request =
        ((Body<Fields>, (Body<TelemetryArguments>, Body<VerifierArgument>)), (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<Answer, Refusal> {
        let ((Body(fields), (Body(telemetry), Body(verifier))), (Body(session), Body(renewal))) = request;
        if fields.token.is_empty() {
            return Err(Refusal::new(ErrorType::InvalidToken, "token is empty"));
        }
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        if let Some(login) = sandbox_oauth::login(call, &fields.token) {
            let (mut record, registration_id, grant) = login?;
            let (admitted, reset_sessions) = admit(call, &mut record, &registration_id, &grant, &session)?;
            let proven = (admitted.map_session(sandbox::session), reset_sessions);
            return Ok(answer(call, record.into(), proven, registration_id, &grant));
        }
        let unknown = |_| Refusal::new(ErrorType::OauthTokenNotFound, "the token is unknown, used or over");
        let (record, proven, registration_id, grant) = call.project().log_in(|turn| {
            let pending = turn.pending();
            let token = pending.tokens.check(LoginTokenKind::OAuth, &fields.token, call.now).map_err(unknown)?.clone();
            let grant = pending.grants.0.get(&fields.token).cloned().ok_or_else(|| gone(&token))?;
            let change = turn.change_user(&token.user_id, |record| {
                scripted(record)?;
                check_lock(record, call.now)?;
                session.check_owner(&record.user.id)?;
                verifier.check(token.code_challenge.as_ref())?;
                let is_it = |known: &Provider| known.oauth_user_registration_id == *token.method_id.as_str();
                if !record.user.providers.iter().any(is_it) {
                    return Err(gone(&token));
                }
                admit(call, record, &token.method_id, &grant, &session)
            });
            let (record, proven) = match change {
                Err(refusal) if refusal.error == ErrorType::PkceMismatch => return fail(call, turn, &token.user_id, refusal),
                Err(refusal) if refusal.error == ErrorType::UserNotFound => return Err(gone(&token)),
                change => change?,
            };
            let pending = turn.pending();
            pending.tokens.redeem(LoginTokenKind::OAuth, &fields.token, call.now).map_err(unknown)?;
            pending.grants.0.remove(&fields.token);
            Ok((record, proven, token.method_id, grant))
        })?;
        Ok(answer(call, record, proven, registration_id, &grant))
    }
}

fn gone(token: &LoginToken) -> Refusal {
    Refusal::new(ErrorType::OauthTokenNotFound, format!("the registration {} is gone", token.method_id))
}

/// What a login came to, and whether the user's other sessions were ended.
type Proven = (Admitted, bool);

/// Lets a user in whom a provider vouches for, and for whose address.
fn admit(
    call: &Call<'_>,
    record: &mut UserRecord,
    registration_id: &str,
    grant: &OAuthGrant,
    session: &LoginSession,
) -> Result<Proven, Refusal> {
    let address = &grant.identity.email;
    let email = record.user.emails.iter_mut().find(|email| email.email.eq_ignore_ascii_case(address));
    let (email_id, was_unverified) =
        email.map_or_else(Default::default, |email| (email.email_id.to_string(), !std::mem::replace(&mut email.verified, true)));
    let values = [email_id.as_str(), registration_id, &grant.identity.provider_subject];
    let factor = factor(call, grant.provider.delivery_method(), &values);
    let admitted = session.admit(call, record, None, factor)?;
    let reset_sessions = distrust_other_sessions(record, was_unverified, admitted.session.as_ref(), call.now);
    Ok((admitted, reset_sessions))
}

fn answer(
    call: &Call<'_>,
    record: Arc<UserRecord>,
    (admitted, reset_sessions): Proven,
    oauth_user_registration_id: String,
    grant: &OAuthGrant,
) -> Answer {
    let (access_token, refresh_token) = call.entropy.ids(|ids| (token_text(ids.bytes()), token_text(ids.bytes())));
    let LoginAnswer { session, session_jwt, session_token, user, user_device, user_id } =
        LoginAnswer::new(call, record, admitted);
    Answer {
        oauth_user_registration_id,
        provider_subject: grant.identity.provider_subject.clone(),
        provider_type: grant.provider.provider_type(),
        provider_values: ProviderValues {
            access_token,
            expires_at: Time(expiry(call.now)),
            id_token: String::new(),
            refresh_token,
            scopes: grant.scopes.clone(),
        },
        reset_sessions,
        session_jwt,
        session_token,
        user,
        user_device,
        user_id,
        user_session: session,
    }
}

/// When the provider's access token ends (assumed).
fn expiry(now: Timestamp) -> Timestamp {
    now.whole_seconds().saturating_add(TimeDelta::hours(1))
}

const ERRORS: &[ErrorType] = &[ErrorType::InvalidToken, ErrorType::OauthTokenNotFound];
