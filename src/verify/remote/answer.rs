//! What a service answered.

use std::borrow::Cow;

use crate::wire::seed::json_slice::{JsonSlice, Outline};

/// An answer, read whole. No secret of the asker's is in it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers, names in lower case, in the order of the wire.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The string that the body has at a path of keys and indices, such as `session.session_id` or `results.0.user_id`.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        let outline = Outline::of(&self.body).ok()?;
        let found = path.split('.').try_fold(outline.whole(&self.body), step)?;
        found.string().map(Cow::into_owned)
    }

    /// The status, and the type of the error if it is one: `404 user_not_found`.
    #[must_use]
    pub fn outcome(&self) -> String {
        match self.error_type() {
            Some(error) => format!("{} {error}", self.status),
            None => self.status.to_string(),
        }
    }

    /// The type of the error, if it is one: the vendor's, or OAuth's.
    #[must_use]
    pub fn error_type(&self) -> Option<String> {
        let error = self.text("error_type").or_else(|| self.text("error"))?;
        Some(error.chars().filter(|letter| !letter.is_control()).take(80).collect())
    }
}

fn step<'t>(value: JsonSlice<'t>, name: &str) -> Option<JsonSlice<'t>> {
    match name.parse() {
        Ok(index) => value.elements().nth(index),
        Err(_) => value.member(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_path() {
        let body = r#"{"results":[{"user_id":"a"},{"user_id":"b"}],"error_type":"x"}"#.to_owned();
        let answer = Answer { status: 404, headers: Vec::new(), body };
        assert_eq!(answer.text("results.1.user_id").as_deref(), Some("b"));
        assert_eq!((answer.text("results.2.user_id"), answer.text("results")), (None, None));
        assert_eq!(answer.outcome(), "404 x");
    }
}
