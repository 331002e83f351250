//! The endpoints at which OAuth clients get tokens and ask about them, one file each. Each is served for a project by its
//! id, and as on a domain of the project's own.

pub mod token;
