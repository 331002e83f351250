//! The emulated HTTP surface: one folder per resource of the vendor's, one file per operation; [`serving`] carries a
//! request to its operation and the answer back, [`operations`] lists them all. Pages come to most of them, too, by the
//! doors that [`serving::sdk_door`] describes; what pages alone have is in [`sdk`].

pub mod connected_apps;
pub mod cross_origin;
pub mod crypto_wallets;
pub mod debug;
pub mod fraud;
pub mod idp;
pub mod impersonation;
pub mod m2m;
pub mod magic_links;
pub mod oauth;
pub mod oauth2;
pub mod openapi;
pub mod operations;
pub mod otps;
pub mod passwords;
pub mod projects;
pub mod rbac;
pub mod router;
pub mod sdk;
pub mod serving;
pub mod sessions;
pub mod shared;
pub mod totps;
pub mod users;
pub mod webauthn;
