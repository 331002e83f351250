//! TLS for apps that can't change their base URL and for SDK options that insist on https: the identity that the
//! server shows, brought by the user or issued at start.
//!
//! Certificates are for real clients, so their dates follow the machine's clock, not the emulator's.

pub mod authority;
pub mod ca_directory;
mod certificate;
pub mod dns_name;
mod identity;

pub use identity::{Tls, TlsSettings};
