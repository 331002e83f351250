//! The vendor's Users API.

pub mod connected_apps;
pub mod create;
pub mod delete;
pub mod delete_biometric_registration;
pub mod delete_crypto_wallet;
pub mod delete_email;
pub mod delete_external_id;
pub mod delete_oauth_registration;
pub mod delete_password;
pub mod delete_phone_number;
pub mod delete_totp;
pub mod delete_webauthn_registration;
pub mod exchange_primary_factor;
pub mod get;
pub mod revoke_connected_app;
pub mod search;
pub mod update;
