//! What serves every operation: credentials, limit, faults, body, query, journal, answer.

pub mod body;
pub mod call;
pub mod credentials;
pub mod fault_injection;
pub mod fields;
pub mod pipeline;
pub mod query;
pub mod request_log;
pub mod response;
pub mod session_arguments;
pub mod user_lookup;
