//! A session out of another party's token. That party is not there to be asked: a seed says what each token stands
//! for, and whether it is used up or too old.

use std::sync::Arc;

use super::login;
use super::session_answer::SessionAnswer;
use super::telemetry_arguments::TelemetryArguments;
use super::user_lookup::scripted;
use crate::api::serving::call::Call;
use crate::domain::external_token::{ExternalToken, ExternalTokenKey};
use crate::domain::factor::Factor;
use crate::domain::id::UserHandle;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session_renewal::Renewal;
use crate::domain::user::UserRecord;

/// The user that a token stands for.
///
/// # Errors
/// `missing` if the user is not there; what the seed scripts for them.
pub fn owner(call: &Call<'_>, external_token: &ExternalToken, missing: ErrorType) -> Result<Arc<UserRecord>, Refusal> {
    let handle = UserHandle::parse(&external_token.user_id).ok();
    let record = handle.and_then(|handle| call.project().user(&handle));
    let record = record.ok_or_else(|| {
        Refusal::new(missing, format!("the token stands for user {}, who is not there", external_token.user_id))
    })?;
    scripted(&record)?;
    Ok(record)
}

/// A token that can be used once, and the refusal of who comes second.
#[derive(Clone, Copy)]
pub struct SingleUse<'a> {
    /// Its name in the project.
    pub key: &'a ExternalTokenKey,
    /// The refusal if it has been used.
    pub used: ErrorType,
}

/// Changes a user; the token is used up only if that goes well.
///
/// # Errors
/// What `change` says; that the token has been used.
pub fn change<T>(
    call: &Call<'_>,
    record: &UserRecord,
    single_use: Option<SingleUse<'_>>,
    change: impl FnOnce(&mut UserRecord) -> Result<T, Refusal>,
) -> Result<(Arc<UserRecord>, T), Refusal> {
    let (project, id) = (call.project(), &record.user.id);
    match single_use {
        Some(SingleUse { key, used }) => {
            project.redeem(key, id, call.now, || Refusal::new(used, "the token has been used already"), change)
        }
        None => project.change_user(id, change),
    }
}

/// Begins a session.
///
/// # Errors
/// That the token has been used; that the claims are too large.
pub fn begin(
    call: &Call<'_>,
    record: &UserRecord,
    single_use: Option<SingleUse<'_>>,
    factor: Factor,
    renewal: &Renewal,
    telemetry: &TelemetryArguments,
) -> Result<SessionAnswer, Refusal> {
    let (record, (session, device)) = change(call, record, single_use, |record| {
        let session = login::begin(call, record, None, factor, renewal)?;
        record.add_session(session.clone());
        Ok((session, telemetry.note(call, record)))
    })?;
    Ok(SessionAnswer::new(call, record, session, device))
}
