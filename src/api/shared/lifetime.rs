//! How long what is given out counts: minutes of a request, within the operation's range.

use std::ops::RangeInclusive;

use chrono::TimeDelta;

use crate::api::serving::request::WholeNumber;
use crate::domain::refusal::{ErrorType, Refusal};

/// The time that a code, a link or a secret is to count.
///
/// # Errors
/// The `error`, if the minutes are not in the range.
pub fn lifetime(
    minutes: Option<WholeNumber>,
    range: RangeInclusive<i64>,
    default: i64,
    error: ErrorType,
) -> Result<TimeDelta, Refusal> {
    let minutes = minutes.map_or(default, |minutes| minutes.0);
    if range.contains(&minutes) {
        return Ok(TimeDelta::minutes(minutes));
    }
    let reason = format!("{minutes} minutes are not in the range of {} to {}", range.start(), range.end());
    Err(Refusal::new(error, reason))
}
