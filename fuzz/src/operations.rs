//! Requests to every operation, made from the description that the emulator serves: what is fuzzed follows what there is.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use crate::Line;

/// An operation, and the properties of its body.
pub struct Operation {
    pub method: String,
    pub path: String,
    properties: Value,
}

/// All operations, and what may stand in their bodies.
pub struct Operations {
    pub all: Vec<Operation>,
    /// Every text and number of the seed: ids, tokens, addresses.
    known: Vec<Value>,
}

/// What stands where something else was to be.
const STRANGERS: [&str; 18] = [
    "null",
    "true",
    "0",
    "-1",
    "5",
    "1.5",
    "1e400",
    "18446744073709551616",
    "\"\"",
    "\"now\"",
    "\"a b\"",
    "\"\\u0000\"",
    "\"\u{1f511}\"",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "{\"\": {}}",
];

impl Operations {
    pub fn of(line: &mut Line) -> Self {
        let document = line.send("GET", "/__mock/openapi.json", &[], &[]).json();
        let mut all = Vec::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                let content = &operation["requestBody"]["content"];
                let schema = content.as_object().and_then(|content| content.values().next()).map(|content| &content["schema"]);
                let properties = schema.map(|schema| schema["properties"].clone()).unwrap_or_default();
                if !path.starts_with("/__mock") {
                    all.push(Operation { method: method.to_uppercase(), path: path.clone(), properties });
                }
            }
        }
        let mut known = Vec::new();
        collect(&line.emulator.control().state().expect("a state"), &mut known);
        known.dedup();
        Self { all, known }
    }

    /// A request: an operation, its path, its body.
    pub fn request(&self, input: &mut Unstructured<'_>) -> Result<(&Operation, String, Vec<u8>)> {
        let operation = input.choose(&self.all)?;
        let mut path = operation.path.clone();
        while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
            let value = match self.value(input)? {
                Value::String(text) => text,
                other => other.to_string(),
            };
            path.replace_range(start..=end, &crate::target(value.as_bytes()));
        }
        let body = if input.ratio(1, 8)? {
            input.bytes(input.len())?.to_vec()
        } else {
            self.object(&operation.properties, input, 3)?.to_string().into_bytes()
        };
        Ok((operation, path, body))
    }

    fn value(&self, input: &mut Unstructured<'_>) -> Result<Value> {
        Ok(match input.int_in_range(0..=3)? {
            0 => serde_json::from_str(input.choose(&STRANGERS)?).unwrap_or_default(),
            1 => json!(<&str>::arbitrary_of(input)?),
            _ => input.choose(&self.known)?.clone(),
        })
    }

    fn object(&self, properties: &Value, input: &mut Unstructured<'_>, depth: u8) -> Result<Value> {
        let mut object = Map::new();
        for (name, schema) in properties.as_object().into_iter().flatten() {
            if !input.ratio(3, 5)? {
                continue;
            }
            let choices = schema["enum"].as_array().filter(|choices| !choices.is_empty());
            let value = match (choices, schema["properties"].is_object() && depth > 0) {
                (Some(choices), _) if input.ratio(3, 4)? => input.choose(choices)?.clone(),
                (_, true) if input.ratio(7, 8)? => self.object(&schema["properties"], input, depth - 1)?,
                _ if schema["type"].to_string().contains("integer") && input.ratio(3, 4)? => json!(input.int_in_range(0..=600)?),
                _ if schema["type"].to_string().contains("array") && input.ratio(3, 4)? => json!([self.value(input)?]),
                _ => self.value(input)?,
            };
            object.insert(name.clone(), value);
        }
        Ok(object.into())
    }
}

trait Text<'a>: Sized {
    fn arbitrary_of(input: &mut Unstructured<'a>) -> Result<Self>;
}

/// A short text, so that something is left for the rest.
impl<'a> Text<'a> for &'a str {
    fn arbitrary_of(input: &mut Unstructured<'a>) -> Result<Self> {
        let length = input.int_in_range(0..=24)?.min(input.len());
        let bytes = input.bytes(length)?;
        Ok(std::str::from_utf8(bytes)
            .unwrap_or_else(|error| std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()))
    }
}

/// The texts and numbers of a tree.
fn collect(tree: &Value, known: &mut Vec<Value>) {
    match tree {
        Value::Object(members) => members.values().for_each(|value| collect(value, known)),
        Value::Array(elements) => elements.iter().for_each(|value| collect(value, known)),
        Value::String(text) if text.len() < 300 => known.push(tree.clone()),
        Value::Number(_) => known.push(tree.clone()),
        _ => {}
    }
}
