//! The vendor's OAuth operations, one file each.

pub mod attach;
pub mod authenticate;
pub mod start;
