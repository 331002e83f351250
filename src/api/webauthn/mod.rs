//! The operations of `/v1/webauthn`: passkeys and security keys.

pub mod authenticate;
pub mod authenticate_start;
pub mod list_credentials;
pub mod register;
pub mod register_start;
pub mod update;
