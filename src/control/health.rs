//! `GET /__mock/health`: 200 once the emulator answers.

use axum::Json;
use schemars::JsonSchema;
use serde::Serialize;

use super::route::{Description, Entry, Example};

/// Its route.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![T::of(
        Description {
            method: "GET",
            path: "/health",
            id: "control.health",
            summary: "Answers once the emulator is ready.",
            refusals: &[],
            example: Example {
                status: 200,
                answer: concat!(r#"{"status": "ok", "version": ""#, env!("CARGO_PKG_VERSION"), r#""}"#),
                ..Example::default()
            },
        },
        get,
    )]
}

/// That the emulator answers.
#[derive(Debug, Serialize, JsonSchema)]
struct Health {
    /// Always `ok`.
    status: &'static str,
    /// The emulator's version.
    version: &'static str,
}

async fn get() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}
