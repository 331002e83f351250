//! What a request costs: the emulator against the floor.

use std::net::SocketAddr;

use crate::load::{self, CONNECTIONS};
use crate::process::Server;
use crate::wire::{self, Connection};
use crate::{Fallible, median, say};

/// Requests in a round, and those before that are not counted: they fill the journal.
const REQUESTS: usize = 20_000;
const WARM_UP: usize = 5_000;

/// The servers take turns, so that what disturbs one disturbs all; and each round starts them anew, since where a
/// process comes to lie in memory is worth a few percent.
const ROUNDS: usize = 41;

pub fn measure() -> Fallible<()> {
    let sessions = sessions_that_match()?;
    let mut rounds: [Vec<f64>; 2] = Default::default();
    for _ in 0..ROUNDS {
        let servers = [Server::floor(&sessions)?, Server::emulator(&[])?];
        for (server, costs) in servers.iter().zip(&mut rounds) {
            load::put(server.address, WARM_UP, None)?;
            costs.push(micros_per_request(server, server.address, REQUESTS, None)?);
        }
    }
    let [floor, emulator] = rounds;
    let ratio = median(emulator.iter().zip(&floor).map(|(emulator, floor)| emulator / floor).collect());
    say(format_args!("cpu: processor time per request, {CONNECTIONS} connections kept alive, medians of {ROUNDS} rounds"));
    say(format_args!("  floor                 {:6.2} µs", median(floor)));
    say(format_args!("  emulator              {:6.2} µs", median(emulator)));
    say(format_args!("  emulator / floor      {ratio:6.3}     at most 1.15"));
    Ok(())
}

/// The sessions that the floor has to answer with, so that both send as many bytes.
fn sessions_that_match() -> Fallible<String> {
    let emulator = Server::emulator(&[])?;
    let request = wire::request(wire::USER_ID);
    let answer = Connection::open(emulator.address, &request)?;
    let sessions = answer.body().split_once(r#""sessions":"#).and_then(|(_, rest)| rest.strip_suffix('}'));
    let sessions = sessions.ok_or("the answer has no sessions")?.to_owned();
    let floor = Server::floor(&sessions)?;
    if Connection::open(floor.address, &request)?.length() != answer.length() {
        return Err("the floor and the emulator send answers of different lengths".into());
    }
    Ok(sessions)
}

/// Puts load on an address of a server; what a request cost it.
pub fn micros_per_request(server: &Server, address: SocketAddr, requests: usize, users: Option<usize>) -> Fallible<f64> {
    let before = server.cpu()?;
    load::put(address, requests, users)?;
    Ok(server.cpu()?.saturating_sub(before).as_secs_f64() * 1e6 / requests as f64)
}
