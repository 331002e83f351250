//! A report as the XML of `JUnit`, which CI systems show.

use std::fmt::Write;

use super::report::{Found, Report};

/// Writes it.
#[must_use]
pub fn write(report: &Report) -> String {
    let failures = report.totals.different;
    let errors = report.left_behind.len() + usize::from(report.interrupted.is_some());
    let tests = report.cases.len() + errors;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"");
    let _ = writeln!(xml, "<testsuites name=\"stytch-mock verify\" {counts}>");
    let _ = writeln!(xml, "  <testsuite name=\"{}\" {counts} skipped=\"0\">", escaped(&report.against));
    for case in &report.cases {
        let _ = write!(xml, "    <testcase classname=\"stytch-mock.verify.{}\" name=\"{}\"", case.evidence, escaped(case.name));
        if case.differences.is_empty() {
            xml.push_str("/>\n");
            continue;
        }
        let places: Vec<&str> = case.differences.iter().map(|found| found.difference.place.as_str()).collect();
        let lines: Vec<String> = case.differences.iter().map(line).collect();
        let text = format!("{}: {}\n{}", case.evidence, case.source, lines.join("\n"));
        let _ = writeln!(
            xml,
            ">\n      <failure type=\"difference\" message=\"{}\">{}</failure>\n    </testcase>",
            escaped(&places.join(", ")),
            escaped(&text)
        );
    }
    for (name, text) in report
        .left_behind
        .iter()
        .map(|user| ("not deleted", user))
        .chain(report.interrupted.iter().map(|why| ("interrupted", why)))
    {
        let _ = writeln!(
            xml,
            "    <testcase classname=\"stytch-mock.verify\" name=\"{name}\">\n      <error type=\"{name}\" message=\"{}\"/>\n    </testcase>",
            escaped(text)
        );
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

fn line(found: &Found) -> String {
    let one = &found.difference;
    format!("{}: {} at {}: emulator {}, target {}", found.request, one.kind.as_str(), one.place, one.expected, one.found)
}

/// A text as XML wants it, in content and in attributes. Control characters have no place in XML at all.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter if letter.is_control() => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}
