//! The test control plane under `/__mock`: JSON in, JSON out, beside the vendor's layers and never counted or
//! limited by them. Errors are `{"error": …}` with a status.

pub mod ca;
pub mod clock;
pub mod health;
pub mod input;
pub mod origin;
pub mod reset;
pub mod state;
pub mod users;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use serde_json::{Value, json};

use crate::app::App;
use crate::wire::seed::report::Problem;

/// Where the control plane lives.
pub const PREFIX: &str = "/__mock";

/// The control plane's routes.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/health", get(health::get))
        .route("/ca.pem", get(ca::get))
        .route("/state", get(state::get).put(state::put))
        .route("/reset", post(reset::post))
        .route("/clock", get(clock::get).put(clock::put))
        .route("/clock/advance", post(clock::advance))
        .route("/users", post(users::post))
        .route("/users/{id}/sessions", post(users::post_session))
        .fallback(unknown_route)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(origin::refuse_foreign))
        .with_state(app)
}

async fn unknown_route() -> ControlError {
    ControlError::new(StatusCode::NOT_FOUND, "there is no such control route; the README lists them")
}

async fn wrong_method() -> ControlError {
    ControlError::new(StatusCode::METHOD_NOT_ALLOWED, "this control route does not take this method")
}

/// What the control plane refuses, and why.
#[derive(Debug)]
pub struct ControlError {
    status: StatusCode,
    message: String,
    problems: Vec<Problem>,
}

impl ControlError {
    /// A refusal.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), problems: Vec::new() }
    }

    /// The refusal of a body for what it says; nothing was changed.
    #[must_use]
    pub fn bad_body(problems: Vec<Problem>) -> Self {
        let count = problems.len();
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        let message = match count {
            1 => format!("nothing was changed: {first}"),
            _ => format!("nothing was changed: {count} problems, the first: {first}"),
        };
        Self { problems, ..Self::new(StatusCode::BAD_REQUEST, message) }
    }
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.message });
        if !self.problems.is_empty() {
            body["problems"] = serde_json::to_value(&self.problems).unwrap_or(Value::Null);
        }
        (self.status, Json(body)).into_response()
    }
}
