//! The servers under test, as processes: started on a core of their own, asked what they use, killed in the end.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::Fallible;

/// Where servers run, and where their clients do.
pub const SERVER_CORE: usize = 0;
pub const CLIENT_CORE: usize = 1;

/// The emulator, built as it is released.
pub const EMULATOR: &str = env!("CARGO_BIN_EXE_stytch-mock");

/// The flags under which speed is measured: nothing is written for each request but the journal, and the token bucket
/// is counted but never empty.
pub const FLAGS: [&str; 5] = ["--port=0", "--log=off", "--rate-limit=4000000000/s", "--wire=page", "--auth=strict"];

/// What stands before the address of a server that is ready.
const READY: &str = " ready on http://";

/// A running server.
pub struct Server {
    child: Child,
    /// Kept open: a closed pipe would be another situation.
    output: BufReader<ChildStdout>,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts the emulator on the servers' core, with the usual flags and some more.
    pub fn emulator(more: &[&str]) -> Fallible<Self> {
        Self::start(on_core(SERVER_CORE, EMULATOR).args(FLAGS).args(more))
    }

    /// Starts the floor on the servers' core.
    pub fn floor(sessions: &str) -> Fallible<Self> {
        Self::start(myself(SERVER_CORE)?.args(["floor", sessions]))
    }

    /// Starts a server and waits for the line that says where it listens.
    pub fn start(command: &mut Command) -> Fallible<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut output = BufReader::new(child.stdout.take().ok_or("standard output is piped")?);
        let address = address_behind(READY, &mut output)?;
        Ok(Self { child, output, address })
    }

    /// Where it listens, too, if it is several.
    pub fn next_address(&mut self) -> Fallible<SocketAddr> {
        address_behind(READY, &mut self.output)
    }

    /// Where it listens for TLS, as it says after the line that it is ready.
    pub fn tls_address(&mut self) -> Fallible<SocketAddr> {
        address_behind("# TLS: https://", &mut self.output)
    }

    /// The processor time that its threads have used.
    pub fn cpu(&self) -> Fallible<Duration> {
        let mut nanos = 0;
        for task in fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let usage = fs::read_to_string(task?.path().join("schedstat"))?;
            nanos += usage.split(' ').next().unwrap_or_default().parse::<u64>()?;
        }
        Ok(Duration::from_nanos(nanos))
    }

    /// The memory that it occupies, in KiB.
    pub fn resident(&self) -> Fallible<u64> {
        self.memory("VmRSS:")
    }

    /// The most memory that it has occupied so far, in KiB.
    pub fn peak(&self) -> Fallible<u64> {
        self.memory("VmHWM:")
    }

    fn memory(&self, kind: &str) -> Fallible<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(kind)).ok_or("no such kind of memory")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address_behind(mark: &str, output: &mut impl BufRead) -> Fallible<SocketAddr> {
    let mut line = String::new();
    while output.read_line(&mut line)? > 0 {
        if let Some((_, rest)) = line.split_once(mark) {
            return Ok(rest.split_whitespace().next().unwrap_or_default().parse()?);
        }
        line.clear();
    }
    Err(format!("the server ended without saying {mark:?}").into())
}

/// This very program, to be run as another of its parts.
pub fn myself(core: usize) -> Fallible<Command> {
    let program = std::env::current_exe()?;
    Ok(on_core(core, program.to_str().ok_or("the program's path is not UTF-8")?))
}

/// A command that is bound to a core, where the system has the tool for it and the core.
fn on_core(core: usize, program: &str) -> Command {
    let core = core.to_string();
    let bound = Command::new("taskset").args(["-c", &core, "true"]).stderr(Stdio::null()).status();
    let mut command = if bound.is_ok_and(|status| status.success()) {
        let mut command = Command::new("taskset");
        command.args(["-c", &core, program]);
        command
    } else {
        Command::new(program)
    };
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("STYTCH_MOCK_") {
            command.env_remove(variable);
        }
    }
    command
}
