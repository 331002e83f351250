//! `GET /v1/debug/whoami`: whose credentials these are. The keys are documented, the name is this emulator's own.

use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::domain::error_catalogue::Refusal;
use crate::wire::envelope::Payload;

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint =
    Endpoint { name: "debug.whoami", method: Verb::Get, path: "/v1/debug/whoami", access: Access::Project, handle };

#[expect(clippy::unnecessary_wraps, reason = "it is what the routing table takes")]
fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let payload =
        Payload::default().with(call.wire, "name", &"stytch-mock").with(call.wire, "project_id", &call.project().id().as_str());
    Ok(Reply::ok(payload))
}
