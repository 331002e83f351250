//! Faults in JSON: in a seed, and as the control plane takes and shows them.

use std::num::NonZeroU32;
use std::time::Duration;

use serde_json::{Value, json};

use super::node::{Kind, Node};
use super::object::seed_object;
use super::path::Path;
use super::report::{Report, suggestion};
use super::time::Span;
use super::value::{SeedField, SeedValue, one_of};
use crate::domain::fault::{Break, Effect, Fault, FaultRule, Matcher, Outcome, Schedule};
use crate::domain::id::{ProjectId, UserHandle};
use crate::domain::operation::Operation;
use crate::domain::refusal::ErrorType;
use crate::domain::timestamp::Timestamp;

seed_object! {
    /// A fault: which requests it applies to, which of those it changes, and how.
    FaultEntry, "a fault" {
        /// The operation, by the name that SDKs give it: `sessions.get`. Default: any.
        operation: Option<String>,
        /// The method. Default: any.
        method: Option<String>,
        /// The path, concrete or as the README's table has it. Default: any.
        path: Option<String>,
        /// The project whose requests it applies to. Default: the one that it stands in, or all.
        project_id: Option<ProjectId>,
        /// The user whom the request is about: a `user_id` or an `external_id`. Default: any, or none.
        user_id: Option<String>,
        /// Lets this many pass first. Default: 0.
        after: Option<u32>,
        /// Of the rest, changes the first and then every Nth. At least 1. Default: 1.
        every: Option<NonZeroU32>,
        /// Changes so many requests, and then no more. Default: without end.
        times: Option<u32>,
        /// Changes a request with this probability, drawn from --id-seed if there is one. Default: always.
        probability: Option<Probability>,
        /// Is over after this time, on the emulator's clock. Default: never.
        ttl: Option<Span>,
        /// Waits first: 200ms, or {"min": "100ms", "max": "300ms"}.
        delay: Option<Delay>,
        /// Effect: this error of the catalogue, in the vendor's envelope.
        error: Option<ErrorType>,
        /// Effect: an answer with this status, whatever the body.
        status: Option<u32>,
        /// The `content-type` of `status`. Default: application/json.
        content_type: Option<String>,
        /// The body of `status`. Default: empty.
        body: Option<String>,
        /// Effect: the connection ends there.
        close: Option<Break>,
        /// Effect: the answer's body stops after so many bytes, as if that were all.
        truncate: Option<u32>,
        /// Effect: nothing ever comes, and the connection stays.
        stall: Option<bool>,
    }
}

/// The longest that a fault may hold a request up.
const MAX_DELAY: Duration = Duration::from_mins(10);

/// How long a fault waits: `"200ms"`, or anything between two spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delay(pub Duration, pub Duration);

impl SeedValue for Delay {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let (least, most) = if node.kind() == Kind::Object {
            let (mut least, mut most): (Option<Span>, Option<Span>) = (None, None);
            node.read_members("a delay", &["min", "max"], report, &mut |index, member, report| match index {
                0 => least = SeedField::read(member, report),
                _ => most = SeedField::read(member, report),
            });
            (least?, most?)
        } else {
            let span = Span::read(node, report)?;
            (span, span)
        };
        let delay = Self(least.0.to_std().ok()?, most.0.to_std().ok()?);
        if delay.0 > delay.1 || delay.1 > MAX_DELAY {
            report.add(node.path(), "a delay goes from min to max, and to ten minutes at the most");
            return None;
        }
        Some(delay)
    }

    fn schema() -> Value {
        let span = Span::schema();
        let range = json!({
            "type": "object",
            "properties": { "min": span, "max": span },
            "required": ["min", "max"],
            "additionalProperties": false,
        });
        json!({ "anyOf": [span, range] })
    }
}

/// A probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probability(pub f64);

impl SeedValue for Probability {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let number: Option<f64> = (node.kind() == Kind::Number).then(|| node.json().parse().ok()).flatten();
        let probability = number.filter(|number| (0.0..=1.0).contains(number));
        if probability.is_none() {
            node.mismatch("a number from 0 to 1", report);
        }
        probability.map(Self)
    }

    fn schema() -> Value {
        json!({ "type": "number", "minimum": 0, "maximum": 1 })
    }
}

impl SeedValue for NonZeroU32 {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let number = (node.kind() == Kind::Number).then(|| node.json().parse().ok()).flatten();
        if number.is_none() {
            node.mismatch("a whole number from 1 to 4294967295", report);
        }
        number
    }

    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX })
    }
}

impl FaultEntry {
    /// Reports an aim that no operation fits, and an effect that is none, or more than one.
    pub fn check(&self, operations: &[Operation], path: &Path<'_>, report: &mut Report<'_>) {
        let (operation, method, aim_path) = (self.operation.as_deref(), self.method.as_deref(), self.path.as_deref());
        if !operations.iter().any(|served| served.is_meant_by(operation, method, aim_path)) {
            let names: Vec<&str> = operations.iter().map(|served| served.name).collect();
            let paths: Vec<&str> = operations.iter().map(|served| served.path).collect();
            let near = match (operation, aim_path) {
                (Some(name), _) if !names.contains(&name) => suggestion(name, &names),
                (_, Some(aimed)) => suggestion(aimed, &paths),
                _ => String::new(),
            };
            report.add(path, format!("no operation that is served fits this fault{near}"));
        }
        if let Some(Err(error)) = self.user_id.as_deref().map(UserHandle::parse) {
            report.add(&path.key("user_id"), error.to_string());
        }
        if let Err(message) = self.rule(Timestamp::EPOCH) {
            report.add(path, message);
        }
    }

