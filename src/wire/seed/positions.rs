//! Where things stand in a source. Found only when somebody has to be told.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::json_slice::{JsonSlice, Outline};
use super::path::{Path, Spot, Step};
use super::source::Source;

/// A source and what has been found out about its places.
#[derive(Debug)]
pub struct Positions<'s> {
    source: &'s Source,
    outline: OnceCell<Outline>,
    line_starts: OnceCell<Vec<usize>>,
}

impl<'s> Positions<'s> {
    /// Those of a source, none of them looked for yet.
    #[must_use]
    pub fn of(source: &'s Source) -> Self {
        Self { source, outline: OnceCell::new(), line_starts: OnceCell::new() }
    }

    /// The source.
    #[must_use]
    pub fn source(&self) -> &'s Source {
        self.source
    }

    /// The whole of its text.
    ///
    /// # Errors
    /// Where it is no JSON.
    pub fn whole(&self) -> serde_json::Result<JsonSlice<'_>> {
        let text = &self.source.text;
        let outline = if let Some(outline) = self.outline.get() {
            outline
        } else {
            let outline = Outline::of(text)?;
            self.outline.get_or_init(|| outline)
        };
        Ok(outline.whole(text))
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
        let Ok(mut piece) = self.whole() else { return 0 };
        // every piece lies in the text
        let offset = |piece: JsonSlice<'_>| piece.json().as_ptr() as usize - self.source.text.as_ptr() as usize;
        for (depth, step) in steps.iter().enumerate() {
            let (key, value) = match step {
                Step::Index(index) => (None, piece.elements().nth(*index)),
                // of a key that stands twice the second is the one to talk about
                Step::Key(wanted) => piece.members().filter(|(key, _)| key.string().as_deref() == Some(wanted)).last().unzip(),
            };
            let Some(value) = value else { break };
            if spot == Spot::Key && depth + 1 == steps.len() {
                // a key with an escape in it is found by its value
                let is_plain = |key: &JsonSlice<'_>| matches!(key.string(), Some(Cow::Borrowed(_)));
                return offset(key.filter(is_plain).unwrap_or(value));
            }
            piece = value;
        }
        offset(piece)
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
