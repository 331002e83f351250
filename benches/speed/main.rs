//! The emulator's speed and memory, measured by hand: `cargo bench --bench speed -- [cpu|journal|start|tls|streams|bad-seed|memory|million|all]`.
//! What each figure means stands in `benches/README.md`. Processor time is what is compared, not throughput, and
//! always within one run: so the figures hold on a machine that is busy with other things, too. Linux only.

#![expect(clippy::cast_precision_loss, reason = "counts and bytes become figures of three digits")]

mod bad_seed;
mod cpu;
mod flood;
mod floor;
mod journal;
mod load;
mod memory;
mod million;
mod process;
mod seeds;
mod start;
mod streams;
mod wire;

use std::error::Error;
use std::fmt;
use std::process::ExitCode;
use std::time::Instant;

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// A part of the benchmark.
type Part = (&'static str, fn() -> Fallible<()>);

/// All parts, those that take long last.
const PARTS: [Part; 8] = [
    ("cpu", cpu::measure),
    ("journal", journal::measure),
    ("start", start::measure),
    ("tls", flood::measure),
    ("streams", streams::measure),
    ("bad-seed", bad_seed::measure),
    ("memory", memory::measure),
    ("million", million::measure),
];

/// What is measured unless parts are named.
const QUICK: [&str; 3] = ["cpu", "journal", "start"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("floor") => floor::serve(arguments.get(1).map(String::as_str).unwrap_or_default()),
        Some("twins") => journal::serve_twins(),
        Some("load") => load::run(&arguments[1..]),
        Some("flood") => flood::run(&arguments[1..]),
        _ => measure(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &[String]) -> Fallible<()> {
    // cargo says so when it means it; `cargo test --all-targets` only wants to know that this compiles
    if !arguments.iter().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let named: Vec<&str> = arguments.iter().map(String::as_str).filter(|argument| !argument.starts_with("--")).collect();
    let is_part = |name: &&str| *name == "all" || PARTS.iter().any(|(part, _)| part == name);
    if let Some(unknown) = named.iter().find(|name| !is_part(name)) {
        return Err(format!("there is no part {unknown}; there are: {}, all", PARTS.map(|(name, _)| name).join(", ")).into());
    }
    for (name, part) in PARTS {
        let wanted = if named.is_empty() { QUICK.contains(&name) } else { named.contains(&name) || named.contains(&"all") };
        if wanted {
            part()?;
        }
    }
    Ok(())
}

/// The median of some measurements.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::print_stdout, reason = "a benchmark reports to whoever runs it")]
fn say(line: fmt::Arguments<'_>) {
    println!("{line}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures the machine's own time")]
fn now() -> Instant {
    Instant::now()
}
