//! `POST /v1/totps`: a new secret for an authenticator app, which a first code makes last. Source: the vendor's reference;
//! that a new TOTP takes the place of one that no code came of is assumed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, WholeNumber};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::lifetime::lifetime;
use crate::api::shared::{sandbox_totps, totp_login, user_lookup};
use crate::domain::qr_code::qr_data_url;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::totp::{self, RECOVERY_CODES, TotpSecret, recovery_code};
use crate::domain::user::{Totp, UserRecord};
use crate::wire::objects::UserObject;

/// Create a TOTP.
pub struct Create;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The user: a Stytch id or an external id.
    user_id: String,
    /// Minutes until a first code has to come, 5 to 1440; 1440 if it is not there.
    #[serde(default)]
    expiration_minutes: Option<WholeNumber>,
}

/// What the app needs, and the user with their new TOTP.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// The secret as a picture: a PNG of 200 by 200 pixels, as a data URL.
    qr_code: String,
    recovery_codes: Vec<String>,
    /// In base32.
    secret: String,
    totp_id: String,
    user: UserObject,
    user_id: String,
}

/// What an authenticator app shows beside a code (assumed: the name of the project).
const ISSUER: &str = "stytch-mock";

impl Endpoint for Create {
    const DESCRIPTION: Description = Description {
        errors: &[&[
            ErrorType::InvalidUserId,
            ErrorType::UserNotFound,
            ErrorType::ActiveTotpExists,
            ErrorType::InvalidExpiration,
        ]],
        doors: &[Door::for_user("/sdk/v1/totps", &[Fill::UserId]).telling_user()],
        ..Description::new(
            Operation { name: "totps.create", method: "POST", path: "/v1/totps" },
            "Create a TOTP",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Self::Request) -> Result<Answer, Refusal> {
        let lifetime = lifetime(fields.expiration_minutes, 5..=1440, 1440, ErrorType::InvalidExpiration)?;
        let user_id = &fields.user_id;
        // captured: an empty id is one that is not found
        if !user_id.is_empty() {
            user_lookup::handle(user_id, ErrorType::InvalidUserId)?;
        }
        let (totp_id, secret, recovery_codes) = call.entropy.ids(|ids| {
            let totp_id = ids.object_id("totp", call.project().environment());
            let secret = TotpSecret::new(ids.bytes());
            (totp_id, secret, (0..RECOVERY_CODES).map(|_| recovery_code(ids.bytes())).collect::<Vec<_>>())
        });
        let expires_at = call.now.saturating_add(lifetime);
        let authenticator = totp::Totp::new(secret.clone(), recovery_codes.clone(), expires_at);
        let totp = Totp { totp_id: totp_id.clone(), verified: false, authenticator: Some(authenticator) };
        let record = if let Some(mut record) = sandbox_totps::user(call, user_id) {
            record.user.totps = vec![totp];
            record.into()
        } else {
            let id = totp_login::owner(call, user_id)?.user.id;
            call.project().change_user(&id, |record| add(record, totp))?.0
        };
        let user = &record.user;
        let account = user.emails.first().map_or_else(|| user.id.to_string(), |email| email.email.to_string());
        Ok(Answer {
            qr_code: qr_data_url(&secret.otpauth_url(ISSUER, &account)).unwrap_or_default(),
            recovery_codes,
            secret: secret.base32(),
            totp_id: totp_id.to_string(),
            user_id: user.id.to_string(),
            user: UserObject { record, now: call.now },
        })
    }
}

fn add(record: &mut UserRecord, totp: Totp) -> Result<(), Refusal> {
    let is_verified = |totp: &&Totp| totp.verified;
    if let Some(Totp { totp_id, .. }) = record.user.totps.iter().find(is_verified) {
        return Err(Refusal::new(ErrorType::ActiveTotpExists, format!("a code of {totp_id} has been accepted")));
    }
    record.user.totps = vec![totp];
    Ok(())
}
