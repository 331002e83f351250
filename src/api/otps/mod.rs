//! One-time codes.

pub mod authenticate;
pub mod email_login_or_create;
pub mod email_send;
pub mod sms_login_or_create;
pub mod sms_send;
pub mod whatsapp_login_or_create;
pub mod whatsapp_send;
