//! The emulator seen from outside, in one binary: literal bytes in, literal bytes out. `client` is strict for all of
//! them; each other file holds one part of the contract.

#![expect(clippy::unwrap_used, reason = "a test that can't go on panics")]

mod client;
mod fixture;
mod golden;
mod program;

mod bad_seeds;
mod life;

mod authenticate;
mod breaks;
mod bucket;
mod catalogue;
mod clock;
mod command;
mod control;
mod control_page;
mod credentials;
mod determinism;
mod factors;
mod faults;
mod fuzz;
mod grants;
mod http;
mod isolation;
mod journal;
mod jwt;
mod limits;
mod listing;
mod openapi;
mod operations;
mod page;
mod precedence;
mod properties;
mod reasons;
mod refusals;
mod revoke;
mod routes;
mod scenarios;
mod seed_files;
mod shutdown;
mod snapshots;
mod state;
mod user_ids;
mod watch;
