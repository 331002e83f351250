//! A seed's JSON, read value by value: each node is a slice of the text, looked into only as far as somebody asks, and
//! knows the way to its place.

use std::borrow::Cow;

use super::json_slice::JsonSlice;
use super::path::{Path, Spot};
use super::report::{Report, shortened, suggestion};

/// A value of a seed and the way to it.
#[derive(Debug, Clone, Copy)]
pub struct Node<'t, 'p> {
    slice: JsonSlice<'t>,
    path: Path<'p>,
}

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// Any number.
    Number,
    /// `"…"`
    Text,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

impl Kind {
    fn of(text: &str) -> Self {
        match text.bytes().next() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::Array,
            Some(b'"') => Self::Text,
            Some(b't' | b'f') => Self::Bool,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }

    /// The kind as a message names it.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl<'t, 'p> Node<'t, 'p> {
    /// The root of a source, once its syntax is sound. Otherwise the report says where it breaks.
    pub fn root(report: &mut Report<'t>) -> Option<Self> {
        let text = report.source().text.as_str();
        if text.trim().is_empty() {
            report.add_at_offset(0, Path::ROOT.to_string(), "the seed is empty; the smallest one is {}".to_owned());
            return None;
        }
        match report.positions().whole() {
            Ok(slice) => Some(Self { slice, path: Path::ROOT }),
            Err(error) => {
                let offset = offset_of(text, error.line(), error.column());
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
                report.add_at_offset(offset, Path::ROOT.to_string(), format!("this is not JSON: {message}"));
                None
            }
        }
    }

    /// A value of a source whose syntax is sound.
    #[must_use]
    pub fn at(slice: JsonSlice<'t>, path: Path<'p>) -> Self {
        Self { slice, path }
    }

    /// The way to it.
    #[must_use]
    pub fn path(&self) -> &Path<'p> {
        &self.path
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::of(self.slice.json())
    }

    /// Its JSON.
    #[must_use]
    pub fn json(&self) -> &'t str {
        self.slice.json()
    }

    /// Whether it is of this kind; reports it if not.
    pub fn expect(&self, kind: Kind, report: &mut Report<'_>) -> bool {
        let matches = self.kind() == kind;
        if !matches {
            self.mismatch(kind.describe(), report);
        }
        matches
    }

    /// Reports that something else was expected here.
    pub fn mismatch(&self, expected: &str, report: &mut Report<'_>) {
        let found = match self.kind() {
            Kind::Object | Kind::Array | Kind::Null => self.kind().describe().to_owned(),
            Kind::Text => format!("the string {}", shortened(self.json())),
            Kind::Bool => self.json().to_owned(),
            Kind::Number => format!("the number {}", shortened(self.json())),
        };
        report.add(&self.path, format!("expected {expected}, found {found}"));
    }

    /// Shows `read` the members of an object, each with the index of its key among `keys`; any other is reported, and
    /// one that stands twice. Whether this is an object.
    pub fn read_members<'r>(
        &self,
        what: &str,
        keys: &[&str],
        report: &mut Report<'r>,
        read: &mut dyn FnMut(usize, &Node<'t, '_>, &mut Report<'r>),
    ) -> bool {
        if !self.expect(Kind::Object, report) {
            return false;
        }
        let mut seen = 0_u64;
        debug_assert!(keys.len() <= 64, "one bit for each key");
        for (key, slice) in self.slice.members() {
            let Some(key) = key.string() else {
                report.add(&self.path, "a key of this object has an escape that stands for no character");
                return false;
            };
            let member = Node { slice, path: self.path.key(&key) };
            let Some(index) = keys.iter().position(|known| *known == key) else {
                let message = || format!("unknown key `{}` in {what}{}", shortened(&key), suggestion(&key, keys));
                report.add_at_with(&member.path, Spot::Key, message);
                continue;
            };
            if seen & (1 << index) != 0 {
                report.add_at(&member.path, Spot::Key, format!("the key `{key}` stands twice in this object"));
            }
            seen |= 1 << index;
            read(index, &member, report);
        }
        true
    }

    /// How many elements an array has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.slice.elements().count()
    }

    /// The elements of an array.
    pub fn elements<'n>(&'n self, report: &mut Report<'_>) -> Option<impl Iterator<Item = Node<'t, 'n>> + use<'n, 't, 'p>> {
        let elements = self.slice.elements().enumerate();
        let element = move |(index, slice)| Node { slice, path: self.path.index(index) };
        self.expect(Kind::Array, report).then(|| elements.map(element))
    }

    /// The content of a string.
    pub fn text(&self, report: &mut Report<'_>) -> Option<Cow<'t, str>> {
        if !self.expect(Kind::Text, report) {
            return None;
        }
        let text = self.slice.string();
        if text.is_none() {
            report.add(&self.path, "this string has an escape that stands for no character");
        }
        text
    }
}

fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut offset = (line_start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
