//! A seed's outermost objects: the file, a project, and what a project brings along.

use std::sync::Arc;

use super::seed_object;
use super::{FaultEntry, UserEntry};
use crate::domain::bucket::RateSetting;
use crate::domain::id::ProjectId;
use crate::domain::secret::Secret;
use crate::domain::signing_key::SigningKey;
use crate::domain::timestamp::Timestamp;
use crate::wire::seed::node::Node;
use crate::wire::seed::report::Report;
use crate::wire::seed::value::{Ignored, SeedField, SeedValue, When};

seed_object! {
    /// A world for stytch-mock: projects, their users, their sessions.
    SeedFile, "a seed" {
        /// For editors: the path of seed.schema.json. Not looked at.
        schema as "$schema": Option<String>,
        /// Freezes the emulator's clock at this instant.
        clock: Option<Timestamp>,
        /// The projects, side by side: an id in one is unknown in another.
        projects: Option<Vec<ProjectEntry>>,
    }
}

seed_object! {
    /// A project with its credentials, its rate limit and its users.
    ProjectEntry, "a project" {
        /// What an app calls its project id. Default: the built-in project's.
        project_id: Option<ProjectId>,
        /// The secrets that prove the project. Default: the built-in project's.
        secrets: Option<Vec<Secret>>,
        /// The project's token bucket: `{"per_second": 50, "burst": 100}`, `600/m`, `off`. Default: `--rate-limit`.
        rate_limit: Option<RateSetting>,
        /// The RSA private key (PEM) that signs session JWTs. Default: the built-in, published test key.
        signing_key: Option<Arc<SigningKey>>,
        /// The users.
        users: Option<Vec<UserEntry>>,
        /// Faults that strike the project's requests.
        faults: Option<Vec<FaultEntry>>,
        /// Which role may do what; paste the vendor's policy. Default: no role may do anything.
        rbac_policy: Option<PolicyEntry>,
        /// Other vendors' session tokens that `sessions.migrate` takes.
        external_session_tokens: Option<Vec<ExternalTokenEntry>>,
        /// Access tokens that `sessions.exchange_access_token` takes.
        access_tokens: Option<Vec<AccessTokenEntry>>,
        /// Trusted auth tokens that `sessions.attest` takes.
        trusted_auth_tokens: Option<Vec<TrustedTokenEntry>>,
    }
}

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

seed_object! {
    /// Another vendor's session token, and whose it is.
    ExternalTokenEntry, "an external session token" {
        /// The token.
        token: Option<String>,
        /// The user it stands for: a `user_id` or an `external_id`.
        user_id: Option<String>,
    }
}

seed_object! {
    /// An OAuth access token, and whose it is.
    AccessTokenEntry, "an access token" {
        /// The token.
        token: Option<String>,
        /// The user it stands for: a `user_id` or an `external_id`.
        user_id: Option<String>,
        /// Who it was issued to. Default: generated.
        client_id: Option<String>,
        /// What it allows. Default: `full_access`, which an exchange needs.
        scopes: Option<Vec<String>>,
        /// Default: now. Older than five minutes, it can't be exchanged.
        issued_at: Option<When>,
        /// When it was exchanged; that goes once. Default: it was not.
        used_at: Option<When>,
    }
}

seed_object! {
    /// A trusted auth token, and whose it is.
    TrustedTokenEntry, "a trusted auth token" {
        /// The token.
        token: Option<String>,
        /// The profile that trusts its issuer.
        profile_id: Option<String>,
        /// The user it stands for: a `user_id` or an `external_id`.
        user_id: Option<String>,
        /// The token's own id. Default: generated.
        token_id: Option<String>,
        /// When it was used; that goes once. Default: it was not.
        used_at: Option<When>,
    }
}

seed_object! {
    /// A token bucket: so many tokens in a second, a minute or an hour.
    RateEntry, "a rate limit" {
        /// Tokens in a second.
        per_second: Option<u32>,
        /// Tokens in a minute.
        per_minute: Option<u32>,
        /// Tokens in an hour.
        per_hour: Option<u32>,
        /// The most tokens that the bucket holds; it starts full. Default: as many as come in one period.
        burst: Option<u32>,
    }
}
