//! The emulated API's part of the OpenAPI document.

use std::collections::{BTreeMap, BTreeSet};

use schemars::Schema;
use serde_json::{Value, json};

use super::operations::OPERATIONS;
use super::serving::endpoint::{Access, Description, Dialect, Route};
use crate::domain::oauth_error::OAuthError;
use crate::domain::refusal::ErrorType;
use crate::wire::openapi::{Document, OperationObject, ParameterIn, json_response, parameter};

const TAG: &str = "vendor";
const SECURITY: &str = "project";

/// Describes every operation.
pub fn describe(document: &mut Document) {
    document.tag(TAG, "The vendor's API, as it is emulated.");
    let scheme = json!({ "type": "http", "scheme": "basic", "description": "A project's id and one of its secrets." });
    document.component("securitySchemes", SECURITY, scheme);
    document.component("schemas", "Error", error_schema(["error_type", "error_message", "error_url"]));
    document.component("schemas", "OAuthError", error_schema(["error", "error_description", "error_uri"]));
    for route in OPERATIONS.iter() {
        let operation = describe_route(document, route);
        document.operation(operation);
    }
}

/// What an operation can refuse: its own errors, and those of every operation.
fn errors(route: &Route) -> Vec<ErrorType> {
    let mut errors = vec![ErrorType::BadRequest];
    if route.description.access == Access::Project {
        errors.push(ErrorType::InvalidProjectIdAuthentication);
        errors.push(ErrorType::UnauthorizedCredentials);
        errors.push(ErrorType::TooManyRequests);
    }
    for error in route.description.errors.iter().copied().flatten() {
        if !errors.contains(error) {
            errors.push(*error);
        }
    }
    errors
}

fn describe_route(document: &mut Document, route: &Route) -> OperationObject {
    let description = &route.description;
    let operation = description.operation;
    let request = (route.request)(document);
    let names = operation.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    let in_path = names.map(|name| parameter(ParameterIn::Path, name, true, path_meaning(name), &json!({ "type": "string" })));
    let mut responses = match route.answer {
        Some(answer) => vec![(description.status.as_u16(), success(answer(document), description))],
        None => browser_responses(),
    };
    let mut by_status: BTreeMap<u16, Vec<ErrorType>> = BTreeMap::new();
    for error in errors(route) {
        by_status.entry(description.dialect.status(error)).or_default().push(error);
    }
    responses.extend(by_status.into_iter().map(|(status, errors)| (status, failure(description.dialect, status, &errors))));
    OperationObject {
        method: operation.method,
        path: operation.path.to_owned(),
        id: operation.name,
        tag: TAG,
        summary: description.title,
        parameters: in_path.chain(request.query).collect(),
        body: request.body.map(|schema| (schema, false)),
        takes_forms: description.dialect == Dialect::OAuth,
        responses,
        evidence: Some(evidence(description)),
        security: (description.access == Access::Project).then_some(SECURITY),
    }
}

/// Where the answer is known from, in a word, and what else is to be said of it.
fn evidence(description: &Description) -> String {
    let word = description.evidence.as_str();
    if description.remark.is_empty() { word.to_owned() } else { format!("{word}; {}", description.remark) }
}

fn path_meaning(name: &str) -> &'static str {
    match name {
        "user_id" => "A Stytch id or an external id.",
        "provider" => "An OAuth provider, such as google.",
        "client_id" => "The client's id.",
        "connected_app_id" => "The Connected App's `client_id`.",
        "project_id" => "A project's id.",
        _ => "The factor's id.",
    }
}

fn request_id() -> Value {
    json!({ "type": "string", "pattern": "^request-id-(test|live)-[0-9a-f-]{36}$" })
}

/// The answer, with what every answer has.
fn success(answer: Schema, description: &Description) -> Value {
    let (mut schema, status) = (answer.to_value(), description.status.as_u16());
    let members = [("status_code", json!({ "const": status })), ("request_id", request_id())];
    for (name, member) in members {
        schema["properties"][name] = member;
        match schema["required"].as_array_mut() {
            Some(required) => required.push(json!(name)),
            None => schema["required"] = json!([name]),
        }
    }
    if schema.get("additionalProperties").is_none() {
        schema["additionalProperties"] = json!(false);
    }
    json_response("Done.", &schema)
}

/// A page, or the way on.
fn browser_responses() -> Vec<(u16, Value)> {
    let text = json!({ "type": "string" });
    let location = json!({ "location": { "required": true, "schema": text } });
    vec![
        (200, json!({ "description": "A page to choose on.", "content": { "text/html": { "schema": text } } })),
        (302, json!({ "description": "The browser goes on.", "headers": location })),
    ]
}

/// The refusals of one status.
fn failure(dialect: Dialect, status: u16, errors: &[ErrorType]) -> Value {
    let names: Vec<&str> = errors.iter().map(|error| error.as_str()).collect();
    let schema = match dialect {
        Dialect::Vendor => json!({
            "allOf": [{ "$ref": "#/components/schemas/Error" }],
            "properties": { "status_code": { "const": status }, "error_type": { "enum": names } },
        }),
        Dialect::OAuth => {
            let codes: BTreeSet<&str> = errors.iter().map(|error| OAuthError::of(*error).code).collect();
            json!({
                "allOf": [{ "$ref": "#/components/schemas/OAuthError" }],
                "properties": { "status_code": { "const": status }, "error": { "enum": codes } },
                "x-error-types": names,
            })
        }
    };
    let texts: Vec<String> = errors.iter().map(|error| format!("`{}`: {}", error.as_str(), error.message())).collect();
    let mut response = json_response(&texts.join("\n\n"), &schema);
    let text = json!({ "type": "string" });
    response["headers"]["x-stytch-mock-reason"] =
        json!({ "description": "Why, in a sentence; absent with --explain off.", "schema": text });
    match status {
        401 => response["headers"]["www-authenticate"] = json!({ "schema": text }),
        429 => {
            let header = json!({ "required": true, "description": "Whole seconds.", "schema": { "type": "integer" } });
            response["headers"]["retry-after"] = header;
        }
        _ => {}
    }
    response
}

/// The five keys of every error, of which each dialect has three of its own.
fn error_schema(own: [&str; 3]) -> Value {
    let mut schema = json!({
        "type": "object",
        "properties": { "status_code": { "type": "integer" }, "request_id": request_id() },
        "required": ["status_code", "request_id"],
        "additionalProperties": false,
    });
    for name in own {
        schema["properties"][name] = json!({ "type": "string" });
        schema["required"].as_array_mut().into_iter().for_each(|required| required.push(json!(name)));
    }
    schema
}
