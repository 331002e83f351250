//! What the emulator says of devices and addresses: telemetry that a seed describes, a project's own rules, the reasons of a
//! verdict and what was made of them. Nobody's device is looked at.

pub mod action;
pub mod book;
pub mod country;
pub mod device;
pub mod email_risk;
pub mod rule;
pub mod telemetry;
pub mod verdict;
