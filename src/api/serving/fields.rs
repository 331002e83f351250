//! The fields of a request's body: `null` is the same as absence (three SDKs send every unset field as `null`), fields
//! that nobody asks for are ignored, and a value of the wrong type is refused by its name.

use std::cell::RefCell;

use serde_json::Value;

use crate::domain::JsonObject;
use crate::domain::error_catalogue::{ErrorType, Refusal};

/// A body's fields.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    object: &'a JsonObject,
    /// Where to note which fields somebody has asked for.
    asked: Option<&'a RefCell<Vec<&'static str>>>,
}

impl<'a> Fields<'a> {
    /// The fields of an object.
    #[must_use]
    pub fn of(object: &'a JsonObject) -> Self {
        Self { object, asked: None }
    }

    /// The fields of an object; those that somebody asks for are noted.
    #[must_use]
    pub fn noting(object: &'a JsonObject, asked: &'a RefCell<Vec<&'static str>>) -> Self {
        Self { object, asked: Some(asked) }
    }

    /// A field, whatever it holds.
    #[must_use]
    pub fn get(self, name: &'static str) -> Option<&'a Value> {
        if let Some(asked) = self.asked {
            asked.borrow_mut().push(name);
        }
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// A string.
    ///
    /// # Errors
    /// `bad_request` if it is something else.
    pub fn text(self, name: &'static str) -> Result<Option<&'a str>, Refusal> {
        self.typed(name, "a string", Value::as_str)
    }

    /// A string that has to be there.
    ///
    /// # Errors
    /// `bad_request` if it is absent, empty, or something else.
    pub fn required_text(self, name: &'static str) -> Result<&'a str, Refusal> {
        let text = self.text(name)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| Refusal::new(ErrorType::BadRequest, format!("{name} is missing")))
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// `bad_request` if it is something else.
    pub fn flag(self, name: &'static str) -> Result<Option<bool>, Refusal> {
        self.typed(name, "true or false", Value::as_bool)
    }

    /// A whole number; the end of the range for one that lies beyond it.
    ///
    /// # Errors
    /// `bad_request` if it is something else.
    pub fn integer(self, name: &'static str) -> Result<Option<i64>, Refusal> {
        self.typed(name, "a whole number", |value| value.as_i64().or_else(|| beyond_range(value)))
    }

    /// An object.
    ///
    /// # Errors
    /// `bad_request` if it is something else.
    pub fn object(self, name: &'static str) -> Result<Option<&'a JsonObject>, Refusal> {
        self.typed(name, "an object", Value::as_object)
    }

    /// A list of strings.
    ///
    /// # Errors
    /// `bad_request` if it is something else.
    pub fn texts(self, name: &'static str) -> Result<Option<Vec<String>>, Refusal> {
        self.typed(name, "a list of strings", |value| {
            value.as_array()?.iter().map(|each| each.as_str().map(str::to_owned)).collect()
        })
    }

    fn typed<T>(
        self,
        name: &'static str,
        expected: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match read(value) {
            Some(value) => Ok(Some(value)),
            None => Err(Refusal::new(ErrorType::BadRequest, format!("{name} is not {expected}"))),
        }
    }
}

fn beyond_range(value: &Value) -> Option<i64> {
    let number = value.as_number()?.to_string();
    match number.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(i64::MIN),
        None if number.bytes().all(|byte| byte.is_ascii_digit()) => Some(i64::MAX),
        _ => None,
    }
}
