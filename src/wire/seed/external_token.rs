//! Other parties' tokens in a seed.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::object::seed_object;
use super::path::Path;
use super::positions::Positions;
use super::report::Report;
use super::time::When;
use crate::domain::external_token::{ExternalToken, Issuer};
use crate::domain::id::{Environment, ProjectId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::timestamp::Timestamp;

seed_object! {
    /// Another vendor's session token, and whose it is.
    ExternalTokenEntry, "an external session token" {
        /// The token.
        token: Option<String>,
        /// The user it stands for: a `user_id` or an `external_id`.
        user_id: Option<String>,
    }
}

seed_object! {
    /// An OAuth access token, and whose it is.
    AccessTokenEntry, "an access token" {
        /// The token.
        token: Option<String>,
        /// The user it stands for: a `user_id` or an `external_id`.
        user_id: Option<String>,
        /// Who it was issued to. Default: generated.
        client_id: Option<String>,
        /// What it allows. Default: `full_access`, which an exchange needs.
        scopes: Option<Vec<String>>,
        /// Default: now. Older than five minutes, it can't be exchanged.
        issued_at: Option<When>,
        /// When it was exchanged; that goes once. Default: it was not.
        used_at: Option<When>,
    }
}

seed_object! {
    /// A trusted auth token, and whose it is.
    TrustedTokenEntry, "a trusted auth token" {
        /// The token.
        token: Option<String>,
        /// The profile that trusts its issuer.
        profile_id: Option<String>,
        /// The user it stands for: a `user_id` or an `external_id`.
        user_id: Option<String>,
        /// The token's own id. Default: generated.
        token_id: Option<String>,
        /// When it was used; that goes once. Default: it was not.
        used_at: Option<When>,
    }
}

/// What an exchange needs.
const FULL_ACCESS: &str = "full_access";

impl AccessTokenEntry {
    /// Fills in what was left out.
    pub fn fill_defaults(&mut self, environment: Environment, ids: &mut IdGenerator<'_>) {
        self.client_id.get_or_insert_with(|| ids.object_id("connected-app", environment).to_string());
        self.scopes.get_or_insert_with(|| vec![FULL_ACCESS.to_owned()]);
    }

    fn build(&self, now: Timestamp) -> ExternalToken {
        ExternalToken {
            token: text(self.token.as_ref()),
            issuer: Issuer::AccessToken {
                client_id: text(self.client_id.as_ref()),
                scopes: self.scopes.clone().unwrap_or_default(),
            },
            user_id: text(self.user_id.as_ref()),
            issued_at: self.issued_at.map_or(now, |when| when.resolve(now)),
            used_at: self.used_at.map(|when| when.resolve(now)),
        }
    }
}

impl TrustedTokenEntry {
    /// Fills in what was left out.
    pub fn fill_defaults(&mut self, environment: Environment, ids: &mut IdGenerator<'_>) {
        self.token_id.get_or_insert_with(|| ids.object_id("trusted-auth-token", environment).to_string());
    }

    fn build(&self, now: Timestamp) -> ExternalToken {
        ExternalToken {
            token: text(self.token.as_ref()),
            issuer: Issuer::TrustedAuth { profile_id: text(self.profile_id.as_ref()), token_id: text(self.token_id.as_ref()) },
            user_id: text(self.user_id.as_ref()),
            issued_at: now,
            used_at: self.used_at.map(|when| when.resolve(now)),
        }
    }
}

impl ExternalTokenEntry {
    fn build(&self, now: Timestamp) -> ExternalToken {
        ExternalToken {
            token: text(self.token.as_ref()),
            issuer: Issuer::ExternalSession,
            user_id: text(self.user_id.as_ref()),
            issued_at: now,
            used_at: None,
        }
    }
}

fn text(given: Option<&String>) -> String {
    given.cloned().unwrap_or_default()
}

/// The tokens of a project, list by list.
#[derive(Debug, Clone, Copy)]
pub struct TokenLists<'a> {
    pub external_session_tokens: &'a [ExternalTokenEntry],
    pub access_tokens: &'a [AccessTokenEntry],
    pub trusted_auth_tokens: &'a [TrustedTokenEntry],
}

