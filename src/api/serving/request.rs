//! What an operation reads, as declared types. In a body, `null` at the top is the same as absence (three SDKs send
//! every unset field as `null`); a value of the wrong type is refused by its name; what is not declared is ignored.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, MapDeserializer};
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

use super::call::Call;
use super::query::Parameter;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::openapi::{Document, ParameterIn, parameter};

/// What an operation reads of a request.
pub trait Request: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// `bad_request` if something is not of its type, unless the operation has an error of its own for that.
    fn read(call: &Call<'_>) -> Result<Self, Refusal>;

    /// Its schemas.
    fn describe(document: &mut Document) -> RequestDescription;
}

/// The schemas of what an operation reads.
#[derive(Debug, Default)]
pub struct RequestDescription {
    /// The parameters of its query, as OpenAPI's Parameter Objects.
    pub query: Vec<Value>,
    /// The schema of its body, if it reads one.
    pub body: Option<Schema>,
}

impl RequestDescription {
    /// The schemas of the body's fields, by their names.
    #[must_use]
    pub fn fields(&self) -> Map<String, Value> {
        let properties = self.body.as_ref().and_then(|schema| schema.get("properties")?.as_object());
        properties.cloned().unwrap_or_default()
    }
}

/// Nothing is read.
impl Request for () {
    fn read(_: &Call<'_>) -> Result<Self, Refusal> {
        Ok(())
    }

    fn describe(_: &mut Document) -> RequestDescription {
        RequestDescription::default()
    }
}

/// Fields of the body.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + JsonSchema> Request for Body<T> {
    fn read(call: &Call<'_>) -> Result<Self, Refusal> {
        let fields = call.body().iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.as_str(), value));
        let read = serde_path_to_error::deserialize(MapDeserializer::<_, serde_json::Error>::new(fields));
        read.map(Self).map_err(|error| {
            let (path, problem) = (error.path().to_string(), error.into_inner().to_string());
            let place = if path == "." { String::new() } else { format!("{path}: ") };
            Refusal::new(ErrorType::BadRequest, format!("{place}{}", without_value(&problem)))
        })
    }

    fn describe(document: &mut Document) -> RequestDescription {
        RequestDescription { query: Vec::new(), body: Some(document.request_schema::<T>()) }
    }
}

/// What is wrong with a value, without the value: it may be a password, and reasons are logged.
fn without_value(problem: &str) -> Cow<'_, str> {
    let Some((found, expected)) = problem.rsplit_once(", expected ") else { return Cow::Borrowed(problem) };
    let kind = found.split(['"', '`']).next().unwrap_or_default().trim_end();
    Cow::Owned(format!("{kind}, expected {expected}"))
}

/// Several parts of one request, such as an operation's own fields and those that it shares with others.
impl<A: Request, B: Request> Request for (A, B) {
    fn read(call: &Call<'_>) -> Result<Self, Refusal> {
        Ok((A::read(call)?, B::read(call)?))
    }

    fn describe(document: &mut Document) -> RequestDescription {
        let (mut one, other) = (A::describe(document), B::describe(document));
        one.query.extend(other.query);
        one.body = match (one.body, other.body) {
            (Some(one), Some(other)) => Some(merged(one, &other)),
            (one, other) => one.or(other),
        };
        one
    }
}

/// The schema of an object that has the fields of two.
fn merged(mut one: Schema, other: &Schema) -> Schema {
    let object = one.ensure_object();
    for key in ["properties", "required"] {
        match (object.get_mut(key), other.get(key)) {
            (Some(Value::Object(fields)), Some(Value::Object(more))) => fields.extend(more.clone()),
            (Some(Value::Array(names)), Some(Value::Array(more))) => names.extend(more.clone()),
            (None, Some(more)) => {
                object.insert(key.to_owned(), more.clone());
            }
            _ => {}
        }
    }
    one
}

/// The Parameter Object of a query parameter that is a string.
#[must_use]
pub fn query_parameter(name: &str, required: bool, description: &str) -> Value {
    parameter(ParameterIn::Query, name, required, description, &serde_json::json!({ "type": "string" }))
}

/// What a query says of each of these parameters; an empty value is none.
///
/// # Errors
/// `bad_request` if one of them stands there twice.
pub fn query_values<const N: usize>(call: &Call<'_>, names: [&str; N]) -> Result<[Option<String>; N], Refusal> {
    let mut values = [const { None }; N];
    for (value, name) in values.iter_mut().zip(names) {
        *value = match call.parameter(name) {
            Parameter::Once(text) if !text.is_empty() => Some(text.into_owned()),
            Parameter::Once(_) | Parameter::Absent => None,
            Parameter::Repeated => {
                return Err(Refusal::new(ErrorType::BadRequest, format!("the query has more than one {name}")));
            }
        };
    }
    Ok(values)
}

/// A string that has to be there and not to be empty.
#[derive(Debug, Clone)]
pub struct NonEmpty(pub String);

impl<'de> Deserialize<'de> for NonEmpty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.is_empty() { Err(D::Error::custom("is empty")) } else { Ok(Self(text)) }
    }
}

impl JsonSchema for NonEmpty {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "NonEmpty".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1 })
    }
}

/// Reads an optional string; an empty one is none.
///
/// # Errors
/// If it is something else.
pub fn non_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty()))
}

/// A whole number; one beyond the range of 64 bits is the end of the range.
#[derive(Debug, Clone, Copy)]
pub struct WholeNumber(pub i64);

impl<'de> Deserialize<'de> for WholeNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        let beyond_range = || {
            let (text, end) = match number.as_str().strip_prefix('-') {
                Some(digits) => (digits, i64::MIN),
                None => (number.as_str(), i64::MAX),
            };
            text.bytes().all(|byte| byte.is_ascii_digit()).then_some(end)
        };
        let whole = number.as_i64().or_else(beyond_range);
        whole.map(Self).ok_or_else(|| D::Error::custom(format!("{number} is not a whole number")))
    }
}

impl JsonSchema for WholeNumber {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "WholeNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer" })
    }
}

/// The schema of an object with any keys, for a field that is read as a `Value` or a map.
#[must_use]
pub fn any_object(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object" })
}

/// A JSON object that is read as a `T`. Serde alone would take a list of the same values, too.
#[derive(Debug, Default)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = Object<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Object<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_the_wrong_type_is_not_repeated() {
        for (problem, told) in [
            ("invalid type: integer `123456`, expected a string", "invalid type: integer, expected a string"),
            ("invalid type: string \"a, expected \\\"b\", expected a map", "invalid type: string, expected a map"),
            ("invalid type: sequence, expected a string", "invalid type: sequence, expected a string"),
            ("missing field `password`", "missing field `password`"),
        ] {
            assert_eq!(without_value(problem), told);
        }
    }
}
