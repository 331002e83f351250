//! The answer of the operations that prove or begin a session.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::domain::fraud::device::UserDevice;
use crate::domain::session::Session;
use crate::domain::user::UserRecord;
use crate::wire::objects::{SessionObject, UserObject};
use crate::wire::session_jwt;
use crate::wire::user_device::DeviceObject;

/// A session that was begun or added to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SessionAnswer {
    session: SessionObject,
    session_jwt: String,
    session_token: String,
    user: UserObject,
    /// The device, if the request had a `telemetry_id` that is known.
    user_device: Option<DeviceObject>,
    user_id: String,
}

impl SessionAnswer {
    /// The answer for a session of a user.
    #[must_use]
    pub fn new(call: &Call<'_>, owner: Arc<UserRecord>, session: Session, device: Option<UserDevice>) -> Self {
        let user_id = &owner.user.id;
        Self {
            session_jwt: session_jwt::sign(call.project(), user_id, &session, call.now),
            session_token: session.token.to_string(),
            user_device: device.map(DeviceObject::from),
            user_id: user_id.to_string(),
            session: SessionObject { owner: Arc::clone(&owner), session },
            user: UserObject { record: owner, now: call.now },
        }
    }
}
