//! The vendor's operations by which an app's own page of consent works, one file each.

pub mod oauth_authorize;
pub mod oauth_authorize_start;
