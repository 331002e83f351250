//! Tokens by which a project's users can be impersonated, in a seed.

use serde_json::{Value, json};

use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::time::When;
use crate::domain::impersonation::{ImpersonationToken, ImpersonationTokens, lifetime};
use crate::domain::secret::Secret;
use crate::domain::timestamp::Timestamp;

seed_object! {
    /// A token by which somebody of the project's own logs in as a user, once.
    ImpersonationTokenEntry, "an impersonation token" {
        /// The token.
        token: Option<Secret>,
        /// The user who is impersonated: a `user_id` or an `external_id`.
        user_id: Option<String>,
        /// Who impersonates. Default: empty.
        impersonator_id: Option<String>,
        /// Their address. Default: empty.
        impersonator_email_address: Option<String>,
        /// Default: five minutes from now.
        expires_at: Option<When>,
        /// When it was used; that goes once. Default: it was not.
        used_at: Option<When>,
    }
}

/// Reports what can't be left out, and tokens that stand twice.
pub fn check(entries: &[ImpersonationTokenEntry], project: &Path<'_>, report: &mut Report<'_>) {
    let path = project.key("impersonation_tokens");
    for (index, entry) in entries.iter().enumerate() {
        for (key, is_missing) in [("token", entry.token.is_none()), ("user_id", entry.user_id.is_none())] {
            if is_missing {
                report.add(&path.index(index), format!("{key} is missing; nothing can stand in for it"));
            }
        }
        if let Some(first) = entry.token.as_ref().and_then(|_| place(&entries[..index], entry)) {
            report.add(&path.index(index), format!("this token stands at impersonation_tokens[{first}] already"));
        }
    }
}

/// Where a token stands among others.
#[must_use]
pub fn place(entries: &[ImpersonationTokenEntry], entry: &ImpersonationTokenEntry) -> Option<usize> {
    entries.iter().position(|other| other.token == entry.token)
}

/// The tokens that entries describe, at `now`.
#[must_use]
pub fn build(entries: &[ImpersonationTokenEntry], now: Timestamp) -> ImpersonationTokens {
    let build = |entry: &ImpersonationTokenEntry| {
        Some(ImpersonationToken {
            token: entry.token.clone()?,
            user_id: entry.user_id.clone()?,
            impersonator_id: entry.impersonator_id.clone().unwrap_or_default(),
            impersonator_email_address: entry.impersonator_email_address.clone().unwrap_or_default(),
            expires_at: entry.expires_at.map_or_else(|| now.whole_seconds().saturating_add(lifetime()), |when| when.resolve(now)),
            used_at: entry.used_at.map(|when| when.resolve(now)),
        })
    };
    ImpersonationTokens(entries.iter().filter_map(build).collect())
}

/// Writes tokens into the seed entry of their project.
pub fn export(entry: &mut Value, tokens: &ImpersonationTokens) {
    if tokens.0.is_empty() {
        return;
    }
    let token = |each: &ImpersonationToken| {
        let mut token = json!({
            "token": each.token.reveal(),
            "user_id": each.user_id,
            "impersonator_id": each.impersonator_id,
            "impersonator_email_address": each.impersonator_email_address,
            "expires_at": each.expires_at.to_string(),
        });
        if let Some(used_at) = each.used_at {
            token["used_at"] = json!(used_at.to_string());
        }
        token
    };
    entry["impersonation_tokens"] = tokens.0.iter().map(token).collect();
}
