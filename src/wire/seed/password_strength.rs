//! What a project's passwords have to be like, in a seed.

use serde_json::{Value, json};

use super::node::Node;
use super::object::seed_object;
use super::report::Report;
use super::value::{SeedValue, one_of};
use crate::domain::password_strength::{StrengthPolicy, StrengthRule};

seed_object! {
    /// When a password is good enough.
    StrengthEntry, "a password strength" {
        /// Default: `zxcvbn`.
        policy: Option<PolicyName>,
        /// Of `zxcvbn`: the least score, 0 to 4. Default: 3.
        min_score: Option<u32>,
        /// Of `luds`: the fewest characters. Default: 8.
        min_length: Option<u32>,
        /// Of `luds`: the fewest of lower case, upper case, digits and symbols, 1 to 4. Default: 4.
        min_complexity: Option<u32>,
        /// Passwords that count as breached. Default: none.
        breached: Option<Vec<String>>,
    }
}

/// A kind of policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyName {
    Zxcvbn,
    Luds,
}

impl SeedValue for PolicyName {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        one_of(
            node,
            report,
            "policy",
            || vec!["zxcvbn", "luds"],
            |name| match name {
                "zxcvbn" => Some(Self::Zxcvbn),
                "luds" => Some(Self::Luds),
                _ => None,
            },
        )
    }

    fn schema() -> Value {
        json!({ "type": "string", "enum": ["zxcvbn", "luds"] })
    }
}

impl SeedValue for StrengthPolicy {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let entry = StrengthEntry::read(node, report)?;
        let policy = entry.policy.unwrap_or(PolicyName::Zxcvbn);
        let luds = [("min_length", entry.min_length.is_some()), ("min_complexity", entry.min_complexity.is_some())];
        let foreign = match policy {
            PolicyName::Zxcvbn => luds.to_vec(),
            PolicyName::Luds => vec![("min_score", entry.min_score.is_some())],
        };
        let problems = report.count();
        for (key, _) in foreign.into_iter().filter(|(_, is_there)| *is_there) {
            report.add(&node.path().key(key), format!("{key} belongs to the other policy"));
        }
        let (min_score, min_complexity) = (entry.min_score.unwrap_or(3), entry.min_complexity.unwrap_or(4));
        for (key, number, least) in [("min_score", min_score, 0), ("min_complexity", min_complexity, 1)] {
            if !(least..=4).contains(&number) {
                report.add(&node.path().key(key), format!("expected {least} to 4, found {number}"));
            }
        }
        let rule = match policy {
            PolicyName::Zxcvbn => StrengthRule::Zxcvbn { min_score: u8::try_from(min_score).unwrap_or(u8::MAX) },
            PolicyName::Luds => {
                StrengthRule::Luds { min_length: entry.min_length.unwrap_or(8) as usize, min_complexity: min_complexity as usize }
            }
        };
        (report.count() == problems).then(|| Self { rule, breached: entry.breached.into_iter().flatten().collect() })
    }

    fn schema() -> Value {
        StrengthEntry::schema()
    }
}

/// Writes a policy into the seed entry of its project.
pub fn export(entry: &mut Value, policy: &StrengthPolicy) {
    if *policy == StrengthPolicy::default() {
        return;
    }
    let mut written = match policy.rule {
        StrengthRule::Zxcvbn { min_score } => json!({ "policy": "zxcvbn", "min_score": min_score }),
        StrengthRule::Luds { min_length, min_complexity } => {
            json!({ "policy": "luds", "min_length": min_length, "min_complexity": min_complexity })
        }
    };
    let mut breached: Vec<&String> = policy.breached.iter().collect();
    breached.sort();
    if !breached.is_empty() {
        written["breached"] = json!(breached);
    }
    entry["password_strength"] = written;
}
