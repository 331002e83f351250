//! What users let connected apps do, in a seed: consents, codes, tokens.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::node::Node;
use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::time::When;
use super::value::{SeedValue, parse};
use crate::domain::authorization::{Authorization, Authorizations};
use crate::domain::grant::{AccessToken, CODE_LIFE, Grant, OneTime, REFRESH_TOKEN_LIFE};
use crate::domain::id::{SessionId, UserId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::login_token::token_text;
use crate::domain::pkce::CodeChallenge;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;

seed_object! {
    /// What a user lets an app do.
    AuthorizationEntry, "an authorization" {
        /// The `client_id` of the app.
        client_id: Option<String>,
        /// The user.
        user_id: Option<UserId>,
        /// What the user agreed to. Default: `openid`.
        scopes: Option<Vec<String>>,
        /// When the user took it back. Default: they did not.
        revoked_at: Option<When>,
        /// The codes and tokens that came of it.
        grants: Option<Vec<GrantEntry>>,
    }
}

seed_object! {
    /// One run through the authorization.
    GrantEntry, "a grant" {
        /// Default: those of the authorization.
        scopes: Option<Vec<String>>,
        /// The session in which the user agreed. Default: none; then no access token can become a session.
        session_id: Option<SessionId>,
        /// What the app wants to see again in the ID token. Default: nothing.
        nonce: Option<String>,
        /// Where the code was brought. Default: empty.
        redirect_uri: Option<String>,
        /// Default: none.
        code_challenge: Option<CodeChallenge>,
        /// The code. Default: generated, and used up.
        code: Option<OneTimeEntry>,
        /// The refresh tokens, the newest last.
        refresh_tokens: Option<Vec<OneTimeEntry>>,
        /// The access tokens, known by their `jti`.
        access_tokens: Option<Vec<AccessTokenRecord>>,
    }
}

seed_object! {
    /// A code or a refresh token.
    OneTimeEntry, "a code or a refresh token" {
        /// Default: generated.
        token: Option<String>,
        /// Default: now.
        issued_at: Option<When>,
        /// Default: ten minutes from then for a code, 90 days for a refresh token.
        expires_at: Option<When>,
        /// When it was used up. Default: it was not.
        used_at: Option<When>,
        /// When it was taken back. Default: it was not.
        revoked_at: Option<When>,
    }
}

seed_object! {
    /// An access token that is known by its `jti`.
    AccessTokenRecord, "an access token" {
        /// Its `jti`. Default: generated.
        jti: Option<String>,
        /// Default: now.
        issued_at: Option<When>,
        /// Default: an hour from then.
        expires_at: Option<When>,
        /// When it became a session. Default: it did not.
        exchanged_at: Option<When>,
        /// When it was taken back. Default: it was not.
        revoked_at: Option<When>,
    }
}

impl SeedValue for CodeChallenge {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        parse(node, report, Self::parse)
    }

    fn schema() -> Value {
        json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{43}$" })
    }
}

impl AuthorizationEntry {
    /// Fills in what was left out.
    pub fn fill_defaults(&mut self, ids: &mut IdGenerator<'_>) {
        self.scopes.get_or_insert_with(|| vec!["openid".to_owned()]);
        for grant in self.grants.iter_mut().flatten() {
            let code =
                grant.code.get_or_insert_with(|| OneTimeEntry { used_at: When::parse("now").ok(), ..OneTimeEntry::default() });
            for entry in std::iter::once(code).chain(grant.refresh_tokens.iter_mut().flatten()) {
                entry.token.get_or_insert_with(|| token_text(ids.bytes()));
            }
            for record in grant.access_tokens.iter_mut().flatten() {
                record.jti.get_or_insert_with(|| ids.uuid().to_string());
            }
        }
    }

    fn build(&self, now: Timestamp) -> Option<((String, UserId), Authorization)> {
        let scopes = self.scopes.clone().unwrap_or_default();
        let grant = |grant: &GrantEntry| Grant {
            scopes: grant.scopes.clone().unwrap_or_else(|| scopes.clone()),
            session_id: grant.session_id,
            nonce: grant.nonce.clone(),
            redirect_uri: grant.redirect_uri.clone().unwrap_or_default(),
            code_challenge: grant.code_challenge.clone(),
            code: grant.code.clone().unwrap_or_default().build(CODE_LIFE, now),
            refresh_tokens: grant.refresh_tokens.iter().flatten().map(|token| token.build(REFRESH_TOKEN_LIFE, now)).collect(),
            access_tokens: grant.access_tokens.iter().flatten().map(|token| token.build(now)).collect(),
        };
        let authorization = Authorization {
            revoked_at: self.revoked_at.map(|when| when.resolve(now)),
            grants: self.grants.iter().flatten().map(grant).collect(),
            scopes: scopes.clone(),
        };
        Some(((self.client_id.clone()?, self.user_id?), authorization))
    }
}

