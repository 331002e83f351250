//! What serves every operation: credentials, limit, faults, body, query, journal, answer. It knows no operation.

pub mod body;
pub mod call;
pub mod credentials;
pub mod door;
pub mod endpoint;
mod exchange;
pub mod fault_injection;
pub mod page;
pub mod pipeline;
pub mod query;
pub mod redirect;
pub mod request;
mod request_log;
pub mod response;
mod visit;
