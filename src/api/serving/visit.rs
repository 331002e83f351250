//! What is known of a page that calls.

use crate::domain::id::UserId;
use crate::domain::session::Attributes;

/// A page that was let in.
#[derive(Debug)]
pub struct Visit {
    /// Whose session it has, if its door looks at sessions.
    pub user_id: Option<UserId>,
    /// Where the browser is, and which it is.
    pub attributes: Attributes,
    /// The names of the fields that it sent in vain.
    pub withheld: Vec<&'static str>,
}
