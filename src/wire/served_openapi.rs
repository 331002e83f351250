//! The OpenAPI document as the program serves it: a copy, made by [`crate::openapi`], since making it takes the schemas of
//! all types. A test holds the copy to what would be made (`UPDATE_DOCS=1 cargo test --test it openapi` makes it anew).

use std::collections::HashMap;
use std::sync::LazyLock;

use miniz_oxide::inflate::decompress_to_vec_zlib;
use serde::Deserialize;
use serde_json::Value;

/// Its text, as zlib packs it.
static PACKED: &[u8] = include_bytes!("openapi.json.zz");

/// What each operation declares, by the operation's name.
static DECLARED: LazyLock<HashMap<String, Declared>> = LazyLock::new(|| {
    let document: Document = serde_json::from_str(&text()).expect("the document is one of OpenAPI");
    let operations = document.paths.into_values().flat_map(HashMap::into_values);
    operations.map(|operation| (operation.operation_id.clone(), Declared::from(operation))).collect()
});

/// Its text.
///
/// # Panics
/// Never: what was packed is UTF-8.
#[must_use]
pub fn text() -> String {
    let text = decompress_to_vec_zlib(PACKED).expect("it was packed by zlib");
    String::from_utf8(text).expect("it is UTF-8")
}

/// Whether an operation has a query parameter or a field of this name.
#[must_use]
pub fn declares(operation: &str, name: &str) -> bool {
    let declared = DECLARED.get(operation);
    declared.is_some_and(|declared| declared.fields.contains_key(name) || declared.query.iter().any(|known| known == name))
}

/// Whether a field of an operation's body takes values of this JSON type.
#[must_use]
pub fn takes(operation: &str, field: &str, json_type: &str) -> bool {
    let types = DECLARED.get(operation).and_then(|declared| declared.fields.get(field));
    types.is_some_and(|types| types.iter().any(|known| known == json_type))
}

/// What an operation declares.
struct Declared {
    /// The parameters of its query.
    query: Vec<String>,
    /// The fields of its body, each with the JSON types that it takes.
    fields: HashMap<String, Vec<String>>,
}

impl From<Operation> for Declared {
    fn from(operation: Operation) -> Self {
        let query = operation.parameters.into_iter().filter(|parameter| parameter.place == "query");
        let schema = operation.request_body.and_then(|mut body| body.content.remove("application/json"));
        let types = |kind: Value| match kind {
            Value::String(one) => vec![one],
            Value::Array(several) => several.into_iter().filter_map(|each| each.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        let fields = schema.map(|content| content.schema.properties).unwrap_or_default();
        Self {
            query: query.map(|parameter| parameter.name).collect(),
            fields: fields.into_iter().map(|(name, field)| (name, types(field.json_type))).collect(),
        }
    }
}

#[derive(Deserialize)]
struct Document {
    paths: HashMap<String, HashMap<String, Operation>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    operation_id: String,
    #[serde(default)]
    parameters: Vec<Parameter>,
    request_body: Option<RequestBody>,
}

#[derive(Deserialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    place: String,
}

#[derive(Deserialize)]
struct RequestBody {
    content: HashMap<String, Content>,
}

#[derive(Deserialize)]
struct Content {
    schema: ObjectSchema,
}

#[derive(Deserialize)]
struct ObjectSchema {
    #[serde(default)]
    properties: HashMap<String, FieldSchema>,
}

#[derive(Deserialize)]
struct FieldSchema {
    #[serde(rename = "type", default)]
    json_type: Value,
}
