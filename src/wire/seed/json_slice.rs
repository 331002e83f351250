//! A sound JSON text, cut into its values. Where each object and array ends is noted once, in one go through the text:
//! so a value is stepped over, however much lies inside it, and nothing is read again at every level.

use std::borrow::Cow;

use memchr::memchr2;
use serde_json::value::RawValue;

/// Where the objects and arrays of a text end. There is one only of a text whose syntax is sound.
#[derive(Debug)]
pub struct Outline(Vec<Extent>);

/// How far an object or an array goes.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    /// Its length in bytes.
    length: u32,
    /// How many objects and arrays lie inside it, at any depth.
    inner: u32,
}

impl Outline {
    /// That of a text.
    ///
    /// # Errors
    /// Where the text is no JSON, or that it is too long.
    pub fn of(text: &str) -> serde_json::Result<Self> {
        if u32::try_from(text.len()).is_err() {
            return Err(serde::de::Error::custom("it has more than 4 GiB"));
        }
        serde_json::from_str::<&RawValue>(text)?;
        let bytes = text.as_bytes();
        let (mut extents, mut open, mut at) = (Vec::new(), Vec::new(), 0);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => at += string_length(&bytes[at..]) - 1,
                b'{' | b'[' => {
                    open.push((extents.len(), at));
                    extents.push(Extent::default());
                }
                b'}' | b']' => {
                    let (index, start) = open.pop().expect("in a sound text what closes was opened");
                    extents[index] = Extent { length: narrow(at + 1 - start), inner: narrow(extents.len() - index - 1) };
                }
                _ => {}
            }
            at += 1;
        }
        Ok(Self(extents))
    }

    /// The whole of the text whose outline this is.
    #[must_use]
    pub fn whole<'t>(&'t self, text: &'t str) -> JsonSlice<'t> {
        JsonSlice { json: text.trim_ascii(), inner: self.0.get(1..).unwrap_or_default() }
    }
}

fn narrow(length: usize) -> u32 {
    u32::try_from(length).expect("the length of the text was looked at")
}

/// The length of the string with which a sound text begins, quotes included.
fn string_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(found) = text.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        at += found;
        if text[at] == b'"' {
            break;
        }
        at += 2;
    }
    at + 1
}

/// A value of a sound text.
#[derive(Debug, Clone, Copy)]
pub struct JsonSlice<'t> {
    json: &'t str,
    /// What lies inside it, in the order of the text.
    inner: &'t [Extent],
}

impl<'t> JsonSlice<'t> {
    /// Its JSON.
    #[must_use]
    pub fn json(self) -> &'t str {
        self.json
    }

    /// The elements of an array; anything else has none.
    pub fn elements(self) -> impl Iterator<Item = JsonSlice<'t>> {
        self.parts('[')
    }

    /// The keys of an object, as they are written, and their values; anything else has none.
    pub fn members(self) -> impl Iterator<Item = (JsonSlice<'t>, JsonSlice<'t>)> {
        let mut parts = self.parts('{');
        std::iter::from_fn(move || Some((parts.next()?, parts.next()?)))
    }

    /// The value under a key of an object.
    #[must_use]
    pub fn member(self, wanted: &str) -> Option<JsonSlice<'t>> {
        self.members().find(|(key, _)| key.string().as_deref() == Some(wanted)).map(|(_, value)| value)
    }

    /// The content of a string, borrowed if it has no escape in it; `None` if an escape stands for no character.
    #[must_use]
    pub fn string(self) -> Option<Cow<'t, str>> {
        if self.json.contains('\\') {
            return serde_json::from_str(self.json).ok().map(Cow::Owned);
        }
        self.json.strip_prefix('"')?.strip_suffix('"').map(Cow::Borrowed)
    }

    fn parts(self, opening: char) -> Parts<'t> {
        let rest = self.json.strip_prefix(opening).map_or("", |rest| &rest[..rest.len() - 1]);
        Parts { rest, inner: self.inner }
    }
}

/// What an object or an array consists of, one by one: in an object keys and values take turns.
struct Parts<'t> {
    rest: &'t str,
    inner: &'t [Extent],
}

impl<'t> Iterator for Parts<'t> {
    type Item = JsonSlice<'t>;

    fn next(&mut self) -> Option<JsonSlice<'t>> {
        let is_between = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':');
        let start = self.rest.bytes().position(|byte| !is_between(byte))?;
        let rest = &self.rest[start..];
        let mut inner: &[Extent] = &[];
        let length = match rest.as_bytes()[0] {
            b'{' | b'[' => {
                let (extent, after) = self.inner.split_first()?;
                (inner, self.inner) = after.split_at(extent.inner as usize);
                extent.length as usize
            }
            b'"' => string_length(rest.as_bytes()),
            _ => rest.bytes().position(is_between).unwrap_or(rest.len()),
        };
        let (json, rest) = rest.split_at(length);
        self.rest = rest;
        Some(JsonSlice { json, inner })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_its_values() {
        let text = r#" {"a": [1,[ ],{"b" :"]}\\\""} , -2.5e3], "ü\u0041": null,"c":{}} "#;
        let outline = Outline::of(text).unwrap();
        let members: Vec<(Option<Cow<'_, str>>, JsonSlice<'_>)> =
            outline.whole(text).members().map(|(key, value)| (key.string(), value)).collect();
        let shown: Vec<(Option<&str>, &str)> = members.iter().map(|(key, value)| (key.as_deref(), value.json())).collect();
        let array = r#"[1,[ ],{"b" :"]}\\\""} , -2.5e3]"#;
        assert_eq!(shown, [(Some("a"), array), (Some("üA"), "null"), (Some("c"), "{}")]);
        let elements: Vec<JsonSlice<'_>> = members[0].1.elements().collect();
        let shown: Vec<&str> = elements.iter().map(|element| element.json()).collect();
        assert_eq!(shown, ["1", "[ ]", r#"{"b" :"]}\\\""}"#, "-2.5e3"]);
        let (key, value) = elements[2].members().next().unwrap();
        assert_eq!((key.string().as_deref(), value.string().as_deref()), (Some("b"), Some("]}\\\"")));
        assert_eq!((elements[1].elements().count(), elements[0].elements().count(), elements[2].elements().count()), (0, 0, 0));
    }

    #[test]
    fn half_a_surrogate_is_no_string_and_what_is_no_json_has_no_outline() {
        let text = r#"["\ud800"]"#;
        let outline = Outline::of(text).unwrap();
        assert_eq!(outline.whole(text).elements().next().and_then(JsonSlice::string), None);
        for text in ["", "[", "{]", "[1,]", "[] []", "\"\n\""] {
            assert!(Outline::of(text).is_err(), "{text}");
        }
    }
}
