//! The vendor's operations on connected apps, one file each. How users let them in is [`super::idp`], how they get tokens
//! [`super::oauth2`].

pub mod clients_create;
pub mod clients_delete;
pub mod clients_get;
pub mod clients_search;
pub mod clients_secrets_rotate;
pub mod clients_secrets_rotate_cancel;
pub mod clients_secrets_rotate_start;
pub mod clients_update;
