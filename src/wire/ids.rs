//! Ids, tokens and other texts of the domain as JSON strings.

use serde::ser::{Serialize, Serializer};

use crate::domain::compact_text::CompactText;
use crate::domain::id::{SessionId, UserId};
use crate::domain::session_token::SessionToken;

macro_rules! as_text {
    ($($id:ty),*) => {
        $(
            impl Serialize for $id {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }
        )*
    };
}

as_text!(CompactText, SessionId, SessionToken, UserId);
