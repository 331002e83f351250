//! A report for people: a line a case, and under it what differs.

use std::fmt::Write;

use super::report::{CaseReport, Report};

/// Writes it.
#[must_use]
pub fn write(report: &Report) -> String {
    let Report { tool, against, project_id, wire, rate, requests, totals, .. } = report;
    let mut text = format!("{tool} (--wire {wire}) and {against}, project {project_id}\n\n");
    for case in &report.cases {
        let _ = add(&mut text, case);
    }
    let _ = write!(text, "\n{} cases: {} equal, {} different", totals.cases, totals.equal, totals.different);
    let _ = write!(text, "; {} differences", totals.differences);
    if totals.ignored > 0 {
        let _ = write!(text, ", {} ignored", totals.ignored);
    }
    let _ = writeln!(text, "; {requests} requests at {rate}");
    if !report.headers_only_there.is_empty() {
        let names: Vec<&str> = report.headers_only_there.iter().map(String::as_str).collect();
        let _ = writeln!(text, "Not compared: only the target sends the headers {}", names.join(", "));
    }
    for user in &report.left_behind {
        let _ = writeln!(text, "NOT DELETED {user}");
    }
    if let Some(why) = &report.interrupted {
        let _ = writeln!(text, "INTERRUPTED {why}");
    }
    text
}

fn add(text: &mut String, case: &CaseReport) -> std::fmt::Result {
    if case.differences.is_empty() {
        return writeln!(text, "equal      {}", case.name);
    }
    writeln!(text, "DIFFERENT  {} ({}: {})", case.name, case.evidence, case.source)?;
    let mut step = 0;
    for found in &case.differences {
        if found.step != step {
            step = found.step;
            writeln!(text, "    {}", found.request)?;
        }
        let one = &found.difference;
        writeln!(text, "      {} at {}", one.kind.as_str(), one.place)?;
        writeln!(text, "        emulator: {}", one.expected)?;
        writeln!(text, "        target:   {}", one.found)?;
    }
    if case.unasked > 0 {
        writeln!(text, "    {} more requests of this case could not be made", case.unasked)?;
    }
    Ok(())
}
