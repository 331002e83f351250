//! `POST /v1/totps/recovery_codes`: the recovery codes of a user that have not been used. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::{sandbox_totps, totp_login};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::Totp;

/// Get recovery codes.
pub struct RecoveryCodes;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The user: a Stytch id or an external id.
    user_id: String,
}

/// The user's TOTPs with their recovery codes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    totps: Vec<TotpWithCodes>,
    user_id: String,
}

/// A TOTP, and what has not been used of its recovery codes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct TotpWithCodes {
    recovery_codes: Vec<String>,
    totp_id: String,
    verified: bool,
}

impl Endpoint for RecoveryCodes {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UserNotFound, ErrorType::TotpsNotFoundForUser]],
        remark: "that a user without TOTP is refused is assumed",
        doors: &[Door::for_user("/sdk/v1/totps/recovery_codes", &[Fill::UserId])],
        ..Description::new(
            Operation { name: "totps.recoveryCodes", method: "POST", path: "/v1/totps/recovery_codes" },
            "Get recovery codes",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Self::Request) -> Result<Answer, Refusal> {
        let record = match sandbox_totps::user(call, &fields.user_id) {
            Some(record) => record.into(),
            None => totp_login::owner(call, &fields.user_id)?,
        };
        let user = &record.user;
        if user.totps.is_empty() {
            return Err(Refusal::new(ErrorType::TotpsNotFoundForUser, format!("user {} has no TOTP", user.id)));
        }
        Ok(Answer { totps: user.totps.iter().map(TotpWithCodes::of).collect(), user_id: user.id.to_string() })
    }
}

impl TotpWithCodes {
    fn of(totp: &Totp) -> Self {
        let recovery_codes = totp.authenticator.as_ref().map(|authenticator| authenticator.recovery_codes.clone());
        Self { recovery_codes: recovery_codes.unwrap_or_default(), totp_id: totp.totp_id.to_string(), verified: totp.verified }
    }
}
