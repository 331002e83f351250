//! What the control plane refuses: each kind has one status, and all are `{"error": …}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::SteerError;
use crate::wire::seed::report::Problem;

/// A kind of refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// 400: the request makes no sense.
    Invalid,
    /// 403: a web page of another site sent it, or could have.
    Forbidden,
    /// 404: what it names is not there.
    NotFound,
    /// 405: the route does not take this method.
    MethodNotAllowed,
    /// 408: it took too long to arrive.
    TimedOut,
    /// 409: it collides with what is there.
    Conflict,
    /// 413: its body is too large.
    TooLarge,
    /// 500: a bug in the emulator.
    Bug,
    /// 507: there is no room for more.
    Full,
}

impl Refusal {
    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::Invalid => StatusCode::BAD_REQUEST,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TimedOut => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Bug => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
        }
    }

    /// What it is called in the OpenAPI document. The emulated API's refusals stand beside it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Invalid => "ControlInvalid",
            Self::Forbidden => "ControlForbidden",
            Self::NotFound => "ControlNotFound",
            Self::MethodNotAllowed => "ControlMethodNotAllowed",
            Self::TimedOut => "ControlTimedOut",
            Self::Conflict => "ControlConflict",
            Self::TooLarge => "ControlTooLarge",
            Self::Bug => "ControlBug",
            Self::Full => "ControlFull",
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Invalid => "The request makes no sense. Nothing was changed.",
            Self::Forbidden => "A web page of another site sent the request, or could have.",
            Self::NotFound => "What was named is not there.",
            Self::MethodNotAllowed => "The route does not take this method.",
            Self::TimedOut => "The request took too long to arrive.",
            Self::Conflict => "An id is taken. Nothing was changed.",
            Self::TooLarge => "The body is too large.",
            Self::Bug => "A bug in the emulator.",
            Self::Full => "There is no room for more.",
        }
    }
}

/// A refusal and why.
#[derive(Debug)]
pub struct ControlError {
    refusal: Refusal,
    body: ErrorBody,
}

/// The body of a refusal.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ControlError")]
pub struct ErrorBody {
    /// What was refused, and why.
    pub error: String,
    /// Each problem of a seed, or of a part of one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Problem>,
}

impl ControlError {
    /// A refusal.
    pub fn new(refusal: Refusal, error: impl Into<String>) -> Self {
        Self { refusal, body: ErrorBody { error: error.into(), problems: Vec::new() } }
    }

    /// A request that makes no sense.
    pub fn invalid(error: impl Into<String>) -> Self {
        Self::new(Refusal::Invalid, error)
    }
}

impl From<SteerError> for ControlError {
    fn from(error: SteerError) -> Self {
        let refusal = match &error {
            SteerError::NotFound(_) => Refusal::NotFound,
            SteerError::Conflict(_) => Refusal::Conflict,
            SteerError::Invalid(_) | SteerError::Problems(_) => Refusal::Invalid,
            SteerError::Full(_) => Refusal::Full,
        };
        let message = error.to_string();
        let problems = match error {
            SteerError::Problems(problems) => problems,
            _ => Vec::new(),
        };
        Self { refusal, body: ErrorBody { error: message, problems } }
    }
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        (self.refusal.status(), Json(self.body)).into_response()
    }
}
