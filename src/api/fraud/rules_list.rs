//! `POST /v1/rules/list`: the project's rules for devices, a page at a time, the oldest first (assumed). Source: the vendor's
//! reference.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, WholeNumber, non_empty};
use crate::api::shared::fraud_rules::RuleBody;
use crate::domain::fraud::rule::Rule;
use crate::domain::refusal::{ErrorType, Refusal};

/// List rules.
pub struct RulesList;

/// The fields of the body.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// The `next_cursor` of the page before.
    #[serde(deserialize_with = "non_empty")]
    cursor: Option<String>,
    /// How many rules a page has at most, 1 to 100; 10 without it.
    limit: Option<WholeNumber>,
}

/// A page of rules.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// Empty on the last page: the reference speaks of null, but the SDKs for Python, Java and Rust insist on a string.
    next_cursor: String,
    rules: Vec<RuleBody>,
}

/// How many rules a page has, if the request doesn't say.
const DEFAULT_LIMIT: i64 = 10;

/// The most rules of a page.
const MAX_LIMIT: i64 = 100;

impl Endpoint for RulesList {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::DfpRuleInvalidCursor]],
        ..Description::new(
            Operation { name: "fraud.rules.list", method: "POST", path: "/v1/rules/list" },
            "List the rules for devices",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let limit = fields.limit.map_or(DEFAULT_LIMIT, |limit| limit.0);
        let limit = usize::try_from(limit).ok().filter(|_| (1..=MAX_LIMIT).contains(&limit));
        let limit = limit.ok_or_else(|| Refusal::new(ErrorType::BadRequest, "limit is not between 1 and 100"))?;
        let book = call.project().state().fraud.read();
        let current: Vec<&Rule> = book.rules.0.iter().filter(|rule| rule.is_current(call.now)).collect();
        let lost = || Refusal::new(ErrorType::DfpRuleInvalidCursor, "no list gave out this cursor, or its rule is gone");
        let start = match &fields.cursor {
            Some(cursor) => current.iter().position(|rule| self::cursor(rule) == *cursor).ok_or_else(lost)? + 1,
            None => 0,
        };
        let page = &current[start..current.len().min(start + limit)];
        let next_cursor = page.last().filter(|_| start + page.len() < current.len()).map(|rule| cursor(rule));
        let next_cursor = next_cursor.unwrap_or_default();
        Ok(Answer { next_cursor, rules: page.iter().map(|rule| RuleBody::from((*rule).clone())).collect() })
    }
}

/// Names the last rule of a page; opaque to clients.
fn cursor(rule: &Rule) -> String {
    URL_SAFE_NO_PAD.encode(format!("{} {}", rule.rule_type.as_str(), rule.identifier))
}
