//! What pages alone have, one file each.

pub mod bootstrap;
pub mod events;
pub mod search_user;
