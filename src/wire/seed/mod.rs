//! The seed file: a world described in JSON. Load, validate, apply, and write one back from a living world.
//!
//! Each kind of entry has a file: its keys, their defaults, checks, what they become, and how that is written back.
//! Reading gathers every problem before it refuses. Ids are generated and relative times are resolved when a seed is
//! loaded; what was said of each time is remembered, so that a reset gives the same people a fresh hour.

mod authorization;
mod bootstrap;
mod connected_app;
mod devices;
mod duplicate_ids;
pub mod export;
mod external_token;
mod factor;
pub mod fault;
pub mod file;
mod fraud;
mod fraud_rule;
mod fraud_telemetry;
mod impersonation_token;
pub mod json_slice;
pub mod load;
mod m2m_client;
pub mod node;
mod oauth_identity;
mod object;
mod passkey;
mod password;
mod password_strength;
pub mod path;
pub mod positions;
pub mod project;
mod rate_limit;
mod rbac_policy;
mod redirect_url;
mod relative_details;
pub mod report;
pub mod schema;
pub mod session;
pub mod single_entry;
mod source;
pub mod time;
pub mod user;
mod user_factors;
mod user_lock;
pub mod value;

pub use fault::FaultEntry;
pub use file::{SeedFile, Unnamed};
pub use load::{BUILT_IN, Counts, Seed, SeedClock, Terms};
pub use project::ProjectEntry;
pub use session::SessionEntry;
pub use single_entry::{read_fault, read_session, read_user};
pub use user::UserEntry;
