//! The vendor's Sessions API.

pub mod authenticate;
pub mod from_external_token;
pub mod get;
pub mod get_jwks;
pub mod revoke;
