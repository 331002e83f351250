//! When a project locks its users, in a seed.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::node::Node;
use super::object::seed_object;
use super::report::Report;
use super::time::Span;
use super::value::SeedValue;
use crate::domain::user_lock::UserLockPolicy;

seed_object! {
    /// After how many failed logins in a row a user is locked, and for how long.
    UserLockEntry, "a user lock" {
        /// Default: 10.
        after: Option<u32>,
        /// Default: 1h.
        duration as "for": Option<Span>,
    }
}

impl SeedValue for UserLockPolicy {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let entry = UserLockEntry::read(node, report)?;
        let usual = Self::default();
        let duration = entry.duration.map_or(usual.duration, |Span(duration)| duration);
        let policy = Self { after: entry.after.unwrap_or(usual.after), duration };
        let problems = report.count();
        if policy.after == 0 {
            report.add(&node.path().key("after"), "nobody could log in after 0 failures; the least is 1");
        }
        if duration < TimeDelta::seconds(1) {
            report.add(&node.path().key("for"), "a lock lasts at least a second");
        }
        (report.count() == problems).then_some(policy)
    }

    fn schema() -> Value {
        UserLockEntry::schema()
    }
}

/// Writes a policy into the seed entry of its project.
pub fn export(entry: &mut Value, policy: UserLockPolicy) {
    if policy != UserLockPolicy::default() {
        let duration = humantime::format_duration(policy.duration.to_std().unwrap_or_default());
        entry["user_lock"] = json!({ "after": policy.after, "for": duration.to_string() });
    }
}
