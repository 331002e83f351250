//! What a project knows and has decided about devices and addresses, in a seed.

use serde_json::{Value, json};

use super::fraud_rule::{self, RuleEntry};
use super::fraud_telemetry::{self, TelemetryEntry};
use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::time::When;
use super::value::seed_names;
use crate::domain::fraud::action::Action;
use crate::domain::fraud::book::FraudBook;
use crate::domain::fraud::email_risk::{EmailDomain, EmailRisks};
use crate::domain::fraud::rule::Rules;
use crate::domain::fraud::verdict::{Override, RULE_MATCH, VerdictReason, VerdictReasons};
use crate::domain::id_generator::IdGenerator;
use crate::domain::timestamp::Timestamp;

seed_names! {
    Action "action": Action::ALL.into_iter(), Action::named;
}

seed_object! {
    /// What the fraud operations answer from.
    FraudEntry, "fraud" {
        /// The telemetry ids that can be looked up. Default: one for each action.
        telemetry: Option<Vec<TelemetryEntry>>,
        /// The project's own rules. Default: none.
        rules: Option<Vec<RuleEntry>>,
        /// Reasons beside the built-in ones, and overrides of any. Default: none.
        verdict_reasons: Option<Vec<VerdictReasonEntry>>,
        /// Domains of e-mail addresses. Default: some well-known disposable ones.
        email_domains: Option<Vec<EmailDomainEntry>>,
        /// Addresses whose mail came back. Default: none.
        bounced_emails: Option<Vec<String>>,
    }
}

seed_object! {
    /// A reason of a verdict.
    VerdictReasonEntry, "a verdict reason" {
        /// Such as `VIRTUAL_MACHINE`.
        verdict_reason: Option<String>,
        /// Default: the built-in one; `CHALLENGE` for a reason that is not built in.
        default_action: Option<Action>,
        /// What the project makes of it. Default: the default action.
        override_action: Option<Action>,
        /// Default: now, if there is an `override_action`.
        override_created_at: Option<When>,
        /// Default: null.
        override_description: Option<String>,
    }
}

seed_object! {
    /// A domain of e-mail addresses.
    EmailDomainEntry, "an e-mail domain" {
        /// The domain.
        domain: Option<String>,
        /// Default: true.
        has_mx_or_a_record: Option<bool>,
        /// Default: true.
        is_disposable_domain: Option<bool>,
    }
}

impl FraudEntry {
    /// Fills in what was left out.
    pub fn fill_defaults(&mut self, ids: &mut IdGenerator<'_>) {
        self.telemetry.iter_mut().flatten().for_each(|entry| entry.fill_defaults(ids));
    }

    /// Reports what can't be.
    pub fn check(&self, path: &Path<'_>, report: &mut Report<'_>) {
        let telemetry = path.key("telemetry");
        let known = self.telemetry.as_deref().unwrap_or_default();
        for (index, entry) in known.iter().enumerate() {
            entry.check(&telemetry.index(index), report);
            let is_twin = |other: &TelemetryEntry| other.telemetry_id.is_some() && other.telemetry_id == entry.telemetry_id;
            if let Some(first) = known[..index].iter().position(is_twin) {
                report.add(&telemetry.index(index), format!("this telemetry_id stands at telemetry[{first}] already"));
            }
        }
        let rules = path.key("rules");
        for (index, rule) in self.rules.iter().flatten().enumerate() {
            rule.check(&rules.index(index), report);
        }
        let reasons = path.key("verdict_reasons");
        for (index, reason) in self.verdict_reasons.iter().flatten().enumerate() {
            match reason.verdict_reason.as_deref() {
                None | Some("") => report.add(&reasons.index(index), "verdict_reason is missing; nothing can stand in for it"),
                Some(RULE_MATCH) => report.add(&reasons.index(index), "what a rule decides can't be overridden"),
                Some(_) => {}
            }
        }
        let domains = path.key("email_domains");
        for (index, _) in self.email_domains.iter().flatten().enumerate().filter(|(_, entry)| entry.domain.is_none()) {
            report.add(&domains.index(index), "domain is missing; nothing can stand in for it");
        }
    }

    /// What it describes, at `now`.
    #[must_use]
    pub fn build(&self, now: Timestamp) -> FraudBook {
        let mut rules = Rules::default();
        rules.0.extend(self.rules.iter().flatten().filter_map(|entry| entry.build(now)));
        let mut verdict_reasons = VerdictReasons::default();
        for entry in self.verdict_reasons.iter().flatten() {
            let verdict_reason = entry.verdict_reason.clone().unwrap_or_default();
            let built_in = verdict_reasons.find(&verdict_reason).map(|known| known.default_action);
            let overriding = entry.override_action.map(|action| Override {
                action,
                created_at: entry.override_created_at.map_or_else(|| now.whole_seconds(), |when| when.resolve(now)),
                description: entry.override_description.clone(),
            });
            let default_action = entry.default_action.or(built_in).unwrap_or(Action::Challenge);
            verdict_reasons.put(VerdictReason { verdict_reason, default_action, overriding });
        }
        let domains = self.email_domains.iter().flatten().map(|entry| EmailDomain {
            domain: entry.domain.clone().unwrap_or_default(),
            has_mx_or_a_record: entry.has_mx_or_a_record.unwrap_or(true),
            is_disposable_domain: entry.is_disposable_domain.unwrap_or(true),
        });
        FraudBook {
            telemetry: self.telemetry.as_ref().map(|known| known.iter().map(|entry| entry.build(now)).collect()),
            rules,
            verdict_reasons,
            email_risks: EmailRisks { domains: domains.collect(), bounces: self.bounced_emails.clone().unwrap_or_default() },
        }
    }
}

/// Writes all that into the seed entry of its project.
pub fn export(entry: &mut Value, book: &FraudBook) {
    if *book == FraudBook::default() {
        return;
    }
    let mut fraud = json!({});
    if let Some(known) = &book.telemetry {
        fraud["telemetry"] = known.iter().map(fraud_telemetry::export).collect();
    }
    if !book.rules.0.is_empty() {
        fraud["rules"] = book.rules.0.iter().map(fraud_rule::export).collect();
    }
    if !book.verdict_reasons.0.is_empty() {
        fraud["verdict_reasons"] = book.verdict_reasons.0.iter().map(export_reason).collect();
    }
    let EmailRisks { domains, bounces } = &book.email_risks;
    if !domains.is_empty() {
        let domain = |each: &EmailDomain| {
            json!({
                "domain": each.domain,
                "has_mx_or_a_record": each.has_mx_or_a_record,
                "is_disposable_domain": each.is_disposable_domain,
            })
        };
        fraud["email_domains"] = domains.iter().map(domain).collect();
    }
    if !bounces.is_empty() {
        fraud["bounced_emails"] = json!(bounces);
    }
    entry["fraud"] = fraud;
}

fn export_reason(reason: &VerdictReason) -> Value {
    let mut entry = json!({ "verdict_reason": reason.verdict_reason, "default_action": reason.default_action.as_str() });
    if let Some(Override { action, created_at, description }) = &reason.overriding {
        entry["override_action"] = json!(action.as_str());
        entry["override_created_at"] = json!(created_at.to_string());
        entry["override_description"] = json!(description);
    }
    entry
}
