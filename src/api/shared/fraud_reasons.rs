//! A reason of a verdict, as it is listed.

use schemars::JsonSchema;
use serde::Serialize;

use super::fraud_actions::ActionWord;
use crate::domain::fraud::verdict::VerdictReason;
use crate::wire::session::Time;

/// What a reason comes to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct VerdictReasonBody {
    default_action: ActionWord,
    override_action: Option<ActionWord>,
    override_created_at: Option<Time>,
    override_description: Option<String>,
    verdict_reason: String,
}

impl From<VerdictReason> for VerdictReasonBody {
    fn from(VerdictReason { verdict_reason, default_action, overriding }: VerdictReason) -> Self {
        Self {
            default_action: default_action.into(),
            override_action: overriding.as_ref().map(|overriding| overriding.action.into()),
            override_created_at: overriding.as_ref().map(|overriding| Time(overriding.created_at)),
            override_description: overriding.and_then(|overriding| overriding.description),
            verdict_reason,
        }
    }
}
