//! `DELETE /v1/users/{user_id}/external_id`: the customer's own id is free again. Source: the vendor's schema.

use super::user_reply;
use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::api::serving::user_lookup::user_in_path;
use crate::domain::error_catalogue::Refusal;

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint = Endpoint {
    name: "users.deleteExternalId",
    method: Verb::Delete,
    path: "/v1/users/{user_id}/external_id",
    access: Access::Project,
    handle,
};

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let record = user_in_path(call)?;
    let (record, ()) = call.project().change_user(&record.user.id, |record| {
        record.user.external_id = None;
        Ok(())
    })?;
    Ok(user_reply(call, &record))
}
