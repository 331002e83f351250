//! The vendor's sandbox session, which every test project knows by its token without a seed (documented). What it rests on,
//! and that it has just begun whenever it is asked for, is assumed.

use super::login;
use super::proven_factor::factor;
use super::sandbox;
use super::session_arguments::SessionProof;
use crate::api::serving::call::Call;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::domain::session_renewal::Renewal;
use crate::domain::user::UserRecord;

/// The sandbox session and its user, if the proof is its token and no session of the project has that.
///
/// # Errors
/// If its claims are too large.
pub fn session(call: &Call<'_>, proof: &SessionProof, renewal: &Renewal) -> Result<Option<(UserRecord, Session)>, Refusal> {
    let is_meant = matches!(proof, SessionProof::Token(token) if token == sandbox::SESSION_TOKEN);
    if !is_meant || !sandbox::is_on(call) || call.project().user_by_token(sandbox::SESSION_TOKEN).is_some() {
        return Ok(None);
    }
    let record = UserRecord::new(sandbox::user());
    let factor = factor(call, "email", &[sandbox::EMAIL_ID, sandbox::EMAIL]);
    let session = login::begin(call, &record, None, factor, renewal)?;
    Ok(Some((record, sandbox::session(session))))
}
