//! Passwords: one file per operation.

pub mod authenticate;
pub mod create;
pub mod email_reset;
pub mod email_reset_start;
pub mod existing_password_reset;
pub mod migrate;
pub mod session_reset;
pub mod strength_check;
