//! A session in a seed.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::factor::{Contacts, FactorEntry, FactorTimes};
use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::time::{Origin, When};
use super::value::Nullable;
use crate::domain::JsonObject;
use crate::domain::factor::Factor;
use crate::domain::id::{Environment, SessionId, UserId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::session::{Attributes, Session};
use crate::domain::session_token::SessionToken;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;
use crate::wire::session::{SessionBody, Time};

/// A session lives this long if the seed doesn't say.
const DEFAULT_LIFE: TimeDelta = TimeDelta::hours(1);

seed_object! {
    /// A session: the vendor's Session as a response shows it.
    SessionEntry, "a session" {
        /// Default: generated.
        session_id: Option<SessionId>,
        /// Must be the user's own, if it stands here.
        user_id: Option<UserId>,
        /// The token that proves the session. Default: generated.
        session_token: Option<SessionToken>,
        /// Default: now, or an hour before the end of a session that is over.
        started_at: Option<When>,
        /// Default: `started_at`.
        last_accessed_at: Option<When>,
        /// Default: an hour from now.
        expires_at: Option<When>,
        /// When it was revoked. Default: it was not.
        revoked_at: Option<When>,
        /// Default: empty strings. null stays null.
        attributes: Nullable<AttributesEntry>,
        /// Default: empty. null stays null.
        custom_claims: Nullable<JsonObject>,
        /// Default: the user's. null leaves the key out, as the documentation's sample does.
        roles: Nullable<Vec<String>>,
        /// Default: one e-mail magic link.
        authentication_factors: Option<Vec<FactorEntry>>,
    }
}

seed_object! {
    /// Where a session was begun from.
    AttributesEntry, "attributes" {
        /// Default: empty.
        ip_address: Option<String>,
        /// Default: empty.
        user_agent: Option<String>,
    }
}

/// What the seed said of a session's times.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SessionTimes {
    started_at: Origin,
    last_accessed_at: Origin,
    expires_at: Origin,
    revoked_at: Origin,
    /// None, if all that is said of its factors follows from its start.
    factors: Vec<FactorTimes>,
}

/// What a session has of its user, and shares with its neighbours.
#[derive(Debug)]
pub struct Owner<'a> {
    roles: &'a Arc<[String]>,
    contacts: &'a Contacts,
    /// The usual factors, as they were made last.
    usual: Option<(Timestamp, Arc<[Factor]>)>,
}

impl<'a> Owner<'a> {
    /// A user with these roles and contacts.
    #[must_use]
    pub fn new(roles: &'a Arc<[String]>, contacts: &'a Contacts) -> Self {
        Self { roles, contacts, usual: None }
    }

    /// What a session rests on that started then, if the seed doesn't say: the same for all that started then.
    fn usual_factors(&mut self, started_at: Timestamp) -> Arc<[Factor]> {
        match &self.usual {
            Some((at, factors)) if *at == started_at => Arc::clone(factors),
            _ => {
                let factors: Arc<[Factor]> = self.contacts.usual_factor(started_at).into_iter().collect();
                self.usual = Some((started_at, Arc::clone(&factors)));
                factors
            }
        }
    }
}

/// When a session starts that ends then, if the seed doesn't say: one that is over had its time before.
fn default_start(expires_at: Timestamp, now: Timestamp) -> Timestamp {
    let now = now.whole_seconds();
    if expires_at < now { expires_at.saturating_add(-DEFAULT_LIFE) } else { now }
}

impl SessionEntry {
    /// Fills in what was left out; factors only if there is no usual one.
    pub fn fill_defaults(&mut self, contacts: &Contacts, environment: Environment, ids: &mut IdGenerator<'_>) {
        self.session_id.get_or_insert_with(|| SessionId::new(environment, ids.uuid()));
        self.session_token.get_or_insert_with(|| ids.session_token());
        if self.authentication_factors.is_none() && contacts.has_email() {
            return;
        }
        for factor in self.authentication_factors.get_or_insert_with(|| vec![FactorEntry::default()]) {
            factor.fill_defaults(contacts, environment, ids);
        }
    }

