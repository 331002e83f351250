//! `GET /__mock/health`: 200 once the emulator answers.

use axum::Json;
use serde_json::{Value, json};

/// Answers that it is there.
pub async fn get() -> Json<Value> {
    Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}
