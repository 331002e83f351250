//! The token bucket: integers only, on whatever clock its caller lives by.
//!
//! The level is counted in shares of a token, `period` nanoseconds' worth each, so that refilling adds
//! `tokens × elapsed` shares and never rounds.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use chrono::TimeDelta;
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

    /// The time in which one token comes.
    #[must_use]
    pub fn interval(self) -> Duration {
        let nanos = self.period.nanos().div_ceil(self.tokens.into());
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
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

impl RateSetting {
    fn capacity(self) -> u128 {
        match self {
            Self::Off => 0,
            Self::Limited(limit) => limit.capacity(),
        }
    }
}

impl RateSetting {
    /// The most tokens that a bucket holds; `None` without a limit.
    #[must_use]
    pub fn most_tokens(self) -> Option<u64> {
        match self {
            Self::Off => None,
            Self::Limited(limit) => Some(limit.burst.into()),
        }
    }
}

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
    /// Whoever was refused was told to come back at this instant.
    come_back_at: Option<Timestamp>,
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
        let state = State { setting, level: setting.capacity(), counted_at: Timestamp::EPOCH, come_back_at: None };
        Self { state: Mutex::new(state) }
    }

    /// Whether a request at `now` comes earlier than the last refused one was told to.
    #[must_use]
    pub fn is_before_retry_after(&self, now: Timestamp) -> bool {
        self.state.lock().come_back_at.is_some_and(|at| now < at)
    }

    /// The whole tokens that are there at `now`; `None` if there is no limit.
    #[must_use]
    pub fn level(&self, now: Timestamp) -> Option<u64> {
        let mut state = self.state.lock();
        let RateSetting::Limited(limit) = state.setting else { return None };
        state.refill(limit, now);
        u64::try_from(state.level / limit.period.nanos()).ok()
    }

    /// Puts so many tokens in at `now`, at most as many as it holds.
    pub fn set_level(&self, tokens: u64, now: Timestamp) {
        let mut state = self.state.lock();
        let RateSetting::Limited(limit) = state.setting else { return };
        state.counted_at = now;
        state.level = (u128::from(tokens) * limit.period.nanos()).min(limit.capacity());
        state.come_back_at = None;
    }

    /// Gives it another setting, and fills it.
    pub fn set(&self, setting: RateSetting, now: Timestamp) {
        *self.state.lock() = State { setting, level: setting.capacity(), counted_at: now, come_back_at: None };
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

    /// Notes that whoever was refused at `now`, for want of a token or by a script, was told to come back after `wait`:
    /// in whole seconds, as `retry-after` says it.
    pub fn ask_back(&self, wait: Duration, now: Timestamp) {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let wait = i64::try_from(seconds).ok().and_then(TimeDelta::try_seconds);
        self.state.lock().come_back_at = wait.and_then(|wait| now.checked_add(wait));
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
