//! What comes into the control plane: bounded bodies, JSON with its mistakes located, query parameters.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::ControlError;
use crate::wire::seed::report::Source;

/// The most bytes of a control body: a world of some hundred thousand users.
const MOST_BODY_BYTES: usize = 256 << 20;

/// A body as the text of a seed, a user or a session.
pub struct SeedText(pub Source);

impl<S: Send + Sync> FromRequest<S> for SeedText {
    type Rejection = ControlError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ControlError> {
        let text = read(request.into_body()).await?;
        Ok(Self(Source { name: "the body".to_owned(), text }))
    }
}

/// A body as JSON of a known shape; an empty one counts as `{}`.
pub struct Input<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = ControlError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ControlError> {
        let text = read(request.into_body()).await?;
        let text = if text.trim().is_empty() { "{}" } else { text.trim_start() };
        let bad = |message: String| ControlError::new(StatusCode::BAD_REQUEST, format!("the body: {message}"));
        let value = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
        // a list of the values, in the order of their names, would do for serde
        if text.starts_with('{') { Ok(Self(value)) } else { Err(bad("expected an object".to_owned())) }
    }
}

/// Query parameters of a known shape.
pub struct Parameters<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = ControlError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ControlError> {
        let bad = |message: String| ControlError::new(StatusCode::BAD_REQUEST, message);
        Query::try_from_uri(&parts.uri).map(|Query(value)| Self(value)).map_err(|error| bad(error.body_text()))
    }
}

/// Which project is meant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    project_id: Option<String>,
}

impl Scope {
    /// The project's id; without one the first project is meant, or all of them.
    #[must_use]
    pub fn project_id(&self) -> Option<&str> {
        self.project_id.as_deref()
    }
}

/// What stands in the path where the route has a `{name}`.
pub struct PathValue(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathValue {
    type Rejection = ControlError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ControlError> {
        let bad = |_| ControlError::new(StatusCode::BAD_REQUEST, "the path is not UTF-8, percent-decoded");
        Path::from_request_parts(parts, state).await.map(|Path(value)| Self(value)).map_err(bad)
    }
}

async fn read(body: Body) -> Result<String, ControlError> {
    let too_large = |_| {
        let message = format!("the body broke off, or is larger than {} MiB", MOST_BODY_BYTES >> 20);
        ControlError::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    };
    let bytes = to_bytes(body, MOST_BODY_BYTES).await.map_err(too_large)?;
    String::from_utf8(bytes.into()).map_err(|_| ControlError::new(StatusCode::BAD_REQUEST, "the body is not UTF-8"))
}
