//! The answer of the operations that change a user.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::domain::user::UserRecord;
use crate::wire::objects::UserObject;

/// The user as they are now.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UserAnswer {
    user: UserObject,
    user_id: String,
}

impl UserAnswer {
    /// The answer for a user.
    #[must_use]
    pub fn new(call: &Call<'_>, record: Arc<UserRecord>) -> Self {
        Self { user_id: record.user.id.to_string(), user: UserObject { record, now: call.now } }
    }
}
