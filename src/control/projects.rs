//! `/__mock/projects`: a fresh project for each parallel test worker, cloned or described.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::ControlError;
use super::input::{PathValue, SeedText};
use crate::app::App;

/// Every project's credentials.
pub async fn get(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({ "projects": app.projects().iter().map(Value::from).collect::<Vec<_>>() }))
}

/// Makes a project: from `{"from": "project-…"}` or nothing a clone, from anything else what it describes.
pub async fn post(State(app): State<Arc<App>>, SeedText(source): SeedText) -> Result<(StatusCode, Json<Value>), ControlError> {
    let body: Value = serde_json::from_str(&source.text).unwrap_or_default();
    let members = body.as_object();
    let credentials = match (members, members.and_then(|members| members.get("from"))) {
        _ if source.text.trim().is_empty() => app.clone_project(None)?,
        (Some(members), None) if members.is_empty() => app.clone_project(None)?,
        (Some(members), Some(Value::String(from))) if members.len() == 1 => app.clone_project(Some(from))?,
        _ => app.add_project(&source)?,
    };
    Ok((StatusCode::CREATED, Json(Value::from(&credentials))))
}

/// Takes a project away.
pub async fn delete(State(app): State<Arc<App>>, PathValue(id): PathValue) -> Result<Json<Value>, ControlError> {
    app.delete_project(&id)?;
    Ok(Json(json!({ "deleted": 1 })))
}
