//! A token bucket in a seed.

use serde_json::{Value, json};

use super::node::{Kind, Node};
use super::object::seed_object;
use super::report::Report;
use super::value::{SeedValue, parse};
use crate::domain::bucket::{Period, RateLimit, RateSetting};

seed_object! {
    /// A token bucket: so many tokens in a second, a minute or an hour.
    RateEntry, "a rate limit" {
        /// Tokens in a second.
        per_second: Option<u32>,
        /// Tokens in a minute.
        per_minute: Option<u32>,
        /// Tokens in an hour.
        per_hour: Option<u32>,
        /// The most tokens that the bucket holds; it starts full. Default: as many as come in one period.
        burst: Option<u32>,
    }
}

impl SeedValue for RateSetting {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        if node.kind() == Kind::Text {
            return parse(node, report, str::parse);
        }
        if node.kind() != Kind::Object {
            node.mismatch("a rate such as \"100/s\", or {\"per_second\": 50, \"burst\": 100}", report);
            return None;
        }
        let problems = report.count();
        let rate = RateEntry::read(node, report)?;
        if report.count() > problems {
            return None;
        }
        let rates = [(rate.per_second, Period::Second), (rate.per_minute, Period::Minute), (rate.per_hour, Period::Hour)];
        let mut given = rates.into_iter().filter_map(|(tokens, period)| tokens.map(|tokens| (tokens, period)));
        let (Some((tokens, period)), None) = (given.next(), given.next()) else {
            report.add(node.path(), "a rate limit has one of per_second, per_minute and per_hour");
            return None;
        };
        let limit = RateLimit::new(tokens, period, rate.burst);
        if limit.is_none() {
            report.add(
                node.path(),
                "a rate limit of 0 lets nothing pass; script an error with respond_with, or write \"off\" for no limit",
            );
        }
        limit.map(Self::Limited)
    }

    fn schema() -> Value {
        json!({
            "anyOf": [
                { "type": "string", "pattern": "^(off|[1-9][0-9]*/[smh](,burst=[1-9][0-9]*)?)$" },
                RateEntry::schema(),
            ],
        })
    }
}
