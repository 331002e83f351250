//! How each kind of value is read from a seed, and how the JSON Schema describes it: both in one place per type,
//! so that what an editor accepts is what the emulator accepts.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use serde_json::{Value, json};

use super::node::{Kind, Node};
use super::report::{Report, shortened, suggestion};
use crate::domain::JsonObject;
use crate::domain::compact_text::CompactText;
use crate::domain::id::{ExternalId, InvalidId, ProjectId, SessionId, UserId};
use crate::domain::refusal::ErrorType;
use crate::domain::session_token::SessionToken;

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
    pub fn map_or_else<U>(self, default: impl FnOnce() -> U, build: impl FnOnce(T) -> U) -> Option<U> {
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

impl SeedValue for Arc<str> {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        node.text(report).map(Self::from)
    }

    fn schema() -> Value {
        String::schema()
    }
}

impl SeedValue for CompactText {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        node.text(report).map(|text| Self::from(text.as_ref()))
    }

    fn schema() -> Value {
        String::schema()
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
        // as much room as is taken: a large seed has millions of lists, and what is too large for one leaves a gap
        let mut values = Vec::with_capacity(node.length());
        let mut is_sound = true;
        for element in elements {
            match T::read(&element, report) {
                Some(value) => values.push(value),
                // the others are read all the same, so that every problem is reported
                None => is_sound = false,
            }
        }
        is_sound.then_some(values)
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
pub(super) fn parse<T, E: std::fmt::Display>(
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
            impl crate::wire::seed::value::SeedValue for $name {
                fn read(
                    node: &crate::wire::seed::node::Node<'_, '_>,
                    report: &mut crate::wire::seed::report::Report<'_>,
                ) -> Option<Self> {
                    crate::wire::seed::value::one_of(node, report, $what, || $all.map(|value| value.as_str()).collect(), $named)
                }

                fn schema() -> serde_json::Value {
                    serde_json::json!({ "type": "string", "enum": $all.map(|value| value.as_str()).collect::<Vec<_>>() })
                }
            }
        )*
    };
}

pub(super) use seed_names;

seed_names! {
    ErrorType "error_type": ErrorType::ALL.iter(), ErrorType::named;
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

/// A list that is accepted here and read later, element by element.
#[derive(Debug, Clone)]
pub struct Unread<T>(PhantomData<T>);

impl<T: SeedValue> SeedValue for Unread<T> {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        node.expect(Kind::Array, report).then_some(Self(PhantomData))
    }

    fn schema() -> Value {
        Vec::<T>::schema()
    }
}
