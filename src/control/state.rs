//! `GET` and `PUT /__mock/state`, `POST /__mock/reset`: the whole world as a seed, another in its place, or back to the
//! boot seed. With `?project_id=` the same for one project.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::ControlError;
use super::input::{Parameters, Scope, SeedText};
use crate::app::App;
use crate::wire::seed::Counts;

/// The world as a seed: whoever loads it gets the same users, sessions and tokens.
pub async fn get(State(app): State<Arc<App>>, Parameters(scope): Parameters<Scope>) -> Result<Json<Value>, ControlError> {
    Ok(Json(app.state(scope.project_id())?))
}

/// Replaces the world, or changes nothing.
pub async fn put(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    SeedText(source): SeedText,
) -> Result<Json<Value>, ControlError> {
    Ok(Json(show(app.replace(source, scope.project_id())?)))
}

/// Goes back to the boot seed.
pub async fn reset(State(app): State<Arc<App>>, Parameters(scope): Parameters<Scope>) -> Result<Json<Value>, ControlError> {
    Ok(Json(show(app.reset(scope.project_id())?)))
}

pub(super) fn show(counts: Counts) -> Value {
    json!({ "projects": counts.projects, "users": counts.users, "sessions": counts.sessions })
}
