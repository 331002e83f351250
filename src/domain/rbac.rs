//! Role-based access: which of a session's roles permit an action, by the project's policy.

use std::collections::BTreeMap;

/// Who may do what: roles, and the actions they permit on resources. Source: the vendor's RBAC policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RbacPolicy {
    /// The roles.
    pub roles: Vec<Role>,
    /// What roles and scopes are about.
    pub resources: Vec<Resource>,
    /// What access tokens can allow.
    pub scopes: Vec<Scope>,
}

/// A resource of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its id, which permissions name.
    pub resource_id: String,
    /// What it says of itself.
    pub description: String,
    /// What can be done with it.
    pub actions: Vec<String>,
}

/// A scope of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Its name, which access tokens carry.
    pub scope: String,
    /// What it says of itself.
    pub description: String,
    /// What it permits.
    pub permissions: Vec<Permission>,
}

/// A role of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its id, which sessions and users carry.
    pub role_id: String,
    /// What it says of itself.
    pub description: String,
    /// What it permits.
    pub permissions: Vec<Permission>,
}

/// What a role may do with a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// The resource.
    pub resource_id: String,
    /// The actions; `*` is any.
    pub actions: Vec<String>,
}

impl RbacPolicy {
    /// The roles among `held` that permit an action on a resource.
    #[must_use]
    pub fn granting_roles<'a>(&self, held: &'a [String], resource_id: &str, action: &str) -> Vec<&'a str> {
        let permits = |permission: &Permission| {
            permission.resource_id == resource_id && permission.actions.iter().any(|known| known == action || known == "*")
        };
        let external_tokens = |role: &Role| role.permissions.iter().any(permits);
        let known = |id: &&String| self.roles.iter().any(|role| role.role_id == **id && external_tokens(role));
        held.iter().filter(known).map(String::as_str).collect()
    }

    /// The resources that roles speak of, each with the actions that they name; `*` is none.
    #[must_use]
    pub fn resources(&self) -> Vec<(&str, Vec<&str>)> {
        let mut resources: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for permission in self.roles.iter().flat_map(|role| &role.permissions) {
            let actions = resources.entry(&permission.resource_id).or_default();
            for action in permission.actions.iter().map(String::as_str).filter(|action| *action != "*") {
                if !actions.contains(&action) {
                    actions.push(action);
                }
            }
        }
        resources.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_held_roles_that_permit_the_action_grant_it() {
        let role = |role_id: &str, resource_id: &str, action: &str| Role {
            role_id: role_id.to_owned(),
            description: String::new(),
            permissions: vec![Permission { resource_id: resource_id.to_owned(), actions: vec![action.to_owned()] }],
        };
        let roles = vec![role("reader", "doc", "read"), role("owner", "doc", "*")];
        let policy = RbacPolicy { roles, ..RbacPolicy::default() };
        let held = ["reader".to_owned(), "owner".to_owned(), "unknown".to_owned()];
        assert_eq!(policy.granting_roles(&held, "doc", "read"), ["reader", "owner"]);
        assert_eq!(policy.granting_roles(&held, "doc", "delete"), ["owner"]);
        assert_eq!(policy.granting_roles(&held[..1], "doc", "delete"), [""; 0]);
        assert_eq!(policy.granting_roles(&held, "folder", "read"), [""; 0]);
    }
}
