//! The emulated API's part of the OpenAPI document.

use std::collections::{BTreeMap, BTreeSet};

use schemars::Schema;
use serde_json::{Value, json};

use super::cross_origin;
use super::operations;
use super::serving::endpoint::{Access, BrowserEndpoint, Description, Dialect, Endpoint, Entry, Operation, Route};
use super::serving::request::{Request, RequestDescription};
use super::serving::sdk_door::{BACKENDS_METADATA, DISREGARDED, Door};
use crate::domain::oauth_error::OAuthError;
use crate::domain::refusal::ErrorType;
use crate::wire::openapi::{Document, OperationObject, ParameterIn, json_response, parameter};

const TAG: &str = "vendor";
const SECURITY: &str = "project";
const PAGE_TAG: &str = "pages";
const PAGE_SECURITY: &str = "page";

/// An operation, and the schemas of what it reads and answers.
struct Described {
    route: Route,
    request: fn(&mut Document) -> RequestDescription,
    /// None if it answers a browser.
    answer: Option<fn(&mut Document) -> Schema>,
}

impl Entry for Described {
    fn of<E: Endpoint>() -> Self {
        Self { route: Route::of::<E>(), request: E::Request::describe, answer: Some(Document::answer_schema::<E::Answer>) }
    }

    fn of_browser<E: BrowserEndpoint>() -> Self {
        Self { route: Route::of_browser::<E>(), request: E::Request::describe, answer: None }
    }
}

impl Described {
    /// The same operation behind each of its doors for pages.
    fn behind_doors(&self) -> impl Iterator<Item = Self> {
        self.route.behind_doors().map(|route| Self { route, request: self.request, answer: self.answer })
    }
}

/// Describes every operation.
pub fn describe(document: &mut Document) {
    document.tag(TAG, "The vendor's API, as it is emulated.");
    let scheme = json!({ "type": "http", "scheme": "basic", "description": "A project's id and one of its secrets." });
    document.component("securitySchemes", SECURITY, scheme);
    document.tag(PAGE_TAG, "The same operations, and a few of their own, as the SDK for browsers calls them.");
    let page = "A public token, and the token of a session or the public token again.";
    let scheme = json!({ "type": "http", "scheme": "basic", "description": page });
    document.component("securitySchemes", PAGE_SECURITY, scheme);
    document.component("schemas", "Error", error_schema(["error_type", "error_message", "error_url"]));
    document.component("schemas", "OAuthError", error_schema(["error", "error_description", "error_uri"]));
    let mut operations: Vec<Described> = operations::table();
    let doors: Vec<Described> = operations.iter().flat_map(Described::behind_doors).collect();
    operations.extend(doors);
    for described in &operations {
        let operation = describe_operation(document, described);
        document.operation(operation);
    }
}

/// What an operation can refuse: its own errors, and those of every operation.
fn errors(route: &Route, request: &RequestDescription) -> Vec<ErrorType> {
    let mut errors = vec![ErrorType::BadRequest];
    match route.description.access {
        Access::Project => errors.extend([
            ErrorType::InvalidProjectIdAuthentication,
            ErrorType::UnauthorizedCredentials,
            ErrorType::TooManyRequests,
        ]),
        Access::Page(door) => {
            errors.extend([ErrorType::UnauthorizedCredentials, ErrorType::TooManyRequests]);
            errors.extend(door.errors());
            if request.fields().contains_key(BACKENDS_METADATA) {
                errors.push(ErrorType::CannotUpdateTrustedMetadata);
            }
        }
        Access::Public if route.description.project_of.is_some() && !route.description.is_free => {
            errors.push(ErrorType::TooManyRequests);
        }
        Access::Public => {}
    }
    for error in route.description.errors.iter().copied().flatten() {
        if !errors.contains(error) {
            errors.push(*error);
        }
    }
    errors
}

