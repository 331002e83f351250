//! `GET /v1/users/{user_id}`: the user's fields at the top level. Source: the vendor's schema, and captures.

use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::api::serving::user_lookup::user_in_path;
use crate::domain::error_catalogue::Refusal;
use crate::wire::envelope::Payload;
use crate::wire::user::UserBody;

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint =
    Endpoint { name: "users.get", method: Verb::Get, path: "/v1/users/{user_id}", access: Access::Project, handle };

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let record = user_in_path(call)?;
    Ok(Reply::ok(Payload::spread(call.wire, &UserBody::new(&record.user))))
}
