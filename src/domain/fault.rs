//! Scripted faults: rules that a request is compared with after its credentials were checked and before its bucket is
//! touched. The first rule that is due changes the request; every rule that it fits counts it.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

use super::refusal::ErrorType;
use super::timestamp::Timestamp;

/// A rule: which requests it applies to, which of those it changes, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct FaultRule {
    /// Which requests it applies to.
    pub matcher: Matcher,
    /// Which of those it changes.
    pub schedule: Schedule,
    /// How.
    pub effect: Effect,
}

/// Which requests a rule applies to: all that fit every part that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matcher {
    /// The operation's name.
    pub operation: Option<String>,
    /// The method.
    pub method: Option<String>,
    /// The path: concrete, or as the routing table has it.
    pub path: Option<String>,
    /// The user whom the request is about: a Stytch id or an external id.
    pub user_id: Option<String>,
}

/// Which of the requests that a rule applies to it changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schedule {
    /// Lets this many pass first.
    pub after: u64,
    /// Of the rest, changes the first and then every Nth. Default: each.
    pub every: Option<NonZeroU32>,
    /// Changes this many, and then no more. Default: without end.
    pub times: Option<u64>,
    /// Changes each of those with this probability, from 0 to 1. Default: always.
    pub probability: Option<f64>,
    /// Is over from this instant on.
    pub until: Option<Timestamp>,
}

/// What a fault does to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Waits first: this long, or between this long and that.
    pub delay: Option<(Duration, Duration)>,
    /// And then.
    pub outcome: Outcome,
}

/// What becomes of a request that a fault changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is answered as if nothing had been.
    Pass,
    /// An error of the catalogue answers it.
    Error(ErrorType),
    /// This answers it, whatever it is.
    Raw {
        /// The HTTP status.
        status: u16,
        /// `content-type`
        content_type: String,
        /// The body.
        body: String,
    },
    /// The connection ends.
    Close(Break),
    /// It is answered, and the body stops after so many bytes as if that were all.
    Truncate(usize),
    /// Nothing ever comes; the connection stays.
    Stall,
}

/// Where a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// Without a byte.
    BeforeHeaders,
    /// After the headers, which promise a body.
    AfterHeaders,
    /// Halfway through the body.
    MidBody,
}

impl Break {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::BeforeHeaders, Self::AfterHeaders, Self::MidBody];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BeforeHeaders => "before_headers",
            Self::AfterHeaders => "after_headers",
            Self::MidBody => "mid_body",
        }
    }
}

/// A rule at work.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Its number, by which it can be deleted.
    pub id: u64,
    /// The rule.
    pub rule: FaultRule,
    /// How many requests it has applied to.
    pub matched: u64,
    /// How many of those it has changed.
    pub hits: u64,
}

impl Fault {
    /// Rules that have matched nothing yet, numbered from 1.
    #[must_use]
    pub fn fresh(rules: impl IntoIterator<Item = FaultRule>) -> Arc<[Self]> {
        (1..).zip(rules).map(|(id, rule)| Self { id, rule, matched: 0, hits: 0 }).collect()
    }

    /// Whether it changes nothing any more.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        let Schedule { times, until, .. } = self.rule.schedule;
        until.is_some_and(|until| now >= until) || times.is_some_and(|times| self.hits >= times)
    }

    /// Counts a request that the rule applies to, and says whether the rule changes it. `chance` is drawn only if the rule
    /// has a probability.
    fn count(&mut self, now: Timestamp, is_changed_already: bool, chance: impl FnOnce() -> f64) -> bool {
        if self.is_over(now) {
            return false;
        }
        let Schedule { after, every, probability, .. } = self.rule.schedule;
        self.matched += 1;
        let every = every.map_or(1, |every| u64::from(every.get()));
        let is_due = self.matched.checked_sub(after + 1).is_some_and(|turn| turn.is_multiple_of(every));
        let changes = !is_changed_already && is_due && probability.is_none_or(|probability| chance() < probability);
        self.hits += u64::from(changes);
        changes
    }
}

/// What a rule is compared with: the request, as far as it is known by then.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The operation.
    pub operation: super::operation::Operation,
    /// The path as it was asked for.
    pub path: &'a str,
    /// The ids of the user whom the request is about; empty if it is about none.
    pub user_ids: &'a [String],
}

impl Matcher {
    fn fits(&self, target: &Target<'_>) -> bool {
        let path = self.path.as_deref().filter(|path| *path != target.path);
        target.operation.name_fits(self.operation.as_deref())
            && self.method.as_deref().is_none_or(|method| method.eq_ignore_ascii_case(target.operation.method))
            && path.is_none_or(|path| path == target.operation.path)
            && self.user_id.as_ref().is_none_or(|id| target.user_ids.contains(id))
    }
}

/// The rules of a project, or of all.
#[derive(Debug, Default)]
pub struct Faults {
    list: Mutex<FaultList>,
    /// How many rules there are: the usual answer is none, and costs no lock.
    count: AtomicUsize,
}

#[derive(Debug, Default)]
struct FaultList {
    /// The number that was given last.
    last_id: u64,
    faults: Vec<Fault>,
}

/// The most rules at a time, of a project or of all.
pub const MAX_FAULTS: usize = 1_000;

impl Faults {
    /// Some rules, which go on counting where they were.
    #[must_use]
    pub fn with(faults: &[Fault]) -> Self {
        let last_id = faults.iter().map(|fault| fault.id).max().unwrap_or(0);
        Self { list: Mutex::new(FaultList { last_id, faults: faults.to_vec() }), count: AtomicUsize::new(faults.len()) }
    }

