//! A difference between what was expected and what came.

use serde::Serialize;

/// What kind of difference it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The HTTP status.
    Status,
    /// A header is missing, new or another.
    Header,
    /// A key is missing.
    MissingKey,
    /// A key is new.
    NewKey,
    /// Keys stand in another order.
    Order,
    /// A value is of another type; `null` is one.
    Type,
    /// A list has more or fewer elements.
    Length,
    /// A value is another, or of another form.
    Text,
    /// The JSON says the same and is written in another way: white space, escapes, the end of the body.
    Layout,
}

impl Kind {
    /// The words for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Header => "header",
            Self::MissingKey => "missing key",
            Self::NewKey => "new key",
            Self::Order => "order of keys",
            Self::Type => "type",
            Self::Length => "length",
            Self::Text => "text",
            Self::Layout => "layout",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where: `status`, `header allow`, or a path in the body, such as `$.sessions[0].roles`.
    pub place: String,
    /// What kind it is.
    pub kind: Kind,
    /// What the emulator says.
    pub expected: String,
    /// What the target says.
    pub found: String,
}

/// No value is shown longer than this, in characters.
const MOST_SHOWN: usize = 160;

impl Difference {
    /// A difference; of long values the beginning is shown.
    #[must_use]
    pub fn new(place: impl Into<String>, kind: Kind, expected: &str, found: &str) -> Self {
        Self { place: place.into(), kind, expected: shown(expected), found: shown(found) }
    }
}

fn shown(text: &str) -> String {
    let is_shown = |letter: &char| !letter.is_control();
    let mut start: String = text.chars().filter(is_shown).take(MOST_SHOWN).collect();
    if text.chars().filter(is_shown).count() > MOST_SHOWN {
        start.push('…');
    }
    start
}
