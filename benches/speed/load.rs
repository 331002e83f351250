//! The load: a fixed number of requests over 64 connections, one in flight on each. A process of its own, so that
//! what it costs is not counted, on a core of its own where there are several.

use std::net::SocketAddr;

use crate::Fallible;
use crate::process;
use crate::wire::{self, Connection};

/// How many connections there are.
pub const CONNECTIONS: usize = 64;

/// Puts load on a server: so many requests, about the built-in seed's user or about as many users in turn.
pub fn put(address: SocketAddr, requests: usize, users: Option<usize>) -> Fallible<()> {
    let arguments = [address.to_string(), requests.to_string(), users.unwrap_or(0).to_string()];
    let mut load = process::myself(process::CLIENT_CORE)?;
    let status = load.arg("load").args(arguments).status()?;
    if status.success() { Ok(()) } else { Err("the load failed".into()) }
}

/// The other end of [`put`]: runs in the process that it starts.
pub fn run(arguments: &[String]) -> Fallible<()> {
    let [address, requests, users] = arguments else { return Err("load ADDRESS REQUESTS USERS".into()) };
    let (address, requests, users): (SocketAddr, usize, usize) = (address.parse()?, requests.parse()?, users.parse()?);
    let texts = match users {
        0 => vec![wire::request(wire::USER_ID)],
        // a prime number of them, far apart: no cache holds them all, and no connection asks for the same ones
        _ => (0..10_007).map(|turn| wire::request(&wire::user_id(turn * (users / 10_007 + 1) % users))).collect(),
    };
    let mut texts = texts.iter().cycle();
    let mut next = || texts.next().map(Vec::as_slice).unwrap_or_default();
    let mut connections = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        connections.push(Connection::open(address, next())?);
    }
    for connection in &mut connections {
        connection.ask(next())?;
    }
    // whoever was asked first has answered first: nobody waits for long
    for turn in 0..requests {
        let connection = &mut connections[turn % CONNECTIONS];
        connection.hear()?;
        if turn + CONNECTIONS < requests {
            connection.ask(next())?;
        }
    }
    Ok(())
}
