//! What a control route takes: JSON bodies with their mistakes located, the text of seeds, query and path parameters.

use std::borrow::Cow;
use std::marker::PhantomData;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::{ControlError, Refusal};
use super::route::{Signature, Takes};
use crate::wire::openapi::{Document, ParameterIn, parameter};
use crate::wire::seed::report::Source;
use crate::wire::seed::value::SeedValue;
use crate::wire::seed::{FaultEntry, ProjectEntry, SeedFile, SessionEntry, UserEntry};

/// The most bytes of a seed: a world of some hundred thousand users.
const MAX_SEED_BYTES: usize = 256 << 20;

/// The most bytes of any other body: a fault brings the body that it answers with.
const MAX_BODY_BYTES: usize = 16 << 20;

/// A body as JSON of a known shape; an empty one counts as `{}`.
pub struct JsonBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = ControlError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ControlError> {
        let text = read(request.into_body()).await?;
        parse(if text.trim().is_empty() { "{}" } else { &text }).map(Self)
    }
}

impl<T: JsonSchema> Takes for JsonBody<T> {
    const BODY_LIMIT: Option<usize> = Some(MAX_BODY_BYTES);

    fn describe(document: &mut Document, signature: &mut Signature) {
        let required = document.request_schema::<T>().get("required").is_some();
        signature.body = Some((document.requests().subschema_for::<T>(), required));
        signature.refusals.extend([Refusal::Invalid, Refusal::TooLarge, Refusal::TimedOut]);
    }
}

/// Reads a body as JSON of a known shape.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ControlError> {
    let text = text.trim_start();
    let value = serde_json::from_str(text).map_err(|error| ControlError::invalid(format!("the body: {error}")))?;
    // a list of the values, in the order of their names, would do for serde
    if text.starts_with('{') { Ok(value) } else { Err(ControlError::invalid("the body: expected an object")) }
}

/// A body as the text of a seed, or of a part of one; the emulator's own reader finds its problems. `T` says its schema.
pub struct SeedText<T> {
    /// The text.
    pub source: Source,
    schema: PhantomData<T>,
}

impl<S: Send + Sync, T> FromRequest<S> for SeedText<T> {
    type Rejection = ControlError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ControlError> {
        let text = read(request.into_body()).await?;
        Ok(Self { source: Source { name: "the body".to_owned(), text }, schema: PhantomData })
    }
}

impl<T: SeedBody> Takes for SeedText<T> {
    const BODY_LIMIT: Option<usize> = Some(MAX_SEED_BYTES);

    fn describe(document: &mut Document, signature: &mut Signature) {
        signature.body = Some((document.requests().subschema_for::<T>(), T::REQUIRED));
        signature.refusals.extend([Refusal::Invalid, Refusal::TooLarge, Refusal::TimedOut]);
    }
}

/// What a [`SeedText`] may hold.
pub trait SeedBody: JsonSchema {
    /// Whether there has to be a body.
    const REQUIRED: bool = true;
}

/// An entry of a seed, as it is sent and as it is answered.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct SeedJson<E> {
    json: Value,
    #[serde(skip)]
    entry: PhantomData<E>,
}

impl<E> From<Value> for SeedJson<E> {
    fn from(json: Value) -> Self {
        Self { json, entry: PhantomData }
    }
}

impl<E: SeedEntry> SeedBody for SeedJson<E> {}

impl<E: SeedEntry> JsonSchema for SeedJson<E> {
    fn schema_name() -> Cow<'static, str> {
        E::SCHEMA_NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::try_from(E::schema()).unwrap_or_default()
    }
}

/// What has a schema of its own in the document.
pub trait SeedEntry: SeedValue {
    /// The schema's name.
    const SCHEMA_NAME: &'static str;
}

impl SeedEntry for SeedFile {
    const SCHEMA_NAME: &'static str = "Seed";
}

impl SeedEntry for ProjectEntry {
    const SCHEMA_NAME: &'static str = "SeedProject";
}

impl SeedEntry for UserEntry {
    const SCHEMA_NAME: &'static str = "SeedUser";
}

impl SeedEntry for SessionEntry {
    const SCHEMA_NAME: &'static str = "SeedSession";
}

impl SeedEntry for FaultEntry {
    const SCHEMA_NAME: &'static str = "Fault";
}

/// Query parameters of a known shape.
pub struct QueryParameters<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for QueryParameters<T> {
    type Rejection = ControlError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ControlError> {
        let query = Query::try_from_uri(&parts.uri).map(|Query(value)| Self(value));
        query.map_err(|error| ControlError::invalid(error.body_text()))
    }
}

impl<T: JsonSchema> Takes for QueryParameters<T> {
    fn describe(document: &mut Document, signature: &mut Signature) {
        describe_members::<T>(ParameterIn::Query, document, signature);
    }
}

/// What stands in the path where the route has its `{name}`s.
pub struct PathParameters<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for PathParameters<T> {
    type Rejection = ControlError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ControlError> {
        let path = Path::from_request_parts(parts, state).await.map(|Path(value)| Self(value));
        path.map_err(|_| ControlError::invalid("the path is not UTF-8, percent-decoded"))
    }
}

impl<T: JsonSchema> Takes for PathParameters<T> {
    fn describe(document: &mut Document, signature: &mut Signature) {
        describe_members::<T>(ParameterIn::Path, document, signature);
    }
}

/// Each member of a `T` is a parameter, and its doc comment the description.
fn describe_members<T: JsonSchema>(place: ParameterIn, document: &mut Document, signature: &mut Signature) {
    signature.refusals.push(Refusal::Invalid);
    let mut schema = document.request_schema::<T>().to_value();
    let required = schema["required"].take();
    let Value::Object(members) = schema["properties"].take() else { return };
    for (name, mut member) in members {
        let description = member.as_object_mut().and_then(|member| member.remove("description"));
        // absence is not said by a null in a path or a query
        if let Some(kind) = member["type"].as_array().and_then(|kinds| kinds.first()).cloned() {
            member["type"] = kind;
        }
        let required = required.as_array().is_some_and(|required| required.contains(&json!(name)));
        let description = description.as_ref().and_then(Value::as_str).unwrap_or_default();
        signature.parameters.push(parameter(place, &name, required, description, &member));
    }
}

/// One project, or all of them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The id of the one project that is meant. Default: all projects are.
    pub project_id: Option<String>,
}

/// One project.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneProject {
    /// The project's id. Default: the first project.
    pub project_id: Option<String>,
}

/// How many were taken away.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Deleted {
    /// How many.
    pub deleted: usize,
}

async fn read(body: Body) -> Result<String, ControlError> {
    let body = body.collect().await.map_err(|error| {
        let error = error.into_inner();
        if error.is::<LengthLimitError>() {
            ControlError::new(Refusal::TooLarge, "the body is too large")
        } else {
            ControlError::invalid(format!("the body broke off: {error}"))
        }
    })?;
    String::from_utf8(body.to_bytes().into()).map_err(|_| ControlError::invalid("the body is not UTF-8"))
}
