//! The endpoints at which OAuth clients get tokens and ask about them, one file each. Each is served for a project by its
//! id, and as on a domain of the project's own.

pub mod authorize;
pub mod introspect;
pub mod openid_configuration;
pub mod revoke;
pub mod token;
pub mod userinfo;
