//! Other parties' tokens and the RBAC policy in a seed: filled in, checked, built, and written back.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::entries::{PolicyEntry, ProjectEntry};
use super::positions::Positions;
use super::report::{Path, Report};
use super::value::When;
use crate::domain::external_token::{ExternalToken, Issuer};
use crate::domain::id::{Environment, ProjectId};
use crate::domain::id_generator::IdGenerator;
use crate::domain::rbac::{Permission, RbacPolicy, Role};
use crate::domain::timestamp::Timestamp;

/// What an exchange needs.
const FULL_ACCESS: &str = "full_access";

/// Makes up the ids that were left out.
pub(super) fn fill(project: &mut ProjectEntry, environment: Environment, ids: &mut IdGenerator<'_>) {
    for entry in project.access_tokens.iter_mut().flatten() {
        entry.client_id.get_or_insert_with(|| ids.object_id("connected-app", environment));
        entry.scopes.get_or_insert_with(|| vec![FULL_ACCESS.to_owned()]);
    }
    for entry in project.trusted_auth_tokens.iter_mut().flatten() {
        entry.token_id.get_or_insert_with(|| ids.object_id("trusted-auth-token", environment));
    }
}

/// What has to stand in a token's entry, its token first.
type Needs<'a> = Vec<(&'static str, Option<&'a String>)>;

/// The lists of tokens of a project.
fn lists(project: &ProjectEntry) -> [(&'static str, Vec<Needs<'_>>); 3] {
    let needs = |token, user_id| vec![("token", Option::as_ref(token)), ("user_id", Option::as_ref(user_id))];
    let external = project.external_session_tokens.iter().flatten();
    let access = project.access_tokens.iter().flatten();
    let trusted = project.trusted_auth_tokens.iter().flatten();
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
pub(super) fn check(project: &ProjectEntry, path: &Path<'_>, report: &mut Report<'_>) {
    for (list, entries) in lists(project) {
        for (index, needs) in entries.into_iter().enumerate() {
            for (key, _) in needs.into_iter().filter(|(_, given)| given.is_none_or(String::is_empty)) {
                report.add(&path.key(list).index(index), format!("{key} is missing; nothing can stand in for it"));
            }
        }
    }
}

/// The tokens of all seeds, each with the place where it stood first: source, project, index.
#[derive(Default)]
pub(super) struct Tokens(HashMap<(ProjectId, &'static str, String), (usize, usize, usize)>);

impl Tokens {
    /// Notes the tokens of a project and reports those that were there before.
    pub(super) fn note(
        &mut self,
        (id, project): (&ProjectId, &ProjectEntry),
        (source, project_index): (usize, usize),
        places: &[Positions<'_>],
        report: &mut Report<'_>,
    ) {
        let projects = Path::ROOT.key("projects");
        for (list, entries) in lists(project) {
            for (index, needs) in entries.into_iter().enumerate() {
                let Some((key, Some(token))) = needs.first() else { continue };
                let name = (id.clone(), list, (*token).clone());
                let Some((first, first_project, first_index)) = self.0.insert(name, (source, project_index, index)) else {
                    continue;
                };
                let place = places[first].name(&projects.index(first_project).key(list).index(first_index).key(key));
                report.add(
                    &projects.index(project_index).key(list).index(index).key(key),
                    format!("this {key} stands at {place} already"),
                );
            }
        }
    }
}

/// Every token of a loaded project.
pub(super) fn of_project(project: &ProjectEntry, now: Timestamp) -> impl Iterator<Item = ExternalToken> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let at = move |when: Option<When>| when.map(|when| when.resolve(now));
    let external = project.external_session_tokens.iter().flatten().map(move |entry| ExternalToken {
        token: text(&entry.token),
        issuer: Issuer::ExternalSession,
        user_id: text(&entry.user_id),
        issued_at: now,
        used_at: None,
    });
    let access = project.access_tokens.iter().flatten().map(move |entry| ExternalToken {
        token: text(&entry.token),
        issuer: Issuer::AccessToken { client_id: text(&entry.client_id), scopes: entry.scopes.clone().unwrap_or_default() },
        user_id: text(&entry.user_id),
        issued_at: at(entry.issued_at).unwrap_or(now),
        used_at: at(entry.used_at),
    });
    let trusted = project.trusted_auth_tokens.iter().flatten().map(move |entry| ExternalToken {
        token: text(&entry.token),
        issuer: Issuer::TrustedAuth { profile_id: text(&entry.profile_id), token_id: text(&entry.token_id) },
        user_id: text(&entry.user_id),
        issued_at: now,
        used_at: at(entry.used_at),
    });
    external.chain(access).chain(trusted)
}

/// Whether no token of a project depends on when it is built.
pub(super) fn are_timeless(project: &ProjectEntry) -> bool {
    let moves = |when: Option<When>| matches!(when, Some(When::FromNow(_)));
    // an access token is issued now unless the seed says when
    project.access_tokens.iter().flatten().all(|entry| matches!(entry.issued_at, Some(When::At(_))) && !moves(entry.used_at))
        && !project.trusted_auth_tokens.iter().flatten().any(|entry| moves(entry.used_at))
}

/// Writes a project's tokens and policy into its seed entry.
pub(super) fn export(entry: &mut Value, mut external_tokens: Vec<std::sync::Arc<ExternalToken>>, policy: &RbacPolicy) {
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
    if !policy.roles.is_empty() {
        let permission = |each: &Permission| json!({ "resource_id": each.resource_id, "actions": each.actions });
        let role = |role: &Role| {
            let permissions: Vec<Value> = role.permissions.iter().map(permission).collect();
            json!({ "role_id": role.role_id, "description": role.description, "permissions": permissions })
        };
        entry["rbac_policy"] = json!({ "roles": policy.roles.iter().map(role).collect::<Vec<_>>() });
    }
}

/// The policy of a loaded project.
pub(super) fn policy(entry: &PolicyEntry) -> RbacPolicy {
    let roles = entry.roles.iter().flatten().map(|role| Role {
        role_id: role.role_id.clone().unwrap_or_default(),
        description: role.description.clone().unwrap_or_default(),
        permissions: role
            .permissions
            .iter()
            .flatten()
            .map(|permission| Permission {
                resource_id: permission.resource_id.clone().unwrap_or_default(),
                actions: permission.actions.clone().unwrap_or_default(),
            })
            .collect(),
    });
    RbacPolicy { roles: roles.collect() }
}
