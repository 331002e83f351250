//! The two ways the vendor's answers are known: as its documentation prints them, and as they were captured.

use serde::Serialize;

use crate::domain::refusal::ErrorType;

/// Which of the vendor's two faces the emulator shows (`--wire`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WireProfile {
    /// As the endpoint's documentation page prints it.
    #[default]
    Page,
    /// As captured from the real service: keys sorted at every level, a line feed at the end of a success body,
    /// `error_url` with an anchor.
    Live,
}

impl WireProfile {
    /// The JSON of `value`: minified, keys as the profile wants them. Wire types are declared in the page's
    /// order; the live order is alphabetical, which is how a JSON tree comes out.
    ///
    /// # Panics
    /// Never for the wire types: they hold nothing that JSON can't express.
    pub fn render(self, value: &impl Serialize) -> Vec<u8> {
        let rendered = match self {
            Self::Page => serde_json::to_vec(value),
            Self::Live => serde_json::to_value(value).and_then(|tree| serde_json::to_vec(&tree)),
        };
        rendered.expect("wire types are plain JSON")
    }

    /// The `error_url` of an error.
    #[must_use]
    pub fn error_url(self, error: ErrorType) -> String {
        let page = format!("https://stytch.com/docs/api/errors/{}", error.status());
        match self {
            Self::Page => page,
            Self::Live => format!("{page}#{}", error.as_str()),
        }
    }
}
