//! The RBAC policy of a project, in a seed.

use serde_json::{Value, json};

use super::object::seed_object;
use crate::domain::rbac::{Permission, RbacPolicy, Resource, Role, Scope};

seed_object! {
    /// Role-based access: the vendor's policy.
    PolicyEntry, "an RBAC policy" {
        /// The roles.
        roles: Option<Vec<RoleEntry>>,
        /// What roles and scopes are about. They decide nothing.
        resources: Option<Vec<ResourceEntry>>,
        /// What access tokens can allow.
        scopes: Option<Vec<ScopeEntry>>,
    }
}

seed_object! {
    /// A resource.
    ResourceEntry, "a resource" {
        /// What permissions name.
        resource_id: Option<String>,
        /// Default: empty.
        description: Option<String>,
        /// What can be done with it.
        actions: Option<Vec<String>>,
    }
}

seed_object! {
    /// A scope.
    ScopeEntry, "a scope" {
        /// What access tokens carry.
        scope: Option<String>,
        /// Default: empty.
        description: Option<String>,
        /// What it permits.
        permissions: Option<Vec<PermissionEntry>>,
    }
}

seed_object! {
    /// A role.
    RoleEntry, "a role" {
        /// What sessions and users carry in their roles.
        role_id: Option<String>,
        /// Default: empty.
        description: Option<String>,
        /// What it permits.
        permissions: Option<Vec<PermissionEntry>>,
    }
}

seed_object! {
    /// What a role may do with a resource.
    PermissionEntry, "a permission" {
        /// The resource.
        resource_id: Option<String>,
        /// The actions; * is any.
        actions: Option<Vec<String>>,
    }
}

impl PolicyEntry {
    /// The policy.
    #[must_use]
    pub fn build(&self) -> RbacPolicy {
        let roles = self.roles.iter().flatten().map(|role| Role {
            role_id: role.role_id.clone().unwrap_or_default(),
            description: role.description.clone().unwrap_or_default(),
            permissions: permissions(role.permissions.as_deref()),
        });
        let resources = self.resources.iter().flatten().map(|resource| Resource {
            resource_id: resource.resource_id.clone().unwrap_or_default(),
            description: resource.description.clone().unwrap_or_default(),
            actions: resource.actions.clone().unwrap_or_default(),
        });
        let scopes = self.scopes.iter().flatten().map(|scope| Scope {
            scope: scope.scope.clone().unwrap_or_default(),
            description: scope.description.clone().unwrap_or_default(),
            permissions: permissions(scope.permissions.as_deref()),
        });
        RbacPolicy { roles: roles.collect(), resources: resources.collect(), scopes: scopes.collect() }
    }
}

fn permissions(entries: Option<&[PermissionEntry]>) -> Vec<Permission> {
    let permission = |entry: &PermissionEntry| Permission {
        resource_id: entry.resource_id.clone().unwrap_or_default(),
        actions: entry.actions.clone().unwrap_or_default(),
    };
    entries.unwrap_or_default().iter().map(permission).collect()
}

/// Writes a policy into the seed entry of its project.
pub fn export(entry: &mut Value, policy: &RbacPolicy) {
    if *policy == RbacPolicy::default() {
        return;
    }
    let permissions = |permissions: &[Permission]| -> Vec<Value> {
        permissions.iter().map(|each| json!({ "resource_id": each.resource_id, "actions": each.actions })).collect()
    };
    let role = |role: &Role| json!({ "role_id": role.role_id, "description": role.description, "permissions": permissions(&role.permissions) });
    let mut written = json!({ "roles": policy.roles.iter().map(role).collect::<Vec<_>>() });
    if !policy.resources.is_empty() {
        let resource = |each: &Resource| json!({ "resource_id": each.resource_id, "description": each.description, "actions": each.actions });
        written["resources"] = policy.resources.iter().map(resource).collect();
    }
    if !policy.scopes.is_empty() {
        let scope = |each: &Scope| json!({ "scope": each.scope, "description": each.description, "permissions": permissions(&each.permissions) });
        written["scopes"] = policy.scopes.iter().map(scope).collect();
    }
    entry["rbac_policy"] = written;
}
