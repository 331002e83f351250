//! An answer against an answer: status, headers, body.

use super::difference::{Difference, Kind};
use super::head;
use super::pairs::Pairs;
pub use super::values::Slack;
use super::values::Values;
use crate::verify::remote::answer::Answer;
use crate::wire::seed::json_slice::Outline;

/// Compares the answers of a case, one after the other. It remembers which ids stand for each other.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// Which top-level keys of the bodies are the state of a project, and how far.
    slack: &'a [(&'a str, Slack)],
    pairs: Pairs,
}

impl<'a> Comparison<'a> {
    /// A comparison that knows of no id yet.
    #[must_use]
    pub fn new(slack: &'a [(&'a str, Slack)]) -> Self {
        Self { slack, pairs: Pairs::default() }
    }

    /// What differs between the expected answer and the one that came.
    pub fn differences(&mut self, expected: &Answer, found: &Answer) -> Vec<Difference> {
        if expected.status != found.status {
            // all else would differ for that reason
            return vec![Difference::new("status", Kind::Status, &expected.outcome(), &found.outcome())];
        }
        let mut differences = head::headers(expected, found);
        differences.extend(self.bodies(&expected.body, &found.body));
        differences
    }

    /// What differs between two bodies.
    pub fn bodies(&mut self, expected: &str, found: &str) -> Vec<Difference> {
        let (ours, theirs) = match (Outline::of(expected), Outline::of(found)) {
            (Ok(ours), Ok(theirs)) => (ours, theirs),
            (Err(_), Err(_)) if expected == found => return Vec::new(),
            (Err(_), _) => return vec![Difference::new("$", Kind::Text, expected, found)],
            (Ok(_), Err(_)) => return vec![Difference::new("$", Kind::Type, "JSON", &format!("no JSON: {found}"))],
        };
        let mut values = Values { pairs: &mut self.pairs, differences: Vec::new() };
        values.top(self.slack, ours.whole(expected), theirs.whole(found));
        let mut differences = values.differences;
        let (ours, theirs) = (layout(expected), layout(found));
        if ours != theirs {
            differences.push(Difference::new("$", Kind::Layout, &ours, &theirs));
        }
        differences
    }
}

/// The headers that only the target sends, and that are not compared.
pub use super::head::only_there;

/// How a JSON text is set: with white space between its values or without, and how it ends.
fn layout(json: &str) -> String {
    let (mut is_in_string, mut is_escaped, mut is_spaced) = (false, false, false);
    for byte in json.trim_ascii().bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_in_string => is_escaped = true,
            b'"' => is_in_string = !is_in_string,
            byte if !is_in_string && byte.is_ascii_whitespace() => is_spaced = true,
            _ => {}
        }
    }
    let end = json.len() - json.trim_ascii_end().len();
    let ending = match &json[json.len() - end..] {
        "" => "nothing after it".to_owned(),
        "\n" => "a line feed after it".to_owned(),
        other => format!("{other:?} after it"),
    };
    format!("{}, {ending}", if is_spaced { "with white space" } else { "minified" })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6";
    const OTHER: &str = "user-test-26d9ba61-97a1-4ba4-9720-b03761dc50c6";

    fn found(expected: &str, found: &str) -> Vec<String> {
        let slack = [("state", Slack::Values), ("keys", Slack::Length)];
        let differences = Comparison::new(&slack).bodies(expected, found);
        differences.iter().map(|one| format!("{} {}: {} | {}", one.place, one.kind.as_str(), one.expected, one.found)).collect()
    }

    #[test]
    fn what_differs_is_named_with_its_place() {
        for (expected, came, differences) in [
            (r#"{"a":1}"#, r#"{"a":1}"#, &[][..]),
            (r#"{"a":1}"#, r#"{"a":1.0}"#, &["$.a text: 1 | 1.0"]),
            (r#"{"a":1}"#, r#"{"a":"1"}"#, &["$.a type: number 1 | string"]),
            (r#"{"a":null}"#, "{}", &["$.a missing key: null | (absent)"]),
            ("{}", r#"{"a-b":[]}"#, &[r#"$["a-b"] new key: (absent) | array []"#]),
            (r#"{"a":1}"#, r#"{"a":1,"a":1}"#, &["$.a new key: (once) | number 1"]),
            (
                r#"{"a":1,"b":2,"c":3}"#,
                r#"{"b":2,"a":1,"d":3}"#,
                &["$.c missing key: number 3 | (absent)", "$.d new key: (absent) | number 3", "$ order of keys: a, b | b, a"],
            ),
            (r#"{"a":[{"b":"x"}]}"#, r#"{"a":[{"b":"y"},1]}"#, &["$.a length: 1 element | 2 elements", "$.a[0].b text: x | y"]),
            (r#"{"a":"<b>"}"#, r#"{"a":"\u003cb\u003e"}"#, &[r#"$.a layout: "<b>" | "\u003cb\u003e""#]),
            (
                r#"{"a":"x y"}"#,
                "{\"a\": \"x y\"}\n",
                &["$ layout: minified, nothing after it | with white space, a line feed after it"],
            ),
            ("{}", "<html>", &["$ type: JSON | no JSON: <html>"]),
        ] {
            assert_eq!(found(expected, came), differences, "{expected} {came}");
        }
    }

    #[test]
    fn volatile_values_are_compared_by_form_and_ids_go_together() {
        let body =
            |one: &str, two: &str, at: &str| format!(r#"{{"user_id":"{one}","user":{{"user_id":"{two}"}},"created_at":"{at}"}}"#);
        let expected = body(ID, ID, "2021-08-09T08:00:00Z");
        assert_eq!(found(&expected, &body(OTHER, OTHER, "2031-01-01T00:00:00Z")), [""; 0]);
        assert_eq!(found(&expected, &body(OTHER, ID, "2031-01-01T00:00:00Z")).len(), 1, "two users where there was one");
        let fraction = found(&expected, &body(ID, ID, "2031-01-01T00:00:00.1Z"));
        assert_eq!(fraction, ["$.created_at text: <time> | <time with a fraction>"]);
    }

    #[test]
    fn claims_of_a_jwt_are_compared() {
        use base64::Engine;
        let jwt = |claims: &str| {
            let part = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
            format!(r#"{{"session_jwt":"{}.{}.c2ln"}}"#, part(r#"{"alg":"RS256"}"#), part(claims))
        };
        let expected = jwt(r#"{"exp":1,"iss":"stytch.com/x"}"#);
        assert_eq!(found(&expected, &jwt(r#"{"exp":2,"iss":"stytch.com/x"}"#)), [""; 0]);
        assert_eq!(
            found(&expected, &jwt(r#"{"exp":2,"iss":"other"}"#)),
            ["$.session_jwt<claims>.iss text: stytch.com/x | other"]
        );
    }

    #[test]
    fn the_state_of_a_project_is_no_difference_and_its_shape_is() {
        let expected = r#"{"state":[{"name":"a","count":1,"more":null}],"keys":[{"use":"sig"}]}"#;
        let other = r#"{"state":[{"name":"b","count":2,"more":{}},{"name":"","count":0,"more":null}],"keys":[{"use":"sig"},{"use":"sig"}]}"#;
        assert_eq!(found(expected, other), [""; 0]);
        let wrong = r#"{"state":[{"name":1,"count":2}],"keys":[{"use":"enc"}]}"#;
        assert_eq!(
            found(expected, wrong),
            [
                "$.state[0].name type: string | number 1",
                "$.state[0].more missing key: null | (absent)",
                "$.keys[0].use text: sig | enc",
            ]
        );
    }
}
