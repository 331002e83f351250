//! The two ways the vendor's answers are known: as its documentation prints them, and as they were captured.

use serde::Serialize;
use serde_json::Value;

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
        let start = json.len();
        serde_json::to_writer(&mut *json, value).expect("wire types are plain JSON");
        if self == Self::Live {
            sort_keys(json, start);
        }
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

/// Sorts the keys of all objects in the JSON from `start` on.
fn sort_keys(json: &mut Vec<u8>, start: usize) {
    let tree: Value = serde_json::from_slice(&json[start..]).expect("what was rendered is JSON");
    json.truncate(start);
    serde_json::to_writer(json, &tree).expect("a tree is plain JSON");
}
