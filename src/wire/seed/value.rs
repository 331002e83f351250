//! How each kind of value is read from a seed, and how the JSON Schema describes it: both in one place per type,
//! so that what an editor accepts is what the emulator accepts.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::node::{Kind, Node};
use super::report::{Report, shortened, suggestion};
use crate::domain::JsonObject;
use crate::domain::bucket::{Period, RateLimit, RateSetting};
use crate::domain::error_catalogue::ErrorType;
use crate::domain::factor::{DeliveryMethod, FACTOR_TYPES, FactorType};
use crate::domain::id::{ExternalId, InvalidId, ProjectId, SessionId, SessionToken, UserId};
use crate::domain::secret::Secret;
use crate::domain::signing_key::SigningKey;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserStatus;

/// A value that can stand in a seed.
pub trait SeedValue: Sized {
    /// Reads it; reports what is wrong and gives `None` if it can't.
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self>;

    /// Its JSON Schema.
    fn schema() -> Value;
}

/// A member of an object: a value and what its absence means. Its default is its absence.
pub trait SeedField: Default {
    /// Reads it.
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Self;

    /// Its JSON Schema.
    fn schema() -> Value;
}

/// `null` is the same as absence, as it is for the vendor's own parsers.
impl<T: SeedValue> SeedField for Option<T> {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Self {
        match node.kind() {
            Kind::Null => None,
            _ => T::read(node, report),
        }
    }

    fn schema() -> Value {
        nullable(T::schema())
    }
}

/// A member for which absence, `null` and a value are three different things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Nullable<T> {
    /// The key does not stand there: the default applies.
    #[default]
    Absent,
    /// `null`: it is `null` on the wire (or left out, where the field says so).
    Null,
    /// A value.
    Given(T),
}

impl<T> Nullable<T> {
    /// What `build` makes of the value, or `default` of its absence.
    pub fn map_or_else<U>(&self, default: impl FnOnce() -> U, build: impl FnOnce(&T) -> U) -> Option<U> {
        match self {
            Self::Absent => Some(default()),
            Self::Null => None,
            Self::Given(value) => Some(build(value)),
        }
    }
}

impl<T: SeedValue> SeedField for Nullable<T> {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Self {
        match node.kind() {
            Kind::Null => Self::Null,
            _ => T::read(node, report).map_or(Self::Absent, Self::Given),
        }
    }

    fn schema() -> Value {
        nullable(T::schema())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "json! takes it by reference, and every caller has just made it")]
fn nullable(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

impl SeedValue for String {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        node.text(report).map(Cow::into_owned)
    }

    fn schema() -> Value {
        json!({ "type": "string" })
    }
}

impl SeedValue for bool {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        node.expect(Kind::Bool, report).then(|| node.json() == "true")
    }

    fn schema() -> Value {
        json!({ "type": "boolean" })
    }
}

impl SeedValue for u32 {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let number = (node.kind() == Kind::Number).then(|| node.json().parse().ok()).flatten();
        if number.is_none() {
            node.mismatch("a whole number from 0 to 4294967295", report);
        }
        number
    }

    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
    }
}

impl<T: SeedValue> SeedValue for Vec<T> {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let elements = node.elements(report)?;
        let read = elements.into_iter().enumerate().map(|(index, piece)| T::read(&node.element(index, piece), report));
        // every element is read, so that every problem is reported
        let values: Vec<Option<T>> = read.collect();
        values.into_iter().collect()
    }

    fn schema() -> Value {
        json!({ "type": "array", "items": T::schema() })
    }
}

impl SeedValue for JsonObject {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        if !node.expect(Kind::Object, report) {
            return None;
        }
        match serde_json::from_str(node.json()) {
            Ok(object) => Some(object),
            Err(error) => {
                let message = error.to_string();
                report.add(
                    node.path(),
                    format!("this object can't be read: {}", message.split(" at line ").next().unwrap_or_default()),
                );
                None
            }
        }
    }

    fn schema() -> Value {
        json!({ "type": "object" })
    }
}

