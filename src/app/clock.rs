//! The clock, read and set. Replacing the world takes the clock's time over, so the two exclude each other.

use chrono::TimeDelta;

use super::core::App;
use super::running_world::SteerError;
use crate::domain::timestamp::Timestamp;
use crate::system::{Clock, ClockMode, ClockRange};

/// How much faster than the machine's clock the emulator's may run.
const MAX_SCALE: f64 = 1_000_000.0;

/// The clock's time, and whether it runs.
#[derive(Debug, Clone, Copy)]
pub struct ClockReading {
    /// What it shows.
    pub now: Timestamp,
    /// Whether it is frozen or runs, and how fast.
    pub mode: ClockMode,
}

impl App {
    /// What the clock shows.
    #[must_use]
    pub fn clock(&self) -> ClockReading {
        reading(&self.running_world().clock)
    }

    /// Sets, freezes, releases or scales the clock; what is not said stays as it is.
    ///
    /// # Errors
    /// If it can't show that time, or a scale is none or for a clock that stands. It is not moved then.
    pub fn set_clock(&self, at: Option<Timestamp>, frozen: Option<bool>, scale: Option<f64>) -> Result<ClockReading, SteerError> {
        if scale.is_some_and(|scale| !(0.0..=MAX_SCALE).contains(&scale)) {
            return Err(SteerError::Invalid(format!("scale: expected a number from 0 to {MAX_SCALE}")));
        }
        let _turn = self.swapping.lock();
        let clock = &self.running_world().clock;
        let stands = frozen.unwrap_or_else(|| matches!(clock.mode(), ClockMode::Frozen(_)));
        match (stands, scale) {
            (true, Some(_)) => {
                return Err(SteerError::Invalid("scale: a frozen clock has none; \"frozen\": false releases it".to_owned()));
            }
            (true, None) => clock.freeze(at).map_err(not_moved)?,
            (false, scale) => clock.run(at, scale).map_err(not_moved)?,
        }
        Ok(reading(clock))
    }

    /// Moves the clock; it goes on as it went.
    ///
    /// # Errors
    /// If it can't show the time it would arrive at; it is not moved then.
    pub fn advance_clock(&self, by: TimeDelta) -> Result<ClockReading, SteerError> {
        let _turn = self.swapping.lock();
        let clock = &self.running_world().clock;
        clock.advance(by).map_err(not_moved)?;
        Ok(reading(clock))
    }
}

fn reading(clock: &Clock) -> ClockReading {
    ClockReading { now: clock.now(), mode: clock.mode() }
}

fn not_moved(error: ClockRange) -> SteerError {
    SteerError::Invalid(format!("the clock was not moved: {error}"))
}
