//! `POST /v1/sessions/migrate`: another vendor's session token becomes a session with an `imported` factor. Source: the
//! vendor's reference.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, NonEmpty};
use crate::api::shared::external_token_login::{begin, owner};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_answer::SessionAnswer;
use crate::api::shared::session_arguments::{RENEWAL_ERRORS, RenewalArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::domain::external_token::ExternalTokenKey;
use crate::domain::refusal::{ErrorType, Refusal};

/// Migrate a session.
pub struct Migrate;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The other vendor's token; the seed's `external_session_tokens` say whose it is.
    session_token: NonEmpty,
}

impl Endpoint for Migrate {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::MigrateUnexpectedResponse, ErrorType::MigrateEmailDoesNotExist], RENEWAL_ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "sessions.migrate", method: "POST", path: "/v1/sessions/migrate" },
            "Migrate a session",
            Evidence::Documented,
        )
    };
    type Request = (Body<Fields>, (Body<RenewalArguments>, Body<TelemetryArguments>));
    type Answer = SessionAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<SessionAnswer, Refusal> {
        let (Body(fields), (Body(renewal), Body(telemetry))) = request;
        let renewal = renewal.renewal()?;
        let unknown = "the project's external_session_tokens have no such token";
        let token = call.project().external_token(&ExternalTokenKey::external_session(&fields.session_token.0));
        let token = token.ok_or_else(|| Refusal::new(ErrorType::MigrateUnexpectedResponse, unknown))?;
        let record = owner(call, &token, ErrorType::MigrateEmailDoesNotExist)?;
        begin(call, &record, None, factor(call, "imported_auth0", &[]), &renewal, &telemetry)
    }
}
