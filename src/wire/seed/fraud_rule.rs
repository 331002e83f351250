//! A project's own rules for devices, in a seed: each as the vendor lists it.

use serde_json::{Value, json};

use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::time::When;
use super::value::Ignored;
use crate::domain::fraud::action::Action;
use crate::domain::fraud::rule::{Rule, RuleType};
use crate::domain::timestamp::Timestamp;

seed_object! {
    /// Which action a device gets, whatever speaks for or against it. A rule has one identifier.
    RuleEntry, "a rule" {
        /// What the device gets.
        action: Option<Action>,
        /// The visitor it is for.
        visitor_id: Option<String>,
        /// The browser it is for.
        browser_id: Option<String>,
        /// The visitor's fingerprint that it is for.
        visitor_fingerprint: Option<String>,
        /// The browser's fingerprint that it is for.
        browser_fingerprint: Option<String>,
        /// The hardware's fingerprint that it is for.
        hardware_fingerprint: Option<String>,
        /// The network's fingerprint that it is for.
        network_fingerprint: Option<String>,
        /// The addresses that it is for.
        cidr_block: Option<String>,
        /// The autonomous system that it is for.
        asn: Option<String>,
        /// The country that it is for.
        country_code: Option<String>,
        /// Default: null.
        description: Option<String>,
        /// Default: now.
        created_at: Option<When>,
        /// Default: null.
        last_updated_at: Option<When>,
        /// Default: it does not end.
        expires_at: Option<When>,
        /// Stands in a pasted rule; not looked at.
        rule_type: Option<Ignored>,
    }
}

impl RuleEntry {
    fn identifiers(&self) -> impl Iterator<Item = (RuleType, &String)> {
        let all = [
            &self.visitor_id,
            &self.browser_id,
            &self.visitor_fingerprint,
            &self.browser_fingerprint,
            &self.hardware_fingerprint,
            &self.network_fingerprint,
            &self.cidr_block,
            &self.asn,
            &self.country_code,
        ];
        RuleType::ALL.into_iter().zip(all).filter_map(|(kind, given)| Some((kind, given.as_ref()?)))
    }

    /// Reports what can't be.
    pub(super) fn check(&self, path: &Path<'_>, report: &mut Report<'_>) {
        let Some(action) = self.action else {
            report.add(path, "action is missing; nothing can stand in for it");
            return;
        };
        let count = self.identifiers().count();
        if count != 1 {
            report.add(path, format!("a rule has one identifier, found {count}"));
        }
        for (kind, identifier) in self.identifiers() {
            if let Err(refusal) = kind.check(identifier).and_then(|()| kind.check_action(action)) {
                report.add(&path.key(kind.key()), refusal.reason);
            }
        }
    }

    /// What it describes, at `now`.
    pub(super) fn build(&self, now: Timestamp) -> Option<Rule> {
        let (rule_type, identifier) = self.identifiers().next()?;
        Some(Rule {
            rule_type,
            identifier: identifier.clone(),
            action: self.action?,
            description: self.description.clone(),
            created_at: self.created_at.map_or_else(|| now.whole_seconds(), |when| when.resolve(now)),
            last_updated_at: self.last_updated_at.map(|when| when.resolve(now)),
            expires_at: self.expires_at.map(|when| when.resolve(now)),
        })
    }
}

/// The seed entry of a rule.
pub(super) fn export(rule: &Rule) -> Value {
    let mut entry = json!({
        "rule_type": rule.rule_type.as_str(),
        rule.rule_type.key(): rule.identifier,
        "action": rule.action.as_str(),
        "created_at": rule.created_at.to_string(),
    });
    if let Some(description) = &rule.description {
        entry["description"] = json!(description);
    }
    for (key, at) in [("last_updated_at", rule.last_updated_at), ("expires_at", rule.expires_at)] {
        if let Some(at) = at {
            entry[key] = json!(at.to_string());
        }
    }
    entry
}
