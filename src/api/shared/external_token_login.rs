//! A session out of another party's token. That party is not there to be asked: a seed says what each token stands
//! for, and whether it is used up or too old.

use std::sync::Arc;

use super::session_answer::SessionAnswer;
use super::user_lookup::scripted;
use crate::api::serving::call::Call;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::external_token::{ExternalToken, ExternalTokenKey};
use crate::domain::factor::{DeliveryMethod, Detail, Factor};
use crate::domain::id::{SessionId, UserHandle};
use crate::domain::session::{Attributes, Session};
use crate::domain::session_renewal::{Lifetime, Renewal};
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

/// A factor that was just used; `values` are those of its sub-object.
///
/// # Panics
/// If there is no such delivery method.
#[must_use]
pub fn factor(call: &Call<'_>, delivery_method: &str, values: &[&str]) -> Factor {
    let delivery_method = DeliveryMethod::named(delivery_method).expect("the table has the methods that operations make");
    let now = Some(call.now.whole_seconds());
    Factor {
        factor_type: delivery_method.usual_type(),
        delivery_method,
        detail: delivery_method
            .detail()
            .map(|shape| Detail { shape, values: values.iter().map(|value| (*value).into()).collect() }),
        last_authenticated_at: now,
        created_at: now,
        updated_at: now,
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
) -> Result<SessionAnswer, Refusal> {
    let environment = call.project().environment();
    let (id, token) = call.entropy.ids(|ids| (SessionId::new(environment, ids.uuid()), ids.session_token()));
    let started_at = call.now.whole_seconds();
    let (record, session) = change(call, record, single_use, |record| {
        let mut session = Session {
            id,
            token,
            started_at,
            last_accessed_at: started_at,
            expires_at: Lifetime::DEFAULT.end(call.now),
            revoked_at: None,
            attributes: Some(Attributes::unknown()),
            custom_claims: Some(Session::no_claims()),
            roles: Some(record.user.roles.clone()),
            authentication_factors: [factor].into(),
        };
        renewal.apply(&mut session, call.now)?;
        record.add_session(session.clone());
        Ok(session)
    })?;
    Ok(SessionAnswer::new(call, record, session))
}
