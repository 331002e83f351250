//! The way to a value of a seed, as messages write it: `$.projects[0].users[3].user_id`.

use std::fmt;

/// A step of a JSON path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into an object.
    Key(String),
    /// Into an array.
    Index(usize),
}

/// The way to a value while a seed is read: a list that lives on the stack and costs nothing until somebody
/// has to be told of it.
#[derive(Debug, Clone, Copy)]
pub struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    step: PathStep<'p>,
}

#[derive(Debug, Clone, Copy)]
enum PathStep<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> Path<'p> {
    /// The whole text.
    pub const ROOT: Self = Self { parent: None, step: PathStep::Root };

    /// The value under a key.
    #[must_use]
    pub fn key(&'p self, key: &'p str) -> Self {
        Self { parent: Some(self), step: PathStep::Key(key) }
    }

    /// The value at an index.
    #[must_use]
    pub fn index(&'p self, index: usize) -> Self {
        Self { parent: Some(self), step: PathStep::Index(index) }
    }

    /// Its steps from the root.
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut steps = self.parent.map(Path::steps).unwrap_or_default();
        match self.step {
            PathStep::Root => {}
            PathStep::Key(key) => steps.push(Step::Key(key.to_owned())),
            PathStep::Index(index) => steps.push(Step::Index(index)),
        }
        steps
    }
}

/// Which end of a member a problem is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Its key.
    Key,
    /// Its value.
    Value,
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            fmt::Display::fmt(parent, f)?;
        }
        match self.step {
            PathStep::Root => f.write_str("$"),
            PathStep::Index(index) => write!(f, "[{index}]"),
            PathStep::Key(key) if is_plain(key) => write!(f, ".{key}"),
            PathStep::Key(key) => write!(f, "[{key:?}]"),
        }
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$')
}
