//! The operations of `/v1/rbac`.

pub mod policy;
