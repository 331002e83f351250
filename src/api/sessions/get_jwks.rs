//! `GET /v1/sessions/jwks/{project_id}`: the public keys that session JWTs are signed with, for anybody. Source: the
//! vendor's schema; that no credentials are needed follows from four SDKs that send none.

use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::project::Project;
use crate::wire::envelope::Payload;
use crate::wire::jwks::JwkBody;

/// What the real service lets clients do with its keys, as an official SDK quotes it.
const CACHE_CONTROL: &str = "public, max-age=900";

/// The keys of one project.
pub const ENDPOINT: Endpoint = Endpoint {
    name: "sessions.getJWKS",
    method: Verb::Get,
    path: "/v1/sessions/jwks/{project_id}",
    access: Access::Public,
    handle: of_project,
};

/// The keys of every project: the vendor serves this path on a host of the project's own, which a local emulator does
/// not have.
pub const WELL_KNOWN: Endpoint = Endpoint {
    name: "sessions.getJWKS (well-known)",
    method: Verb::Get,
    path: "/.well-known/jwks.json",
    access: Access::Public,
    handle: of_all_projects,
};

fn of_project(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.path_value(0);
    let project =
        call.world.project(id).ok_or_else(|| Refusal::new(ErrorType::ProjectNotFound, format!("no project {id} is seeded")))?;
    Ok(keys(call, [jwk(&project)].as_slice()))
}

#[expect(clippy::unnecessary_wraps, reason = "it is what the routing table takes")]
fn of_all_projects(call: &Call<'_>) -> Result<Reply, Refusal> {
    let mut all: Vec<JwkBody> = call.world.projects().iter().map(|project| jwk(project)).collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|key| seen.insert(key.kid.clone()));
    Ok(keys(call, &all))
}

fn jwk(project: &Project) -> JwkBody {
    JwkBody::new(&project.signing_key(), project.environment())
}

fn keys(call: &Call<'_>, keys: &[JwkBody]) -> Reply {
    Reply::ok(Payload::default().with(call.wire, "keys", &keys)).cached(CACHE_CONTROL)
}
