//! What the clock shows, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::app::ClockReading;
use crate::system::ClockMode;

/// What the clock shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Clock {
    /// The time.
    now: String,
    /// Whether it stands still.
    frozen: bool,
    /// Emulated seconds in a second of the machine. Absent from a frozen clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<f64>,
}

impl Clock {
    /// The same with fractions of a second, for whoever goes on counting by themselves.
    pub fn exact(reading: ClockReading) -> Self {
        Self { now: reading.now.to_string(), ..Self::from(reading) }
    }
}

impl From<ClockReading> for Clock {
    fn from(ClockReading { now, mode }: ClockReading) -> Self {
        match mode {
            ClockMode::Frozen(at) => Self { now: at.to_string(), frozen: true, scale: None },
            ClockMode::Running { scale, .. } => Self { now: now.whole_seconds().to_string(), frozen: false, scale: Some(scale) },
        }
    }
}
