//! `POST /v1/verdict_reasons/override`: what a reason comes to in this project from now on. Source: the vendor's reference;
//! that `NONE` takes an override back is assumed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::shared::fraud_actions::ChosenAction;
use crate::api::shared::fraud_reasons::VerdictReasonBody;
use crate::domain::fraud::verdict::{Override, VerdictReason};
use crate::domain::refusal::{ErrorType, Refusal};

/// Override a reason of verdicts.
pub struct VerdictReasonsOverride;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The reason, such as `VIRTUAL_MACHINE`.
    verdict_reason: String,
    /// What it comes to: `ALLOW`, `CHALLENGE` or `BLOCK`. `NONE` takes the override back (assumed).
    override_action: ChosenAction,
    /// Why.
    #[serde(default)]
    override_description: Option<String>,
}

/// The reason as it is now.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    verdict_reason_action: VerdictReasonBody,
}

impl Endpoint for VerdictReasonsOverride {
    const DESCRIPTION: Description = Description {
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "fraud.verdictReasons.override", method: "POST", path: "/v1/verdict_reasons/override" },
            "Override a reason of verdicts",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let action = fields.override_action.read(ErrorType::BadRequest)?;
        let unknown = || {
            let reason =
                format!("{} is no reason that can be overridden; the seed's verdict_reasons can add it", fields.verdict_reason);
            Refusal::new(ErrorType::BadRequest, reason)
        };
        let overriding = action.map(|action| Override {
            action,
            created_at: call.now.whole_seconds(),
            description: fields.override_description.clone(),
        });
        call.project().state().fraud.change(|book| {
            let known = book.verdict_reasons.find(&fields.verdict_reason).ok_or_else(unknown)?;
            let reason = VerdictReason { overriding, ..known };
            book.verdict_reasons.put(reason.clone());
            Ok(Answer { verdict_reason_action: reason.into() })
        })
    }
}
