//! How an object of the seed is declared: a struct whose fields are the keys, each with the value that it takes and what
//! it means. It is the reader, the schema and the documentation of the object.

use serde_json::Value;

use super::node::Node;
use super::report::Report;

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
                let is_object = node.read_members($what, Self::KEYS, report, |index, member, report| {
                    Self::READERS[index](&mut object, member, report);
                });
                is_object.then_some(object)
            }

            fn schema() -> serde_json::Value {
                let mut properties = crate::domain::JsonObject::new();
                $({
                    let mut schema = <$type as crate::wire::seed::value::SeedField>::schema();
                    if let Some(object) = schema.as_object_mut() {
                        object.insert("description".to_owned(), crate::wire::seed::object::prose(&[$($doc),*]));
                    }
                    properties.insert(seed_object!(@key $field $($key)?).to_owned(), schema);
                })*
                serde_json::json!({
                    "type": "object",
                    "description": crate::wire::seed::object::prose(&[$($about),*]),
                    "properties": properties,
                    "additionalProperties": false,
                })
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}

pub(super) use seed_object;

/// Doc lines as a description.
pub(super) fn prose(lines: &[&str]) -> Value {
    Value::String(lines.join("").trim().to_owned())
}
