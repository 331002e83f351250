//! The vendor's sandbox values for TOTPs (documented).

use super::sandbox;
use crate::api::serving::call::Call;
use crate::domain::id::UserHandle;
use crate::domain::totp::{self, TotpSecret};
use crate::domain::user::{Totp, UserRecord};

/// The sandbox user's code of the app, whatever the time.
pub const CODE: &str = "000000";
/// The sandbox user's recovery code, however often it is used.
pub const RECOVERY_CODE: &str = "a1b2-c3d4-e5f6";
/// The vendor does not tell this one (assumed).
const TOTP_ID: &str = "totp-test-41920359-8bbb-4fe8-8fa3-aaa83f35f02c";

/// The sandbox user, if a request to a test project names them and no user of the project has the id.
#[must_use]
pub fn user(call: &Call<'_>, user_id: &str) -> Option<UserRecord> {
    let is_meant = user_id == sandbox::USER_ID && sandbox::is_on(call);
    (is_meant && call.project().user(&UserHandle::Stytch(sandbox::user_id())).is_none()).then(record)
}

/// The sandbox user, with a TOTP.
#[must_use]
pub fn record() -> UserRecord {
    let mut user = sandbox::user();
    let authenticator = totp::Totp::verified(TotpSecret::new([0; 20]), vec![RECOVERY_CODE.to_owned()]);
    user.totps = vec![Totp { totp_id: TOTP_ID.into(), verified: true, authenticator: Some(authenticator) }];
    UserRecord::new(user)
}
