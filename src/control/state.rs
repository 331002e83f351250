//! `GET` and `PUT /__mock/state`: the whole world as a seed, and another in its place.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::ControlError;
use super::input::SeedText;
use crate::ambient::ClockMode;
use crate::app::App;
use crate::wire::seed::export;

/// The world as a seed: whoever loads it gets the same users, sessions and tokens.
pub async fn get(State(app): State<Arc<App>>) -> Json<Value> {
    let stage = app.stage();
    let clock = match stage.clock.mode() {
        ClockMode::Frozen(at) => Some(at),
        ClockMode::Running { .. } => None,
    };
    Json(export::world(clock, stage.world.projects().iter().map(AsRef::as_ref)))
}

/// Replaces the world, or changes nothing.
pub async fn put(State(app): State<Arc<App>>, SeedText(source): SeedText) -> Result<Json<Value>, ControlError> {
    let counts = app.replace(source).map_err(ControlError::bad_body)?;
    Ok(Json(json!({ "projects": counts.projects, "users": counts.users, "sessions": counts.sessions })))
}
