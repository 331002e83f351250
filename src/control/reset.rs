//! `POST /__mock/reset`: back to the boot seed, clock and buckets included, in one step.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::app::App;

/// Resets.
pub async fn post(State(app): State<Arc<App>>) -> Json<Value> {
    app.reset();
    let counts = app.boot_counts();
    Json(json!({ "projects": counts.projects, "users": counts.users, "sessions": counts.sessions }))
}
