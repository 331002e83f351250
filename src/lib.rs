//! A local emulator of Stytch's sessions, users and logins for test suites: an in-memory world, seeded from JSON, answered over
//! HTTP as the real service answers, and steered by tests.
//!
//! The map, in the direction of knowledge (each knows only what stands to its right):
//!
//! ```text
//! main -> command -> server -> {api, control} -> app -> wire -> domain
//!                                                    -> system (the clock and the randomness)
//!         command -> record -> verify -> emulator -> server
//! ```
//!
//! * [`Emulator`]: the emulator inside a Rust test
//! * [`command`]: the program: flags, banner, exit codes
//! * `verify`, `record`: clients of the real service: what differs there, and what is there, as a seed
//! * `server`: sockets; composes the two planes
//! * `tls`: the certificate that the server shows
//! * `openapi`: the document of both planes, for the copy that is served
//! * `api`: the emulated HTTP surface; one file an operation, one routing table
//! * `control`: `/__mock`, by which tests steer
//! * `app`: what handlers receive; the running world, swapped whole
//! * `smtp`: hands e-mails of the outbox to a server of the user's
//! * `wire`: the vendor's JSON and the seed file
//! * `domain`: the emulated world's rules, pure and synchronous

mod api;
mod app;
pub mod command;
mod config;
mod control;
mod domain;
mod emulator;
mod openapi;
mod record;
mod server;
mod smtp;
mod system;
mod tls;
mod verify;
mod wire;

pub use app::{Credentials, OutboxMessage, OutboxMessages, Record, RequestFilter, Requests, SavedSnapshot, SteerError};
pub use config::{AuthMode, SourceError};
pub use domain::bucket::InvalidRate;
pub use domain::outbox::{Channel, MessageFilter, MessageKind};
pub use domain::timestamp::InvalidTimestamp;
pub use emulator::{Builder, Control, Emulator, Fault, StartError};
pub use openapi::openapi;
pub use server::BindError;
pub use smtp::InvalidSmtpServer;
pub use system::ClockRange;
pub use tls::dns_name::InvalidName;
pub use wire::profile::WireProfile;
pub use wire::seed::report::Problem;
