//! What the journal costs: two emulators in one process, one with a journal and one without, which take turns. Two
//! processes would differ by more than what is looked for, since where a process comes to lie in memory is worth a
//! few percent.

use stytch_mock::{AuthMode, Emulator};

use crate::cpu::micros_per_request;
use crate::load::{self, CONNECTIONS};
use crate::process::{self, Server};
use crate::{Fallible, median, say};

/// Requests in a turn, and those before that are not counted: they fill the journal.
const REQUESTS: usize = 4_000;
const WARM_UP: usize = 5_000;

/// Turns of each, and how often all of that is begun anew.
const TURNS: usize = 50;
const PROCESSES: usize = 10;

pub fn measure() -> Fallible<()> {
    let (mut ratios, mut costs) = (Vec::new(), Vec::new());
    for _ in 0..PROCESSES {
        let mut server = Server::start(process::myself(process::SERVER_CORE)?.arg("twins"))?;
        let (with, without) = (server.address, server.next_address()?);
        load::put(with, WARM_UP, None)?;
        load::put(without, WARM_UP, None)?;
        let mut before = micros_per_request(&server, without, REQUESTS, None)?;
        for _ in 0..TURNS {
            let cost = micros_per_request(&server, with, REQUESTS, None)?;
            let after = micros_per_request(&server, without, REQUESTS, None)?;
            // a machine that becomes slower or faster meanwhile does so for both
            ratios.push(2.0 * cost / (before + after));
            costs.push(after);
            before = after;
        }
    }
    let turns = ratios.len();
    let ratio = median(ratios);
    say(format_args!("journal: processor time per request, {CONNECTIONS} connections kept alive, medians of {turns} turns"));
    say(format_args!("  emulator, no journal  {:6.2} µs", median(costs)));
    say(format_args!("  journal / none        {ratio:6.3}     at most 1.03"));
    say(format_args!("  throughput of a core  {:6.3}     at least 0.97", 1.0 / ratio));
    Ok(())
}

/// The two emulators; until the process is killed.
#[tokio::main]
pub async fn serve_twins() -> Fallible<()> {
    let builder = || Emulator::builder().rate_limit("4000000000/s").auth(AuthMode::Strict);
    let twins = [builder().start().await?, builder().journal(0).start().await?];
    for twin in &twins {
        say(format_args!("twin ready on {}", twin.base_url()));
    }
    std::future::pending().await
}
