//! What every login ends with: the proof goes into a session, if one is given or asked for, and the user counts as
//! proven from then on.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::session_arguments::{RenewalArguments, SessionArguments};
use super::telemetry_arguments::TelemetryArguments;
use crate::api::serving::call::Call;
use crate::api::serving::request::Object;
use crate::domain::factor::Factor;
use crate::domain::fraud::device::UserDevice;
use crate::domain::id::{SessionId, UserId};
use crate::domain::project::LoginTurn;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session::{Attributes, Session};
use crate::domain::session_renewal::{Lifetime, Renewal};
use crate::domain::timestamp::Timestamp;
use crate::domain::unused_id;
use crate::domain::user::{UserRecord, UserStatus};
use crate::domain::user_lock::LoginAttempts;
use crate::wire::objects::{SessionObject, UserObject};
use crate::wire::session_jwt;
use crate::wire::user_device::DeviceObject;

/// Where a request says that its user is.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AttributeArguments {
    /// The user's address and browser, as the app saw them.
    attributes: Option<Object<AttributeFields>>,
}

/// The user's address and browser.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
struct AttributeFields {
    ip_address: Option<String>,
    user_agent: Option<String>,
}

impl AttributeArguments {
    /// The attributes, if the request has any.
    #[must_use]
    pub fn attributes(self) -> Option<Attributes> {
        let Object(AttributeFields { ip_address, user_agent }) = self.attributes?;
        Some(Attributes { ip_address: ip_address.unwrap_or_default(), user_agent: user_agent.unwrap_or_default() })
    }
}

/// The session that a login goes into.
#[derive(Debug)]
pub struct LoginSession {
    /// The session that the request gives, and whose it is.
    given: Option<(UserId, SessionId)>,
    renewal: Renewal,
    telemetry: TelemetryArguments,
}

/// What letting a user in came to.
#[derive(Debug, Default)]
pub struct Admitted {
    /// The session that the proof went into, if there is one.
    pub session: Option<Session>,
    /// The device, if the request told.
    pub device: Option<UserDevice>,
}

impl Admitted {
    /// The same, its session changed.
    #[must_use]
    pub fn map_session(self, change: impl FnOnce(Session) -> Session) -> Self {
        Self { session: self.session.map(change), ..self }
    }
}

/// What reading and using a [`LoginSession`] can refuse, beside the errors of session arguments and of renewals.
pub const LOGIN_ERRORS: &[ErrorType] =
    &[ErrorType::TooManySessionArguments, ErrorType::UserIdMismatch, ErrorType::UserLockLimitReached];

impl LoginSession {
    /// Finds the session that a request gives, if it gives one.
    ///
    /// # Errors
    /// As [`SessionArguments::proof`], [`super::session_arguments::SessionProof::find`] and
    /// [`RenewalArguments::renewal`].
    pub fn read(
        call: &Call<'_>,
        session: SessionArguments,
        renewal: RenewalArguments,
        telemetry: TelemetryArguments,
    ) -> Result<Self, Refusal> {
        let renewal = renewal.renewal()?;
        let given = match session.proof()? {
            Some(proof) => {
                let (owner, id) = proof.find(call.project())?;
                owner.expect_active(&id, call.now)?;
                Some((owner.user.id, id))
            }
            None => None,
        };
        Ok(Self { given, renewal, telemetry })
    }

    /// The user whose session the request gives.
    #[must_use]
    pub fn owner(&self) -> Option<&UserId> {
        self.given.as_ref().map(|(owner, _)| owner)
    }

    /// The session that the request gives.
    #[must_use]
    pub fn id(&self) -> Option<&SessionId> {
        self.given.as_ref().map(|(_, id)| id)
    }

    /// A new session, even if one is given: it ends with all the others that the user has.
    #[must_use]
    pub fn anew(self) -> Self {
        Self { given: None, ..self }
    }

    /// Insists that the session, if one is given, is this user's.
    ///
    /// # Errors
    /// `user_id_mismatch`.
    pub fn check_owner(&self, user_id: &UserId) -> Result<(), Refusal> {
        match self.owner() {
            Some(owner) if owner != user_id => {
                let reason = format!("the session is {owner}'s, the proof {user_id}'s");
                Err(Refusal::new(ErrorType::UserIdMismatch, reason))
            }
            _ => Ok(()),
        }
    }

