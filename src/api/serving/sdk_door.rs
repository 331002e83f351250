//! The doors by which pages come to operations: the vendor's SDK for browsers calls them under [`PREFIX`], by a public token
//! and perhaps the token of a session. Behind a door works what backends call, and nothing else.
//!
//! An operation opens a door in its own description, as `totps.authenticate` does:
//!
//! ```text
//! doors: &[Door::for_user("/sdk/v1/totps/authenticate", &[Fill::UserId, Fill::SessionToken]).telling_user()],
//! ```
//!
//! Which door it takes is said by who may come: [`Door::for_anyone`] looks at no session, [`Door::for_anyone_or_user`] lets
//! a session that is there take part, [`Door::for_user`] insists on one. The session fills in what a backend would have
//! said of its user; what the page says of that itself is left out ([`WITHHELD`]). An operation that finds something by
//! its id alone asks [`super::call::Call::session_user`] whose it may be. An operation that only pages have says
//! `access: Access::Page(&DOOR)` and lies in `api/sdk`.

use serde_json::{Map, Value};

use crate::domain::refusal::ErrorType;

/// What every path of pages begins with.
pub const PREFIX: &str = "/sdk/v1/";

/// One door of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// Its path; the names in it are those of the operation's own path.
    pub path: &'static str,
    /// Who may come.
    pub standing: Standing,
    /// The fields that pages call by another name: theirs, and the operation's.
    pub renamed: &'static [(&'static str, &'static str)],
    /// The members of the answer that pages find under another name, too: the operation's, and theirs.
    pub repeated: &'static [(&'static str, &'static str)],
}

/// Who may come through a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Anyone; no session is looked at.
    Anyone,
    /// Anyone; a session that is there takes part. One that is over is none.
    AnyoneOrUser,
    /// Whoever has a session, which says what a backend would say.
    User(&'static [Fill]),
}

/// What a session says in the page's stead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The field `session_token`.
    SessionToken,
    /// The field `user_id`.
    UserId,
    /// What stands in the operation's own path for `user_id`.
    UserInPath,
}

/// What pages send with every login, and nobody looks at where an operation does not declare it: there is no captcha.
pub const DISREGARDED: [&str; 2] = ["captcha_token", TELEMETRY.0];

/// What pages call the field that tells of the device, and what operations call it.
pub const TELEMETRY: (&str, &str) = ("dfp_telemetry_id", "telemetry_id");

/// What only backends may say: who is meant, and what the user can't vouch for.
pub const WITHHELD: [&str; 8] =
    ["user_id", "session_token", "session_jwt", "session_id", "session_custom_claims", "attributes", "external_id", "roles"];

/// The field for which a page is refused, and not only left unheard.
pub const BACKENDS_METADATA: &str = "trusted_metadata";

impl Door {
    /// A door for anyone.
    #[must_use]
    pub const fn for_anyone(path: &'static str) -> Self {
        Self { path, standing: Standing::Anyone, renamed: &[], repeated: &[] }
    }

    /// A door for anyone, where a session takes part.
    #[must_use]
    pub const fn for_anyone_or_user(path: &'static str) -> Self {
        Self { standing: Standing::AnyoneOrUser, ..Self::for_anyone(path) }
    }

    /// A door for whoever has a session.
    #[must_use]
    pub const fn for_user(path: &'static str, fills: &'static [Fill]) -> Self {
        Self { standing: Standing::User(fills), ..Self::for_anyone(path) }
    }

    /// The same, whose answer has the `user` in `__user`, too, which is the one that the SDK keeps.
    #[must_use]
    pub const fn telling_user(self) -> Self {
        self.repeating(&[("user", "__user")])
    }

    /// The same, whose answer has some members under the names, too, by which the SDK knows them.
    #[must_use]
    pub const fn repeating(self, repeated: &'static [(&'static str, &'static str)]) -> Self {
        Self { repeated, ..self }
    }

    /// The same, where pages call some fields by another name.
    #[must_use]
    pub const fn renaming(self, renamed: &'static [(&'static str, &'static str)]) -> Self {
        Self { renamed, ..self }
    }

    /// What a session, if there is one, says in the page's stead.
    #[must_use]
    pub fn fills(&self) -> &'static [Fill] {
        match self.standing {
            Standing::Anyone => &[],
            Standing::AnyoneOrUser => &[Fill::SessionToken],
            Standing::User(fills) => fills,
        }
    }

    /// What it refuses, beside what the operation does.
    #[must_use]
    pub fn errors(&self) -> &'static [ErrorType] {
        match self.standing {
            Standing::User(_) => &[ErrorType::UserUnauthenticated, ErrorType::SessionNotFound],
            Standing::Anyone | Standing::AnyoneOrUser => &[],
        }
    }

    /// The fields of the operation's body as pages see them.
    #[must_use]
    pub fn seen(&self, mut fields: Map<String, Value>) -> Map<String, Value> {
        for name in WITHHELD.into_iter().chain([BACKENDS_METADATA]) {
            fields.remove(name);
        }
        for (page, own) in self.renamed.iter().chain([&TELEMETRY]) {
            if let Some(schema) = fields.remove(*own) {
                fields.insert((*page).to_owned(), schema);
            }
        }
        fields
    }
}
