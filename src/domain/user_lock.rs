//! Locking a user after too many failed attempts in a row.

use chrono::TimeDelta;

use super::timestamp::Timestamp;

/// A project's rule. The vendor allows 1 to 100 failures and 5 minutes to 7 days (documented).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserLockPolicy {
    /// After how many failures in a row.
    pub after: u32,
    /// For how long.
    pub duration: TimeDelta,
}

impl Default for UserLockPolicy {
    fn default() -> Self {
        Self { after: 10, duration: TimeDelta::hours(1) }
    }
}

/// A lock on a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserLock {
    /// When it was put on.
    pub created_at: Timestamp,
    /// When it comes off.
    pub expires_at: Timestamp,
}

/// A user's failed attempts, and the lock that came of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LoginAttempts {
    failures: u32,
    lock: Option<UserLock>,
}

impl LoginAttempts {
    /// A user who is locked already.
    #[must_use]
    pub fn locked(lock: UserLock) -> Self {
        Self { failures: 0, lock: Some(lock) }
    }

    /// The lock that is on at `now`.
    #[must_use]
    pub fn lock(&self, now: Timestamp) -> Option<UserLock> {
        self.lock.filter(|lock| now < lock.expires_at)
    }

    /// Counts a failure in, and locks the user if it is one too many. While a lock is on, nothing counts; the count
    /// begins anew when it is over.
    pub fn fail(&mut self, policy: UserLockPolicy, now: Timestamp) {
        if self.lock(now).is_some() {
            return;
        }
        self.lock = None;
        self.failures += 1;
        if self.failures >= policy.after {
            let created_at = now.whole_seconds();
            *self = Self::locked(UserLock { created_at, expires_at: created_at.saturating_add(policy.duration) });
        }
    }

    /// Forgets the failures, unless a lock is on.
    pub fn succeed(&mut self, now: Timestamp) {
        if self.lock(now).is_none() {
            *self = Self::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn the_last_failure_locks_and_the_clock_unlocks() {
        let (policy, now) = (UserLockPolicy::default(), at("2021-08-09T08:00:00.5Z"));
        let mut attempts = LoginAttempts::default();
        for _ in 0..9 {
            attempts.fail(policy, now);
        }
        assert_eq!(attempts.lock(now), None);
        attempts.fail(policy, now);
        let lock = UserLock { created_at: at("2021-08-09T08:00:00Z"), expires_at: at("2021-08-09T09:00:00Z") };
        assert_eq!(attempts.lock(now), Some(lock));
        attempts.fail(policy, at("2021-08-09T08:59:00Z"));
        attempts.succeed(at("2021-08-09T08:59:00Z"));
        assert_eq!(attempts.lock(at("2021-08-09T08:59:59Z")), Some(lock), "a lock is neither prolonged nor lifted");
        assert_eq!(attempts.lock(at("2021-08-09T09:00:00Z")), None);
        attempts.fail(policy, at("2021-08-09T09:00:00Z"));
        assert_eq!(attempts.lock(at("2021-08-09T09:00:00Z")), None, "the count begins anew");
    }

    #[test]
    fn a_success_in_between_starts_the_count_again() {
        let (policy, now) = (UserLockPolicy { after: 2, ..UserLockPolicy::default() }, at("2021-08-09T08:00:00Z"));
        let mut attempts = LoginAttempts::default();
        attempts.fail(policy, now);
        attempts.succeed(now);
        attempts.fail(policy, now);
        assert_eq!(attempts.lock(now), None);
        attempts.fail(policy, now);
        assert!(attempts.lock(now).is_some());
    }
}
