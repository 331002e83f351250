//! How fast a service is asked: each request has a turn, and turns are evenly apart. So no second ever has more of them than
//! the rate says, whenever it begins.

use std::str::FromStr;
use std::time::Duration;

use crate::domain::bucket::RateSetting;
use crate::system::Stopwatch;

/// How many requests in how long, such as `5/s`; or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(RateSetting);

/// Why a text is no rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a rate such as 5/s, 100/m, 1000/h, or off")]
pub struct InvalidRate;

impl Rate {
    /// No wait at all.
    pub const OFF: Self = Self(RateSetting::Off);
}

impl FromStr for Rate {
    type Err = InvalidRate;

    fn from_str(text: &str) -> Result<Self, InvalidRate> {
        // requests that are evenly apart have no burst
        let rate = text.parse::<RateSetting>().ok().filter(|_| !text.contains(','));
        rate.map(Self).ok_or(InvalidRate)
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Gives out turns.
#[derive(Debug)]
pub struct Pace {
    apart: Duration,
    /// When the next turn is, at the soonest, counted from the start.
    next: Duration,
    started: Stopwatch,
}

impl Pace {
    /// Turns at a rate. The first is at once.
    #[must_use]
    pub fn of(rate: Rate) -> Self {
        let apart = match rate.0 {
            RateSetting::Off => Duration::ZERO,
            RateSetting::Limited(limit) => limit.interval(),
        };
        Self { apart, next: Duration::ZERO, started: Stopwatch::start() }
    }

    /// Waits for the next turn.
    pub async fn turn(&mut self) {
        let wait = self.book(self.started.elapsed());
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }

    /// Gives out the next turn to whoever asks at `now`, counted from the start: how long they have to wait for it.
    pub fn book(&mut self, now: Duration) -> Duration {
        let at = self.next.max(now);
        self.next = at + self.apart;
        at.saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When each of some requests goes, if the one before takes `takes`.
    fn turns(rate: &str, count: usize, takes: Duration) -> Vec<Duration> {
        let mut pace = Pace::of(rate.parse().unwrap());
        let mut now = Duration::ZERO;
        let mut turn = || {
            let at = now + pace.book(now);
            now = at + takes;
            at
        };
        (0..count).map(|_| turn()).collect()
    }

    #[test]
    fn no_second_has_more_requests_than_the_rate_says() {
        for takes in [0, 1, 70, 199, 200, 201, 900] {
            let turns = turns("5/s", 60, Duration::from_millis(takes));
            for start in &turns {
                let within = turns.iter().filter(|at| *at >= start && **at < *start + Duration::from_secs(1)).count();
                assert!(within <= 5, "{within} in the second from {start:?}, {takes} ms each");
            }
        }
    }

    #[test]
    fn a_rate_is_used_to_the_full_and_none_is_no_wait() {
        assert_eq!(turns("100/m", 7, Duration::from_millis(5)).last(), Some(&Duration::from_millis(3_600)));
        assert_eq!(turns("off", 7, Duration::ZERO).last(), Some(&Duration::ZERO));
        let slow = turns("5/s", 3, Duration::from_secs(2));
        assert_eq!(slow.last(), Some(&Duration::from_secs(4)), "whoever is slower never waits");
    }

    #[test]
    fn a_rate_is_read_and_shown() {
        for text in ["5/s", "100/m", "off"] {
            assert_eq!(text.parse::<Rate>().map(|rate| rate.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "5", "0/s", "5/s,burst=9", "5/d"] {
            assert_eq!(text.parse::<Rate>(), Err(InvalidRate), "{text}");
        }
    }
}
