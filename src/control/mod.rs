//! The test control plane under `/__mock`: JSON in, JSON out, beside the vendor's layers and never counted or
//! limited by them. Errors are `{"error": …}` with a status.

pub mod bucket;
pub mod ca;
pub mod clock;
pub mod faults;
pub mod health;
pub mod input;
pub mod openapi;
pub mod origin;
pub mod projects;
pub mod requests;
pub mod snapshots;
pub mod state;
pub mod users;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, post, put};
use axum::{Json, Router, middleware};
use serde_json::{Value, json};

use crate::app::{App, SteerError};
use crate::wire::seed::report::Problem;

/// Where the control plane lives.
pub const PREFIX: &str = "/__mock";

/// Every route, by its path under the prefix.
fn routes() -> [(&'static str, MethodRouter<Arc<App>>); 19] {
    [
        ("/health", get(health::get)),
        ("/openapi.json", get(openapi::get)),
        ("/ca.pem", get(ca::get)),
        ("/state", get(state::get).put(state::put)),
        ("/reset", post(state::reset)),
        ("/clock", get(clock::get).put(clock::put)),
        ("/clock/advance", post(clock::advance)),
        ("/bucket", get(bucket::get).put(bucket::put)),
        ("/bucket/drain", post(bucket::drain)),
        ("/bucket/fill", post(bucket::fill)),
        ("/faults", get(faults::get).post(faults::post).delete(faults::delete)),
        ("/faults/{id}", delete(faults::delete_one)),
        ("/requests", get(requests::get).delete(requests::delete)),
        ("/projects", get(projects::get).post(projects::post)),
        ("/projects/{id}", delete(projects::delete)),
        ("/snapshots", get(snapshots::list)),
        ("/snapshots/{name}", put(snapshots::put).post(snapshots::post).delete(snapshots::delete)),
        ("/users", post(users::post)),
        ("/users/{id}/sessions", post(users::post_session)),
    ]
}

/// The control plane.
pub fn router(app: Arc<App>) -> Router {
    let routes = routes().into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    routes
        .fallback(unknown_route)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(origin::refuse_foreign))
        .with_state(app)
}

/// Answers where no route is.
pub async fn unknown_route() -> ControlError {
    ControlError::new(StatusCode::NOT_FOUND, "there is no such control route; GET /__mock/openapi.json lists them")
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
}

impl From<SteerError> for ControlError {
    fn from(error: SteerError) -> Self {
        let status = match &error {
            SteerError::NotFound(_) => StatusCode::NOT_FOUND,
            SteerError::Conflict(_) => StatusCode::CONFLICT,
            SteerError::Invalid(_) | SteerError::Problems(_) => StatusCode::BAD_REQUEST,
            SteerError::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
        };
        let message = error.to_string();
        let problems = match error {
            SteerError::Problems(problems) => problems,
            _ => Vec::new(),
        };
        Self { status, message, problems }
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
