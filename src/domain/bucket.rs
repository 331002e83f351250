//! The token bucket: integers only, on whatever clock its caller lives by.
//!
//! The level is counted in shares of a token, `period` nanoseconds' worth each, so that refilling adds
//! `tokens × elapsed` shares and never rounds.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use parking_lot::Mutex;

use super::timestamp::Timestamp;

/// How fast a bucket refills and how much it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    tokens: u32,
    period: Period,
    burst: u32,
}

/// The time in which a [`RateLimit`]'s tokens come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// `/s`
    Second,
    /// `/m`
    Minute,
    /// `/h`
    Hour,
}

impl Period {
    fn nanos(self) -> u128 {
        match self {
            Self::Second => 1_000_000_000,
            Self::Minute => 60 * 1_000_000_000,
            Self::Hour => 3_600 * 1_000_000_000,
        }
    }

    fn unit(self) -> char {
        match self {
            Self::Second => 's',
            Self::Minute => 'm',
            Self::Hour => 'h',
        }
    }
}

impl RateLimit {
    /// `tokens` per `period`, holding at most `burst` (by default as many as come in one period).
    /// `None` if either is 0: such a bucket would never let anything pass.
    #[must_use]
    pub fn new(tokens: u32, period: Period, burst: Option<u32>) -> Option<Self> {
        let burst = burst.unwrap_or(tokens);
        (tokens > 0 && burst > 0).then_some(Self { tokens, period, burst })
    }

    /// The most tokens the bucket holds.
    #[must_use]
    pub fn burst(self) -> u32 {
        self.burst
    }

    fn capacity(self) -> u128 {
        u128::from(self.burst) * self.period.nanos()
    }
}

/// A setting of `--rate-limit` or a seed's `rate_limit`: a limit, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateSetting {
    /// No bucket at all.
    Off,
    /// A bucket with this limit.
    Limited(RateLimit),
}

/// Why a text is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a rate such as 100/s, 600/m, 1000/h, 100/s,burst=20, or off (whole numbers from 1 to 4294967295)")]
pub struct InvalidRate;

impl FromStr for RateSetting {
    type Err = InvalidRate;

    fn from_str(text: &str) -> Result<Self, InvalidRate> {
        if text == "off" {
            return Ok(Self::Off);
        }
        let (rate, burst) = match text.split_once(',') {
            Some((rate, rest)) => (rate, Some(rest.trim().strip_prefix("burst=").ok_or(InvalidRate)?)),
            None => (text, None),
        };
        let (tokens, unit) = rate.trim().split_once('/').ok_or(InvalidRate)?;
        let period = match unit {
            "s" => Period::Second,
            "m" => Period::Minute,
            "h" => Period::Hour,
            _ => return Err(InvalidRate),
        };
        // `parse` would take a sign
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = |digits: &str| digits.parse::<u32>().ok().filter(|_| is_number(digits)).ok_or(InvalidRate);
        let limit = RateLimit::new(number(tokens)?, period, burst.map(number).transpose()?);
        limit.map(Self::Limited).ok_or(InvalidRate)
    }
}

impl fmt::Display for RateSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Limited(limit) => {
                write!(f, "{}/{}", limit.tokens, limit.period.unit())?;
                if limit.burst == limit.tokens { Ok(()) } else { write!(f, ",burst={}", limit.burst) }
            }
        }
    }
}

/// One project's bucket. It starts full.
#[derive(Debug)]
pub struct Bucket {
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    setting: RateSetting,
    /// Shares of a token; at most the capacity.
    level: u128,
    counted_at: Timestamp,
}

/// No token was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Empty {
    /// How long until the next token is there.
    pub retry_after: Duration,
}

impl Bucket {
    /// A full bucket.
    #[must_use]
    pub fn new(setting: RateSetting) -> Self {
        let level = match setting {
            RateSetting::Off => 0,
            RateSetting::Limited(limit) => limit.capacity(),
        };
        let state = State { setting, level, counted_at: Timestamp::EPOCH };
        Self { state: Mutex::new(state) }
    }

