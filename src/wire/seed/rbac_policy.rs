//! The RBAC policy of a project, in a seed.

use serde_json::{Value, json};

use super::object::seed_object;
use super::value::Ignored;
use crate::domain::rbac::{Permission, RbacPolicy, Role};

seed_object! {
    /// Role-based access: the part of the vendor's policy that decides.
    PolicyEntry, "an RBAC policy" {
        /// The roles.
        roles: Option<Vec<RoleEntry>>,
        /// Stands in a pasted policy; not looked at.
        resources: Option<Ignored>,
        /// Stands in a pasted policy; not looked at.
        scopes: Option<Ignored>,
    }
}

seed_object! {
    /// A role.
    RoleEntry, "a role" {
        /// What sessions and users carry in their roles.
        role_id: Option<String>,
        /// Not looked at.
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
            permissions: role
                .permissions
                .iter()
                .flatten()
                .map(|permission| Permission {
                    resource_id: permission.resource_id.clone().unwrap_or_default(),
                    actions: permission.actions.clone().unwrap_or_default(),
                })
                .collect(),
        });
        RbacPolicy { roles: roles.collect() }
    }
}

/// Writes a policy into the seed entry of its project.
pub fn export(entry: &mut Value, policy: &RbacPolicy) {
    if !policy.roles.is_empty() {
        let permission = |each: &Permission| json!({ "resource_id": each.resource_id, "actions": each.actions });
        let role = |role: &Role| {
            let permissions: Vec<Value> = role.permissions.iter().map(permission).collect();
            json!({ "role_id": role.role_id, "description": role.description, "permissions": permissions })
        };
        entry["rbac_policy"] = json!({ "roles": policy.roles.iter().map(role).collect::<Vec<_>>() });
    }
}
