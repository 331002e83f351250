//! The seed file, object by object: the vendor's User and Session with every field optional, and what the emulator
//! adds. Each struct is the reader, the schema and the documentation of its object.

mod fault;
mod project;
mod session;
mod user;

use serde_json::Value;

pub use fault::FaultEntry;
pub use project::{PolicyEntry, ProjectEntry, RateEntry, SeedFile};
pub use session::{AttributesEntry, FactorCore, FactorEntry, SessionEntry};
pub use user::{EmailEntry, NameEntry, PhoneNumberEntry, UserEntry};

/// Declares an object of the seed: a struct, how it is read, and its schema. A field's key is its name unless
/// another is given.
macro_rules! seed_object {
    (
        $(#[doc = $about:literal])*
        $name:ident, $what:literal {
            $($(#[doc = $doc:literal])* $field:ident $(as $key:literal)? : $type:ty,)*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $type,)*
        }

        impl $name {
            /// Its keys.
            pub const KEYS: &'static [&'static str] = &[$(seed_object!(@key $field $($key)?),)*];
        }

        impl SeedValue for $name {
            fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
                let mut object = Self::default();
                for (key, piece) in node.members($what, Self::KEYS, report)? {
                    let member = node.member(&key, piece);
                    match key.as_ref() {
                        $(seed_object!(@key $field $($key)?) => object.$field = SeedField::read(&member, report),)*
                        _ => {}
                    }
                }
                Some(object)
            }

            fn schema() -> serde_json::Value {
                let mut properties = crate::domain::JsonObject::new();
                $({
                    let mut schema = <$type as SeedField>::schema();
                    if let Some(object) = schema.as_object_mut() {
                        object.insert("description".to_owned(), super::prose(&[$($doc),*]));
                    }
                    properties.insert(seed_object!(@key $field $($key)?).to_owned(), schema);
                })*
                serde_json::json!({
                    "type": "object",
                    "description": super::prose(&[$($about),*]),
                    "properties": properties,
                    "additionalProperties": false,
                })
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}

use seed_object;

/// Doc lines as a description.
fn prose(lines: &[&str]) -> Value {
    Value::String(lines.join("").trim().to_owned())
}
