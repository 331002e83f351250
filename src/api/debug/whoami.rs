//! `GET /v1/debug/whoami`: whose credentials these are. The keys are documented, the name is this emulator's own.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::domain::refusal::Refusal;

/// Who am I.
pub struct Whoami;

/// Whose credentials came with the call.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    name: &'static str,
    project_id: String,
}

impl Endpoint for Whoami {
    const DESCRIPTION: Description = Description::new(
        Operation { name: "debug.whoami", method: "GET", path: "/v1/debug/whoami" },
        "Who am I",
        Evidence::Documented,
    );
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        Ok(Answer { name: "stytch-mock", project_id: call.project().id().to_string() })
    }
}
