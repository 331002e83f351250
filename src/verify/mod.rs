//! `stytch-mock verify`: puts the same requests to an emulator inside the process and to a service elsewhere, and says what
//! differs between their answers. So nothing has to be kept that grows old: what is expected is what the emulator does.
//!
//! * `cases`: what is asked, each with its source
//! * `remote`: the service: where it is, by whose credentials it is asked, how fast
//! * `compare`: two answers side by side
//! * `run`: case by case, and cleaning up
//! * `report`, `format`: what came of it, as text, as JSON and as `JUnit` has it

mod case;
mod cases;
pub mod catalogue;
mod cleaning;
pub mod compare;
pub mod format;
mod junit;
pub mod reference;
pub mod remote;
pub mod report;
pub mod run;
pub mod service;
mod text;
