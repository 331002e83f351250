//! What is wrong with a seed, and exactly where: file, line, column, JSON path.

use std::borrow::Cow;
use std::fmt;

use super::path::{Path, Spot};
use super::positions::Positions;
pub use super::source::Source;

/// One problem of a seed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Problem {
    /// The source's name.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// Such as `$.projects[0].users[3].user_id`.
    pub path: String,
    /// What was expected, what was found, what is near.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, path, message } = self;
        write!(f, "{file}:{line}:{column}: {path}: {message}")
    }
}

/// Gathers the problems of one source.
#[derive(Debug)]
pub struct Report<'s> {
    positions: &'s Positions<'s>,
    problems: Vec<Problem>,
    left_out: usize,
}

/// A seed with more problems than this is one problem of another kind.
const MAX_PROBLEMS: usize = 100;

impl<'s> Report<'s> {
    /// An empty report on a source.
    #[must_use]
    pub fn on(positions: &'s Positions<'s>) -> Self {
        Self { positions, problems: Vec::new(), left_out: 0 }
    }

    /// Where things stand in the source.
    #[must_use]
    pub fn positions(&self) -> &'s Positions<'s> {
        self.positions
    }

    /// The source it is about.
    #[must_use]
    pub fn source(&self) -> &'s Source {
        self.positions.source()
    }

    /// How many problems there are so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.problems.len() + self.left_out
    }

    /// Adds a problem with the value at `path`.
    pub fn add(&mut self, path: &Path<'_>, message: impl Into<String>) {
        self.add_at(path, Spot::Value, message);
    }

    /// Adds a problem with the key or the value at `path`.
    pub fn add_at(&mut self, path: &Path<'_>, spot: Spot, message: impl Into<String>) {
        self.add_at_with(path, spot, || message.into());
    }

    /// Adds a problem with the value at `path`; `message` is made only if it is going to be shown.
    pub fn add_with(&mut self, path: &Path<'_>, message: impl FnOnce() -> String) {
        self.add_at_with(path, Spot::Value, message);
    }

    /// Adds a problem with the key or the value at `path`; `message` is made only if it is going to be shown.
    pub fn add_at_with(&mut self, path: &Path<'_>, spot: Spot, message: impl FnOnce() -> String) {
        if self.problems.len() == MAX_PROBLEMS {
            self.left_out += 1;
            return;
        }
        let steps = path.steps();
        let offset = self.positions.offset(&steps, spot);
        self.add_at_offset(offset, path.to_string(), message());
    }

    /// Adds a problem at a place in the text that has no path.
    pub fn add_at_offset(&mut self, offset: usize, path: String, message: String) {
        let (line, column) = self.positions.line_and_column(offset);
        self.problems.push(Problem { file: self.source().name.clone(), line, column, path, message });
    }

    /// What was found, in the order of the text.
    #[must_use]
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        if self.left_out > 0
            && let Some(last) = self.problems.last_mut()
        {
            last.message = format!("{} (and {} more problems in this file)", last.message, self.left_out);
        }
        self.problems
    }
}

/// The problems in a sentence: the only one, or how many there are and the first.
#[must_use]
pub fn summary(problems: &[Problem]) -> String {
    match problems {
        [] => "no problem".to_owned(),
        [problem] => problem.to_string(),
        [first, ..] => format!("{} problems, the first: {first}", problems.len()),
    }
}

/// The candidate nearest to what was written, if one is near enough to be meant.
pub fn nearest<'c>(written: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let written = written.to_ascii_lowercase();
    let near = |candidate: &&str| strsim::jaro_winkler(&written, candidate);
    candidates
        .map(|candidate| (near(&candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

/// `; did you mean …?`, or else what there is to choose from.
pub fn suggestion(written: &str, candidates: &[&str]) -> String {
    match nearest(written, candidates.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; known: {}", candidates.join(", ")),
    }
}

/// At most the first 60 characters of a text, for a message.
pub fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(60) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}
