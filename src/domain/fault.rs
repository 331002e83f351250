//! Scripted faults: rules that meet a request after its credentials were checked and before its bucket is touched.
//! They count on their own: the first of them that is due strikes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

use super::error_catalogue::ErrorType;
use super::timestamp::Timestamp;

/// A rule: which requests it means, which of those it strikes, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct FaultRule {
    /// Which requests it means.
    pub aim: Aim,
    /// Which of those it strikes.
    pub schedule: Schedule,
    /// How.
    pub effect: Effect,
}

/// Which requests a rule means: all that fit every part that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aim {
    /// The operation's name.
    pub operation: Option<String>,
    /// The method.
    pub method: Option<String>,
    /// The path: concrete, or as the routing table has it.
    pub path: Option<String>,
    /// The user whom the request is about: a Stytch id or an external id.
    pub user_id: Option<String>,
}

/// Which of the requests that a rule means it strikes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schedule {
    /// Lets this many pass first.
    pub after: u64,
    /// Strikes every so-manieth of the rest. 0 and 1: each.
    pub every: u64,
    /// Strikes this often, and never again. Default: without end.
    pub times: Option<u64>,
    /// Strikes with this probability, from 0 to 1. Default: always.
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

/// What becomes of a request that was struck.
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
    /// How many requests it has matched.
    pub matched: u64,
    /// How many of them it has struck.
    pub hits: u64,
}

impl Fault {
    /// Rules that have matched nothing yet, numbered from 1.
    #[must_use]
    pub fn fresh(rules: impl IntoIterator<Item = FaultRule>) -> Arc<[Self]> {
        (1..).zip(rules).map(|(id, rule)| Self { id, rule, matched: 0, hits: 0 }).collect()
    }

    /// Meets a request that the rule means; whether it strikes. `chance` is drawn only if the rule has odds.
    fn meet(&mut self, now: Timestamp, chance: impl FnOnce() -> f64) -> bool {
        let Schedule { after, every, times, probability, until } = self.rule.schedule;
        if until.is_some_and(|until| now >= until) || times.is_some_and(|times| self.hits >= times) {
            return false;
        }
        self.matched += 1;
        let due = self.matched.checked_sub(after + 1).is_some_and(|turn| turn.is_multiple_of(every.max(1)));
        let strikes = due && probability.is_none_or(|probability| chance() < probability);
        self.hits += u64::from(strikes);
        strikes
    }
}

/// What a rule is aimed by: the request, as far as it is known when faults strike.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The operation.
    pub operation: super::operation::Operation,
    /// The path as it was asked for.
    pub path: &'a str,
    /// The ids of the user whom the request is about; empty if it is about none.
    pub user_ids: &'a [String],
}

impl Aim {
    fn means(&self, target: &Target<'_>) -> bool {
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
    book: Mutex<Book>,
    /// How many rules there are: the usual answer is none, and costs no lock.
    count: AtomicUsize,
}

#[derive(Debug, Default)]
struct Book {
    /// The number that was given last.
    last_id: u64,
    faults: Vec<Fault>,
}

/// The most rules that one book holds.
pub const MOST_FAULTS: usize = 1_000;

impl Faults {
    /// A book with some rules, which go on counting where they were.
    #[must_use]
    pub fn with(faults: &[Fault]) -> Self {
        let last_id = faults.iter().map(|fault| fault.id).max().unwrap_or(0);
        Self { book: Mutex::new(Book { last_id, faults: faults.to_vec() }), count: AtomicUsize::new(faults.len()) }
    }

    /// Adds a rule; `None` if there are too many.
    pub fn add(&self, rule: FaultRule) -> Option<Fault> {
        let mut book = self.book.lock();
        if book.faults.len() >= MOST_FAULTS {
            return None;
        }
        book.last_id += 1;
        let fault = Fault { id: book.last_id, rule, matched: 0, hits: 0 };
        book.faults.push(fault.clone());
        self.count.store(book.faults.len(), Ordering::Release);
        Some(fault)
    }

