//! What came of a run, for people and for machines.

use std::collections::BTreeSet;

use serde::Serialize;

use super::compare::difference::Difference;

/// A whole run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The program and its version.
    pub tool: &'static str,
    /// The target.
    pub against: String,
    /// The project.
    pub project_id: String,
    /// The face of the emulator that was compared with: `page` or `live`.
    pub wire: &'static str,
    /// The rate that was kept to.
    pub rate: String,
    /// Whether users were made.
    pub write: bool,
    /// How many requests were made to the target.
    pub requests: u64,
    /// What was counted.
    pub totals: Totals,
    /// The cases, in their order.
    pub cases: Vec<CaseReport>,
    /// Users that could not be deleted, and why.
    pub left_behind: Vec<String>,
    /// Headers that only the target sends, and that are not compared.
    pub headers_only_there: BTreeSet<String>,
    /// Why the run ended before its end.
    pub interrupted: Option<String>,
}

/// What was counted.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub struct Totals {
    /// Cases that were run.
    pub cases: usize,
    /// Of these, how many have no difference.
    pub equal: usize,
    /// And how many have some.
    pub different: usize,
    /// The differences.
    pub differences: usize,
    /// Those that the user did not want to hear of.
    pub ignored: usize,
}

/// What came of a case.
#[derive(Debug, Serialize)]
pub struct CaseReport {
    /// Its name.
    pub name: &'static str,
    /// How the expectation is known: captured, documented or assumed.
    pub evidence: &'static str,
    /// Where from.
    pub source: &'static str,
    /// What differs.
    pub differences: Vec<Found>,
    /// How many differences the user did not want to hear of.
    pub ignored: usize,
    /// How many of its requests could not be made, since what they need was not answered.
    pub unasked: usize,
}

/// A difference, and the request that shows it.
#[derive(Debug, Serialize)]
pub struct Found {
    /// Which request of the case, from 1.
    pub step: usize,
    /// The request.
    pub request: String,
    /// What differs.
    #[serde(flatten)]
    pub difference: Difference,
}

/// How a run went, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing differs, and nobody was left behind.
    Equal,
    /// Something does, or somebody was.
    Different,
    /// It did not come to its end.
    Interrupted,
}

impl Report {
    /// How the run went.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if self.interrupted.is_some() {
            Verdict::Interrupted
        } else if self.totals.differences > 0 || !self.left_behind.is_empty() {
            Verdict::Different
        } else {
            Verdict::Equal
        }
    }

    /// Counts what its cases say.
    pub fn count(&mut self) {
        let is_equal = |case: &&CaseReport| case.differences.is_empty();
        self.totals = Totals {
            cases: self.cases.len(),
            equal: self.cases.iter().filter(is_equal).count(),
            different: self.cases.iter().filter(|case| !is_equal(case)).count(),
            differences: self.cases.iter().map(|case| case.differences.len()).sum(),
            ignored: self.cases.iter().map(|case| case.ignored).sum(),
        };
    }
}
