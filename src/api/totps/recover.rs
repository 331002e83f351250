//! `POST /v1/totps/recover`: a recovery code logs its user in, once. Source: the vendor's reference; its refusals are
//! assumed.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::login::{LOGIN_ERRORS, LoginSession};
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments};
use crate::api::shared::telemetry_arguments::TelemetryArguments;
use crate::api::shared::totp_login::{TOTP_LOGIN_ERRORS, TotpLoginAnswer, TotpProof, log_in};
use crate::domain::refusal::{ErrorType, Refusal};

/// Recover a TOTP.
pub struct Recover;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The user: a Stytch id or an external id.
    user_id: String,
    /// One of the user's recovery codes, in any letter case.
    recovery_code: String,
}

impl Endpoint for Recover {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, TOTP_LOGIN_ERRORS, LOGIN_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        remark: "its refusals are assumed",
        doors: &[Door::for_user("/sdk/v1/totps/recover", &[Fill::UserId, Fill::SessionToken]).telling_user()],
        ..Description::new(
            Operation { name: "totps.recover", method: "POST", path: "/v1/totps/recover" },
            "Log in by a recovery code",
            Evidence::Documented,
        )
    };
    type Request = ((Body<Fields>, Body<TelemetryArguments>), (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = TotpLoginAnswer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<TotpLoginAnswer, Refusal> {
        let ((Body(fields), Body(telemetry)), (Body(session), Body(renewal))) = request;
        let session = LoginSession::read(call, session, renewal, telemetry)?;
        log_in(call, &fields.user_id, &session, TotpProof::RecoveryCode(&fields.recovery_code))
    }
}

const ERRORS: &[ErrorType] =
    &[ErrorType::InvalidRecoveryCode, ErrorType::TotpCodeUsedAsRecoveryCode, ErrorType::UnableToAuthenticateRecoveryCode];
