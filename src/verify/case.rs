//! A case: requests that follow each other, with what each takes from the answers before it.

use super::compare::answers::Slack;
use crate::domain::evidence::Evidence;

/// What is asked of both sides, and where the expectation comes from.
#[derive(Debug)]
pub struct Case {
    /// What people call it by.
    pub name: &'static str,
    /// How what the emulator answers is known.
    pub evidence: Evidence,
    /// Where from.
    pub source: &'static str,
    /// The requests.
    pub steps: &'static [Step],
    /// Which top-level keys of the answers are the state of a project.
    pub slack: &'static [(&'static str, Slack)],
    /// Whether it needs the vendor's sandbox, which only the test environment has.
    pub is_sandbox: bool,
}

impl Case {
    /// A case whose answers are compared whole.
    pub const fn new(name: &'static str, evidence: Evidence, source: &'static str, steps: &'static [Step]) -> Self {
        Self { name, evidence, source, steps, slack: &[], is_sandbox: false }
    }

    /// With the state of a project in some top-level keys.
    pub const fn with_slack(self, slack: &'static [(&'static str, Slack)]) -> Self {
        Self { slack, ..self }
    }

    /// For the test environment only.
    pub const fn in_sandbox(self) -> Self {
        Self { is_sandbox: true, ..self }
    }
}

/// Whose credentials a request shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// The user's own.
    Own,
    /// None at all.
    Nobody,
    /// The user's project, and another secret.
    WrongSecret,
    /// A project id that is none.
    InvalidProject,
    /// A project that there is not.
    UnknownProject,
    /// Another scheme than Basic.
    Bearer,
}

/// A request. In its target and its body `<name>` stands for a value: one of the case's own, or one that was kept.
#[derive(Debug)]
pub struct Step {
    /// The method.
    pub method: &'static str,
    /// The path and the query.
    pub target: &'static str,
    /// The body, JSON. Empty: there is none.
    pub body: &'static str,
    /// Whose credentials it shows.
    pub login: Login,
    /// What of the answer is kept, and where it stands there.
    pub keep: &'static [(&'static str, &'static str)],
    /// Whether a user may be there afterwards who was not before.
    pub makes_user: bool,
}

impl Step {
    const fn new(method: &'static str, target: &'static str, body: &'static str) -> Self {
        Self { method, target, body, login: Login::Own, keep: &[], makes_user: false }
    }

    /// A GET.
    pub const fn get(target: &'static str) -> Self {
        Self::new("GET", target, "")
    }

    /// A POST.
    pub const fn post(target: &'static str, body: &'static str) -> Self {
        Self::new("POST", target, body)
    }

    /// A PUT.
    pub const fn put(target: &'static str, body: &'static str) -> Self {
        Self::new("PUT", target, body)
    }

    /// A DELETE.
    pub const fn delete(target: &'static str) -> Self {
        Self::new("DELETE", target, "")
    }

    /// By other credentials.
    pub const fn by(self, login: Login) -> Self {
        Self { login, ..self }
    }

    /// With values of the answer kept.
    pub const fn keeping(self, keep: &'static [(&'static str, &'static str)]) -> Self {
        Self { keep, ..self }
    }

    /// With a user made.
    pub const fn making_user(self) -> Self {
        Self { makes_user: true, ..self }
    }
}
