//! What a hundred readers of `/__mock/events` do to everybody else: the same load with and without them, in turns.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::load::CONNECTIONS;
use crate::process::{self, Server};
use crate::wire::{self, Connection};
use crate::{Fallible, median, now, say};

/// As many pages are open.
const READERS: usize = 100;

/// Turns of each, and how long one takes.
const TURNS: usize = 8;
const TURN: Duration = Duration::from_secs(2);

/// How often a connection asks: as fast as a suite of tests, not as fast as can be.
const PAUSE: Duration = Duration::from_millis(16);

pub fn measure() -> Fallible<()> {
    // on all cores, as it is run
    let server = Server::start(Command::new(process::EMULATOR).args(process::FLAGS))?;
    let (mut alone, mut with) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    let mut before = 0;
    for _ in 0..TURNS {
        turn(server.address, &mut alone)?;
        before = before.max(server.resident()?);
        let readers = (0..READERS).map(|_| read_along(server.address)).collect::<Fallible<Vec<_>>>()?;
        turn(server.address, &mut with)?;
        for (stream, reader) in readers {
            stream.shutdown(std::net::Shutdown::Both)?;
            reader.join().map_err(|_| "a reader failed")?;
        }
    }
    let peak = server.peak()?;
    say(format_args!("streams: {CONNECTIONS} connections that ask every {} ms, medians of {TURNS} turns", PAUSE.as_millis()));
    let [[alone_half, alone_most], [with_half, with_most]] = [alone, with].map(|turns| turns.map(median));
    say(format_args!("  nobody reads       p50 {alone_half:6.3} ms  p99 {alone_most:6.3} ms"));
    say(format_args!("  {READERS} readers        p50 {with_half:6.3} ms  p99 {with_most:6.3} ms"));
    say(format_args!("  p99 with / without {:6.2}     less than 2", with_most / alone_most));
    say(format_args!("  memory             {:6.1} MB more at most", peak.saturating_sub(before) as f64 / 1024.0));
    Ok(())
}

/// Puts the load on, and notes the median and the 99th of 100 latencies, in milliseconds.
fn turn(address: SocketAddr, figures: &mut [Vec<f64>; 2]) -> Fallible<()> {
    let start = now();
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            thread::spawn(move || -> Fallible<Vec<f64>> {
                let request = wire::request(wire::USER_ID);
                let mut connection = Connection::open(address, &request)?;
                let mut latencies = Vec::new();
                while start.elapsed() < TURN {
                    let asked = now();
                    connection.ask(&request)?;
                    connection.hear()?;
                    latencies.push(asked.elapsed().as_secs_f64() * 1e3);
                    thread::park_timeout(PAUSE);
                }
                Ok(latencies)
            })
        })
        .collect();
    let mut all = Vec::new();
    for client in clients {
        all.extend(client.join().map_err(|_| "a client failed")??);
    }
    all.sort_by(f64::total_cmp);
    for (figures, share) in figures.iter_mut().zip([50, 99]) {
        figures.push(all[(all.len() - 1) * share / 100]);
    }
    Ok(())
}

/// Reads along until the stream is shut.
fn read_along(address: SocketAddr) -> Fallible<(TcpStream, thread::JoinHandle<()>)> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(b"GET /__mock/events HTTP/1.1\r\nhost: localhost\r\n\r\n")?;
    let mut reading = stream.try_clone()?;
    let reader = thread::spawn(move || {
        let mut heard = [0; 64 * 1024];
        while reading.read(&mut heard).is_ok_and(|length| length > 0) {}
    });
    Ok((stream, reader))
}
