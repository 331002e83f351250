//! A route of the control plane, described once. Its name, its refusals and an example are written beside its handler. What
//! it takes and answers is read from the handler's types. The router and the OpenAPI document come from both.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::error::{ControlError, Refusal};
use super::feed::Feed;
use crate::app::App;
use crate::wire::openapi::{Document, json_response};

/// Where the control plane lives.
pub const PREFIX: &str = "/__mock";

/// What the control plane says of itself.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Index {
    /// The emulator's version.
    pub version: &'static str,
    /// Where a browser gets the emulator's page.
    pub page: String,
    /// Where the OpenAPI document is.
    pub openapi: String,
    /// Every route.
    pub routes: Vec<RouteOfIndex>,
}

/// A route, in a line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RouteOfIndex {
    /// Its method.
    pub method: &'static str,
    /// Its path; `{name}` stands for one segment.
    pub path: String,
    /// What it does.
    pub summary: &'static str,
}

/// What every handler may ask for.
#[derive(Clone)]
pub struct ControlState {
    /// The emulator.
    pub app: Arc<App>,
    /// What the index says.
    pub index: Arc<Index>,
    /// What happens, for whoever reads along.
    pub feed: Arc<Feed>,
}

impl FromRef<ControlState> for Arc<App> {
    fn from_ref(state: &ControlState) -> Self {
        Self::clone(&state.app)
    }
}

impl FromRef<ControlState> for Arc<Index> {
    fn from_ref(state: &ControlState) -> Self {
        Self::clone(&state.index)
    }
}

impl FromRef<ControlState> for Arc<Feed> {
    fn from_ref(state: &ControlState) -> Self {
        Self::clone(&state.feed)
    }
}

/// What is written of a route.
#[derive(Debug)]
pub struct Description {
    /// Its method, in capitals.
    pub method: &'static str,
    /// Its path under the prefix; `{name}` stands for one segment.
    pub path: &'static str,
    /// Its `operationId`.
    pub id: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// What it may refuse, beside what follows from what it takes.
    pub refusals: &'static [Refusal],
    /// A request and its answer.
    pub example: Example,
}

/// A request and its answer, as the emulator of docs/control-plane.md gives it.
#[derive(Debug, Default)]
pub struct Example {
    /// Requests that come first, such as `PUT /__mock/snapshots/before`.
    pub before: &'static [&'static str],
    /// The path under the prefix and the query. Default: the route's.
    pub path: Option<&'static str>,
    /// The body; empty: none.
    pub body: &'static str,
    /// The status.
    pub status: u16,
    /// The body of the answer; empty: any.
    pub answer: &'static str,
}

/// What the types of a handler say.
#[derive(Debug, Default)]
pub struct Signature {
    /// Its parameters, as OpenAPI's Parameter Objects.
    pub parameters: Vec<Value>,
    /// The schema of its body, and whether there has to be one.
    pub body: Option<(schemars::Schema, bool)>,
    /// What may be refused of what it takes.
    pub refusals: Vec<Refusal>,
    /// The status of its answer, and its Response Object.
    pub answer: Option<(StatusCode, Value)>,
}

/// What the routes are made into: what serves them, or what describes them.
pub trait Entry {
    /// A route and its handler.
    fn of<H, A, B>(description: Description, handler: H) -> Self
    where
        H: Handler<A, ControlState> + DescribedHandler<B>,
        A: 'static;
}

/// A route as it is served.
pub struct Route {
    /// Its method, in capitals.
    pub method: &'static str,
    /// Its path under the prefix.
    pub path: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// The most bytes that its body may have, if it takes one.
    pub body_limit: Option<usize>,
    /// Its handler.
    pub handler: MethodRouter<ControlState>,
}

impl Entry for Route {
    /// # Panics
    /// If the method is none that axum routes.
    fn of<H, A, B>(description: Description, handler: H) -> Self
    where
        H: Handler<A, ControlState> + DescribedHandler<B>,
        A: 'static,
    {
        let Description { method, path, summary, .. } = description;
        let filter = Method::from_bytes(method.as_bytes()).ok().and_then(|method| MethodFilter::try_from(method).ok());
        let handler = on(filter.expect("axum routes the usual methods"), handler);
        Self { method, path, summary, body_limit: H::body_limit(), handler }
    }
}

/// What a handler takes of a request.
pub trait Takes {
    /// The most bytes of the body, if it reads one.
    const BODY_LIMIT: Option<usize> = None;

    /// Adds it to what the handler's types say.
    fn describe(document: &mut Document, signature: &mut Signature);
}

impl<T> Takes for State<T> {
    fn describe(_: &mut Document, _: &mut Signature) {}
}

/// What a handler answers with.
pub trait Answers {
    /// The status, and the Response Object.
    fn describe(document: &mut Document) -> (StatusCode, Value);
}

impl<T: Answers> Answers for Result<T, ControlError> {
    fn describe(document: &mut Document) -> (StatusCode, Value) {
        T::describe(document)
    }
}

impl<T: JsonSchema> Answers for Json<T> {
    fn describe(document: &mut Document) -> (StatusCode, Value) {
        let schema = document.answers().subschema_for::<T>();
        (StatusCode::OK, json_response("Done.", schema.as_value()))
    }
}

/// 201 with what was made.
pub struct Created<T>(pub T);

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

impl<T: JsonSchema> Answers for Created<T> {
    fn describe(document: &mut Document) -> (StatusCode, Value) {
        (StatusCode::CREATED, Json::<T>::describe(document).1)
    }
}

/// A text of another type than JSON.
pub fn text_response(description: &str, content_type: &str) -> Value {
    json!({ "description": description, "content": { content_type: { "schema": { "type": "string" } } } })
}

/// A handler whose types say what it takes and gives.
pub trait DescribedHandler<Arguments> {
    /// What they say.
    fn signature(document: &mut Document) -> Signature;

    /// The most bytes of the body, if it reads one.
    fn body_limit() -> Option<usize>;
}

macro_rules! described {
    ($($argument:ident),*) => {
        impl<Function, Answer, Output, $($argument),*> DescribedHandler<($($argument,)*)> for Function
        where
            Function: Fn($($argument),*) -> Answer,
            Answer: Future<Output = Output>,
            Output: Answers,
            $($argument: Takes,)*
        {
            fn signature(document: &mut Document) -> Signature {
                let mut signature = Signature::default();
                $($argument::describe(document, &mut signature);)*
                signature.answer = Some(Output::describe(document));
                signature
            }

            fn body_limit() -> Option<usize> {
                None$(.or($argument::BODY_LIMIT))*
            }
        }
    };
}

described!();
described!(A);
described!(A, B);
described!(A, B, C);
described!(A, B, C, D);