/// What has to stand in a token's entry, its token first.
type Needs<'a> = Vec<(&'static str, Option<&'a String>)>;

impl<'a> TokenLists<'a> {
    fn needs(self) -> [(&'static str, Vec<Needs<'a>>); 3] {
        let needs = |token, user_id| vec![("token", Option::as_ref(token)), ("user_id", Option::as_ref(user_id))];
        let external = self.external_session_tokens.iter();
        let access = self.access_tokens.iter();
        let trusted = self.trusted_auth_tokens.iter();
        [
            ("external_session_tokens", external.map(|entry| needs(&entry.token, &entry.user_id)).collect()),
            ("access_tokens", access.map(|entry| needs(&entry.token, &entry.user_id)).collect()),
            (
                "trusted_auth_tokens",
                trusted
                    .map(|entry| [needs(&entry.token, &entry.user_id), vec![("profile_id", entry.profile_id.as_ref())]].concat())
                    .collect(),
            ),
        ]
    }

    /// Reports what can't be left out.
    pub fn check(self, path: &Path<'_>, report: &mut Report<'_>) {
        for (list, entries) in self.needs() {
            for (index, needs) in entries.into_iter().enumerate() {
                for (key, _) in needs.into_iter().filter(|(_, given)| given.is_none_or(String::is_empty)) {
                    report.add(&path.key(list).index(index), format!("{key} is missing; nothing can stand in for it"));
                }
            }
        }
    }

    /// Every token, as it is at `now`.
    pub fn build(self, now: Timestamp) -> impl Iterator<Item = ExternalToken> {
        let external = self.external_session_tokens.iter().map(move |entry| entry.build(now));
        let access = self.access_tokens.iter().map(move |entry| entry.build(now));
        external.chain(access).chain(self.trusted_auth_tokens.iter().map(move |entry| entry.build(now)))
    }
}

/// The tokens of all seeds, each with the place where it stood first: source, project, index.
#[derive(Default)]
pub struct KnownTokens(HashMap<(ProjectId, &'static str, String), (usize, usize, usize)>);

impl KnownTokens {
    /// Notes the tokens of a project and reports those that were there before.
    pub fn note(
        &mut self,
        (id, tokens): (&ProjectId, TokenLists<'_>),
        (source, project_index): (usize, usize),
        positions: &[Positions<'_>],
        report: &mut Report<'_>,
    ) {
        let projects = Path::ROOT.key("projects");
        for (list, entries) in tokens.needs() {
            for (index, needs) in entries.into_iter().enumerate() {
                let Some((key, Some(token))) = needs.first() else { continue };
                let name = (id.clone(), list, (*token).clone());
                let Some((first, first_project, first_index)) = self.0.insert(name, (source, project_index, index)) else {
                    continue;
                };
                let place = positions[first].name(&projects.index(first_project).key(list).index(first_index).key(key));
                report.add(
                    &projects.index(project_index).key(list).index(index).key(key),
                    format!("this {key} stands at {place} already"),
                );
            }
        }
    }
}

/// Writes tokens into the seed entry of their project.
pub fn export(entry: &mut Value, mut external_tokens: Vec<Arc<ExternalToken>>) {
    external_tokens.sort_by(|one, other| one.token.cmp(&other.token));
    for external_token in external_tokens {
        let mut token = json!({ "token": external_token.token, "user_id": external_token.user_id });
        if let Some(used_at) = external_token.used_at {
            token["used_at"] = json!(used_at.to_string());
        }
        let list = match &external_token.issuer {
            Issuer::ExternalSession => "external_session_tokens",
            Issuer::AccessToken { client_id, scopes } => {
                token["client_id"] = json!(client_id);
                token["scopes"] = json!(scopes);
                token["issued_at"] = json!(external_token.issued_at.to_string());
                "access_tokens"
            }
            Issuer::TrustedAuth { profile_id, token_id } => {
                token["profile_id"] = json!(profile_id);
                token["token_id"] = json!(token_id);
                "trusted_auth_tokens"
            }
        };
        match entry.get_mut(list).and_then(Value::as_array_mut) {
            Some(tokens) => tokens.push(token),
            None => entry[list] = json!([token]),
        }
    }
}
