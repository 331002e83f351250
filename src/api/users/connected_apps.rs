//! `GET /v1/users/{user_id}/connected_apps`: always empty, since the emulator has no apps to connect. Source: the
//! vendor's schema.

use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::api::serving::user_lookup::user_in_path;
use crate::domain::error_catalogue::Refusal;
use crate::wire::envelope::Payload;

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint = Endpoint {
    name: "users.connectedApps",
    method: Verb::Get,
    path: "/v1/users/{user_id}/connected_apps",
    access: Access::Project,
    handle,
};

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    user_in_path(call)?;
    Ok(Reply::ok(Payload::default().with_json("connected_apps", b"[]".to_vec())))
}
