//! `POST /sdk/v1/events`: what the SDK tells the vendor of its use. Swallowed; the SDK looks at no answer. Source: the SDK.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Endpoint, Evidence, Operation};
use crate::domain::refusal::Refusal;

/// Report events.
pub struct Events;

/// Nothing beside what every answer has.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {}

impl Endpoint for Events {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        ignores_body: true,
        remark: "nothing of them is kept",
        ..Description::new(
            Operation { name: "sdk.events", method: "POST", path: "/sdk/v1/events" },
            "Report events of a page",
            Evidence::Assumed,
        )
    };
    type Request = ();
    type Answer = Answer;

    fn handle(_: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        Ok(Answer {})
    }
}
