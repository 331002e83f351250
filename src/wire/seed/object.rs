//! How an object of the seed is declared: a struct whose fields are the keys, each with the value that it takes and what
//! it means. It is the reader, the schema and the documentation of the object.

use serde_json::{Value, json};

use super::node::Node;
use super::report::Report;
use crate::domain::JsonObject;

/// Reads a member of an object into its place.
pub(super) type Reader<T> = fn(&mut T, &Node<'_, '_>, &mut Report<'_>);

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

            /// How the value of each key is read.
            pub(super) const READERS: &'static [crate::wire::seed::object::Reader<Self>] = &[
                $(|object, member, report| object.$field = crate::wire::seed::value::SeedField::read(member, report),)*
            ];
        }

        impl crate::wire::seed::value::SeedValue for $name {
            fn read(
                node: &crate::wire::seed::node::Node<'_, '_>,
                report: &mut crate::wire::seed::report::Report<'_>,
            ) -> Option<Self> {
                let mut object = Self::default();
                let is_object = node.read_members($what, Self::KEYS, report, &mut |index, member, report| {
                    Self::READERS[index](&mut object, member, report);
                });
                is_object.then_some(object)
            }

            fn schema() -> serde_json::Value {
                crate::wire::seed::object::schema(&[$($about),*], &[
                    $(crate::wire::seed::object::Key {
                        name: seed_object!(@key $field $($key)?),
                        schema: <$type as crate::wire::seed::value::SeedField>::schema,
                        documentation: &[$($doc),*],
                    },)*
                ])
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}

pub(super) use seed_object;

/// A key of an object, for the schema.
pub(super) struct Key {
    /// Its name.
    pub name: &'static str,
    /// The schema of its value.
    pub schema: fn() -> Value,
    /// Its doc lines.
    pub documentation: &'static [&'static str],
}

/// The schema of an object with these doc lines and keys, and no others.
pub(super) fn schema(documentation: &[&str], keys: &[Key]) -> Value {
    let property = |key: &Key| {
        let mut schema = (key.schema)();
        if let Some(object) = schema.as_object_mut() {
            object.insert("description".to_owned(), prose(key.documentation));
        }
        (key.name.to_owned(), schema)
    };
    json!({
        "type": "object",
        "description": prose(documentation),
        "properties": keys.iter().map(property).collect::<JsonObject>(),
        "additionalProperties": false,
    })
}

/// Doc lines as a description.
fn prose(lines: &[&str]) -> Value {
    Value::String(lines.join("").trim().to_owned())
}