fn describe_operation(document: &mut Document, described: &Described) -> OperationObject {
    let Described { route, request, answer } = described;
    let description = &route.description;
    let operation = description.operation;
    let mut request = request(document);
    let errors = errors(route, &request);
    if let (Some(door), Some(body)) = (route.door(), &mut request.body) {
        see_through(door, body);
    }
    let names = operation.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    let in_path = names.map(|name| parameter(ParameterIn::Path, name, true, path_meaning(name), &json!({ "type": "string" })));
    let mut responses = match answer {
        Some(answer) => vec![(description.status.as_u16(), success(answer(document), description, route.door()))],
        None => browser_responses(),
    };
    let mut by_status: BTreeMap<u16, Vec<ErrorType>> = BTreeMap::new();
    for error in errors {
        by_status.entry(description.dialect.status(error)).or_default().push(error);
    }
    responses.extend(by_status.into_iter().map(|(status, errors)| (status, failure(description.dialect, status, &errors))));
    OperationObject {
        method: operation.method,
        path: operation.path.to_owned(),
        id: operation_id(route),
        behind: (operation.name != operation_id(route)).then_some(operation.name),
        tag: if cross_origin::is_open(operation.path) { PAGE_TAG } else { TAG },
        summary: description.title,
        parameters: in_path.chain(request.query).collect(),
        body: request.body.map(|schema| (schema, false)),
        takes_forms: description.dialect == Dialect::OAuth,
        responses,
        evidence: Some(evidence(description)),
        security: match description.access {
            Access::Project => Some(SECURITY),
            Access::Page(_) => Some(PAGE_SECURITY),
            Access::Public => None,
        },
    }
}

/// The name of an operation, or that of one of its doors. Where there are two, they end in different words.
fn operation_id(route: &Route) -> String {
    let Operation { name, path, .. } = route.description.operation;
    match (route.door(), route.description.doors.len()) {
        (None, _) | (Some(_), 0) => name.to_owned(),
        (Some(_), 1) => format!("sdk.{name}"),
        (Some(_), _) => format!("sdk.{name}.{}", path.rsplit('/').next().unwrap_or_default()),
    }
}

/// Makes of the schema of a backend's body that of a page's.
fn see_through(door: &Door, body: &mut Schema) {
    let object = body.ensure_object();
    if let Some(Value::Object(fields)) = object.get_mut("properties") {
        *fields = door.seen(std::mem::take(fields));
        for name in DISREGARDED {
            let unused = || json!({ "type": ["string", "null"], "description": "Taken and not used." });
            fields.entry(name).or_insert_with(unused);
        }
        let seen: Vec<String> = fields.keys().cloned().collect();
        if let Some(Value::Array(required)) = object.get_mut("required") {
            for name in required.iter_mut() {
                if let Some((page, _)) = door.renamed.iter().find(|(_, own)| name == own) {
                    *name = json!(page);
                }
            }
            required.retain(|name| seen.iter().any(|known| name == known));
        }
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
        "public_token" => "A public token of the project.",
        "provider" => "An OAuth provider, such as google.",
        "client_id" => "The client's id.",
        "connected_app_id" => "The Connected App's `client_id`.",
        "project_id" => "A project's id.",
        "domain" => "The domain that the passkeys are for.",
        _ => "The factor's id.",
    }
}

fn request_id() -> Value {
    json!({ "type": "string", "pattern": "^request-id-(test|live)-[0-9a-f-]{36}$" })
}

/// The answer, with what every answer has; for a page all of it in `data`.
fn success(answer: Schema, description: &Description, door: Option<&Door>) -> Value {
    let (mut schema, status) = (answer.to_value(), description.status.as_u16());
    let mut members = vec![("status_code", json!({ "const": status })), ("request_id", request_id())];
    for (own, page) in door.into_iter().flat_map(|door| door.repeated) {
        members.push((page, schema["properties"][own].clone()));
    }
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
    if door.is_some() {
        let properties = json!({ "data": schema });
        schema = json!({ "type": "object", "properties": properties, "required": ["data"], "additionalProperties": false });
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
