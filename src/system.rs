//! The door to the machine: the only file that reads its clock and its randomness (`clippy.toml` sees to it).
//! Behind the door, time can be frozen, moved and scaled, and ids can be made to repeat.

use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::{Mutex, RwLock};
use rand::rngs::{StdRng, SysRng};
use rand::{Rng, RngExt, SeedableRng, TryRng};
use uuid::{Builder, Uuid};

use crate::domain::id_generator::IdGenerator;
use crate::domain::timestamp::Timestamp;

/// The emulator's clock: frozen, or running at some offset and speed from the machine's.
#[derive(Debug)]
pub struct Clock(RwLock<ClockMode>);

/// How the clock goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ClockMode {
    /// It stands.
    Frozen(Timestamp),
    /// It showed `shown` when the machine's showed `machine`, and goes `scale` times as fast.
    Running {
        /// The machine's time at the start.
        machine: Timestamp,
        /// The emulator's time at the start.
        shown: Timestamp,
        /// Emulated seconds in a second.
        scale: f64,
    },
}

/// A time that the clock can't show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the clock runs from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z")]
pub struct ClockRange;

impl ClockMode {
    /// The machine's own time.
    #[must_use]
    pub fn system() -> Self {
        let machine = machine_time();
        Self::Running { machine, shown: machine, scale: 1.0 }
    }

    fn now(self) -> Timestamp {
        match self {
            Self::Frozen(at) => at,
            // the usual clock is the machine's, and needs no arithmetic
            Self::Running { machine, shown, scale } if machine == shown && is_plain(scale) => machine_time(),
            Self::Running { machine, shown, scale } => {
                let elapsed = machine_time().since(machine);
                shown.saturating_add(scaled(elapsed, scale))
            }
        }
    }
}

impl Clock {
    /// A clock that goes as `mode` says.
    #[must_use]
    pub fn new(mode: ClockMode) -> Self {
        Self(RwLock::new(mode))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.read().now()
    }

    /// How it goes.
    #[must_use]
    pub fn mode(&self) -> ClockMode {
        *self.0.read()
    }

    /// Stops it at `at`, or at the whole second where it is.
    ///
    /// # Errors
    /// If it can't show that time.
    pub fn freeze(&self, at: Option<Timestamp>) -> Result<(), ClockRange> {
        let mut mode = self.0.write();
        let here = || match *mode {
            ClockMode::Frozen(at) => at,
            ClockMode::Running { .. } => mode.now().whole_seconds(),
        };
        *mode = ClockMode::Frozen(in_range(at.unwrap_or_else(here))?);
        Ok(())
    }

    /// Lets it run, from `at` or from where it is, `scale` times as fast (by default as it did).
    ///
    /// # Errors
    /// If it can't show that time.
    pub fn run(&self, at: Option<Timestamp>, scale: Option<f64>) -> Result<(), ClockRange> {
        let mut mode = self.0.write();
        let scale = scale.unwrap_or(match *mode {
            ClockMode::Frozen(_) => 1.0,
            ClockMode::Running { scale, .. } => scale,
        });
        *mode = ClockMode::Running { machine: machine_time(), shown: in_range(at.unwrap_or_else(|| mode.now()))?, scale };
        Ok(())
    }

    /// Moves it by `delta`; it goes on as it went.
    ///
    /// # Errors
    /// If it can't show the time it would arrive at; it is not moved then.
    pub fn advance(&self, delta: TimeDelta) -> Result<(), ClockRange> {
        let mut mode = self.0.write();
        let moved = in_range(mode.now().checked_add(delta).ok_or(ClockRange)?)?;
        *mode = match *mode {
            ClockMode::Frozen(_) => ClockMode::Frozen(moved),
            ClockMode::Running { scale, .. } => ClockMode::Running { machine: machine_time(), shown: moved, scale },
        };
        Ok(())
    }
}

fn in_range(at: Timestamp) -> Result<Timestamp, ClockRange> {
    if at >= Timestamp::EPOCH { Ok(at) } else { Err(ClockRange) }
}

