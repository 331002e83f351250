//! Asks a running emulator whether it answers: the image's HEALTHCHECK, which has no shell and no curl.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// How long connecting, writing and each read may take.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Why an emulator counts as unhealthy.
#[derive(Debug, thiserror::Error)]
pub enum Unhealthy {
    /// Nothing answers.
    #[error("nothing answers on {host}:{port}: {error}")]
    NoAnswer {
        /// Where it was asked.
        host: String,
        /// Where it was asked.
        port: u16,
        /// What the system said.
        error: io::Error,
    },
    /// The emulator has no certificate authority.
    #[error(
        "the emulator on {host}:{port} has no authority: TLS is off there, or --tls-cert brought its own, or --control is off"
    )]
    NoAuthority {
        /// Where it was asked.
        host: String,
        /// Where it was asked.
        port: u16,
    },
    /// Something else than an emulator answers.
    #[error("what answers on {host}:{port} is no stytch-mock: {answer}")]
    NotAnEmulator {
        /// Where it was asked.
        host: String,
        /// Where it was asked.
        port: u16,
        /// The first line of what it said.
        answer: String,
    },
}

/// Asks once whether the emulator answers.
///
/// # Errors
/// If nothing answers, or not an emulator.
pub fn ask(host: &str, port: u16) -> Result<(), Unhealthy> {
    let answer = get(host, port, "/__mock/health")?;
    // without its control plane it answers as the vendor does, and that is an answer too
    if answer.starts_with("HTTP/1.1 200 ") || answer.contains("route_not_found") {
        return Ok(());
    }
    Err(Unhealthy::NotAnEmulator { host: host.to_owned(), port, answer: answer.lines().next().unwrap_or_default().to_owned() })
}

/// Asks for the certificate that clients of the emulator have to trust.
///
/// # Errors
/// If nothing answers, or there is none.
pub fn ask_for_ca(host: &str, port: u16) -> Result<String, Unhealthy> {
    let answer = get(host, port, "/__mock/ca.pem")?;
    match answer.split_once("\r\n\r\n") {
        Some((head, pem)) if head.starts_with("HTTP/1.1 200 ") => Ok(pem.to_owned()),
        _ => Err(Unhealthy::NoAuthority { host: host.to_owned(), port }),
    }
}

fn get(host: &str, port: u16, path: &str) -> Result<String, Unhealthy> {
    // an emulator that listens on every address is asked on this machine's
    let target = match host {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        other => other,
    };
    exchange(target, port, path).map_err(|error| Unhealthy::NoAnswer { host: host.to_owned(), port, error })
}

fn exchange(host: &str, port: u16, path: &str) -> io::Result<String> {
    let address = (host, port).to_socket_addrs()?.next().ok_or_else(|| io::Error::other("the host has no address"))?;
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    // whatever name led here: this one the control plane answers to
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(16 * 1024).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
