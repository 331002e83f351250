//! Ids that nobody in a project has yet. Where a user chose the seed of all ids they come again after a reset, and a snapshot
//! or a state may hold the very ones that come next.

use super::id::{SessionId, UserHandle, UserId};
use super::id_generator::IdGenerator;
use super::project::Project;
use super::session_token::SessionToken;

/// The id of a new user.
#[must_use]
pub fn user_id(ids: &mut IdGenerator<'_>, project: &Project) -> UserId {
    loop {
        let id = UserId::new(project.environment(), ids.uuid());
        if project.user(&UserHandle::Stytch(id)).is_none() {
            return id;
        }
    }
}

/// The id and the token of a new session.
#[must_use]
pub fn session(ids: &mut IdGenerator<'_>, project: &Project) -> (SessionId, SessionToken) {
    loop {
        let (id, token) = (SessionId::new(project.environment(), ids.uuid()), ids.session_token());
        if project.user_by_session(&id).is_none() && project.user_by_token(&token.to_string()).is_none() {
            return (id, token);
        }
    }
}
