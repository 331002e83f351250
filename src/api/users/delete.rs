//! `DELETE /v1/users/{user_id}`: the user and their sessions are gone. Source: the vendor's schema.

use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::api::serving::user_lookup::user_in_path;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::wire::envelope::Payload;

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint =
    Endpoint { name: "users.delete", method: Verb::Delete, path: "/v1/users/{user_id}", access: Access::Project, handle };

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = user_in_path(call)?.user.id;
    if !call.project().remove_user(&id) {
        return Err(Refusal::new(ErrorType::UserNotFound, format!("user {id} has been deleted")));
    }
    Ok(Reply::ok(Payload::default().with(call.wire, "user_id", &id)))
}
