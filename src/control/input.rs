//! What comes into the control plane: bounded bodies, JSON with its mistakes located, query parameters.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::ControlError;
use crate::wire::seed::report::Source;

/// The most MiB of a seed: a world of some hundred thousand users.
const MOST_SEED_MIB: usize = 256;

/// The most MiB of any other body: a fault brings the body that it answers with.
const MOST_INPUT_MIB: usize = 16;

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_mins(1);

/// A body as the text of a seed, a user or a session.
pub struct SeedText(pub Source);

impl<S: Send + Sync> FromRequest<S> for SeedText {
    type Rejection = ControlError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ControlError> {
        let text = read(request.into_body(), MOST_SEED_MIB).await?;
        Ok(Self(Source { name: "the body".to_owned(), text }))
    }
}

/// A body as JSON of a known shape; an empty one counts as `{}`.
pub struct Input<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = ControlError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ControlError> {
        let text = read(request.into_body(), MOST_INPUT_MIB).await?;
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

async fn read(body: Body, most_mib: usize) -> Result<String, ControlError> {
    let bad = |message: String| ControlError::new(StatusCode::BAD_REQUEST, message);
    let body = tokio::time::timeout(BODY_TIMEOUT, Limited::new(body, most_mib << 20).collect()).await;
    let body = body.map_err(|_| bad(format!("the body did not arrive within {} s", BODY_TIMEOUT.as_secs())))?;
    let body = body.map_err(|error| {
        if error.is::<LengthLimitError>() {
            ControlError::new(StatusCode::PAYLOAD_TOO_LARGE, format!("the body is larger than {most_mib} MiB"))
        } else {
            bad(format!("the body broke off: {error}"))
        }
    })?;
    String::from_utf8(body.to_bytes().into()).map_err(|_| bad("the body is not UTF-8".to_owned()))
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use futures_util::stream;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_body_that_is_too_large_or_too_slow_or_broken_is_refused() {
        type Frame = Result<Bytes, std::io::Error>;
        let too_large = Body::from(vec![b' '; (1 << 20) + 1]);
        let too_slow = Body::from_stream(stream::pending::<Frame>());
        let broken = Body::from_stream(stream::iter([Ok(Bytes::from("{")), Err(std::io::Error::other("gone"))]));
        for (body, status, message) in [
            (too_large, StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than 1 MiB"),
            (too_slow, StatusCode::BAD_REQUEST, "the body did not arrive within 60 s"),
            (broken, StatusCode::BAD_REQUEST, "the body broke off: gone"),
            (Body::from(vec![0xff]), StatusCode::BAD_REQUEST, "the body is not UTF-8"),
        ] {
            let error = read(body, 1).await.unwrap_err();
            assert_eq!((error.status, error.message.as_str()), (status, message));
        }
        assert_eq!(read(Body::from(vec![b' '; 1 << 20]), 1).await.unwrap().len(), 1 << 20);
    }
}