    /// Lets a user in: puts the factor into the session that is given, or into a new one if a duration is asked for;
    /// failures are forgotten, a pending user is active, and the
    /// device is remembered.
    ///
    /// # Errors
    /// If the session is another user's or over, or its claims become too large.
    pub fn admit(
        &self,
        call: &Call<'_>,
        record: &mut UserRecord,
        attributes: Option<Attributes>,
        factor: Factor,
    ) -> Result<Admitted, Refusal> {
        self.check_owner(&record.user.id)?;
        record.user.status = UserStatus::Active;
        // most have none, and then nothing of theirs has to be copied
        if record.user.attempts != LoginAttempts::default() {
            record.user.attempts.succeed(call.now);
        }
        let device = self.telemetry.note(call, record);
        let session = match &self.given {
            Some((_, id)) => record
                .change_session(id, call.now, |session| {
                    session.add_factor(factor);
                    self.renewal.apply(session, call.now)
                })
                .map(Some)?,
            None if self.renewal.lifetime.is_none() => None,
            None => {
                let session = begin(call, record, attributes, factor, &self.renewal)?;
                record.add_session(session.clone());
                Some(session)
            }
        };
        Ok(Admitted { session, device })
    }
}

/// A session that begins now.
///
/// # Errors
/// If its claims are too large.
pub fn begin(
    call: &Call<'_>,
    record: &UserRecord,
    attributes: Option<Attributes>,
    factor: Factor,
    renewal: &Renewal,
) -> Result<Session, Refusal> {
    let (id, token) = call.entropy.ids(|ids| unused_id::session(ids, call.project()));
    let started_at = call.now.whole_seconds();
    let mut session = Session {
        id,
        token,
        started_at,
        last_accessed_at: started_at,
        expires_at: Lifetime::DEFAULT.end(call.now),
        revoked_at: None,
        attributes: Some(attributes.or_else(|| call.browser().cloned()).map_or_else(Attributes::unknown, Arc::new)),
        custom_claims: Some(Session::no_claims()),
        roles: Some(Arc::clone(&record.user.roles)),
        authentication_factors: [factor].into(),
    };
    renewal.apply(&mut session, call.now)?;
    Ok(session)
}

/// Insists that no lock is on a user.
///
/// # Errors
/// `user_lock_limit_reached`.
pub fn check_lock(record: &UserRecord, now: Timestamp) -> Result<(), Refusal> {
    match record.user.attempts.lock(now) {
        Some(lock) => {
            let reason = format!("user {} is locked until {}", record.user.id, lock.expires_at);
            Err(Refusal::new(ErrorType::UserLockLimitReached, reason))
        }
        None => Ok(()),
    }
}

/// Counts a failed attempt of a user in, and gives the refusal on.
///
/// # Errors
/// The refusal; that the user is gone.
pub fn fail<T>(call: &Call<'_>, turn: &mut LoginTurn<'_>, user_id: &UserId, refusal: Refusal) -> Result<T, Refusal> {
    let policy = call.project().login_settings().user_lock;
    turn.change_user(user_id, |record| {
        record.user.attempts.fail(policy, call.now);
        Ok(())
    })?;
    Err(refusal)
}

/// Whether a login that proved an address for the first time ends the user's other sessions, and does so: if the user has a
/// password, which somebody else may have set, and which has to be reset by then (documented).
pub fn distrust_other_sessions(record: &mut UserRecord, is_first_proof: bool, proven: Option<&Session>, now: Timestamp) -> bool {
    let resets = is_first_proof && record.user.password.is_some();
    if resets {
        revoke_sessions(record, proven.map(|session| &session.id), now);
        if let Some(password) = &mut record.user.password {
            password.requires_reset = true;
        }
    }
    resets
}

/// Ends every active session of a user, but for one that may be kept.
pub fn revoke_sessions(record: &mut UserRecord, kept: Option<&SessionId>, now: Timestamp) {
    for session in &mut record.sessions {
        if session.is_active(now) && kept != Some(&session.id) {
            session.revoked_at = Some(now.whole_seconds());
        }
    }
}

/// The answer of a login; without a session `null` and twice an empty string.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LoginAnswer {
    pub session: Option<SessionObject>,
    pub session_jwt: String,
    pub session_token: String,
    pub user: UserObject,
    /// The device, if the request had a `telemetry_id` that is known.
    pub user_device: Option<DeviceObject>,
    pub user_id: String,
}

impl LoginAnswer {
    /// The answer for a user, and their session if there is one.
    #[must_use]
    pub fn new(call: &Call<'_>, record: Arc<UserRecord>, Admitted { session, device }: Admitted) -> Self {
        let user_id = record.user.id;
        let sign = |session: &Session| session_jwt::sign(call.project(), &user_id, session, call.now);
        Self {
            session_jwt: session.as_ref().map(sign).unwrap_or_default(),
            session_token: session.as_ref().map(|session| session.token.to_string()).unwrap_or_default(),
            session: session.map(|session| SessionObject { owner: Arc::clone(&record), session }),
            user_device: device.map(DeviceObject::from),
            user_id: user_id.to_string(),
            user: UserObject { record, now: call.now },
        }
    }
}