fn is_plain(scale: f64) -> bool {
    (scale - 1.0).abs() < f64::EPSILON
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a scaled clock is exact to the microsecond for years, and a plain one is not computed at all"
)]
fn scaled(elapsed: TimeDelta, scale: f64) -> TimeDelta {
    if is_plain(scale) {
        return elapsed;
    }
    TimeDelta::microseconds((elapsed.num_microseconds().unwrap_or(i64::MAX) as f64 * scale) as i64)
}

/// The machine's time: for what real clients check by it, such as a certificate.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn machine_time() -> Timestamp {
    Timestamp::from_datetime(DateTime::<Utc>::from(SystemTime::now()))
}

/// Measures how long something really took, whatever the emulator's clock shows.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// The source of all ids and tokens: seeded by the machine, or by the user for ids that repeat.
#[derive(Debug)]
pub struct Entropy {
    generator: Mutex<StdRng>,
    /// What a user chose for ids to repeat.
    seed: Option<u64>,
}

impl Entropy {
    /// A source that repeats itself for the same `seed`, and never without one.
    ///
    /// # Panics
    /// If the machine has no randomness to give.
    #[must_use]
    pub fn new(seed: Option<u64>) -> Self {
        Self { generator: Mutex::new(generator(seed)), seed }
    }

    /// Begins the ids of a run, if a user chose the seed: a stream of its own, so that they are the same after
    /// every reset, however many ids the boot seed had to be given.
    pub fn rewind(&self) {
        if let Some(seed) = self.seed {
            *self.generator.lock() = generator(Some(!seed));
        }
    }

    /// A number from 0 to 1, 1 excluded.
    #[must_use]
    pub fn chance(&self) -> f64 {
        self.generator.lock().random()
    }

    /// A version 4 UUID.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// Bytes, for what is made of some.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.generator.lock().fill_bytes(&mut bytes);
        bytes
    }

    /// Lets `draw` make ids and tokens; nobody else draws in between.
    pub fn ids<T>(&self, draw: impl FnOnce(&mut IdGenerator<'_>) -> T) -> T {
        let mut generator = self.generator.lock();
        draw(&mut IdGenerator::new(&mut |bytes| generator.fill_bytes(bytes)))
    }
}

fn generator(seed: Option<u64>) -> StdRng {
    if let Some(seed) = seed {
        return StdRng::seed_from_u64(seed);
    }
    let mut bytes = [0; 32];
    SysRng.try_fill_bytes(&mut bytes).expect("the operating system gives random bytes");
    StdRng::from_seed(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let clock = Clock::new(ClockMode::Frozen(at("2021-08-09T08:00:00Z")));
        assert_eq!(clock.now(), clock.now());
        clock.advance(TimeDelta::hours(1)).unwrap();
        assert_eq!(clock.now(), at("2021-08-09T09:00:00Z"));
        assert_eq!(clock.advance(TimeDelta::weeks(52 * 9_000)), Err(ClockRange));
        assert_eq!(clock.freeze(Some(at("1969-12-31T23:59:59Z"))), Err(ClockRange));
        assert_eq!(clock.now(), at("2021-08-09T09:00:00Z"), "a refused move moves nothing");
    }

    #[test]
    fn a_running_clock_keeps_its_offset() {
        let clock = Clock::new(ClockMode::system());
        clock.run(Some(at("2031-01-01T00:00:00Z")), None).unwrap();
        assert!(clock.now() >= at("2031-01-01T00:00:00Z"));
        assert!(clock.now() < at("2031-01-01T01:00:00Z"));
    }

    #[test]
    fn a_seed_repeats_and_rewinds() {
        let (one, two, other) = (Entropy::new(Some(7)), Entropy::new(Some(7)), Entropy::new(None));
        let first = one.uuid();
        assert_eq!(first, two.uuid());
        assert_ne!(first, one.uuid());
        assert_ne!(first, other.uuid());
        one.rewind();
        let second = one.uuid();
        assert_ne!(first, second, "the ids of a run are not those of the boot seed");
        one.rewind();
        assert_eq!(second, one.uuid());
    }
}
