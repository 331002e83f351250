//! The emulator without its sockets: what handlers receive. The settings, the door to the machine, and the
//! running world with its clock; a request holds one world from its start to its end. Both the control plane
//! and the in-process handle steer it through the methods here.

mod arrivals;
mod boot_seed;
mod clock;
mod core;
mod faults;
mod impersonation;
mod listings;
mod outbox;
mod projects;
mod requests;
mod running_world;
mod saved;
mod snapshots;
mod state;
mod users;

pub use self::core::App;
pub use clock::ClockReading;
pub use impersonation::MadeImpersonationToken;
pub use listings::{ListFilter, ListedSession, ListedUsers};
pub use outbox::{OutboxMessage, OutboxMessages};
pub use projects::Credentials;
pub use requests::{Record, RequestFilter, Requests};
pub use running_world::{RunningWorld, SteerError};
pub use saved::SavedSnapshot;
