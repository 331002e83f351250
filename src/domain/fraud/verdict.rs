//! A verdict on a device: the most severe action of its reasons, unless the project overrides a reason or has a rule.

use super::action::Action;
use super::rule::{Rule, Rules};
use super::telemetry::Telemetry;
use crate::domain::timestamp::Timestamp;

/// The reason of a verdict that a rule decided.
pub const RULE_MATCH: &str = "RULE_MATCH";

/// The reasons that the vendor's public pages name, each with its action. The whole list is for the vendor's customers; a
/// seed can add to it.
const BUILT_IN: [(&str, Action); 4] = [
    ("HEADLESS_BROWSER_AUTOMATION", Action::Block),
    ("SMART_RATE_LIMIT_BANNED", Action::Block),
    ("SMART_RATE_LIMIT_WARNING", Action::Challenge),
    ("VIRTUAL_MACHINE", Action::Challenge),
];

/// What a reason comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictReason {
    pub verdict_reason: String,
    pub default_action: Action,
    /// What the project makes of it.
    pub overriding: Option<Override>,
}

/// What a project makes of a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    pub action: Action,
    pub created_at: Timestamp,
    pub description: Option<String>,
}

/// The reasons of a project, as far as they differ from the built-in ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerdictReasons(pub Vec<VerdictReason>);

impl VerdictReasons {
    /// Every reason that can be overridden: the built-in ones, then the project's own.
    #[must_use]
    pub fn all(&self) -> Vec<VerdictReason> {
        let built_in = BUILT_IN.map(|(name, _)| self.find(name)).into_iter().flatten();
        let own = self.0.iter().filter(|own| BUILT_IN.iter().all(|(name, _)| *name != own.verdict_reason)).cloned();
        built_in.chain(own).collect()
    }

    /// The reason of this name, if it is known.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<VerdictReason> {
        let built_in = || {
            let (name, action) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
            Some(VerdictReason { verdict_reason: (*name).to_owned(), default_action: *action, overriding: None })
        };
        self.0.iter().find(|own| own.verdict_reason == name).cloned().or_else(built_in)
    }

    /// Puts a reason in the place of the one of the same name.
    pub fn put(&mut self, reason: VerdictReason) {
        match self.0.iter_mut().find(|own| own.verdict_reason == reason.verdict_reason) {
            Some(own) => *own = reason,
            None => self.0.push(reason),
        }
    }
}

/// A verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub action: Action,
    pub reasons: Vec<String>,
    /// The overrides that counted.
    pub overrides: Vec<(String, Action)>,
    /// The rule that decided, if one did.
    pub rule: Option<Rule>,
}

/// Judges a device. Where a rule decides, its match is the only reason (assumed); a reason that is nowhere described
/// challenges (assumed).
#[must_use]
pub fn judge(device: &Telemetry, rules: &Rules, reasons: &VerdictReasons, now: Timestamp) -> Verdict {
    if let Some(rule) = rules.deciding(device, now) {
        let reasons = vec![RULE_MATCH.to_owned()];
        return Verdict { action: rule.action, reasons, overrides: Vec::new(), rule: Some(rule.clone()) };
    }
    let (mut action, mut overrides) = (Action::Allow, Vec::new());
    for name in &device.reasons {
        let known = reasons.find(name);
        let overriding = known.as_ref().and_then(|known| known.overriding.as_ref()).map(|overriding| overriding.action);
        overrides.extend(overriding.map(|action| (name.clone(), action)));
        action = action.max(overriding.unwrap_or_else(|| known.map_or(Action::Challenge, |known| known.default_action)));
    }
    Verdict { action, reasons: device.reasons.clone(), overrides, rule: None }
}

#[cfg(test)]
mod tests {
    use super::super::telemetry::defaults;
    use super::*;

    #[test]
    fn the_most_severe_reason_counts_after_overrides() {
        let now = Timestamp::EPOCH;
        let mut device = defaults().remove(0);
        let (rules, mut reasons) = (Rules::default(), VerdictReasons::default());
        let judged = |device: &Telemetry, reasons: &VerdictReasons| judge(device, &rules, reasons, now);
        assert_eq!(judged(&device, &reasons).action, Action::Allow);
        device.reasons = ["VIRTUAL_MACHINE", "HEADLESS_BROWSER_AUTOMATION"].map(str::to_owned).to_vec();
        assert_eq!(judged(&device, &reasons).action, Action::Block);
        let overriding = Some(Override { action: Action::Allow, created_at: now, description: None });
        let known = reasons.find("HEADLESS_BROWSER_AUTOMATION").unwrap();
        reasons.put(VerdictReason { overriding, ..known });
        let verdict = judged(&device, &reasons);
        assert_eq!(verdict.action, Action::Challenge);
        assert_eq!(verdict.overrides, [("HEADLESS_BROWSER_AUTOMATION".to_owned(), Action::Allow)]);
        assert_eq!(reasons.all().len(), 4);
        device.reasons = vec!["NEVER_HEARD_OF".to_owned()];
        assert_eq!(judged(&device, &reasons).action, Action::Challenge);
    }
}
