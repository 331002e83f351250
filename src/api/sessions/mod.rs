//! The vendor's Sessions API.

pub mod attest;
pub mod authenticate;
pub mod exchange_access_token;
pub mod get;
pub mod get_jwks;
pub mod get_jwks_well_known;
pub mod migrate;
pub mod revoke;
