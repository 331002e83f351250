//! `GET /__mock/openapi.json`: the OpenAPI document. The control plane's part is read from its routes. The emulated API's
//! part is added by a function that whoever makes the document brings. What is served is a copy of what is made here.

use std::collections::BTreeSet;

use axum::Json;
use axum::handler::Handler;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use super::error::{ErrorBody, Refusal};
use super::route::{Answers, ControlState, DescribedHandler, Description, Entry, Example, PREFIX, Signature};
use crate::wire::openapi::{Document, OperationObject, json_response, response_ref};
use crate::wire::served_openapi;

/// The group of the control routes.
const TAG: &str = "control";

/// What the document says of itself.
const ABOUT: &str = "A local emulator of Stytch's consumer API: the emulated operations, and the control plane under /__mock. \
    A seed's respond_with and a fault can also make any operation answer any error of the vendor's. A fault can make it answer \
    any status. Any GET takes HEAD.";

/// Its route.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![T::of(
        Description {
            method: "GET",
            path: "/openapi.json",
            id: "control.openapi",
            summary: "Describes the emulated API and the control plane, as an OpenAPI 3.1 document.",
            refusals: &[],
            example: Example { status: 200, ..Example::default() },
        },
        get,
    )]
}

async fn get() -> DocumentText {
    DocumentText
}

/// The document as it is answered.
struct DocumentText;

impl IntoResponse for DocumentText {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], served_openapi::text()).into_response()
    }
}

impl Answers for DocumentText {
    fn describe(document: &mut Document) -> (StatusCode, Value) {
        Json::<OpenApi>::describe(document)
    }
}

/// An OpenAPI document, for the schema of this route's own answer.
#[derive(JsonSchema)]
#[schemars(rename = "OpenApiDocument")]
#[expect(dead_code, reason = "the document is served as text; its members are named for its schema")]
struct OpenApi {
    openapi: String,
    info: Map<String, Value>,
    servers: Vec<Map<String, Value>>,
    tags: Vec<Map<String, Value>>,
    paths: Map<String, Value>,
    components: Map<String, Value>,
}

/// A control route as it is described.
pub struct Described {
    description: Description,
    signature: fn(&mut Document) -> Signature,
}

impl Entry for Described {
    fn of<H, A, B>(description: Description, _: H) -> Self
    where
        H: Handler<A, ControlState> + DescribedHandler<B>,
        A: 'static,
    {
        Self { description, signature: H::signature }
    }
}

/// The document: these control routes, and what `describe_api` adds.
pub fn document(routes: &[Described], describe_api: fn(&mut Document)) -> Value {
    let mut document = Document::default();
    describe_api(&mut document);
    document.tag(TAG, "The control plane: no credentials, no limit.");
    let mut refusals = BTreeSet::new();
    for route in routes {
        document_route(route, &mut document, &mut refusals);
    }
    let schema = document.answers().subschema_for::<ErrorBody>();
    for refusal in refusals {
        document.component("responses", refusal.name(), json_response(refusal.description(), schema.as_value()));
    }
    let mut whole = document.finish("stytch-mock", ABOUT);
    for Described { description, .. } in routes {
        let method = description.method.to_lowercase();
        whole["paths"][path(description)][method]["x-example"] = example(description);
    }
    whole
}

fn path(description: &Description) -> String {
    format!("{PREFIX}{}", description.path)
}

fn document_route(route: &Described, document: &mut Document, all_refusals: &mut BTreeSet<Refusal>) {
    let Signature { parameters, body, refusals, answer } = (route.signature)(document);
    let description = &route.description;
    let refusals: BTreeSet<Refusal> = refusals.iter().chain(description.refusals).copied().chain([Refusal::Forbidden]).collect();
    let refused = refusals.iter().map(|refusal| (refusal.status().as_u16(), response_ref(refusal.name())));
    document.operation(OperationObject {
        method: description.method,
        path: path(description),
        id: description.id.to_owned(),
        behind: None,
        tag: TAG,
        summary: description.summary,
        parameters,
        body,
        takes_forms: false,
        responses: answer.map(|(status, response)| (status.as_u16(), response)).into_iter().chain(refused).collect(),
        evidence: None,
        security: None,
    });
    all_refusals.extend(refusals);
}

/// The example, as docs/control-plane.md prints it.
fn example(description: &Description) -> Value {
    let Example { before, path, body, status, answer } = description.example;
    let request = format!("{} {PREFIX}{}", description.method, path.unwrap_or(description.path));
    let mut example = json!({ "request": request, "status": status });
    for (key, text) in [("body", body), ("answer", answer)] {
        if let Some(json) = (!text.is_empty()).then(|| serde_json::from_str(text).expect("an example is JSON")) {
            example[key] = json;
        }
    }
    if !before.is_empty() {
        example["before"] = json!(before);
    }
    example
}
