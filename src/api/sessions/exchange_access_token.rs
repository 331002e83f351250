//! `POST /v1/sessions/exchange_access_token`: an OAuth access token becomes a session with an
//! `oauth_access_token_exchange` factor. Source: the vendor's reference.

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::door::Door;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, NonEmpty};
use crate::api::shared::external_token_login::{SingleUse, begin, owner};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_answer::SessionAnswer;
use crate::api::shared::session_arguments::{RENEWAL_ERRORS, RenewalArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::domain::external_token::{ExternalTokenKey, Issuer};
use crate::domain::refusal::{ErrorType, Refusal};

/// Exchange an access token.
pub struct ExchangeAccessToken;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// An access token of a connected app; the seed's `access_tokens` say whose it is.
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
        let unknown = || Refusal::new(ErrorType::IdpAccessTokenNotFound, "the project's access_tokens have no such token");
        let token = call.project().external_token(&key).ok_or_else(unknown)?;
        let Issuer::AccessToken { client_id, scopes } = &token.issuer else { return Err(unknown()) };
        if !scopes.iter().any(|scope| scope == FULL_ACCESS) {
            let reason = format!("the token's scopes are {scopes:?}; {FULL_ACCESS} is not among them");
            return Err(Refusal::new(ErrorType::AccessTokenMissingFullAccess, reason));
        }
        if call.now.since(token.issued_at) > ACCESS_TOKEN_LIFE {
            let reason = format!("the token was issued at {}, more than five minutes ago", token.issued_at);
            return Err(Refusal::new(ErrorType::AccessTokenTooOld, reason));
        }
        let record = owner(call, &token, ErrorType::UserNotFound)?;
        let single_use = SingleUse { key: &key, used: ErrorType::IdpAccessTokenCouldNotBeExchanged };
        begin(call, &record, Some(single_use), factor(call, "oauth_access_token_exchange", &[client_id]), &renewal, &telemetry)
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::IdpAccessTokenNotFound,
    ErrorType::AccessTokenMissingFullAccess,
    ErrorType::AccessTokenTooOld,
    ErrorType::IdpAccessTokenCouldNotBeExchanged,
    ErrorType::UserNotFound,
];
