//! A service that speaks the vendor's API, somewhere: where it is, by whose credentials it is asked, and how fast.

pub mod address;
pub mod answer;
pub mod client;
pub mod credentials;
pub mod pace;
pub mod trust;
