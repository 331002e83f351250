//! `GET /v1/rbac/policy`: who may do what, by which the SDKs check roles on their own. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::domain::rbac::{Permission, RbacPolicy};
use crate::domain::refusal::Refusal;

/// Get the RBAC policy.
pub struct Policy;

/// The policy.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    policy: PolicyBody,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct PolicyBody {
    resources: Vec<ResourceBody>,
    roles: Vec<RoleBody>,
    scopes: Vec<ScopeBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct ResourceBody {
    actions: Vec<String>,
    description: String,
    resource_id: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct RoleBody {
    description: String,
    permissions: Vec<PermissionBody>,
    role_id: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct ScopeBody {
    description: String,
    permissions: Vec<PermissionBody>,
    scope: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct PermissionBody {
    actions: Vec<String>,
    resource_id: String,
}

impl Endpoint for Policy {
    const DESCRIPTION: Description = Description::new(
        Operation { name: "rbac.policy", method: "GET", path: "/v1/rbac/policy" },
        "Get the RBAC policy",
        Evidence::Documented,
    );
    type Request = ();
    type Answer = Answer;

    fn handle(call: &Call<'_>, (): ()) -> Result<Answer, Refusal> {
        Ok(Answer { policy: PolicyBody::from(call.project().rbac_policy().clone()) })
    }
}

impl From<RbacPolicy> for PolicyBody {
    fn from(RbacPolicy { roles, resources, scopes }: RbacPolicy) -> Self {
        let roles = roles.into_iter().map(|role| RoleBody {
            description: role.description,
            permissions: permissions(role.permissions),
            role_id: role.role_id,
        });
        let resources = resources.into_iter().map(|resource| ResourceBody {
            actions: resource.actions,
            description: resource.description,
            resource_id: resource.resource_id,
        });
        let scopes = scopes.into_iter().map(|scope| ScopeBody {
            description: scope.description,
            permissions: permissions(scope.permissions),
            scope: scope.scope,
        });
        Self { resources: resources.collect(), roles: roles.collect(), scopes: scopes.collect() }
    }
}

fn permissions(permissions: Vec<Permission>) -> Vec<PermissionBody> {
    let body = |each: Permission| PermissionBody { actions: each.actions, resource_id: each.resource_id };
    permissions.into_iter().map(body).collect()
}
