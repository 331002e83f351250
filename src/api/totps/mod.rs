//! The vendor's TOTP operations, one file each.

pub mod authenticate;
pub mod create;
pub mod recover;
pub mod recovery_codes;
