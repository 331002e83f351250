//! The vendor's objects as answers own them: shared records that are written when the answer is.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::session::SessionBody;
use super::user::UserBody;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;

/// The vendor's User.
#[derive(Debug, Clone)]
pub struct UserObject {
    /// The user.
    pub record: Arc<UserRecord>,
    /// At which moment they are shown.
    pub now: Timestamp,
}

/// The vendor's Session.
#[derive(Debug, Clone)]
pub struct SessionObject {
    /// Whose it is.
    pub owner: Arc<UserRecord>,
    /// The session.
    pub session: Session,
}

impl Serialize for UserObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        UserBody::new(&self.record.user, self.now).serialize(serializer)
    }
}

impl Serialize for SessionObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SessionBody::new(&self.session, &self.owner.user.id).serialize(serializer)
    }
}

/// The schema of an owner is that of what it is written as.
macro_rules! same_schema {
    ($($owner:ty as $body:ty;)*) => {
        $(
            impl schemars::JsonSchema for $owner {
                fn inline_schema() -> bool {
                    <$body>::inline_schema()
                }

                fn schema_name() -> std::borrow::Cow<'static, str> {
                    <$body>::schema_name()
                }

                fn schema_id() -> std::borrow::Cow<'static, str> {
                    <$body>::schema_id()
                }

                fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    <$body>::json_schema(generator)
                }
            }
        )*
    };
}

pub(crate) use same_schema;

same_schema! {
    UserObject as UserBody<'_>;
    SessionObject as SessionBody<'_>;
}

/// A list of sessions that is rendered already.
#[derive(Debug)]
pub struct RenderedSessions(pub Vec<u8>);

impl Serialize for RenderedSessions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_slice::<&RawValue>(&self.0).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl JsonSchema for RenderedSessions {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Sessions".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<SessionBody<'_>>::json_schema(generator)
    }
}
