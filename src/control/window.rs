//! `limit`, of the routes that show a window at a time.

use super::error::ControlError;

/// How many are shown unless said otherwise, and the most that are.
const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 500;

/// Reads it.
pub fn limit(given: Option<usize>) -> Result<usize, ControlError> {
    match given {
        None => Ok(DEFAULT_LIMIT),
        Some(limit) if limit > MAX_LIMIT => Err(ControlError::invalid(format!("limit: at most {MAX_LIMIT}, found {limit}"))),
        Some(limit) => Ok(limit),
    }
}
