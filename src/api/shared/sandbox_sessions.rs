//! The vendor's sandbox session, which every test project proves without a seed. Source: the vendor's guide to sandbox values;
//! its start is captured, how long it lasts is assumed.

use super::login;
use super::proven_factor::factor;
use super::sandbox::{self, EMAIL, EMAIL_ID, SESSION_TOKEN};
use super::session_arguments::SessionProof;
use crate::api::serving::call::Call;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::session_renewal::Renewal;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;
use crate::wire::session_jwt;

/// When it began, as the real service answers.
const STARTED_AT: &str = "2021-08-28T00:41:58.935673Z";

/// The sandbox's user and session, if a proof that no session of the project has is of them.
///
/// # Errors
/// If the claims of the request are too large.
pub fn proven(call: &Call<'_>, proof: &SessionProof, renewal: &Renewal) -> Result<Option<(UserRecord, Session)>, Refusal> {
    let is_meant = sandbox::is_on(call)
        && match proof {
            SessionProof::Token(token) => token == SESSION_TOKEN,
            SessionProof::Jwt(jwt) => session_jwt::read(call.project(), jwt).is_ok_and(|id| id == sandbox::session_id()),
            SessionProof::Id(_) => false,
        };
    if !is_meant {
        return Ok(None);
    }
    let record = UserRecord::new(sandbox::user());
    let session = login::begin(call, &record, None, factor(call, "email", &[EMAIL, EMAIL_ID]), renewal)?;
    let mut session = sandbox::session(session);
    // a clock that was set to before that shows no session from the future
    session.started_at = Timestamp::parse(STARTED_AT).map_or(session.started_at, |at| at.min(session.started_at));
    Ok(Some((record, session)))
}
