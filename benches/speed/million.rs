//! A million users with three sessions each: how long they take to load, and whether a request about one of them costs
//! more than with ten users.

use crate::cpu::micros_per_request;
use crate::process::Server;
use crate::start::megabytes;
use crate::{Fallible, median, now, say, seeds};

const FEW: usize = 10;
const MANY: usize = 1_000_000;

/// Requests in a round, and rounds.
const REQUESTS: usize = 20_000;
const ROUNDS: usize = 21;

pub fn measure() -> Fallible<()> {
    let seeded = |users| -> Fallible<Server> {
        let path = seeds::of_users(users, 3)?;
        Server::emulator(&[&format!("--seed={}", path.display())])
    };
    let few = seeded(FEW)?;
    let path = seeds::of_users(MANY, 3)?;
    let start = now();
    let many = Server::emulator(&[&format!("--seed={}", path.display())])?;
    let loaded = start.elapsed();
    say(format_args!("million: {MANY} users with three sessions each"));
    say(format_args!("  ready after           {:6.2} s     at most 5", loaded.as_secs_f64()));
    say(format_args!("  memory, at its peak   {:6.0} MB    at most 1500", megabytes(many.peak()?)));
    say(format_args!("  memory, from then on  {:6.0} MB", megabytes(many.resident()?)));
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let cost = micros_per_request(&few, few.address, REQUESTS, Some(FEW))?;
        ratios.push(micros_per_request(&many, many.address, REQUESTS, Some(MANY))? / cost);
    }
    say(format_args!("  a request / 10 users  {:6.3}       at most 1.1", median(ratios)));
    Ok(())
}
