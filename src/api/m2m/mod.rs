//! The vendor's operations on machine clients, one file each. Where a machine gets its token is [`super::oauth2`].

pub mod clients_create;
pub mod clients_delete;
pub mod clients_get;
pub mod clients_search;
pub mod clients_secrets_rotate;
pub mod clients_secrets_rotate_cancel;
pub mod clients_secrets_rotate_start;
pub mod clients_update;
