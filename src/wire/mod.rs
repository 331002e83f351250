//! The vendor's JSON: bodies in wire order, the two profiles, the seed file. Knows the domain, not HTTP.

pub mod connected_app;
pub mod declared;
pub mod envelope;
pub mod idp_token;
mod ids;
pub mod jwks;
pub mod jwt;
pub mod m2m_client;
pub mod objects;
pub mod openapi;
pub mod profile;
pub mod seed;
pub mod served_openapi;
pub mod session;
pub mod session_jwt;
pub mod user;
pub mod user_device;