    /// All rules with their counts, oldest first.
    #[must_use]
    pub fn all(&self) -> Arc<[Fault]> {
        self.book.lock().faults.as_slice().into()
    }

    /// Takes a rule away; whether there was one.
    pub fn remove(&self, id: u64) -> bool {
        let mut book = self.book.lock();
        let before = book.faults.len();
        book.faults.retain(|fault| fault.id != id);
        self.count.store(book.faults.len(), Ordering::Release);
        book.faults.len() < before
    }

    /// Takes all rules away; how many there were.
    pub fn clear(&self) -> usize {
        let mut book = self.book.lock();
        self.count.store(0, Ordering::Release);
        std::mem::take(&mut book.faults).len()
    }

    /// Whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count.load(Ordering::Acquire) == 0
    }

    /// The effect of the first rule that strikes, and its number.
    pub fn strike(&self, target: &Target<'_>, now: Timestamp, chance: impl Fn() -> f64) -> Option<(u64, Effect)> {
        let mut book = self.book.lock();
        let meant = book.faults.iter_mut().filter(|fault| fault.rule.aim.means(target));
        // each rule that means the request meets it, so that counts don't depend on the other rules
        let mut struck = None;
        for fault in meant {
            if fault.meet(now, &chance) && struck.is_none() {
                struck = Some((fault.id, fault.rule.effect.clone()));
            }
        }
        struck
    }
}

#[cfg(test)]
mod tests {
    use super::super::operation::Operation;
    use super::*;

    const GET: Operation = Operation { name: "sessions.get", method: "GET", path: "/v1/sessions" };

    fn rule(schedule: Schedule) -> FaultRule {
        FaultRule { aim: Aim::default(), schedule, effect: Effect { delay: None, outcome: Outcome::Stall } }
    }

    fn strikes(schedule: Schedule, requests: usize) -> String {
        let faults = Faults::with(&Fault::fresh([rule(schedule)]));
        let target = Target { operation: GET, path: "/v1/sessions", user_ids: &[] };
        (0..requests).map(|_| if faults.strike(&target, Timestamp::EPOCH, || 0.5).is_some() { 'x' } else { '.' }).collect()
    }

    #[test]
    fn a_schedule_counts() {
        let schedule = Schedule::default;
        assert_eq!(strikes(schedule(), 4), "xxxx");
        assert_eq!(strikes(Schedule { times: Some(2), ..schedule() }, 4), "xx..");
        assert_eq!(strikes(Schedule { after: 2, ..schedule() }, 4), "..xx");
        assert_eq!(strikes(Schedule { every: 3, ..schedule() }, 7), "x..x..x");
        assert_eq!(strikes(Schedule { after: 1, every: 2, times: Some(2), ..schedule() }, 8), ".x.x....");
        assert_eq!(strikes(Schedule { probability: Some(0.4), ..schedule() }, 3), "...");
        assert_eq!(strikes(Schedule { probability: Some(0.6), ..schedule() }, 3), "xxx");
        assert_eq!(strikes(Schedule { until: Some(Timestamp::EPOCH), ..schedule() }, 2), "..");
    }

    #[test]
    fn an_aim_means_what_fits_every_part_of_it() {
        let users = ["user-1".to_owned(), "customer-42".to_owned()];
        let target = Target { operation: GET, path: "/v1/sessions", user_ids: &users };
        let some = |text: &str| Some(text.to_owned());
        assert!(Aim::default().means(&target));
        assert!(
            Aim { method: some("get"), path: some("/v1/sessions"), user_id: some("customer-42"), ..Aim::default() }
                .means(&target)
        );
        assert!(!Aim { method: some("POST"), ..Aim::default() }.means(&target));
        assert!(!Aim { user_id: some("customer-43"), ..Aim::default() }.means(&target));
        assert!(!Aim { operation: some("sessions.revoke"), ..Aim::default() }.means(&target));
    }
}
