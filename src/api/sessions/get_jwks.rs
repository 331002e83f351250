//! `GET /v1/sessions/jwks/{project_id}`: the public keys that session JWTs are signed with, for anybody. Source: the
//! vendor's schema; that no credentials are needed follows from four SDKs that send none.

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, Description, Endpoint, Evidence, Operation};
use crate::api::shared::jwks::{CACHE_CONTROL, Jwks, public_key};
use crate::api::shared::named_project::by_id;
use crate::domain::refusal::{ErrorType, Refusal};

/// The keys of one project.
pub struct GetJwks;

impl Endpoint for GetJwks {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        project_of: Some(by_id),
        is_free: true,
        errors: &[&[ErrorType::ProjectNotFound]],
        ..Description::new(
            Operation { name: "sessions.getJWKS", method: "GET", path: "/v1/sessions/jwks/{project_id}" },
            "JWKS",
            Evidence::Documented,
        )
    };
    const CACHE_CONTROL: Option<&'static str> = Some(CACHE_CONTROL);
    type Request = ();
    type Answer = Jwks;

    fn handle(call: &Call<'_>, (): ()) -> Result<Jwks, Refusal> {
        let id = call.path_value("project_id").unwrap_or_default();
        let missing = || Refusal::new(ErrorType::ProjectNotFound, format!("no project {id} is seeded"));
        Ok(Jwks { keys: vec![public_key(&*call.world.project(id).ok_or_else(missing)?)] })
    }
}
