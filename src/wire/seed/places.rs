//! Where things stand in a source. Found only when somebody has to be told, and then kept: a hundred problems of a
//! large seed cost little more than the first of them.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::node;
use super::report::{Path, Source, Spot, Step};

/// A source and what has been found out about its places.
#[derive(Debug)]
pub struct Places<'s> {
    source: &'s Source,
    line_starts: OnceCell<Vec<usize>>,
    /// The objects and arrays that have been looked into, by their offsets.
    parts: RefCell<HashMap<usize, Rc<[Part]>>>,
}

/// A member of an object, or an element of an array, whose key is empty.
#[derive(Debug)]
struct Part {
    key: String,
    key_offset: usize,
    value: Range<usize>,
}

impl<'s> Places<'s> {
    /// Those of a source, none of them looked for yet.
    #[must_use]
    pub fn of(source: &'s Source) -> Self {
        Self { source, line_starts: OnceCell::new(), parts: RefCell::default() }
    }

    /// The source.
    #[must_use]
    pub fn source(&self) -> &'s Source {
        self.source
    }

    /// Where `path` leads, as one problem's message names the place of another: `file:line:column`.
    #[must_use]
    pub fn name(&self, path: &Path<'_>) -> String {
        let (line, column) = self.line_and_column(self.offset(&path.steps(), Spot::Value));
        format!("{}:{line}:{column}", self.source.name)
    }

    /// The offset of the value (or the key) that `steps` lead to; of the last thing found if they lead nowhere.
    #[must_use]
    pub(super) fn offset(&self, steps: &[Step], spot: Spot) -> usize {
        let text = self.source.text.as_str();
        let mut value = text.len() - text.trim_start().len()..text.len();
        for (depth, step) in steps.iter().enumerate() {
            let parts = self.parts(&value, step);
            let part = match step {
                // of a key that stands twice the second is the one to talk about
                Step::Key(wanted) => parts.iter().rfind(|part| part.key == *wanted),
                Step::Index(index) => parts.get(*index),
            };
            let Some(part) = part else { break };
            if spot == Spot::Key && depth + 1 == steps.len() {
                return part.key_offset;
            }
            value = part.value.clone();
        }
        value.start
    }

    /// What the object or array at `place` consists of.
    fn parts(&self, place: &Range<usize>, step: &Step) -> Rc<[Part]> {
        if let Some(parts) = self.parts.borrow().get(&place.start) {
            return Rc::clone(parts);
        }
        let value = &self.source.text[place.clone()];
        // every slice that serde_json hands out lies in the text it was given
        let offset = |inner: &str| place.start + (inner.as_ptr() as usize - value.as_ptr() as usize);
        let range = |inner: &str| offset(inner)..offset(inner) + inner.len();
        let member = |(key, inner): (Cow<'_, str>, &str)| {
            let key_offset = match &key {
                Cow::Borrowed(key) => offset(key) - 1,
                Cow::Owned(_) => offset(inner),
            };
            Part { key: key.into_owned(), key_offset, value: range(inner) }
        };
        let element = |inner: &str| Part { key: String::new(), key_offset: offset(inner), value: range(inner) };
        let parts: Rc<[Part]> = match step {
            Step::Key(_) => node::members(value).into_iter().flatten().map(member).collect(),
            Step::Index(_) => node::elements(value).into_iter().map(element).collect(),
        };
        self.parts.borrow_mut().insert(place.start, Rc::clone(&parts));
        parts
    }

    /// Both from 1, the column in characters.
    #[must_use]
    pub(super) fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let text = self.source.text.as_str();
        let line_starts = self.line_starts.get_or_init(|| {
            let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        let line = line_starts.partition_point(|start| *start <= offset);
        let before = &text[line_starts[line - 1]..offset];
        (line, before.chars().count() + 1)
    }
}
