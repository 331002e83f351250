//! Times and durations in a seed.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::node::Node;
use super::report::Report;
use super::value::{Nullable, SeedValue, parse};
use crate::domain::timestamp::Timestamp;

impl SeedValue for Timestamp {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        parse(node, report, Timestamp::parse)
    }

    fn schema() -> Value {
        json!({ "type": "string", "format": "date-time" })
    }
}

/// A time in a seed: fixed, or so and so far from the clock when the seed is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// RFC 3339.
    At(Timestamp),
    /// `now`, `-2h`, `+30m`.
    FromNow(TimeDelta),
}

/// Why a text is no [`When`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an RFC 3339 time (2021-08-09T07:41:52Z) or one relative to the clock (now, -2h, +30m, +7d)")]
pub struct InvalidWhen;

impl When {
    /// Reads a time.
    ///
    /// # Errors
    /// If `text` is neither RFC 3339 nor `now` nor a signed duration.
    pub fn parse(text: &str) -> Result<Self, InvalidWhen> {
        if text == "now" {
            return Ok(Self::FromNow(TimeDelta::zero()));
        }
        if let Some(span) = text.strip_prefix('+') {
            return parse_span(span).map(Self::FromNow).ok_or(InvalidWhen);
        }
        if let Some(span) = text.strip_prefix('-') {
            return parse_span(span).map(|span| Self::FromNow(-span)).ok_or(InvalidWhen);
        }
        Timestamp::parse(text).map(Self::At).map_err(|_| InvalidWhen)
    }

    /// The instant it means at `now`. Relative times count from a whole second and come out in whole seconds, as the
    /// vendor's do, and stop at the calendar's end.
    #[must_use]
    pub fn resolve(self, now: Timestamp) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::FromNow(delta) => now.whole_seconds().saturating_add(delta).whole_seconds(),
        }
    }
}

/// What a seed said of a time: which decides where it goes when a world is built from the seed again, later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A fixed time, or `null`. It stays.
    Fixed,
    /// A time relative to the clock. It moves with the clock.
    FromNow,
    /// Nothing. It follows from other times, or from the clock.
    Default,
}

impl Origin {
    /// That of a time that may be left out.
    #[must_use]
    pub fn of(when: Option<When>) -> Self {
        match when {
            Some(When::At(_)) => Self::Fixed,
            Some(When::FromNow(_)) => Self::FromNow,
            None => Self::Default,
        }
    }

    /// That of a time that may be `null`, too.
    #[must_use]
    pub fn of_nullable(when: Nullable<When>) -> Self {
        match when {
            Nullable::Absent => Self::Default,
            Nullable::Null => Self::Fixed,
            Nullable::Given(when) => Self::of(Some(when)),
        }
    }

    /// Where `at` goes when the clock has gone on by `delta`.
    #[must_use]
    pub fn moved(self, at: Timestamp, delta: TimeDelta, default: Timestamp) -> Timestamp {
        match self {
            Self::Fixed => at,
            Self::FromNow => at.saturating_add(delta),
            Self::Default => default,
        }
    }
}

/// An unsigned duration such as `1h30m`.
#[must_use]
pub fn parse_span(text: &str) -> Option<TimeDelta> {
    humantime::parse_duration(text).ok().and_then(|span| TimeDelta::from_std(span).ok())
}

impl SeedValue for When {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        parse(node, report, When::parse)
    }

    fn schema() -> Value {
        json!({
            "type": "string",
            "description": "RFC 3339, or relative to the clock when the seed is loaded: now, -2h, +30m, +7d",
            "examples": ["2021-08-09T07:41:52Z", "now", "-2h", "+30m", "+7d"],
        })
    }
}

/// A duration such as `200ms` or `1m30s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(pub TimeDelta);

impl SeedValue for Span {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let text = node.text(report)?;
        let span = parse_span(&text);
        if span.is_none() {
            node.mismatch("a duration such as 200ms, 2s or 1m30s", report);
        }
        span.map(Self)
    }

    fn schema() -> Value {
        json!({ "type": "string", "examples": ["200ms", "2s", "1m30s"] })
    }
}
