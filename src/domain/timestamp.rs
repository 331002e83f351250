//! Instants as the vendor writes them: UTC, RFC 3339, whole seconds unless a seed gave a fraction, which is kept
//! digit for digit.

use std::cmp::Ordering;
use std::fmt;

use chrono::{DateTime, SecondsFormat, TimeDelta, Timelike, Utc};

/// A point in time between the years 0000 and 9999. Two of them are equal if they are the same instant,
/// however many digits they are written with.
#[derive(Clone, Copy)]
pub struct Timestamp {
    at: DateTime<Utc>,
    digits: u8,
}

/// Why a text is no timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an RFC 3339 time between the years 0000 and 9999, such as 2021-08-09T07:41:52Z")]
pub struct InvalidTimestamp;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self { at: DateTime::UNIX_EPOCH, digits: 0 };

    /// The ends of the calendar.
    const FIRST: &str = "0000-01-01T00:00:00Z";
    const LAST: &str = "9999-12-31T23:59:59Z";

    /// The instant with full precision.
    #[must_use]
    pub fn from_datetime(at: DateTime<Utc>) -> Self {
        Self { at, digits: 9 }
    }

    /// Reads RFC 3339, with any offset; it is kept in UTC.
    ///
    /// # Errors
    /// If `text` is something else, or its year in UTC is not of four digits.
    pub fn parse(text: &str) -> Result<Self, InvalidTimestamp> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| InvalidTimestamp)?.with_timezone(&Utc);
        let digits = match text.split_once('.') {
            Some((_, rest)) => rest.bytes().take_while(u8::is_ascii_digit).take(9).count(),
            None => 0,
        };
        Self { at, digits: u8::try_from(digits).unwrap_or(9) }.in_range().ok_or(InvalidTimestamp)
    }

    fn in_range(self) -> Option<Self> {
        use chrono::Datelike;
        (0..=9999).contains(&self.at.naive_utc().year()).then_some(self)
    }

    /// The instant `delta` later (or earlier), if the calendar reaches that far.
    #[must_use]
    pub fn checked_add(self, delta: TimeDelta) -> Option<Self> {
        let at = self.at.checked_add_signed(delta)?;
        Self { at, ..self }.in_range()
    }

    /// The instant `delta` later (or earlier), or the last (or first) that the calendar has.
    #[must_use]
    pub fn saturating_add(self, delta: TimeDelta) -> Self {
        let end = if delta < TimeDelta::zero() { Self::FIRST } else { Self::LAST };
        self.checked_add(delta).unwrap_or_else(|| Self::parse(end).expect("the calendar's ends are times"))
    }

    /// Without the fraction of a second, as the vendor stores what it mints.
    #[must_use]
    pub fn whole_seconds(self) -> Self {
        Self { at: self.at.naive_utc().with_nanosecond(0).map_or(self.at, |at| at.and_utc()), digits: 0 }
    }

    /// How long after `earlier` this is; negative if it is before.
    #[must_use]
    pub fn since(self, earlier: Self) -> TimeDelta {
        self.at - earlier.at
    }

    /// Seconds since 1970, rounded down.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.at.timestamp()
    }

    /// The calendar's view of it.
    #[must_use]
    pub fn datetime(self) -> DateTime<Utc> {
        self.at
    }
}

impl Default for Timestamp {
    fn default() -> Self {
        Self::EPOCH
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.at.to_rfc3339_opts(SecondsFormat::Secs, true);
        if self.digits == 0 {
            return f.write_str(&seconds);
        }
        let nanos = format!("{:09}", self.at.nanosecond() % 1_000_000_000);
        write!(f, "{}.{}Z", seconds.trim_end_matches('Z'), &nanos[..usize::from(self.digits.min(9))])
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at.cmp(&other.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_is_kept_digit_for_digit() {
        for text in [
            "2021-08-09T07:41:52Z",
            "2021-08-28T00:41:58.935673870Z",
            "2021-08-28T00:41:58.5Z",
            "2021-08-28T00:41:58.000Z",
            "9999-12-31T23:59:59Z",
        ] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn offsets_become_utc() {
        assert_eq!(Timestamp::parse("2021-08-09T09:41:52+02:00").unwrap().to_string(), "2021-08-09T07:41:52Z");
    }

    #[test]
    fn what_is_not_rfc_3339_is_refused() {
        for text in ["", "2021-08-09", "2021-08-09T07:41:52", "1628494912", "2021-13-09T07:41:52Z", "9999-12-31T23:59:59-01:00"] {
            assert_eq!(Timestamp::parse(text), Err(InvalidTimestamp), "{text}");
        }
    }
}
