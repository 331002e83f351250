//! The vendor's debug API.

pub mod whoami;
