//! The emulated world's rules, pure and synchronous: users, sessions, buckets, and the vendor's refusals.
//! Knows neither HTTP nor serialisation nor the clock; `now` and randomness are arguments.

pub mod bucket;
pub mod claims;
pub mod compact_text;
pub mod conflict;
pub mod error_catalogue;
pub mod error_type;
pub mod evidence;
pub mod external_token;
pub mod factor;
pub mod fault;
pub mod id;
pub mod id_generator;
pub mod journal;
pub mod layered;
pub mod operation;
mod people;
pub mod population;
pub mod project;
pub mod rbac;
pub mod request_id;
pub mod secret;
pub mod session;
pub mod session_renewal;
pub mod session_token;
pub mod signing_key;
pub mod timestamp;
pub mod user;
pub mod world;

/// A JSON object as the vendor keeps one: custom claims and metadata. Data to the domain, never a wire shape.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;
