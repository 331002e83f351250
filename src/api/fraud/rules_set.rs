//! `POST /v1/rules/set`: which action a device gets from now on. Source: the vendor's reference.

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, WholeNumber};
use crate::api::shared::fraud_actions::{ActionWord, ChosenAction};
use crate::api::shared::fraud_rules::{IDENTIFIER_ERRORS, IdentifierArguments, IdentifierFields};
use crate::domain::fraud::rule::Rule;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::session::Time;

/// Set a rule.
pub struct RulesSet;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// `ALLOW`, `CHALLENGE` or `BLOCK`; `NONE` clears the rule.
    action: ChosenAction,
    /// After how many minutes the rule ends, from 1 on. Without it, it does not.
    #[serde(default)]
    expires_in_minutes: Option<WholeNumber>,
    /// What the rule says of itself.
    #[serde(default)]
    description: Option<String>,
}

/// The rule.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    action: ActionWord,
    expires_at: Option<Time>,
    #[serde(flatten)]
    identifier: IdentifierFields,
}

impl Endpoint for RulesSet {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::InvalidActionForRules, ErrorType::InvalidCountryCodeAllowRule], IDENTIFIER_ERRORS],
        ..Description::new(
            Operation { name: "fraud.rules.set", method: "POST", path: "/v1/rules/set" },
            "Set a rule for devices",
            Evidence::Documented,
        )
    };
    type Request = (Body<Fields>, Body<IdentifierArguments>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), Body(identifier)): Self::Request) -> Result<Answer, Refusal> {
        let action = fields.action.read(ErrorType::InvalidActionForRules)?;
        let (rule_type, identifier) = identifier.only()?;
        let now = call.now.whole_seconds();
        let end = |WholeNumber(minutes)| {
            let span = Some(minutes).filter(|minutes| *minutes >= 1).and_then(TimeDelta::try_minutes);
            let wrong = || Refusal::new(ErrorType::BadRequest, "expires_in_minutes is less than 1, or beyond all time");
            span.map(|span| now.saturating_add(span).whole_seconds()).ok_or_else(wrong)
        };
        let expires_at = fields.expires_in_minutes.map(end).transpose()?;
        let rules = &call.project().state().fraud;
        let Some(set) = action else {
            rules.change(|book| book.rules.clear(rule_type, &identifier));
            return Ok(Answer {
                action: ActionWord(None),
                expires_at: None,
                identifier: IdentifierFields::of(rule_type, identifier),
            });
        };
        rule_type.check_action(set)?;
        let rule = Rule {
            rule_type,
            identifier: identifier.clone(),
            action: set,
            description: fields.description,
            created_at: now,
            last_updated_at: None,
            expires_at,
        };
        rules.change(|book| book.rules.set(rule, call.now))?;
        let expires_at = expires_at.map(Time);
        Ok(Answer { action: set.into(), expires_at, identifier: IdentifierFields::of(rule_type, identifier) })
    }
}
