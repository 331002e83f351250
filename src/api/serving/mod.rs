//! What serves every operation: credentials, limit, faults, body, query, journal, answer. It knows no operation.

pub mod body;
pub mod call;
pub mod credentials;
pub mod endpoint;
pub mod fault_injection;
pub mod pipeline;
pub mod query;
pub mod redirect;
pub mod request;
mod request_context;
mod request_log;
pub mod response;
mod sdk_caller;
pub mod sdk_door;
pub mod sdk_request;
