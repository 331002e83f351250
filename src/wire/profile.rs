//! The two ways the vendor's answers are known: as its documentation prints them, and as they were captured.

use serde::Serialize;

use crate::domain::refusal::ErrorType;

/// Few answers are longer, in bytes: room that does not have to grow.
const USUAL_LENGTH: usize = 1024;

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
        let mut json = Vec::with_capacity(USUAL_LENGTH);
        self.render_into(&mut json, value);
        json
    }

    /// The same, behind what is there.
    ///
    /// # Panics
    /// As [`WireProfile::render`].
    pub fn render_into(self, json: &mut Vec<u8>, value: &impl Serialize) {
        let rendered = match self {
            Self::Page => serde_json::to_writer(json, value),
            Self::Live => serde_json::to_value(value).and_then(|tree| serde_json::to_writer(json, &tree)),
        };
        rendered.expect("wire types are plain JSON");
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
