//! `/__mock/snapshots/{name}`: `PUT` saves, `POST` restores, `DELETE` drops.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::ControlError;
use super::input::{Parameters, PathValue, Scope};
use super::state::show;
use crate::app::App;

/// What snapshots there are: all, or a project's.
pub async fn list(State(app): State<Arc<App>>, Parameters(scope): Parameters<Scope>) -> Json<Value> {
    Json(json!({ "snapshots": app.snapshots(scope.project_id()) }))
}

/// Saves the world, or a project.
pub async fn put(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    PathValue(name): PathValue,
) -> Result<Json<Value>, ControlError> {
    Ok(Json(show(app.save_snapshot(&name, scope.project_id())?)))
}

/// Restores what was saved, or of that a project.
pub async fn post(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    PathValue(name): PathValue,
) -> Result<Json<Value>, ControlError> {
    app.restore_snapshot(&name, scope.project_id())?;
    Ok(Json(json!({ "restored": name })))
}

/// Drops a snapshot.
pub async fn delete(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    PathValue(name): PathValue,
) -> Result<Json<Value>, ControlError> {
    app.drop_snapshot(&name, scope.project_id())?;
    Ok(Json(json!({ "deleted": 1 })))
}
