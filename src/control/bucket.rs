//! `/__mock/bucket`: a project's token bucket, read, set, drained and filled.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ControlError;
use super::input::{Input, Parameters, Scope};
use crate::app::{App, Stage};
use crate::domain::bucket::RateSetting;
use crate::domain::project::Project;

/// What a bucket can be told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Its limit, such as `100/s,burst=20` or `off`; it is full then. Default: as it is.
    rate_limit: Option<String>,
    /// The tokens in it. Default: as many as there are.
    level: Option<u64>,
}

/// How full it is.
pub async fn get(State(app): State<Arc<App>>, Parameters(scope): Parameters<Scope>) -> Result<Json<Value>, ControlError> {
    let stage = app.stage_with(scope.project_id())?;
    Ok(Json(show(&stage, &*stage.project(scope.project_id())?)))
}

/// Sets it.
pub async fn put(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    Input(setting): Input<Setting>,
) -> Result<Json<Value>, ControlError> {
    let rate_limit = setting.rate_limit.map(|rate| rate.parse::<RateSetting>());
    let rate_limit =
        rate_limit.transpose().map_err(|error| ControlError::new(StatusCode::BAD_REQUEST, format!("rate_limit: {error}")))?;
    let stage = app.stage_with(scope.project_id())?;
    let project = stage.project(scope.project_id())?;
    if let Some(rate_limit) = rate_limit {
        project.bucket().set(rate_limit, stage.clock.now());
    }
    if let Some(level) = setting.level {
        project.bucket().set_level(level, stage.clock.now());
    }
    Ok(Json(show(&stage, &project)))
}

/// Empties it: the next request is a 429.
pub async fn drain(State(app): State<Arc<App>>, Parameters(scope): Parameters<Scope>) -> Result<Json<Value>, ControlError> {
    set_level(&app, &scope, 0)
}

/// Fills it.
pub async fn fill(State(app): State<Arc<App>>, Parameters(scope): Parameters<Scope>) -> Result<Json<Value>, ControlError> {
    set_level(&app, &scope, u64::MAX)
}

fn set_level(app: &App, scope: &Scope, level: u64) -> Result<Json<Value>, ControlError> {
    let stage = app.stage_with(scope.project_id())?;
    let project = stage.project(scope.project_id())?;
    project.bucket().set_level(level, stage.clock.now());
    Ok(Json(show(&stage, &project)))
}

/// `level` is in whole tokens, `null` where there is no limit.
fn show(stage: &Stage, project: &Project) -> Value {
    let bucket = project.bucket();
    json!({
        "project_id": project.id().as_str(),
        "rate_limit": bucket.setting().to_string(),
        "level": bucket.level(stage.clock.now()),
    })
}
