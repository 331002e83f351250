//! Who calls by the SDK for browsers: whose session it is, and from where.

use crate::domain::id::UserId;
use crate::domain::session::Attributes;

/// A page that was let in by its door.
#[derive(Debug)]
pub struct SdkCaller {
    /// Whose session it has, if its door looks at sessions.
    pub user_id: Option<UserId>,
    /// Where the browser is, and which it is.
    pub attributes: Attributes,
    /// The names of the fields that it sent in vain.
    pub withheld: Vec<&'static str>,
}
