//! What a project does, in the simplest way there is: lists that are walked from end to end. It knows ids only from
//! the answers it is shown.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value, json};

/// 2021-08-09T08:00:00Z.
pub const START: i64 = 1_628_496_000;

/// What comes of a request: `200`, or a status and an `error_type`.
pub type Outcome = &'static str;

pub const OK: Outcome = "200";
pub const USER_NOT_FOUND: Outcome = "404 user_not_found";
pub const SESSION_NOT_FOUND: Outcome = "404 session_not_found";

#[derive(Debug, Clone)]
pub struct Session {
    pub id: String,
    pub token: String,
    /// The last JWT that was given out for it.
    pub jwt: Option<String>,
    pub started_at: i64,
    pub last_accessed_at: i64,
    pub expires_at: i64,
    pub is_revoked: bool,
    pub claims: Value,
}

#[derive(Debug, Clone)]
pub struct User {
    pub id: String,
    pub created_at: i64,
    pub email: String,
    pub external_id: Option<String>,
    pub first_name: String,
    pub metadata: Value,
    pub sessions: Vec<Session>,
    pub is_deleted: bool,
}

#[derive(Debug)]
pub struct Model {
    pub now: i64,
    /// Deleted ones stay, so that their ids are tried again.
    pub users: Vec<User>,
    pub used_tokens: BTreeSet<String>,
}

/// What a session is asked for.
#[derive(Debug, Clone, Default)]
pub struct Renewal {
    pub minutes: Option<i64>,
    pub claims: Option<Value>,
}

pub fn time(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).unwrap().to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Merges at every depth; `null` deletes.
fn merge(kept: &mut Value, given: &Value) {
    let Value::Object(given) = given else {
        *kept = given.clone();
        return;
    };
    if !kept.is_object() {
        *kept = json!({});
    }
    let kept = kept.as_object_mut().unwrap();
    for (key, value) in given {
        if value.is_null() {
            kept.remove(key);
        } else {
            merge(kept.entry(key).or_insert(Value::Null), value);
        }
    }
}

impl Session {
    pub fn is_active(&self, now: i64) -> bool {
        !self.is_revoked && now < self.expires_at
    }

    /// The fields that the model knows of a session on the wire.
    pub fn fields(&self, user_id: &str) -> Value {
        json!({
            "session_id": self.id, "user_id": user_id, "started_at": time(self.started_at),
            "last_accessed_at": time(self.last_accessed_at), "expires_at": time(self.expires_at), "custom_claims": self.claims
        })
    }
}

impl User {
    pub fn fields(&self) -> Value {
        json!({
            "user_id": self.id, "created_at": time(self.created_at), "external_id": self.external_id,
            "name": { "first_name": self.first_name, "middle_name": "", "last_name": "" }, "trusted_metadata": self.metadata
        })
    }
}

impl Model {
    pub fn new() -> Self {
        Self { now: START, users: Vec::new(), used_tokens: BTreeSet::new() }
    }

    pub fn living(&self) -> impl Iterator<Item = &User> {
        self.users.iter().filter(|user| !user.is_deleted)
    }

    /// The place of the user who is called so.
    pub fn user(&self, name: &str) -> Option<usize> {
        let is_called = |user: &User| user.id == name || user.external_id.as_deref() == Some(name);
        self.users.iter().position(|user| !user.is_deleted && is_called(user))
    }

    pub fn create(&self, email: &str, external_id: Option<&str>) -> Outcome {
        if self.living().any(|user| user.email.eq_ignore_ascii_case(email)) {
            "400 duplicate_email"
        } else if external_id.is_some_and(|id| self.user(id).is_some()) {
            "400 duplicate_user_external_id"
        } else {
            "201"
        }
    }

    pub fn update(&mut self, name: &str, first_name: Option<&str>, external_id: Option<&str>, metadata: &Value) -> Outcome {
        let Some(place) = self.user(name) else { return USER_NOT_FOUND };
        if external_id.is_some_and(|id| self.user(id).is_some_and(|holder| holder != place)) {
            return "400 duplicate_user_external_id";
        }
        let user = &mut self.users[place];
        user.first_name = first_name.unwrap_or(&user.first_name).to_owned();
        user.external_id = external_id.map(str::to_owned).or(user.external_id.take());
        for (key, value) in metadata.as_object().unwrap() {
            let kept: &mut Map<String, Value> = user.metadata.as_object_mut().unwrap();
            if value.is_null() {
                kept.remove(key);
            } else {
                kept.insert(key.clone(), value.clone());
            }
        }
        OK
    }

    pub fn delete(&mut self, name: &str) -> Outcome {
        let Some(place) = self.user(name) else { return USER_NOT_FOUND };
        self.users[place].is_deleted = true;
        OK
    }

    pub fn delete_external_id(&mut self, name: &str) -> Outcome {
        let Some(place) = self.user(name) else { return USER_NOT_FOUND };
        self.users[place].external_id = None;
        OK
    }

    /// A session that somebody could still hold a proof of, if it can be used.
    fn active(&mut self, (user, session): (usize, usize)) -> Option<&mut Session> {
        let now = self.now;
        let user = &mut self.users[user];
        Some(&mut user.sessions[session]).filter(|session| !user.is_deleted && session.is_active(now))
    }

    pub fn authenticate(&mut self, place: (usize, usize), renewal: &Renewal) -> Outcome {
        let now = self.now;
        let Some(session) = self.active(place) else { return SESSION_NOT_FOUND };
        session.last_accessed_at = now;
        if let Some(minutes) = renewal.minutes {
            session.expires_at = session.started_at.max(now + minutes * 60);
        }
        if let Some(claims) = &renewal.claims {
            merge(&mut session.claims, claims);
        }
        OK
    }

    pub fn revoke(&mut self, place: (usize, usize)) -> Outcome {
        match self.active(place) {
            Some(session) => {
                session.is_revoked = true;
                OK
            }
            None => SESSION_NOT_FOUND,
        }
    }

    /// A session that begins now.
    pub fn begin(&mut self, user: usize, id: &str, token: &str, renewal: &Renewal) {
        let mut claims = json!({});
        merge(&mut claims, renewal.claims.as_ref().unwrap_or(&json!({})));
        self.users[user].sessions.push(Session {
            id: id.to_owned(),
            token: token.to_owned(),
            jwt: None,
            started_at: self.now,
            last_accessed_at: self.now,
            expires_at: self.now + renewal.minutes.unwrap_or(60) * 60,
            is_revoked: false,
            claims,
        });
    }

    /// What is listed of a user, in order.
    pub fn listed(&self, user: usize) -> Vec<Value> {
        let user = &self.users[user];
        let mut active: Vec<&Session> = user.sessions.iter().filter(|session| session.is_active(self.now)).collect();
        active.sort_by_key(|session| (session.started_at, session.id.clone()));
        active.iter().map(|session| session.fields(&user.id)).collect()
    }

    /// The ids that a search finds, newest first.
    pub fn found(&self, fits: impl Fn(&User) -> bool) -> Vec<String> {
        let mut found: Vec<&User> = self.living().filter(|user| fits(user)).collect();
        // of those who came in one second the last one first
        found.reverse();
        found.sort_by_key(|user| std::cmp::Reverse(user.created_at));
        found.iter().map(|user| user.id.clone()).collect()
    }
}
