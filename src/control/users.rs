//! `POST /__mock/users` and `/__mock/users/{id}/sessions`: puts one user or one session into the living world, with a
//! seed entry's defaults, and answers what was made as a seed entry.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

use super::ControlError;
use super::input::{Parameters, PathValue, Scope, SeedText};
use crate::app::App;

/// Puts a user.
pub async fn post(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    SeedText(source): SeedText,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    Ok((StatusCode::CREATED, Json(app.add_user(&source, scope.project_id())?)))
}

/// Puts a session.
pub async fn post_session(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    PathValue(id): PathValue,
    SeedText(source): SeedText,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    Ok((StatusCode::CREATED, Json(app.add_session(&source, &id, scope.project_id())?)))
}
