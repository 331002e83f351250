//! `GET /v1/sessions`: a user's active sessions. Source: the vendor's page for the endpoint, and captures of it.

use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::query::Parameter;
use crate::api::serving::response::Reply;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::id::UserHandle;
use crate::wire::envelope::Payload;
use crate::wire::session::render_list;

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint =
    Endpoint { name: "sessions.get", method: Verb::Get, path: "/v1/sessions", access: Access::Project, handle };

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let invalid = |reason: String| Refusal::new(ErrorType::InvalidUserId, reason);
    let user_id = match call.parameter("user_id") {
        Parameter::Once(user_id) => user_id,
        Parameter::Absent => return Err(invalid("the query has no user_id".to_owned())),
        Parameter::Repeated => return Err(invalid("the query has more than one user_id".to_owned())),
    };
    let handle = UserHandle::parse(&user_id).map_err(|error| invalid(format!("user_id: {error}")))?;
    let record = crate::api::serving::user_lookup::user(call, &handle)?;
    let sessions = render_list(call.wire, &record, call.now);
    Ok(Reply::ok(Payload::default().with_json("sessions", sessions)))
}
