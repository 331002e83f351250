//! Instants as the vendor writes them: UTC, RFC 3339, whole seconds unless a seed gave a fraction, which is kept
//! digit for digit.

use std::cmp::Ordering;
use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

/// A point in time between the years 0000 and 9999. Two of them are equal if they are the same instant,
/// however many digits they are written with. A session has several: it takes 12 bytes, and so does an optional one.
#[derive(Clone, Copy)]
pub struct Timestamp {
    date: NaiveDate,
    /// The second of the day, and above it how many digits of a fraction are written.
    second_and_digits: u32,
    nanosecond: u32,
}

/// The second of a day takes fewer bits than this.
const SECOND_BITS: u32 = 20;

/// Why a text is no timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an RFC 3339 time between the years 0000 and 9999, such as 2021-08-09T07:41:52Z")]
pub struct InvalidTimestamp;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self { date: NaiveDate::from_epoch_days(0).unwrap(), second_and_digits: 0, nanosecond: 0 };

    /// The ends of the calendar.
    const FIRST: &str = "0000-01-01T00:00:00Z";
    const LAST: &str = "9999-12-31T23:59:59Z";

    /// The instant with full precision.
    #[must_use]
    pub fn from_datetime(at: DateTime<Utc>) -> Self {
        Self::new(at, 9)
    }

    fn new(at: DateTime<Utc>, digits: u32) -> Self {
        let at = at.naive_utc();
        let (second, nanosecond) = (at.num_seconds_from_midnight(), at.nanosecond());
        Self { date: at.date(), second_and_digits: second | digits << SECOND_BITS, nanosecond }
    }

    /// Reads RFC 3339, with any offset; it is kept in UTC.
    ///
    /// # Errors
    /// If `text` is something else, or its year in UTC is not of four digits.
    pub fn parse(text: &str) -> Result<Self, InvalidTimestamp> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| InvalidTimestamp)?.with_timezone(&Utc);
        let digits = match text.split_once('.') {
            Some((_, rest)) => (0..9).zip(rest.bytes().take_while(u8::is_ascii_digit)).map(|(place, _)| place + 1).last(),
            None => None,
        };
        Self::new(at, digits.unwrap_or(0)).in_range().ok_or(InvalidTimestamp)
    }

    fn in_range(self) -> Option<Self> {
        (0..=9999).contains(&self.date.year()).then_some(self)
    }

    fn second(self) -> u32 {
        self.second_and_digits & ((1 << SECOND_BITS) - 1)
    }

    /// How many digits of a fraction are written.
    fn digits(self) -> u32 {
        self.second_and_digits >> SECOND_BITS
    }

    /// The instant `delta` later (or earlier), if the calendar reaches that far.
    #[must_use]
    pub fn checked_add(self, delta: TimeDelta) -> Option<Self> {
        Self::new(self.datetime().checked_add_signed(delta)?, self.digits()).in_range()
    }

    /// The instant `delta` later (or earlier), or the last (or first) that the calendar has.
    #[must_use]
    pub fn saturating_add(self, delta: TimeDelta) -> Self {
        let end = if delta < TimeDelta::zero() { Self::FIRST } else { Self::LAST };
        self.checked_add(delta).unwrap_or_else(|| Self::parse(end).expect("the calendar's ends are times"))
    }

    /// Without the fraction of a second, as the vendor stores what it makes.
    #[must_use]
    pub fn whole_seconds(self) -> Self {
        Self { second_and_digits: self.second(), nanosecond: 0, ..self }
    }

    /// How long after `earlier` this is; negative if it is before.
    #[must_use]
    pub fn since(self, earlier: Self) -> TimeDelta {
        self.datetime() - earlier.datetime()
    }

    /// Seconds since 1970, rounded down.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.datetime().timestamp()
    }

    /// The calendar's view of it.
    #[must_use]
    pub fn datetime(self) -> DateTime<Utc> {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(self.second(), self.nanosecond);
        self.date.and_time(time.expect("what a calendar gave, a calendar takes")).and_utc()
    }

    fn key(self) -> (NaiveDate, u32, u32) {
        (self.date, self.second(), self.nanosecond)
    }
}

impl Default for Timestamp {
    fn default() -> Self {
        Self::EPOCH
    }
}

/// Listings are full of times: the digits are put in their places, without the machinery of formats.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = *b"0000-00-00T00:00:00.000000000Z";
        // a leap second is written as the 60th, as chrono does
        let (leap, nanosecond) = (self.nanosecond / 1_000_000_000, self.nanosecond % 1_000_000_000);
        let (second, digits) = (self.second(), self.digits() as usize);
        write_digits(&mut text[..4], self.date.year().unsigned_abs());
        write_digits(&mut text[5..7], self.date.month());
        write_digits(&mut text[8..10], self.date.day());
        write_digits(&mut text[11..13], second / 3600);
        write_digits(&mut text[14..16], second / 60 % 60);
        write_digits(&mut text[17..19], second % 60 + leap);
        let end = if digits == 0 {
            19
        } else {
            write_digits(&mut text[20..29], nanosecond);
            20 + digits
        };
        text[end] = b'Z';
        f.write_str(str::from_utf8(&text[..=end]).map_err(|_| fmt::Error)?)
    }
}

/// Writes a number with as many digits as there is room for.
fn write_digits(room: &mut [u8], mut number: u32) {
    for place in room.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
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
        self.key().cmp(&other.key())
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
        assert_eq!(Timestamp::parse("2016-12-31T23:59:60.25Z").unwrap().to_string(), "2016-12-31T23:59:60.25Z");
        assert_eq!(Timestamp::parse("2021-08-28T00:41:58.0123456789Z").unwrap().to_string(), "2021-08-28T00:41:58.012345678Z");
        assert_eq!(size_of::<Option<Timestamp>>(), 12);
    }

    #[test]
    fn the_same_instant_is_equal_however_it_is_written() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        assert_eq!(at("2021-08-09T07:41:52Z"), at("2021-08-09T07:41:52.000Z"));
        assert!(at("2021-08-09T07:41:52.000Z") < at("2021-08-09T07:41:52.1Z"));
        assert!(at("2021-08-09T07:41:52.999Z") < at("2021-08-09T07:41:53Z"));
        assert_eq!(at("2021-08-09T07:41:53.5Z").whole_seconds().to_string(), "2021-08-09T07:41:53Z");
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
