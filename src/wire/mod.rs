//! The vendor's JSON: bodies in wire order, the two profiles, the seed file. Knows the domain, not HTTP.

pub mod envelope;
mod ids;
pub mod jwks;
pub mod objects;
pub mod openapi;
pub mod profile;
pub mod seed;
pub mod session;
pub mod session_jwt;
pub mod user;
pub mod user_device;
