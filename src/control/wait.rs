//! `wait` and `count`, of the routes that can wait until there is something to answer.

use std::time::Duration;

use super::error::ControlError;
use crate::wire::seed::time::parse_span;

/// The longest that such a route waits.
const MAX_WAIT: Duration = Duration::from_mins(1);

/// For how long to wait, and for how many.
#[derive(Debug, Clone, Copy)]
pub struct Wait {
    pub timeout: Duration,
    pub count: usize,
}

impl Wait {
    /// Reads both: without `wait`, nothing is waited for. `what` is what is counted.
    pub fn read(wait: Option<&str>, count: Option<usize>, what: &str) -> Result<Self, ControlError> {
        let Some(wait) = wait else {
            return match count {
                None => Ok(Self { timeout: Duration::ZERO, count: 0 }),
                Some(_) => Err(ControlError::invalid(format!("count: says how many {what} to wait for, and goes with wait"))),
            };
        };
        let timeout = parse_span(wait).and_then(|span| span.to_std().ok()).filter(|timeout| *timeout <= MAX_WAIT);
        let bad = || format!("wait: expected a duration such as 2s, at most {} s, found \"{wait}\"", MAX_WAIT.as_secs());
        let timeout = timeout.ok_or_else(|| ControlError::invalid(bad()))?;
        Ok(Self { timeout, count: count.unwrap_or(1) })
    }
}
