//! How soon it is ready, how much memory it takes then, how large it is.

use std::fs;
use std::process::Command;

use crate::process::{EMULATOR, FLAGS, Server};
use crate::wire::{self, Connection};
use crate::{Fallible, median, now, say, seeds};

/// Starts of each kind.
const STARTS: usize = 25;

pub fn measure() -> Fallible<()> {
    let many = |sessions| seeds::of_users(10_000, sessions).map(|path| format!("--seed={}", path.display()));
    say(format_args!("start: from the start of the process to its first answer, {STARTS} starts"));
    row("built-in seed", &[], wire::USER_ID, 5)?;
    row("10,000 users", &[&many(1)?], &wire::user_id(9_999), 50)?;
    row("and 30,000 sessions", &[&many(3)?], &wire::user_id(9_999), 40)?;
    row("with TLS", &["--tls-port=0"], wire::USER_ID, 20)?;
    let server = Server::emulator(&[])?;
    Connection::open(server.address, &wire::request(wire::USER_ID))?;
    say(format_args!("  idle memory           {:6.2} MB    at most 8", megabytes(server.resident()?)));
    let bytes = fs::metadata(EMULATOR)?.len();
    say(format_args!("  binary                {:6.2} MB    at most 6.5", bytes as f64 / 1e6));
    Ok(())
}

fn row(what: &str, arguments: &[&str], user_id: &str, most: u32) -> Fallible<()> {
    let request = wire::request(user_id);
    let (mut waits, mut costs) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let start = now();
        let server = Server::start(Command::new(EMULATOR).args(FLAGS).args(arguments))?;
        Connection::open(server.address, &request)?;
        waits.push(start.elapsed().as_secs_f64() * 1e3);
        costs.push(server.cpu()?.as_secs_f64() * 1e3);
    }
    let best = waits.iter().copied().fold(f64::INFINITY, f64::min);
    let (wait, cost) = (median(waits), median(costs));
    say(format_args!("  {what:<20}  {best:6.2} ms    at most {most} (median {wait:.2}, of it processor time {cost:.2})"));
    Ok(())
}

/// KiB, as the system counts, in MB.
pub fn megabytes(kib: u64) -> f64 {
    kib as f64 * 1024.0 / 1e6
}
