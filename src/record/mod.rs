//! `stytch-mock record`: asks a service for users, their sessions and the policy, and writes them as a seed: what was found
//! there can be played again. It only reads.
//!
//! * `fetch`: what is asked for
//! * `renaming`: ids get others, the same for the same
//! * `striking`: what looks like a credential is struck out
//! * `seed`: the seed, and what the emulator would not take of it
//! * `check`: whether an emulator with the seed answers what was recorded
//! * `run`: all of that, in order

mod check;
mod fetch;
mod renaming;
pub mod run;
mod seed;
mod striking;