    /// The rule that it describes, at `now`.
    ///
    /// # Errors
    /// What is wrong with its effect.
    pub fn rule(&self, now: Timestamp) -> Result<FaultRule, &'static str> {
        let delay = self.delay.map(|Delay(least, most)| (least, most));
        let outcome = match self.outcomes().as_slice() {
            [Outcome::Raw { status, .. }] if !(200..=599).contains(status) => return Err("a status lies between 200 and 599"),
            [Outcome::Raw { content_type, .. }] if !is_header_text(content_type) => {
                return Err("a content_type is of visible ASCII characters and spaces");
            }
            [outcome] => outcome.clone(),
            [] if delay.is_some() => Outcome::Pass,
            [] => return Err("a fault has an effect: one of error, status, close, truncate and stall, or a delay"),
            _ => return Err("a fault has one effect: only one of error, status, close, truncate and stall"),
        };
        Ok(FaultRule {
            matcher: Matcher {
                operation: self.operation.clone(),
                method: self.method.clone(),
                path: self.path.clone(),
                user_id: self.user_id.as_deref().map(canonical),
            },
            schedule: Schedule {
                after: u64::from(self.after.unwrap_or(0)),
                every: self.every,
                times: self.times.map(u64::from),
                probability: self.probability.map(|Probability(probability)| probability),
                until: self.ttl.and_then(|Span(span)| now.checked_add(span)),
            },
            effect: Effect { delay, outcome },
        })
    }

    /// What it does, beside waiting: one thing, if it is right.
    fn outcomes(&self) -> Vec<Outcome> {
        let raw = self.status.map(|status| Outcome::Raw {
            status: u16::try_from(status).unwrap_or(0),
            content_type: self.content_type.clone().unwrap_or_else(|| "application/json".to_owned()),
            body: self.body.clone().unwrap_or_default(),
        });
        let outcomes = [
            self.error.map(Outcome::Error),
            raw,
            self.close.map(Outcome::Close),
            self.truncate.map(|bytes| Outcome::Truncate(bytes as usize)),
            self.stall.filter(|stall| *stall).map(|_| Outcome::Stall),
        ];
        outcomes.into_iter().flatten().collect()
    }
}

/// A user's id as requests are compared with it: its UUID in lower case.
fn canonical(user_id: &str) -> String {
    UserHandle::parse(user_id).map_or_else(|_| user_id.to_owned(), |handle| handle.to_string())
}

fn is_header_text(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// A rule as it would be written.
#[must_use]
pub fn rule_json(rule: &FaultRule, now: Timestamp) -> Value {
    let FaultRule { matcher, schedule, effect } = rule;
    let mut entry = json!({});
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            entry[key] = value;
        }
    };
    let span = |span: Duration| humantime::format_duration(span).to_string();
    put("operation", matcher.operation.as_ref().map(|text| json!(text)));
    put("method", matcher.method.as_ref().map(|text| json!(text)));
    put("path", matcher.path.as_ref().map(|text| json!(text)));
    put("user_id", matcher.user_id.as_ref().map(|text| json!(text)));
    put("after", (schedule.after > 0).then(|| json!(schedule.after)));
    put("every", schedule.every.map(|every| json!(every)));
    put("times", schedule.times.map(|times| json!(times)));
    put("probability", schedule.probability.map(|probability| json!(probability)));
    put("ttl", schedule.until.map(|until| json!(span(until.since(now).to_std().unwrap_or_default()))));
    put(
        "delay",
        effect.delay.map(
            |(least, most)| {
                if least == most { json!(span(least)) } else { json!({ "min": span(least), "max": span(most) }) }
            },
        ),
    );
    match &effect.outcome {
        Outcome::Pass => {}
        Outcome::Error(error) => put("error", Some(json!(error.as_str()))),
        Outcome::Raw { status, content_type, body } => {
            put("status", Some(json!(status)));
            put("content_type", Some(json!(content_type)));
            put("body", Some(json!(body)));
        }
        Outcome::Close(close) => put("close", Some(json!(close.as_str()))),
        Outcome::Truncate(bytes) => put("truncate", Some(json!(bytes))),
        Outcome::Stall => put("stall", Some(json!(true))),
    }
    entry
}

/// A rule at work, with its number and its counts.
#[must_use]
pub fn fault_json(fault: &Fault, project_id: Option<&str>, now: Timestamp) -> Value {
    let mut entry = rule_json(&fault.rule, now);
    entry["id"] = json!(fault.id);
    entry["matched"] = json!(fault.matched);
    entry["hits"] = json!(fault.hits);
    if let Some(project_id) = project_id {
        entry["project_id"] = json!(project_id);
    }
    entry
}

impl SeedValue for Break {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        one_of(
            node,
            report,
            "close",
            || Self::ALL.map(Self::as_str).to_vec(),
            |name| Self::ALL.into_iter().find(|each| each.as_str() == name),
        )
    }

    fn schema() -> Value {
        json!({ "type": "string", "enum": Self::ALL.map(Self::as_str) })
    }
}
