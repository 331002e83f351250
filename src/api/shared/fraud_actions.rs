//! The actions that requests of the fraud product name.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::fraud::action::Action;
use crate::domain::refusal::{ErrorType, Refusal};

/// The word that clears what was set.
const NONE: &str = "NONE";

/// What a request sets, by its word, as it came.
#[derive(Debug)]
pub struct ChosenAction(String);

impl ChosenAction {
    /// The action; `None` clears what was set.
    ///
    /// # Errors
    /// `unknown`, for another word.
    pub fn read(&self, unknown: ErrorType) -> Result<Option<Action>, Refusal> {
        match Action::named(&self.0) {
            None if self.0 == NONE => Ok(None),
            None => Err(Refusal::new(unknown, "expected one of ALLOW, CHALLENGE, BLOCK, NONE")),
            action => Ok(action),
        }
    }
}

impl<'de> Deserialize<'de> for ChosenAction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// An action in an answer; `None` is what clears.
#[derive(Debug, Clone, Copy)]
pub struct ActionWord(pub Option<Action>);

impl From<Action> for ActionWord {
    fn from(action: Action) -> Self {
        Self(Some(action))
    }
}

impl Serialize for ActionWord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.map_or(NONE, Action::as_str))
    }
}

/// Both are written alike.
macro_rules! word_schema {
    ($($name:ident)*) => {
        $(
            impl JsonSchema for $name {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "string", "enum": ["ALLOW", "CHALLENGE", "BLOCK", NONE] })
                }
            }
        )*
    };
}

word_schema! { ChosenAction ActionWord }
