//! Ids, tokens and other texts of the domain as JSON strings.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::{Serialize, Serializer};

use crate::domain::compact_text::CompactText;
use crate::domain::id::{SessionId, UserId};
use crate::domain::session_token::SessionToken;

macro_rules! as_text {
    ($($id:ty),*) => {
        $(
            impl JsonSchema for $id {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> Cow<'static, str> {
                    String::schema_name()
                }

                fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                    String::json_schema(generator)
                }
            }

            impl Serialize for $id {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }
        )*
    };
}

as_text!(CompactText, SessionId, SessionToken, UserId);
