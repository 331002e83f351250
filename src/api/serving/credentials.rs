//! Basic credentials: who is calling, and which of the vendor's two refusals answers if nobody is.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::app::{App, RunningWorld};
use crate::config::AuthMode;
use crate::domain::id::ProjectId;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal, Remedy};
use crate::domain::world::World;

/// Finds the project that a request's credentials prove.
///
/// # Errors
/// `unauthorized_credentials`, or `invalid_project_id_authentication` for a project id that has neither the
/// vendor's form nor a seed's blessing.
pub fn authenticate(headers: &HeaderMap, app: &App, running_world: &RunningWorld) -> Result<Arc<Project>, Refusal> {
    let (world, mode) = (&running_world.world, app.settings().auth);
    let header = headers.get(AUTHORIZATION).ok_or_else(|| unauthorized("there is no authorization header"))?;
    let credentials = decode(header.as_bytes()).map_err(unauthorized)?;
    let colon = credentials.iter().position(|byte| *byte == b':');
    let colon = colon.ok_or_else(|| unauthorized("the Basic credentials have no colon between project id and secret"))?;
    let (id, secret) = (&credentials[..colon], &credentials[colon + 1..]);
    let id = std::str::from_utf8(id).unwrap_or_default();
    let project = find(world, id);
    match (mode, project) {
        (AuthMode::Any, Some(project)) => Ok(project),
        (AuthMode::Any, None) => {
            let provided = provide(app, running_world, id, secret).ok().flatten();
            provided.or_else(|| world.first_project()).ok_or_else(|| unauthorized("the seed has no project"))
        }
        (AuthMode::Strict, Some(project)) if project.is_proved_by(secret) => Ok(project),
        (AuthMode::Strict, Some(project)) if !project.secrets().is_empty() => Err(unproved(&project)),
        (AuthMode::Strict, _) => match provide(app, running_world, id, secret)? {
            Some(project) if project.is_proved_by(secret) => Ok(project),
            Some(project) => Err(unproved(&project)),
            None if ProjectId::is_vendor_form(id) => {
                Err(unauthorized(format!("no project {id} is seeded; there are: {}", known(world))))
            }
            None => Err(Refusal::new(
                ErrorType::InvalidProjectIdAuthentication,
                format!(
                    "the project id is neither seeded nor of the form project-(test|live)-<uuid>; there are: {}",
                    known(world)
                ),
            )),
        },
    }
}

fn unproved(project: &Project) -> Refusal {
    unauthorized(format!("this is none of the {} secrets of project {}", project.secrets().len(), project.id()))
}

/// A project of the caller's own, if they are given out: made on its first call, or when somebody steered it before.
fn provide(app: &App, running_world: &RunningWorld, id: &str, secret: &[u8]) -> Result<Option<Arc<Project>>, Refusal> {
    let Ok(secret) = std::str::from_utf8(secret) else { return Ok(None) };
    app.provide_project(running_world, id, secret).map_err(|error| unauthorized(error.to_string()))
}

/// A project by its id, whose UUID may be in any letter case.
fn find(world: &World, id: &str) -> Option<Arc<Project>> {
    world.project(id).or_else(|| world.project(ProjectId::parse(id).ok()?.as_str()))
}

fn known(world: &World) -> String {
    let projects = world.projects();
    let mut ids: Vec<String> = projects.iter().take(3).map(|project| project.id().to_string()).collect();
    if projects.len() > ids.len() {
        ids.push(format!("and {} more", projects.len() - ids.len()));
    }
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

/// What stands behind `Basic`, decoded.
pub(super) fn decode(header: &[u8]) -> Result<Vec<u8>, &'static str> {
    let (scheme, encoded) = header.split_at_checked(6).ok_or("the authorization header is not of the scheme Basic")?;
    if !scheme.eq_ignore_ascii_case(b"basic ") {
        return Err("the authorization header is not of the scheme Basic");
    }
    STANDARD.decode(encoded).map_err(|_| "what stands behind Basic is not base64")
}

fn unauthorized(reason: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::new(ErrorType::UnauthorizedCredentials, reason).with_remedy(Remedy::Challenge)
}
