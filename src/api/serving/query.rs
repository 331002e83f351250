//! Query parameters, decoded as the vendor's service decodes them: `+` and `%20` are both a space.

use std::borrow::Cow;

use memchr::{memchr, memchr2};
use percent_encoding::percent_decode_str;

/// What a query says of one parameter.
#[derive(Debug, PartialEq, Eq)]
pub enum Parameter<'a> {
    /// Nothing.
    Absent,
    /// One value.
    Once(Cow<'a, str>),
    /// More than one.
    Repeated,
}

/// Looks a parameter up by its name.
#[must_use]
pub fn parameter<'a>(query: &'a str, name: &str) -> Parameter<'a> {
    let mut values = pairs(query).filter(|(key, _)| *key == name || decode(key) == name).map(|(_, value)| decode(value));
    match (values.next(), values.next()) {
        (None, _) => Parameter::Absent,
        (Some(value), None) => Parameter::Once(value),
        (Some(_), Some(_)) => Parameter::Repeated,
    }
}

/// The names and values of a query, as they were sent.
pub fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = query;
    let pairs = std::iter::from_fn(move || {
        let (pair, after) = split_once(b'&', rest);
        rest = after.unwrap_or_default();
        (!pair.is_empty() || after.is_some()).then_some(pair)
    });
    pairs.filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = split_once(b'=', pair);
        (name, value.unwrap_or_default())
    })
}

/// The names and values of a query or a form, as they were meant.
pub fn decoded_pairs(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    pairs(query).map(|(name, value)| (decode(name), decode(value)))
}

/// What stands before the first `separator`, and what stands behind it, if there is one.
fn split_once(separator: u8, text: &str) -> (&str, Option<&str>) {
    match memchr(separator, text.as_bytes()) {
        Some(place) => (&text[..place], Some(&text[place + 1..])),
        None => (text, None),
    }
}

/// A name or a value as it was meant. Most are written as they are meant.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if memchr2(b'%', b'+', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let spaced = text.replace('+', " ");
    Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_decoded() {
        let value = |query| match parameter(query, "user_id") {
            Parameter::Once(value) => value.into_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(value("user_id=a+b%20c%7Cd"), "a b c|d");
        assert_eq!(value("x=1&user%5Fid=a&y"), "a");
        assert_eq!(value("user_id"), "");
        assert_eq!(value("user_id=%zz"), "%zz");
        assert_eq!(value("user_id=%ff"), "\u{fffd}");
        assert_eq!(value("USER_ID=a"), "Absent");
        assert_eq!(value("user_id=a&user_id=a"), "Repeated");
        assert_eq!(value("user_id=a=b"), "a=b");
        assert_eq!(value("&&x&user_id=ü&"), "ü");
        assert_eq!(value("user_id=&user_id"), "Repeated");
        assert_eq!(value(""), "Absent");
    }
}
