//! Finding what a request names, and saying what is near when it isn't there.

use std::sync::Arc;

use serde_json::Value;

use super::session_arguments::SessionProof;
use crate::api::serving::call::Call;
use crate::api::serving::query::Parameter;
use crate::domain::id::UserHandle;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserRecord;

/// The most users that are looked through for one that is near: an explanation must not cost more than an answer.
const MAX_COMPARED: usize = 1_000;

/// The user that a handle means, in the project of the call.
///
/// # Errors
/// `user_not_found`, or whatever the seed scripted for this user.
pub fn user(call: &Call<'_>, handle: &UserHandle<'_>) -> Result<Arc<UserRecord>, Refusal> {
    let project = call.project();
    let Some(record) = project.user(handle) else {
        return Err(Refusal::new(ErrorType::UserNotFound, not_found(project, handle)));
    };
    scripted(&record)?;
    Ok(record)
}

/// What a `user_id` says, be it a Stytch id or an external id; `malformed` answers what is neither.
///
/// # Errors
/// `malformed`.
pub fn handle(user_id: &str, malformed: ErrorType) -> Result<UserHandle<'_>, Refusal> {
    UserHandle::parse(user_id).map_err(|error| Refusal::new(malformed, format!("user_id: {error}")))
}

/// The user that a path names. One of no form at all is not found, either (captured by an official SDK's live test).
///
/// # Errors
/// As [`user`].
pub fn user_in_path(call: &Call<'_>) -> Result<Arc<UserRecord>, Refusal> {
    user(call, &handle(call.path_value("user_id").unwrap_or_default(), ErrorType::UserNotFound)?)
}

/// Gives the answer that the seed scripts for a user, if it does.
///
/// # Errors
/// The scripted one.
pub fn scripted(record: &UserRecord) -> Result<(), Refusal> {
    match record.respond_with {
        Some(error) => Err(Refusal::new(error, format!("the seed scripts {} for user {}", error.as_str(), record.user.id))),
        None => Ok(()),
    }
}

/// The ids of the user whom a call is about, as far as it says: by its path, its query, its body, or the session that
/// it names.
#[must_use]
pub fn subject(call: &Call<'_>) -> Vec<String> {
    let Some(project) = call.project else { return Vec::new() };
    if let Some(record) = call.session_user().and_then(|user_id| project.user(&UserHandle::Stytch(*user_id))) {
        return ids(&record);
    }
    let in_path = call.path_value("user_id").map(str::to_owned);
    let in_query = || match call.parameter("user_id") {
        Parameter::Once(id) => Some(id.into_owned()),
        _ => None,
    };
    let text = |name: &str| call.body().get(name).and_then(Value::as_str).map(str::to_owned);
    if let Some(named) = in_path.or_else(in_query).or_else(|| text("user_id")) {
        let record = UserHandle::parse(&named).ok().and_then(|handle| project.user(&handle));
        return record.map_or_else(|| vec![named], |record| ids(&record));
    }
    let proofs = [SessionProof::Token, SessionProof::Jwt, SessionProof::Id];
    let given = proofs.into_iter().zip(["session_token", "session_jwt", "session_id"]);
    let mut given = given.filter_map(|(proof, name)| Some(proof(text(name)?)));
    given.find_map(|proof| proof.find(project).ok()).map(|(record, _)| ids(&record)).unwrap_or_default()
}

fn ids(record: &UserRecord) -> Vec<String> {
    let external_id = record.user.external_id.as_ref().map(ToString::to_string);
    std::iter::once(record.user.id.to_string()).chain(external_id).collect()
}

fn not_found(project: &Project, handle: &UserHandle<'_>) -> String {
    let asked = &handle.to_string();
    let missing = format!("no user `{asked}` in project {}", project.id());
    if project.user_count_exceeds(MAX_COMPARED) {
        return missing;
    }
    let records = project.users();
    let names = records.iter().flat_map(|record| {
        let external_id = record.user.external_id.as_ref().map(ToString::to_string);
        [Some(record.user.id.to_string()), external_id].into_iter().flatten()
    });
    // Stytch ids share most of their letters: only a slip of a few is near
    let near = names.map(|name| (strsim::damerau_levenshtein(asked, &name), name)).min();
    match near {
        Some((slips, near)) if slips <= 3 => format!("{missing}; `{near}` exists"),
        _ => missing,
    }
}
