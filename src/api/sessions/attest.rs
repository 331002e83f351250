//! `POST /v1/sessions/attest`: a trusted auth token becomes a session, or a factor of one. Source: the vendor's
//! reference.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, NonEmpty};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::external_token_login::{SingleUse, begin, change, owner};
use crate::api::shared::proven_factor::factor;
use crate::api::shared::session_answer::SessionAnswer;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::domain::external_token::{ExternalToken, ExternalTokenKey, Issuer};
use crate::domain::refusal::{ErrorType, Refusal};

/// Attest a session.
pub struct Attest;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The profile of trusted auth tokens that the token belongs to.
    profile_id: NonEmpty,
    /// The trusted auth token; the seed's `trusted_auth_tokens` say whose it is.
    token: NonEmpty,
}

impl Endpoint for Attest {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        remark: "its refusals are assumed",
        doors: &[Door::for_anyone_or_user("/sdk/v1/sessions/attest")],
        ..Description::new(
            Operation { name: "sessions.attest", method: "POST", path: "/v1/sessions/attest" },
            "Attest a session",
            Evidence::Documented,
        )
    };
    type Request = ((Body<Fields>, Body<TelemetryArguments>), (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = SessionAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<SessionAnswer, Refusal> {
        let ((Body(fields), Body(telemetry)), (Body(session), Body(renewal))) = request;
        let (NonEmpty(profile), NonEmpty(token)) = (&fields.profile_id, &fields.token);
        let renewal = renewal.renewal()?;
        let project = call.project();
        let of_profile =
            |token: &Arc<ExternalToken>| matches!(&token.issuer, Issuer::TrustedAuth { profile_id, .. } if profile_id == profile);
        if !project.external_tokens().iter().any(of_profile) {
            let reason = format!("none of the project's trusted_auth_tokens has the profile_id {profile}");
            return Err(Refusal::new(ErrorType::TrustedTokenProfileNotFound, reason));
        }
        let key = ExternalTokenKey::trusted_auth(token);
        let unknown = || Refusal::new(ErrorType::InvalidTrustedAuthToken, format!("profile {profile} has no such token"));
        let token = project.external_token(&key).filter(of_profile).ok_or_else(unknown)?;
        let Issuer::TrustedAuth { token_id, .. } = &token.issuer else { return Err(unknown()) };
        let record = owner(call, &token, ErrorType::UserNotFound)?;
        let factor = factor(call, "trusted_token_exchange", &[token_id]);
        let single_use = Some(SingleUse { key: &key, used: ErrorType::InvalidTrustedAuthToken });
        let Some(proof) = session.proof()? else { return begin(call, &record, single_use, factor, &renewal, &telemetry) };
        let (holder, session_id) = proof.find(project)?;
        if holder.user.id != record.user.id {
            let reason = format!("the session is {}'s, the token {}'s", holder.user.id, record.user.id);
            return Err(Refusal::new(ErrorType::InvalidTrustedAuthToken, reason));
        }
        let (record, (session, device)) = change(call, &record, single_use, |record| {
            let session = record.change_session(&session_id, call.now, |session| {
                session.add_factor(factor);
                renewal.apply(session, call.now)
            })?;
            Ok((session, telemetry.note(call, record)))
        })?;
        Ok(SessionAnswer::new(call, record, session, device))
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::TrustedTokenProfileNotFound,
    ErrorType::InvalidTrustedAuthToken,
    ErrorType::UserNotFound,
    ErrorType::TooManySessionArguments,
];