impl OneTimeEntry {
    fn build(&self, life: TimeDelta, now: Timestamp) -> OneTime {
        let issued_at = self.issued_at.map_or(now, |when| when.resolve(now));
        OneTime {
            text: self.token.clone().unwrap_or_default(),
            issued_at,
            expires_at: self.expires_at.map_or_else(|| issued_at.saturating_add(life), |when| when.resolve(now)),
            used_at: self.used_at.map(|when| when.resolve(now)),
            revoked_at: self.revoked_at.map(|when| when.resolve(now)),
        }
    }
}

impl AccessTokenRecord {
    fn build(&self, now: Timestamp) -> AccessToken {
        let issued_at = self.issued_at.map_or(now, |when| when.resolve(now));
        let expires_at = self.expires_at.map_or_else(|| issued_at.saturating_add(TimeDelta::hours(1)), |when| when.resolve(now));
        AccessToken {
            id: self.jti.clone().unwrap_or_default(),
            issued_at,
            expires_at,
            exchanged_at: self.exchanged_at.map(|when| when.resolve(now)),
            revoked_at: self.revoked_at.map(|when| when.resolve(now)),
        }
    }
}

/// Reports an authorization of nobody, or of no app, or that stands twice.
pub fn check(entries: &[AuthorizationEntry], path: &Path<'_>, report: &mut Report<'_>) {
    for (index, entry) in entries.iter().enumerate() {
        let path = path.index(index);
        for (key, _) in
            [("client_id", entry.client_id.is_some()), ("user_id", entry.user_id.is_some())].iter().filter(|each| !each.1)
        {
            report.add(&path, format!("{key} is missing; nothing can stand in for it"));
        }
        let is_same = |other: &AuthorizationEntry| (&other.client_id, other.user_id) == (&entry.client_id, entry.user_id);
        if let Some(first) = entries[..index].iter().position(is_same) {
            report.add(&path, format!("this app and this user stand at authorizations[{first}] already"));
        }
    }
}

/// What entries describe, as it is at `now`.
#[must_use]
pub fn build(entries: &[AuthorizationEntry], now: Timestamp) -> Authorizations {
    let mut authorizations = Authorizations::default();
    for (key, authorization) in entries.iter().filter_map(|entry| entry.build(now)) {
        authorizations.put(key, authorization);
    }
    authorizations
}

/// Writes what these users let apps do into the seed entry of their project; those who are gone let nothing.
pub fn export(entry: &mut Value, authorizations: &Authorizations, users: &[std::sync::Arc<UserRecord>]) {
    let is_there = |id: &UserId| users.iter().any(|record| record.user.id == *id);
    let written: Vec<Value> = authorizations
        .iter()
        .filter(|((_, user_id), _)| is_there(user_id))
        .map(|((client_id, user_id), authorization)| {
            let mut written = json!({
                "client_id": client_id,
                "user_id": user_id,
                "scopes": authorization.scopes,
                "grants": authorization.grants.iter().map(grant).collect::<Vec<_>>(),
            });
            set_time(&mut written, "revoked_at", authorization.revoked_at);
            written
        })
        .collect();
    if !written.is_empty() {
        entry["authorizations"] = Value::Array(written);
    }
}

fn set_time(object: &mut Value, key: &str, at: Option<Timestamp>) {
    if let Some(at) = at {
        object[key] = json!(at.to_string());
    }
}

fn grant(grant: &Grant) -> Value {
    let mut written = json!({ "scopes": grant.scopes, "redirect_uri": grant.redirect_uri, "code": one_time(&grant.code) });
    if let Some(session_id) = &grant.session_id {
        written["session_id"] = json!(session_id);
    }
    if let Some(nonce) = &grant.nonce {
        written["nonce"] = json!(nonce);
    }
    if let Some(challenge) = &grant.code_challenge {
        written["code_challenge"] = json!(challenge.text());
    }
    if !grant.refresh_tokens.is_empty() {
        written["refresh_tokens"] = grant.refresh_tokens.iter().map(one_time).collect();
    }
    if !grant.access_tokens.is_empty() {
        written["access_tokens"] = grant.access_tokens.iter().map(access_token).collect();
    }
    written
}

fn one_time(token: &OneTime) -> Value {
    let mut written = json!({ "token": token.text });
    set_time(&mut written, "issued_at", Some(token.issued_at));
    set_time(&mut written, "expires_at", Some(token.expires_at));
    set_time(&mut written, "used_at", token.used_at);
    set_time(&mut written, "revoked_at", token.revoked_at);
    written
}

fn access_token(token: &AccessToken) -> Value {
    let mut written = json!({ "jti": token.id });
    set_time(&mut written, "issued_at", Some(token.issued_at));
    set_time(&mut written, "expires_at", Some(token.expires_at));
    set_time(&mut written, "exchanged_at", token.exchanged_at);
    set_time(&mut written, "revoked_at", token.revoked_at);
    written
}
