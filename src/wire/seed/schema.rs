//! The seed's JSON Schema, as `stytch-mock schema` prints it and `seed/seed.schema.json` holds it.

use serde_json::{Value, json};

use super::file::SeedFile;
use super::value::SeedValue;

/// The schema, pretty-printed, with a line feed at its end.
///
/// # Panics
/// Never: a schema is plain JSON.
#[must_use]
pub fn document() -> String {
    let mut schema = SeedFile::schema();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("stytch-mock seed");
    let mut text = serde_json::to_string_pretty::<Value>(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::wire::seed::file::SeedFile;
    use crate::wire::seed::value::SeedValue;

    /// How many times there are in a schema that can't be relative to the clock.
    fn absolute(schema: &Value) -> usize {
        let own = usize::from(schema["format"] == "date-time");
        match schema {
            Value::Object(members) => own + members.values().map(absolute).sum::<usize>(),
            Value::Array(elements) => elements.iter().map(absolute).sum(),
            _ => 0,
        }
    }

    #[test]
    fn every_time_may_be_relative_to_the_clock_but_the_clock() {
        let mut schema = SeedFile::schema();
        assert_eq!(absolute(&schema["properties"]["clock"]), 1);
        schema["properties"]["clock"].take();
        assert_eq!(absolute(&schema), 0);
    }

    #[test]
    fn the_published_schema_is_the_one_that_the_program_prints() {
        let printed = super::document();
        let published = include_str!("../../../seed/seed.schema.json");
        assert!(printed == published, "stytch-mock schema > seed/seed.schema.json writes it anew");
    }
}
