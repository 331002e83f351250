//! The emulator without its sockets: what handlers receive. The settings, the door to the machine, and the stage, which
//! is the world and the clock it lives by; a request holds one stage from its start to its end. Both the control plane
//! and the in-process handle steer it through the methods here.

mod arrivals;
mod boot_seed;
mod clock;
mod core;
mod faults;
mod impersonation;
mod outbox;
mod people;
mod projects;
mod requests;
mod saved;
mod snapshots;
mod stage;
mod state;
mod users;

pub use self::core::App;
pub use clock::ClockReading;
pub use impersonation::MadeImpersonationToken;
pub use outbox::{OutboxMessage, OutboxMessages};
pub use people::{ListedSession, ListedUsers, PeopleFilter};
pub use projects::Credentials;
pub use requests::{Record, RequestFilter, Requests};
pub use saved::SavedSnapshot;
pub use stage::{Stage, SteerError};
