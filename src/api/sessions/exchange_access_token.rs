//! `POST /v1/sessions/exchange_access_token`: an OAuth access token becomes a session with an
//! `oauth_access_token_exchange` factor. Source: the vendor's reference.

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, NonEmpty};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::app_token::{self, FoundAccessToken};
use crate::api::shared::external_token_login::{SingleUse, begin, owner};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_answer::SessionAnswer;
use crate::api::shared::session_arguments::{RENEWAL_ERRORS, RenewalArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::user_lookup::scripted;
use crate::domain::external_token::{ExternalTokenKey, Issuer};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session::Session;
use crate::domain::session_renewal::Renewal;
use crate::domain::timestamp::Timestamp;

/// Exchange an access token.
pub struct ExchangeAccessToken;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// An access token of a connected app, or one of the seed's `access_tokens`.
    access_token: NonEmpty,
}

/// An access token can be exchanged this long after it was issued. Source: the vendor's reference.
const ACCESS_TOKEN_LIFE: TimeDelta = TimeDelta::minutes(5);

/// The scope that an exchange needs. Source: the vendor's reference.
const FULL_ACCESS: &str = "full_access";

impl Endpoint for ExchangeAccessToken {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, RENEWAL_ERRORS],
        remark: "its refusals are assumed",
        doors: &[Door::for_anyone("/sdk/v1/sessions/exchange_access_token").telling_user()],
        ..Description::new(
            Operation { name: "sessions.exchangeAccessToken", method: "POST", path: "/v1/sessions/exchange_access_token" },
            "Exchange an access token",
            Evidence::Documented,
        )
    };
    type Request = (Body<Fields>, (Body<RenewalArguments>, Body<TelemetryArguments>));
    type Answer = SessionAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<SessionAnswer, Refusal> {
        let (Body(fields), (Body(renewal), Body(telemetry))) = request;
        let renewal = renewal.renewal()?;
        let key = ExternalTokenKey::access_token(&fields.access_token.0);
        let unknown = || Refusal::new(ErrorType::IdpAccessTokenNotFound, "the project has given out no such token");
        let Some(token) = call.project().external_token(&key) else {
            let found = app_token::find(call, call.project(), &fields.access_token.0).ok_or_else(unknown)?;
            return exchange(call, &found, &renewal, &telemetry);
        };
        let Issuer::AccessToken { client_id, scopes } = &token.issuer else { return Err(unknown()) };
        check(call, scopes.iter().map(String::as_str), token.issued_at)?;
        let record = owner(call, &token, ErrorType::UserNotFound)?;
        let single_use = SingleUse { key: &key, used: ErrorType::IdpAccessTokenCouldNotBeExchanged };
        begin(call, &record, Some(single_use), factor(call, "oauth_access_token_exchange", &[client_id]), &renewal, &telemetry)
    }
}

/// Insists that a token allows everything, and is fresh.
fn check<'a>(call: &Call<'_>, scopes: impl Iterator<Item = &'a str>, issued_at: Timestamp) -> Result<(), Refusal> {
    let scopes: Vec<&str> = scopes.collect();
    if !scopes.contains(&FULL_ACCESS) {
        let reason = format!("the token's scopes are {scopes:?}; {FULL_ACCESS} is not among them");
        return Err(Refusal::new(ErrorType::AccessTokenMissingFullAccess, reason));
    }
    if call.now.since(issued_at) > ACCESS_TOKEN_LIFE {
        let reason = format!("the token was issued at {issued_at}, more than five minutes ago");
        return Err(Refusal::new(ErrorType::AccessTokenTooOld, reason));
    }
    Ok(())
}

/// Goes back to the session in which the user let the app in (documented).
fn exchange(
    call: &Call<'_>,
    found: &FoundAccessToken,
    renewal: &Renewal,
    telemetry: &TelemetryArguments,
) -> Result<SessionAnswer, Refusal> {
    let scope = found.claims.get("scope").and_then(|scope| scope.as_str()).unwrap_or_default();
    check(call, scope.split_whitespace(), found.token.issued_at)?;
    scripted(&found.record)?;
    let refuse = |reason: &'static str| Refusal::new(ErrorType::IdpAccessTokenCouldNotBeExchanged, reason);
    let session_id = found.session_id.ok_or_else(|| refuse("the user let the app in without a session"))?;
    let factor = factor(call, "oauth_access_token_exchange", &[&found.client_id]);
    let project = call.project();
    let (record, (session, device)) = project.change_user(&found.record.user.id, |record| {
        let change = |session: &mut Session| {
            session.add_factor(factor);
            renewal.apply(session, call.now)
        };
        let session = record.change_session(&session_id, call.now, change).map_err(|refusal| match refusal.error {
            ErrorType::SessionNotFound => refuse("the session in which the user let the app in is over"),
            _ => refusal,
        })?;
        let device = telemetry.note(call, record);
        // the last that can be refused: nothing of the user is changed then
        project.oauth_clients().change(|clients| {
            let is_first = clients.authorizations.exchange(&found.token.id, &found.client_id, call.now);
            if is_first { Ok((session, device)) } else { Err(refuse("the token has been used already")) }
        })
    })?;
    Ok(SessionAnswer::new(call, record, session, device))
}

const ERRORS: &[ErrorType] = &[
    ErrorType::IdpAccessTokenNotFound,
    ErrorType::AccessTokenMissingFullAccess,
    ErrorType::AccessTokenTooOld,
    ErrorType::IdpAccessTokenCouldNotBeExchanged,
    ErrorType::UserNotFound,
];
