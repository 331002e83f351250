//! Status and headers. Of the headers those are compared that the vendor's API means something by; a service that stands
//! behind proxies has many more, which only get noted.

use super::difference::{Difference, Kind};
use crate::verify::remote::answer::Answer;

/// The headers that are compared, and whether their values are.
pub const COMPARED: [(&str, bool); 6] = [
    ("content-type", true),
    ("www-authenticate", true),
    ("allow", true),
    ("location", true),
    ("cache-control", true),
    // how many seconds are left has to differ
    ("retry-after", false),
];

/// What a missing header or key is shown as.
pub const ABSENT: &str = "(absent)";

/// What differs in the headers.
#[must_use]
pub fn headers(expected: &Answer, found: &Answer) -> Vec<Difference> {
    let differs = |(name, by_value): &(&str, bool)| {
        let (ours, theirs) = (expected.header(name), found.header(name));
        let is_equal = if *by_value { ours == theirs } else { ours.is_some() == theirs.is_some() };
        let difference =
            || Difference::new(format!("header {name}"), Kind::Header, ours.unwrap_or(ABSENT), theirs.unwrap_or(ABSENT));
        (!is_equal).then(difference)
    };
    COMPARED.iter().filter_map(differs).collect()
}

/// The headers that only the target sends, and that are not compared.
pub fn only_there<'a>(expected: &'a Answer, found: &'a Answer) -> impl Iterator<Item = &'a str> {
    let is_compared = |name: &str| COMPARED.iter().any(|(known, _)| *known == name);
    found.headers.iter().map(|(name, _)| name.as_str()).filter(move |name| !is_compared(name) && expected.header(name).is_none())
}
