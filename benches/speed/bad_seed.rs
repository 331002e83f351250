//! A large seed with many problems: how long it takes to be refused.

use std::process::Command;

use crate::process::EMULATOR;
use crate::{Fallible, now, say, seeds};

/// The seed's size, and its problems: as many as are shown.
const BYTES: usize = 20_000_000;
const PROBLEMS: usize = 100;

pub fn measure() -> Fallible<()> {
    let users = BYTES / seeds::user(0, 3, "").len();
    // the last ones: those are the farthest from the start
    let first_member = move |number| if number + PROBLEMS < users { "" } else { r#""statsu":"active","# };
    let path = seeds::write("bad.json", users, |number| seeds::user(number, 3, first_member(number)))?;
    let start = now();
    let output = Command::new(EMULATOR).arg("validate").arg(&path).output()?;
    let took = start.elapsed();
    let found = String::from_utf8_lossy(&output.stderr).matches("unknown key `statsu`").count();
    if output.status.code() != Some(1) || found != PROBLEMS {
        return Err(format!("{found} problems were found, not {PROBLEMS}").into());
    }
    say(format_args!("bad-seed: {PROBLEMS} problems at the end of {} MB", BYTES / 1_000_000));
    say(format_args!("  refused after         {:6.3} s     well under 1", took.as_secs_f64()));
    Ok(())
}
