//! `POST /v1/verdict_reasons/list`: the reasons of verdicts that can be overridden, and what the project made of them. Source:
//! the vendor's reference; the vendor's whole list is not public.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::shared::fraud_reasons::VerdictReasonBody;
use crate::domain::refusal::Refusal;

/// List the reasons of verdicts.
pub struct VerdictReasonsList;

/// The fields of the body.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// Whether only those are wanted that the project overrides.
    overrides_only: bool,
}

/// The reasons.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    verdict_reason_actions: Vec<VerdictReasonBody>,
}

impl Endpoint for VerdictReasonsList {
    const DESCRIPTION: Description = Description {
        remark: "only the reasons that the vendor's public pages name are built in; a seed can add others",
        ..Description::new(
            Operation { name: "fraud.verdictReasons.list", method: "POST", path: "/v1/verdict_reasons/list" },
            "List the reasons of verdicts",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let all = call.project().state().fraud.read().verdict_reasons.all();
        let wanted = all.into_iter().filter(|reason| !fields.overrides_only || reason.overriding.is_some());
        Ok(Answer { verdict_reason_actions: wanted.map(VerdictReasonBody::from).collect() })
    }
}
