//! Magic links.

pub mod authenticate;
pub mod create;
pub mod email_invite;
pub mod email_login_or_create;
pub mod email_revoke_invite;
pub mod email_send;
pub mod redirect;
