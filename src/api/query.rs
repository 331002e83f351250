//! Query parameters, decoded as the vendor's service decodes them: `+` and `%20` are both a space.

use std::borrow::Cow;

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
    let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name).map(|(_, value)| value);
    match (values.next(), values.next()) {
        (None, _) => Parameter::Absent,
        (Some(value), None) => Parameter::Once(value),
        (Some(_), Some(_)) => Parameter::Repeated,
    }
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
    }
}