    /// Adds a rule; `None` if there are too many.
    pub fn add(&self, rule: FaultRule) -> Option<Fault> {
        let mut list = self.list.lock();
        if list.faults.len() >= MAX_FAULTS {
            return None;
        }
        list.last_id += 1;
        let fault = Fault { id: list.last_id, rule, matched: 0, hits: 0 };
        list.faults.push(fault.clone());
        self.count.store(list.faults.len(), Ordering::Release);
        Some(fault)
    }

    /// All rules with their counts, oldest first.
    #[must_use]
    pub fn all(&self) -> Arc<[Fault]> {
        self.list.lock().faults.as_slice().into()
    }

    /// How many rules are not over.
    #[must_use]
    pub fn active(&self, now: Timestamp) -> usize {
        if self.is_empty() { 0 } else { self.list.lock().faults.iter().filter(|fault| !fault.is_over(now)).count() }
    }

    /// Takes a rule away; whether there was one.
    pub fn remove(&self, id: u64) -> bool {
        let mut list = self.list.lock();
        let before = list.faults.len();
        list.faults.retain(|fault| fault.id != id);
        self.count.store(list.faults.len(), Ordering::Release);
        list.faults.len() < before
    }

    /// Takes all rules away; how many there were.
    pub fn clear(&self) -> usize {
        let mut list = self.list.lock();
        self.count.store(0, Ordering::Release);
        std::mem::take(&mut list.faults).len()
    }

    /// Whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count.load(Ordering::Acquire) == 0
    }

    /// Counts a request with every rule that applies to it. The number and the effect of the first that changes it.
    pub fn apply(&self, target: &Target<'_>, now: Timestamp, chance: impl Fn() -> f64) -> Option<(u64, Effect)> {
        let mut list = self.list.lock();
        let mut applied = None;
        for fault in list.faults.iter_mut().filter(|fault| fault.rule.matcher.fits(target)) {
            if fault.count(now, applied.is_some(), &chance) {
                applied = Some((fault.id, fault.rule.effect.clone()));
            }
        }
        applied
    }
}

#[cfg(test)]
mod tests {
    use super::super::operation::Operation;
    use super::*;

    const GET: Operation = Operation { name: "sessions.get", method: "GET", path: "/v1/sessions" };

    fn rule(schedule: Schedule) -> FaultRule {
        FaultRule { matcher: Matcher::default(), schedule, effect: Effect { delay: None, outcome: Outcome::Stall } }
    }

    fn hits(schedule: Schedule, requests: usize) -> String {
        let faults = Faults::with(&Fault::fresh([rule(schedule)]));
        let target = Target { operation: GET, path: "/v1/sessions", user_ids: &[] };
        (0..requests).map(|_| if faults.apply(&target, Timestamp::EPOCH, || 0.5).is_some() { 'x' } else { '.' }).collect()
    }

    #[test]
    fn a_schedule_counts() {
        let schedule = Schedule::default;
        assert_eq!(hits(schedule(), 4), "xxxx");
        assert_eq!(hits(Schedule { times: Some(2), ..schedule() }, 4), "xx..");
        assert_eq!(hits(Schedule { after: 2, ..schedule() }, 4), "..xx");
        assert_eq!(hits(Schedule { every: NonZeroU32::new(3), ..schedule() }, 7), "x..x..x");
        assert_eq!(hits(Schedule { after: 1, every: NonZeroU32::new(2), times: Some(2), ..schedule() }, 8), ".x.x....");
        assert_eq!(hits(Schedule { probability: Some(0.4), ..schedule() }, 3), "...");
        assert_eq!(hits(Schedule { probability: Some(0.6), ..schedule() }, 3), "xxx");
        assert_eq!(hits(Schedule { until: Some(Timestamp::EPOCH), ..schedule() }, 2), "..");
    }

    #[test]
    fn of_two_faults_that_are_due_the_first_changes_the_request_and_the_other_keeps_its_turn() {
        let faults =
            Faults::with(&Fault::fresh([1, 1].map(|times| rule(Schedule { times: Some(times), ..Schedule::default() }))));
        let target = Target { operation: GET, path: "/v1/sessions", user_ids: &[] };
        let apply = || faults.apply(&target, Timestamp::EPOCH, || 0.5).map(|(id, _)| id);
        assert_eq!([apply(), apply(), apply()], [Some(1), Some(2), None]);
        assert_eq!(faults.all().iter().map(|fault| (fault.matched, fault.hits)).collect::<Vec<_>>(), [(1, 1), (2, 1)]);
    }

    #[test]
    fn a_matcher_fits_what_fits_every_part_of_it() {
        let users = ["user-1".to_owned(), "customer-42".to_owned()];
        let target = Target { operation: GET, path: "/v1/sessions", user_ids: &users };
        let some = |text: &str| Some(text.to_owned());
        assert!(Matcher::default().fits(&target));
        assert!(
            Matcher { method: some("get"), path: some("/v1/sessions"), user_id: some("customer-42"), ..Matcher::default() }
                .fits(&target)
        );
        assert!(!Matcher { method: some("POST"), ..Matcher::default() }.fits(&target));
        assert!(!Matcher { user_id: some("customer-43"), ..Matcher::default() }.fits(&target));
        assert!(!Matcher { operation: some("sessions.revoke"), ..Matcher::default() }.fits(&target));
    }
}
