//! JSON against JSON, in the order of the text. It goes only as deep as what is expected, whatever a target sends.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::difference::{Difference, Kind};
use super::head::ABSENT;
use super::pairs::Pairs;
use super::volatile::{self, Form};
use crate::wire::seed::json_slice::{JsonSlice, Outline};

/// What of a value is the state of a project, and no fact about the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slack {
    /// Nothing: all of it is compared.
    None,
    /// How many elements a list has: each is held to the first that is expected.
    Length,
    /// That, and every value: keys, their order and types are compared.
    Values,
}

/// Gathers the differences of two values.
pub struct Values<'a> {
    /// The ids that go together.
    pub pairs: &'a mut Pairs,
    /// What was found so far.
    pub differences: Vec<Difference>,
}

impl Values<'_> {
    /// Compares two bodies; some of their keys may have slack.
    pub fn top(&mut self, slack: &[(&str, Slack)], expected: JsonSlice<'_>, found: JsonSlice<'_>) {
        if kind(expected) == "object" && kind(found) == "object" {
            let of_key = |key: &str| slack.iter().find(|(known, _)| *known == key).map_or(Slack::None, |(_, slack)| *slack);
            self.objects("$", &of_key, expected, found);
        } else {
            self.compare("$", "", Slack::None, expected, found);
        }
    }

    /// Compares two values that stand at a place, under a key.
    pub fn compare(&mut self, place: &str, key: &str, slack: Slack, expected: JsonSlice<'_>, found: JsonSlice<'_>) {
        let (ours, theirs) = (kind(expected), kind(found));
        if ours != theirs {
            let is_state = slack == Slack::Values && (ours == "null" || theirs == "null");
            if !is_state {
                self.add(place, Kind::Type, &described(ours, expected), &described(theirs, found));
            }
            return;
        }
        match ours {
            "object" => self.objects(place, &|_| slack, expected, found),
            "array" => self.arrays(place, key, slack, expected, found),
            "string" if slack != Slack::Values => self.strings(place, key, expected, found),
            "string" | "null" => {}
            _ => {
                let has_to = slack == Slack::Values || volatile::form(key) == Some(Form::Seconds);
                if !has_to && expected.json() != found.json() {
                    self.add(place, Kind::Text, expected.json(), found.json());
                }
            }
        }
    }

    fn objects(&mut self, place: &str, slack: &dyn Fn(&str) -> Slack, expected: JsonSlice<'_>, found: JsonSlice<'_>) {
        let (ours, theirs) = (members(expected), members(found));
        for (key, value) in &ours {
            match theirs.iter().find(|(other, _)| other == key) {
                Some((_, other)) => self.compare(&under(place, key), key, slack(key), *value, *other),
                None => self.add(&under(place, key), Kind::MissingKey, &described(kind(*value), *value), ABSENT),
            }
        }
        for (index, (key, value)) in theirs.iter().enumerate() {
            let is_twice = theirs[..index].iter().any(|(other, _)| other == key);
            if is_twice || !ours.iter().any(|(other, _)| other == key) {
                let expected = if is_twice { "(once)" } else { ABSENT };
                self.add(&under(place, key), Kind::NewKey, expected, &described(kind(*value), *value));
            }
        }
        let order = |some: &[(String, JsonSlice<'_>)], others: &[(String, JsonSlice<'_>)]| {
            let mut shared: Vec<&str> = Vec::new();
            for (key, _) in some {
                if others.iter().any(|(other, _)| other == key) && !shared.contains(&key.as_str()) {
                    shared.push(key);
                }
            }
            shared.join(", ")
        };
        let (ours, theirs) = (order(&ours, &theirs), order(&theirs, &ours));
        if ours != theirs {
            self.add(place, Kind::Order, &ours, &theirs);
        }
    }

    fn arrays(&mut self, place: &str, key: &str, slack: Slack, expected: JsonSlice<'_>, found: JsonSlice<'_>) {
        let (ours, theirs): (Vec<_>, Vec<_>) = (expected.elements().collect(), found.elements().collect());
        // the length of the chain of certificates is its owner's affair, as the number of keys is
        let is_free = slack != Slack::None || volatile::form(key) == Some(Form::Material);
        if !is_free && ours.len() != theirs.len() {
            self.add(place, Kind::Length, &counted(ours.len()), &counted(theirs.len()));
        }
        let Some(model) = ours.first() else { return };
        for (index, element) in theirs.iter().enumerate() {
            let model = if is_free { Some(model) } else { ours.get(index) };
            if let Some(model) = model {
                self.compare(&format!("{place}[{index}]"), key, slack, *model, *element);
            }
        }
    }

    fn strings(&mut self, place: &str, key: &str, expected: JsonSlice<'_>, found: JsonSlice<'_>) {
        let text = |value: JsonSlice<'_>| value.string().unwrap_or(value.json().to_owned().into()).into_owned();
        let (ours, theirs) = (text(expected), text(found));
        match volatile::form(key) {
            Some(form) => self.volatile(place, form, &ours, &theirs),
            None if ours != theirs => self.add(place, Kind::Text, &ours, &theirs),
            None if expected.json() != found.json() => self.add(place, Kind::Layout, expected.json(), found.json()),
            None => {}
        }
    }

    fn volatile(&mut self, place: &str, form: Form, ours: &str, theirs: &str) {
        let (our_outline, their_outline) = (volatile::outline(form, ours), volatile::outline(form, theirs));
        if our_outline != their_outline {
            self.add(place, Kind::Text, &our_outline, &their_outline);
        } else if form == Form::Jwt {
            self.jwts(place, ours, theirs);
        } else if form == Form::Id && volatile::is_id(ours) && !self.pairs.go_together(ours, theirs) {
            self.add(place, Kind::Text, "the id that stood for this one before", "another id than before");
        }
    }

    /// The two parts of a JWT that are JSON.
    fn jwts(&mut self, place: &str, ours: &str, theirs: &str) {
        let part = |jwt: &str, index: usize| {
            let part = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(index)?).ok()?;
            String::from_utf8(part).ok()
        };
        for (index, name) in ["header", "claims"].into_iter().enumerate() {
            let (ours, theirs) = (part(ours, index).unwrap_or_default(), part(theirs, index).unwrap_or_default());
            let place = format!("{place}<{name}>");
            match (Outline::of(&ours), Outline::of(&theirs)) {
                (Ok(our_outline), Ok(their_outline)) => {
                    self.compare(&place, "", Slack::None, our_outline.whole(&ours), their_outline.whole(&theirs));
                }
                (Ok(_), Err(_)) => self.add(&place, Kind::Type, "JSON", "no JSON"),
                (Err(_), _) => {}
            }
        }
    }

    fn add(&mut self, place: &str, kind: Kind, expected: &str, found: &str) {
        self.differences.push(Difference::new(place, kind, expected, found));
    }
}

/// The type of a value.
fn kind(value: JsonSlice<'_>) -> &'static str {
    match value.json().as_bytes().first() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "boolean",
        Some(b'n') => "null",
        _ => "number",
    }
}

/// A value by its type; what it is only if it is short and says nothing about anybody.
fn described(kind: &str, value: JsonSlice<'_>) -> String {
    match kind {
        "number" | "boolean" => format!("{kind} {}", value.json()),
        "array" | "object" if value.json().len() == 2 => format!("{kind} {}", value.json()),
        "string" if value.json() == "\"\"" => "string \"\"".to_owned(),
        _ => kind.to_owned(),
    }
}

fn members(object: JsonSlice<'_>) -> Vec<(String, JsonSlice<'_>)> {
    object.members().map(|(key, value)| (key.string().unwrap_or_default().into_owned(), value)).collect()
}

fn counted(elements: usize) -> String {
    if elements == 1 { "1 element".to_owned() } else { format!("{elements} elements") }
}

fn under(place: &str, key: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if !key.is_empty() && key.chars().all(is_plain) {
        format!("{place}.{key}")
    } else {
        format!("{place}[{}]", serde_json::Value::from(key))
    }
}
