//! `POST /__mock/users` and `/__mock/users/{id}/sessions`: puts one user or one session into the living world,
//! with a seed entry's defaults, and answers what was made as a seed entry.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::ControlError;
use super::input::{Parameters, PathValue, SeedText};
use crate::app::{App, Stage};
use crate::domain::catalogue::ErrorType;
use crate::domain::id::UserHandle;
use crate::domain::population::Conflict;
use crate::domain::project::Project;
use crate::wire::seed::{self, export};

/// Which project is meant; by default the first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    project_id: Option<String>,
}

impl Scope {
    fn project(&self, stage: &Stage) -> Result<Arc<Project>, ControlError> {
        match &self.project_id {
            Some(id) => stage.world.project(id).ok_or_else(|| not_found(format!("there is no project {id}"))),
            None => stage.world.first_project().ok_or_else(|| not_found("the world has no project".to_owned())),
        }
    }
}

/// Puts a user.
pub async fn post(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    SeedText(source): SeedText,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let stage = app.stage();
    let project = scope.project(&stage)?;
    let now = stage.clock.now();
    let record = app.entropy().mint(|mint| seed::read_user(&source, project.environment(), now, mint));
    let record = project
        .add_user(record.map_err(ControlError::bad_body)?, |_, _| None::<Conflict>)
        .map_err(|conflict| taken(&conflict))?;
    Ok((StatusCode::CREATED, Json(export::user(&record))))
}

/// Puts a session.
pub async fn post_session(
    State(app): State<Arc<App>>,
    Parameters(scope): Parameters<Scope>,
    PathValue(id): PathValue,
    SeedText(source): SeedText,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let stage = app.stage();
    let project = scope.project(&stage)?;
    let now = stage.clock.now();
    let missing = || not_found(format!("there is no user {id} in project {}", project.id()));
    let handle =
        UserHandle::parse(&id).map_err(|error| ControlError::new(StatusCode::BAD_REQUEST, format!("user id: {error}")))?;
    let record = project.user(&handle).ok_or_else(missing)?;
    let session = app.entropy().mint(|mint| seed::read_session(&source, &record, project.environment(), now, mint));
    let session = session.map_err(ControlError::bad_body)?;
    let session = Arc::new(session);
    let added = project.change_user(&record.user.id, |record| {
        record.add_session(Arc::clone(&session));
        Ok(())
    });
    let (record, ()) = added.map_err(|refusal| match refusal.error {
        ErrorType::UserNotFound => missing(),
        _ => ControlError::new(StatusCode::CONFLICT, format!("nothing was changed: {}", refusal.reason)),
    })?;
    Ok((StatusCode::CREATED, Json(export::session(&session, &record))))
}

fn not_found(message: String) -> ControlError {
    ControlError::new(StatusCode::NOT_FOUND, message)
}

fn taken(conflict: &Conflict) -> ControlError {
    ControlError::new(StatusCode::CONFLICT, format!("nothing was changed: {conflict}"))
}
