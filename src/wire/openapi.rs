//! An OpenAPI 3.1 document, put together from what each plane says of its own operations. Schemas come from the types
//! that are read and written; none is kept by hand.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

/// Where the document keeps the schemas that operations share.
const SCHEMAS: &str = "/components/schemas";

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterIn {
    /// In the path, where the route has its name in braces.
    Path,
    /// In the query.
    Query,
}

/// One operation, as the document describes it.
#[derive(Debug)]
pub struct OperationObject {
    /// Its method, in capitals.
    pub method: &'static str,
    /// Its path; `{name}` stands for one segment.
    pub path: String,
    /// Its `operationId`.
    pub id: String,
    /// The `operationId` of the operation that it is another way to, if it is.
    pub behind: Option<&'static str>,
    /// The group that it is listed under.
    pub tag: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Its parameters, as OpenAPI's Parameter Objects (see [`parameter`]).
    pub parameters: Vec<Value>,
    /// The schema of its body, and whether there has to be one.
    pub body: Option<(Schema, bool)>,
    /// Whether the body may be a form, too.
    pub takes_forms: bool,
    /// Each status with its Response Object (see [`json_response`]).
    pub responses: Vec<(u16, Value)>,
    /// Where its answer is known from, if it is the vendor's.
    pub evidence: Option<String>,
    /// The name of the security scheme that it needs, if it needs one.
    pub security: Option<&'static str>,
}

/// A document that grows by one operation at a time.
pub struct Document {
    requests: SchemaGenerator,
    answers: SchemaGenerator,
    paths: Map<String, Value>,
    tags: Vec<Value>,
    components: Map<String, Value>,
}

impl Default for Document {
    fn default() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = SCHEMAS.into();
                settings.meta_schema = None;
            })
        };
        Self {
            requests: settings().for_deserialize().into_generator(),
            answers: settings().for_serialize().into_generator(),
            paths: Map::new(),
            tags: Vec::new(),
            components: Map::new(),
        }
    }
}

impl Document {
    /// The schema of what is read as a `T`, in place.
    pub fn request_schema<T: JsonSchema>(&mut self) -> Schema {
        T::json_schema(&mut self.requests)
    }

    /// The schema of what a `T` is written as, in place. Its object has no other keys than those of `T`.
    pub fn answer_schema<T: JsonSchema>(&mut self) -> Schema {
        let mut schema = T::json_schema(&mut self.answers);
        close(&mut schema);
        schema
    }

    /// The generator of the schemas of requests, for those that are put together of several types.
    pub fn requests(&mut self) -> &mut SchemaGenerator {
        &mut self.requests
    }

    /// The generator of the schemas of answers, for those that are put together of several types.
    pub fn answers(&mut self) -> &mut SchemaGenerator {
        &mut self.answers
    }

    /// Adds a group of operations.
    pub fn tag(&mut self, name: &str, description: &str) {
        self.tags.push(json!({ "name": name, "description": description }));
    }

    /// Adds a component: `kind` is `responses`, `securitySchemes`, `schemas`…
    pub fn component(&mut self, kind: &str, name: &str, value: Value) {
        let of_kind = self.components.entry(kind).or_insert_with(|| json!({}));
        of_kind[name] = value;
    }

    /// Adds an operation.
    ///
    /// # Panics
    /// If its method and path are those of another one.
    pub fn operation(&mut self, operation: OperationObject) {
        let OperationObject {
            method,
            path,
            id,
            behind,
            tag,
            summary,
            parameters,
            body,
            takes_forms,
            responses,
            evidence,
            security,
        } = operation;
        let mut object = json!({
            "operationId": id,
            "tags": [tag],
            "summary": summary,
            "security": security.map(|scheme| json!({ scheme: [] })).into_iter().collect::<Vec<_>>(),
        });
        if !parameters.is_empty() {
            object["parameters"] = Value::Array(parameters);
        }
        if let Some(behind) = behind {
            object["x-behind"] = json!(behind);
        }
        if let Some(evidence) = evidence {
            object["x-evidence"] = Value::String(evidence);
        }
        if let Some((schema, required)) = body {
            object["requestBody"] = json!({ "required": required, "content": { "application/json": { "schema": schema } } });
            if takes_forms {
                object["requestBody"]["content"]["application/x-www-form-urlencoded"] = json!({ "schema": schema });
            }
        }
        object["responses"] = responses.into_iter().map(|(status, response)| (status.to_string(), response)).collect();
        let methods = self.paths.entry(path).or_insert_with(|| json!({}));
        let before = methods.as_object_mut().and_then(|methods| methods.insert(method.to_lowercase(), object));
        assert!(before.is_none(), "{id} has the method and the path of another operation");
    }

    /// The whole document.
    #[must_use]
    pub fn finish(mut self, title: &str, description: &str) -> Value {
        let requests = self.requests.take_definitions(true);
        for (name, schema) in requests {
            self.component("schemas", &name, schema);
        }
        for (name, mut schema) in self.answers.take_definitions(true) {
            if let Ok(schema) = <&mut Schema>::try_from(&mut schema) {
                close(schema);
            }
            self.component("schemas", &name, schema);
        }
        json!({
            "openapi": "3.1.0",
            "info": { "title": title, "version": env!("CARGO_PKG_VERSION"), "description": description },
            "servers": [{ "url": "/" }],
            "tags": self.tags,
            "paths": self.paths,
            "components": self.components,
        })
    }
}

/// An object that is written has the keys that its type has, and no other.
fn close(schema: &mut Schema) {
    if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
}

/// A parameter.
#[must_use]
pub fn parameter(place: ParameterIn, name: &str, required: bool, description: &str, schema: &Value) -> Value {
    let place = match place {
        ParameterIn::Path => "path",
        ParameterIn::Query => "query",
    };
    json!({ "name": name, "in": place, "required": required, "description": description, "schema": schema })
}

/// A response with a JSON body.
#[must_use]
pub fn json_response(description: &str, schema: &Value) -> Value {
    json!({ "description": description, "content": { "application/json": { "schema": schema } } })
}

/// A reference to a component of the kind `responses`.
#[must_use]
pub fn response_ref(name: &str) -> Value {
    json!({ "$ref": format!("#/components/responses/{name}") })
}