    /// Reports what a filled-in session says that can't be.
    pub fn check(&self, user_id: &UserId, path: &Path<'_>, now: Timestamp, report: &mut Report<'_>) {
        if let Some(other) = self.user_id.as_ref().filter(|id| *id != user_id) {
            report.add(&path.key("user_id"), format!("this session is {other}'s and stands among those of {user_id}"));
        }
        // only what counts from now can be told to be a slip: a state may have been written by a clock that was ahead of this one
        if let Some(When::FromNow(delta)) = self.revoked_at
            && delta > TimeDelta::zero()
        {
            let at = When::FromNow(delta).resolve(now);
            report.add(&path.key("revoked_at"), format!("the session would be revoked in the future ({at})"));
        }
        let (started_at, expires_at) = self.life(now);
        if expires_at < started_at {
            let key = if self.expires_at.is_some() { "expires_at" } else { "started_at" };
            report.add(&path.key(key), format!("the session ends ({expires_at}) before it starts ({started_at})"));
        }
    }

    /// When it begins and ends.
    fn life(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        let expires_at =
            self.expires_at.map_or_else(|| now.whole_seconds().saturating_add(DEFAULT_LIFE), |when| when.resolve(now));
        (self.started_at.map_or_else(|| default_start(expires_at, now), |when| when.resolve(now)), expires_at)
    }

    /// The session of this user, and what was said of its times.
    ///
    /// # Panics
    /// If it has not been filled in.
    #[must_use]
    pub fn build(self, owner: &mut Owner<'_>, now: Timestamp) -> (Session, SessionTimes) {
        let (started_at, expires_at) = self.life(now);
        let mut times = SessionTimes {
            started_at: Origin::of(self.started_at),
            last_accessed_at: Origin::of(self.last_accessed_at),
            expires_at: Origin::of(self.expires_at),
            revoked_at: Origin::of(self.revoked_at),
            factors: Vec::new(),
        };
        let authentication_factors = match self.authentication_factors {
            Some(factors) => {
                let built: (Vec<Factor>, _) = factors.into_iter().map(|factor| factor.build(started_at, now)).unzip();
                times.factors = built.1;
                built.0.into()
            }
            None => owner.usual_factors(started_at),
        };
        let session = Session {
            id: self.session_id.expect("it is filled in"),
            token: self.session_token.expect("it is filled in"),
            started_at,
            last_accessed_at: self.last_accessed_at.map_or(started_at, |when| when.resolve(now)),
            expires_at,
            revoked_at: self.revoked_at.map(|when| when.resolve(now)),
            attributes: self.attributes.map_or_else(Attributes::unknown, AttributesEntry::build),
            custom_claims: self.custom_claims.map_or_else(Session::no_claims, Arc::new),
            roles: self.roles.map_or_else(|| Arc::clone(owner.roles), Arc::from),
            authentication_factors,
        };
        (session, times)
    }
}

impl AttributesEntry {
    fn build(self) -> Arc<Attributes> {
        Arc::new(Attributes { ip_address: self.ip_address.unwrap_or_default(), user_agent: self.user_agent.unwrap_or_default() })
    }
}

impl SessionTimes {
    /// Whether they are the same whenever the seed is loaded.
    #[must_use]
    pub fn are_fixed(&self) -> bool {
        self.started_at == Origin::Fixed
            && self.expires_at == Origin::Fixed
            && ![self.last_accessed_at, self.revoked_at].contains(&Origin::FromNow)
            && self.factors.iter().all(FactorTimes::are_fixed)
    }

    /// A session as it is at `now`, when the clock has gone on by `delta`.
    #[must_use]
    pub fn moved(&self, session: &Session, owner: &mut Owner<'_>, delta: TimeDelta, now: Timestamp) -> Session {
        let default_end = now.whole_seconds().saturating_add(DEFAULT_LIFE);
        let expires_at = self.expires_at.moved(session.expires_at, delta, default_end);
        let started_at = self.started_at.moved(session.started_at, delta, default_start(expires_at, now));
        let factors = &session.authentication_factors;
        let authentication_factors = if self.factors.is_empty() && !factors.is_empty() {
            owner.usual_factors(started_at)
        } else {
            factors.iter().zip(&self.factors).map(|(factor, times)| times.moved(factor, delta, started_at)).collect()
        };
        Session {
            started_at,
            last_accessed_at: self.last_accessed_at.moved(session.last_accessed_at, delta, started_at),
            expires_at,
            revoked_at: session.revoked_at.map(|at| self.revoked_at.moved(at, delta, at)),
            authentication_factors,
            ..session.clone()
        }
    }
}

/// The seed entry of a user's session.
#[must_use]
pub fn export(session: &Session, record: &UserRecord) -> Value {
    let mut entry = json!(SessionBody::new(session, &record.user.id));
    entry["session_token"] = json!(session.token);
    if session.roles.is_none() {
        entry["roles"] = Value::Null;
    }
    if let Some(revoked_at) = session.revoked_at {
        entry["revoked_at"] = json!(Time(revoked_at));
    }
    entry
}
