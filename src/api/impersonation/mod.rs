//! The operations of `/v1/impersonation`.

pub mod authenticate;
