//! The emulator seen from outside, in one binary: literal bytes in, literal bytes out. `client` is strict for all of
//! them; each other file holds one part of the contract.

#![expect(clippy::unwrap_used, reason = "a test that can't go on panics")]

mod client;
mod fixture;
mod golden;
mod program;
mod secure;

mod bad_seeds;
mod life;
mod messages;
mod world_model;

mod authenticate;
mod bodies;
mod breaks;
mod bucket;
mod catalogue;
mod clock;
mod command;
mod concurrency;
mod control;
mod control_page;
mod control_reference;
mod credentials;
mod determinism;
mod factors;
mod faults;
mod fraud;
mod fuzz;
mod grants;
mod http;
mod impersonation;
mod isolation;
mod journal;
mod jwks;
mod jwt;
mod limits;
mod listing;
mod magic_links;
mod model;
mod oauth;
mod openapi;
mod operations;
mod otps;
mod page;
mod password_races;
mod password_settings;
mod passwords;
mod precedence;
mod project;
mod properties;
mod readme;
mod reasons;
mod refusals;
mod revoke;
mod round_trip;
mod routes;
mod scenarios;
mod seed_files;
mod shutdown;
mod snapshots;
mod state;
mod supported;
mod tls;
mod tls_connections;
mod tls_files;
mod tls_refusals;
mod totps;
mod user_factors;
mod user_ids;
mod user_search;
mod users;
mod wallets;
mod watch;
