//! All cases, and which of them a run takes.

use super::case::Case;
use super::cases::{logins, projects, requests, sessions, users, written};

/// Which cases are run.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Those that make users, too.
    pub with_written: bool,
    /// Those that need the sandbox, too.
    pub with_sandbox: bool,
    /// Only those whose names begin so; all, if none is said.
    pub names: Vec<String>,
}

impl Choice {
    /// The cases, those that only read first.
    #[must_use]
    pub fn cases(&self) -> Vec<&'static Case> {
        let read = [requests::CASES, projects::CASES, sessions::CASES, users::CASES, logins::CASES].into_iter().flatten();
        let written = written::CASES.iter().filter(|_| self.with_written);
        let is_named = |name: &str| self.names.is_empty() || self.names.iter().any(|start| name.starts_with(start));
        read.chain(written).filter(|case| (self.with_sandbox || !case.is_sandbox) && is_named(case.name)).collect()
    }
}

/// Every case, one a line: its name, how it is known, and where from.
#[must_use]
pub fn listed() -> String {
    let all = Choice { with_written: true, with_sandbox: true, names: Vec::new() };
    let line = |case: &&Case| {
        let more = if written::CASES.iter().any(|other| other.name == case.name) { " --write" } else { "" };
        format!("{:<42} {}{more}: {}\n", case.name, case.evidence.as_str(), case.source)
    };
    all.cases().iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_case_has_a_name_of_its_own_and_a_source() {
        let cases = Choice { with_written: true, with_sandbox: true, names: Vec::new() }.cases();
        let names: HashSet<&str> = cases.iter().map(|case| case.name).collect();
        assert_eq!(names.len(), cases.len());
        assert!(cases.iter().all(|case| !case.source.is_empty() && !case.steps.is_empty()));
    }

    #[test]
    fn what_only_reads_makes_nobody() {
        let cases = Choice { with_written: false, with_sandbox: true, names: Vec::new() }.cases();
        assert!(cases.iter().flat_map(|case| case.steps).all(|step| !step.makes_user && matches!(step.method, "GET" | "POST")));
        let named = Choice { names: vec!["search-".to_owned()], ..Choice::default() }.cases();
        assert_eq!(named.len(), 3);
    }
}