    /// Takes one token at `now`.
    ///
    /// # Errors
    /// [`Empty`] if there is none; nothing is taken then.
    pub fn take(&self, now: Timestamp) -> Result<(), Empty> {
        let mut state = self.state.lock();
        let RateSetting::Limited(limit) = state.setting else {
            return Ok(());
        };
        state.refill(limit, now);
        let token = limit.period.nanos();
        if let Some(rest) = state.level.checked_sub(token) {
            state.level = rest;
            return Ok(());
        }
        let missing = (token - state.level).div_ceil(u128::from(limit.tokens));
        Err(Empty { retry_after: Duration::from_nanos(u64::try_from(missing).unwrap_or(u64::MAX)) })
    }

    /// What the bucket is set to.
    #[must_use]
    pub fn setting(&self) -> RateSetting {
        self.state.lock().setting
    }
}

impl State {
    /// Adds what came since the last count. A clock that was moved back adds nothing, and counts from there.
    fn refill(&mut self, limit: RateLimit, now: Timestamp) {
        let elapsed = now.since(self.counted_at);
        self.counted_at = now;
        let Ok(elapsed) = elapsed.to_std() else { return };
        let gained = elapsed.as_nanos().saturating_mul(u128::from(limit.tokens));
        self.level = self.level.saturating_add(gained).min(limit.capacity());
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn bucket(rate: &str) -> Bucket {
        Bucket::new(rate.parse().unwrap())
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::parse("2021-08-09T08:00:00Z").unwrap().checked_add(TimeDelta::milliseconds(millis)).unwrap()
    }

    fn taken(bucket: &Bucket, now: Timestamp) -> usize {
        (0..1000).take_while(|_| bucket.take(now).is_ok()).count()
    }

    #[test]
    fn a_bucket_refills_only_as_time_passes() {
        let bucket = bucket("10/s,burst=5");
        assert_eq!(taken(&bucket, at(0)), 5);
        assert_eq!(taken(&bucket, at(0)), 0, "frozen");
        assert_eq!(bucket.take(at(0)), Err(Empty { retry_after: Duration::from_millis(100) }));
        assert_eq!(taken(&bucket, at(99)), 0);
        assert_eq!(taken(&bucket, at(100)), 1);
        assert_eq!(taken(&bucket, at(350)), 2, "the half token is kept");
        assert_eq!(taken(&bucket, at(400)), 1);
        assert_eq!(taken(&bucket, at(3_600_000)), 5, "never more than the burst");
    }

    #[test]
    fn a_third_of_a_second_does_not_drift() {
        let bucket = bucket("3/s,burst=2");
        assert_eq!(taken(&bucket, at(0)), 2);
        // one look a millisecond, for ten seconds: thirty tokens, to the last
        let passed: usize = (1..=10_000).map(|millis| taken(&bucket, at(millis))).sum();
        assert_eq!(passed, 30);
    }

    #[test]
    fn a_clock_moved_back_adds_nothing() {
        let bucket = bucket("1/s");
        assert_eq!(taken(&bucket, at(10_000)), 1);
        assert_eq!(taken(&bucket, at(0)), 0);
        assert_eq!(taken(&bucket, at(1_000)), 1, "it counts from the new time on");
    }

    #[test]
    fn rates_are_read_and_written_alike() {
        for text in ["100/s", "600/m", "1/h", "100/s,burst=20", "off"] {
            assert_eq!(text.parse::<RateSetting>().unwrap().to_string(), text);
        }
        for wrong in
            ["", "100", "0/s", "1/s,burst=0", "-1/s", "1/d", "1/s,20", "4294967296/s", "1.5/s", "+1/s", "1/s,burst=+1", "OFF"]
        {
            assert_eq!(wrong.parse::<RateSetting>(), Err(InvalidRate), "{wrong}");
        }
    }

    #[test]
    fn of_a_thousand_at_once_exactly_the_burst_pass() {
        let bucket = bucket("1/h,burst=37");
        let passed: usize = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..8).map(|_| scope.spawn(|| (0..125).filter(|_| bucket.take(at(0)).is_ok()).count())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(passed, 37);
    }
}
