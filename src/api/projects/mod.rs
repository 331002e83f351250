//! The operations of `/v1/projects`.

pub mod metrics;
