//! `/__mock/faults`: scripted faults, added, listed with their counts, taken away.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::ControlError;
use super::input::{Parameters, PathValue, Scope, SeedText};
use crate::app::App;

/// Every fault, or a project's.
pub async fn get(State(app): State<Arc<App>>, Parameters(scope): Parameters<Scope>) -> Result<Json<Value>, ControlError> {
    Ok(Json(json!({ "faults": app.faults(scope.project_id())? })))
}

/// Adds a fault.
pub async fn post(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    SeedText(source): SeedText,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    Ok((StatusCode::CREATED, Json(app.add_fault(&source, scope.project_id())?)))
}

/// Takes all faults away, or a project's.
pub async fn delete(State(app): State<Arc<App>>, Parameters(scope): Parameters<Scope>) -> Result<Json<Value>, ControlError> {
    Ok(Json(json!({ "deleted": app.delete_faults(None, scope.project_id())? })))
}

/// Takes one fault away.
pub async fn delete_one(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    PathValue(id): PathValue,
) -> Result<Json<Value>, ControlError> {
    let unknown = |_| ControlError::new(StatusCode::NOT_FOUND, format!("there is no fault {id}: they have numbers"));
    let id = id.parse().map_err(unknown)?;
    Ok(Json(json!({ "deleted": app.delete_faults(Some(id), scope.project_id())? })))
}
