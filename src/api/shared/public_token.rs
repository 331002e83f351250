//! Finding the project of a public token: what browsers name a project by.

use std::sync::Arc;

use crate::api::serving::call::Call;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};

/// What finding a project can refuse.
pub const PUBLIC_TOKEN_ERRORS: &[ErrorType] = &[ErrorType::PublicTokenRequired, ErrorType::PublicTokenNotFound];

/// The project of a public token.
///
/// # Errors
/// `public_token_required`, `public_token_not_found`.
pub fn project(call: &Call<'_>, public_token: Option<&str>) -> Result<Arc<Project>, Refusal> {
    let missing = || Refusal::new(ErrorType::PublicTokenRequired, "the query has no public_token");
    call.world.project_by_public_token(public_token.ok_or_else(missing)?).ok_or_else(|| {
        let project = call.world.first_project();
        let near = project.map(|project| project.login_settings().public_token(project.id()).into_owned()).unwrap_or_default();
        Refusal::new(ErrorType::PublicTokenNotFound, format!("no project has this public_token; the first project's is {near}"))
    })
}
