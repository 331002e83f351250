//! The two ways to a project's OAuth endpoints: by the project's id, and as on a domain of its own. Source: the vendor's
//! reference. A local emulator has no such domain: its own address stands for it, and the client says whose it is.

use std::sync::Arc;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::Operation;
use crate::domain::oauth_clients::OAuthClients;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};

/// A way to the OAuth endpoints.
pub trait Door {
    /// Where tokens are.
    const TOKEN: Operation;

    /// The project that is asked; `client_id` says who asks.
    ///
    /// # Errors
    /// `project_not_found`.
    fn project(call: &Call<'_>, client_id: Option<&str>) -> Result<Arc<Project>, Refusal>;
}

/// By the id of the project.
pub struct ProjectDoor;

/// As on a domain of the project's own.
pub struct DomainDoor;

impl Door for ProjectDoor {
    const TOKEN: Operation = Operation { name: "m2m.token", method: "POST", path: "/v1/public/{project_id}/oauth2/token" };

    fn project(call: &Call<'_>, _: Option<&str>) -> Result<Arc<Project>, Refusal> {
        let id = call.path_value("project_id").unwrap_or_default();
        call.world.project(id).ok_or_else(|| Refusal::new(ErrorType::ProjectNotFound, format!("no project {id} is seeded")))
    }
}

impl Door for DomainDoor {
    const TOKEN: Operation = Operation { name: "m2m.token (custom domain)", method: "POST", path: "/v1/oauth2/token" };

    fn project(call: &Call<'_>, client_id: Option<&str>) -> Result<Arc<Project>, Refusal> {
        let has = |clients: &OAuthClients| client_id.is_some_and(|id| clients.has(id));
        let owner = call.world.projects().into_iter().find(|project| project.oauth_clients().read(has));
        let missing = || Refusal::new(ErrorType::ProjectNotFound, "the seed has no project");
        owner.or_else(|| call.world.first_project()).ok_or_else(missing)
    }
}
