//! Memory under load: ten million requests with the journal on. Once its ring is full, nothing grows.

use crate::process::Server;
use crate::start::megabytes;
use crate::{Fallible, load, say};

/// Requests between two looks, and looks.
const REQUESTS: usize = 1_000_000;
const LOOKS: usize = 10;

pub fn measure() -> Fallible<()> {
    let server = Server::emulator(&[])?;
    say(format_args!("memory: occupied after so many million requests, the journal on"));
    say(format_args!("  at rest               {:6.2} MB", megabytes(server.resident()?)));
    for look in 1..=LOOKS {
        load::put(server.address, REQUESTS, None)?;
        say(format_args!("  {look:>2}                    {:6.2} MB", megabytes(server.resident()?)));
    }
    Ok(())
}