/// Reads a string that has a grammar of its own.
fn parse<T, E: std::fmt::Display>(
    node: &Node<'_, '_>,
    report: &mut Report<'_>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Option<T> {
    let text = node.text(report)?;
    match parse(&text) {
        Ok(value) => Some(value),
        Err(error) => {
            report.add(node.path(), format!("{error}, found \"{}\"", shortened(&text)));
            None
        }
    }
}

macro_rules! seed_ids {
    ($($id:ident: $pattern:literal)*) => {
        $(
            impl SeedValue for $id {
                fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
                    parse(node, report, |text| -> Result<_, InvalidId> { $id::parse(text) })
                }

                fn schema() -> Value {
                    json!({ "type": "string", "pattern": $pattern })
                }
            }
        )*
    };
}

seed_ids! {
    ProjectId: "^project-(test|live)-[A-Za-z0-9_-]{1,64}$"
    UserId: "^user-(test|live)-[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
    SessionId: "^session-(test|live)-[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
    ExternalId: "^(?!user-(test|live)-)[A-Za-z0-9._|-]{1,128}$"
    SessionToken: "^[A-Za-z0-9_=-]{1,256}$"
}

impl SeedValue for Timestamp {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        parse(node, report, Timestamp::parse)
    }

    fn schema() -> Value {
        json!({ "type": "string", "format": "date-time" })
    }
}

impl SeedValue for Secret {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let text = node.text(report)?;
        let secret = Secret::parse(&text);
        if secret.is_none() {
            report.add(node.path(), "a secret can't be empty");
        }
        secret
    }

    fn schema() -> Value {
        json!({ "type": "string", "minLength": 1 })
    }
}

impl SeedValue for Arc<SigningKey> {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let pem = node.text(report)?;
        // the text is a secret: a message about it doesn't repeat it
        let key = SigningKey::from_pem(&pem).map_err(|error| report.add(node.path(), error.to_string()));
        key.ok().map(Arc::new)
    }

    fn schema() -> Value {
        json!({ "type": "string", "pattern": "^-----BEGIN (RSA )?PRIVATE KEY-----" })
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

    /// The instant it means at `now`. Relative times come out in whole seconds, as the vendor's do, and stop at
    /// the calendar's end.
    #[must_use]
    pub fn resolve(self, now: Timestamp) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::FromNow(delta) => now.saturating_add(delta).whole_seconds(),
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

/// Reads one of a closed set of names.
pub(super) fn one_of<T>(
    node: &Node<'_, '_>,
    report: &mut Report<'_>,
    what: &str,
    names: impl FnOnce() -> Vec<&'static str>,
    find: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let text = node.text(report)?;
    let value = find(&text);
    if value.is_none() {
        report.add(node.path(), format!("unknown {what} \"{}\"{}", shortened(&text), suggestion(&text, &names())));
    }
    value
}

macro_rules! seed_names {
    ($($name:ident $what:literal: $all:expr, $named:expr;)*) => {
        $(
            impl SeedValue for $name {
                fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
                    one_of(node, report, $what, || $all.map(|value| value.as_str()).collect(), $named)
                }

                fn schema() -> Value {
                    json!({ "type": "string", "enum": $all.map(|value| value.as_str()).collect::<Vec<_>>() })
                }
            }
        )*
    };
}

seed_names! {
    ErrorType "error_type": ErrorType::ALL.iter(), ErrorType::named;
    FactorType "type": FACTOR_TYPES.into_iter(), FactorType::named;
    DeliveryMethod "delivery_method": DeliveryMethod::all(), DeliveryMethod::named;
    UserStatus "status": UserStatus::ALL.into_iter(),
        |name| UserStatus::ALL.into_iter().find(|status| status.as_str() == name);
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
        let rate = super::entries::RateEntry::read(node, report)?;
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
                super::entries::RateEntry::schema(),
            ],
        })
    }
}

/// A value that is accepted and not looked at.
#[derive(Debug, Clone, Default)]
pub struct Ignored;

impl SeedValue for Ignored {
    fn read(_: &Node<'_, '_>, _: &mut Report<'_>) -> Option<Self> {
        Some(Self)
    }

    fn schema() -> Value {
        json!({})
    }
}
