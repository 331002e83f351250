//! For long: `cargo bench --bench soak -- [SECONDS]`, ten minutes if nothing is said, against `STYTCH_MOCK_BIN` or the
//! emulator as it is released. Everything at once that can go on at an emulator, and amid it clients that behave well and
//! compare every byte of every answer. It fails if one is wrong, or if memory grows. What each figure means stands in
//! `benches/README.md`. Linux only.

#![expect(clippy::cast_precision_loss, reason = "counts and bytes become figures of three digits")]

mod http;
#[expect(dead_code, reason = "the measurements of speed need more of it")]
#[path = "../speed/process.rs"]
mod process;
mod rough;
mod steady;
mod world;

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use process::Server;
use steady::Answers;

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// How long it takes unless something else is said.
const USUAL: Duration = Duration::from_mins(10);

/// How long nothing but the well-behaved clients is there, at most.
const QUIET: Duration = Duration::from_secs(30);

/// Memory may be so much more at the end than after the first minute.
const GROWTH: f64 = 1.10;
const SLACK_KIB: u64 = 4 * 1024;

/// What everybody shares.
struct Soak {
    address: SocketAddr,
    tls: SocketAddr,
    /// The seed that is watched.
    seed: PathBuf,
    is_over: AtomicBool,
    /// Odd while another world is put in place of what is there, even otherwise.
    worlds: AtomicU64,
    /// What was done, by kind.
    counts: [AtomicU64; KINDS.len()],
    wrong: AtomicU64,
}

/// The kinds of what is done.
const KINDS: [&str; 14] = [
    "slow readers",
    "slow writers",
    "half-open sockets",
    "oversized requests",
    "malformed requests",
    "requests struck by a fault",
    "resets",
    "seeds rewritten",
    "world snapshots restored",
    "project snapshots restored",
    "logins",
    "logins cut short by a new world",
    "idle connections opened",
    "steps of the control plane",
];

impl Soak {
    fn goes_on(&self) -> bool {
        !self.is_over.load(Ordering::Relaxed)
    }

    fn count(&self, kind: &str) {
        if let Some(place) = KINDS.iter().position(|known| *known == kind) {
            self.counts[place].fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Notes a wrong answer; the first ones are shown.
    fn wrong(&self, what: fmt::Arguments<'_>) {
        if self.wrong.fetch_add(1, Ordering::Relaxed) < 20 {
            say(format_args!("WRONG: {what}"));
        }
    }

    /// The world that is there; nothing if it is being replaced.
    fn world(&self) -> Option<u64> {
        Some(self.worlds.load(Ordering::SeqCst)).filter(|world| world.is_multiple_of(2))
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // cargo says so when it means it; `cargo test --all-targets` only wants to know that this compiles
    if !arguments.iter().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let seconds = arguments.iter().find_map(|argument| argument.parse().ok()).map_or(USUAL, Duration::from_secs);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let done = runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(soak(seconds)));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Starts the emulator, on all cores, as it is run.
fn start(seed: &std::path::Path) -> Fallible<Server> {
    let binary = std::env::var("STYTCH_MOCK_BIN").unwrap_or_else(|_| process::EMULATOR.to_owned());
    say(format_args!("soak: {binary}"));
    let mut command = Command::new(binary);
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("STYTCH_MOCK_") {
            command.env_remove(variable);
        }
    }
    let seed = format!("--seed={}", seed.display());
    Server::start(command.args([&seed, "--watch", "--port=0", "--tls-port=0", "--log=off", "--clock=2026-01-01T00:00:00Z"]))
}

/// Whether every answer was right, and memory flat.
async fn soak(length: Duration) -> Fallible<bool> {
    let seed = world::write_seed()?;
    let mut server = start(&seed)?;
    let soak = Arc::new(Soak {
        address: server.address,
        tls: server.tls_address()?,
        seed,
        is_over: AtomicBool::new(false),
        worlds: AtomicU64::new(0),
        counts: [const { AtomicU64::new(0) }; KINDS.len()],
        wrong: AtomicU64::new(0),
    });
    world::save(&soak).await?;
    let answers = Arc::new(Answers::learn(&soak).await?);

    let quiet = steady::run(&soak, &answers, QUIET.min(length / 10)).await;
    say(format_args!("  quiet      {quiet}"));

    let crowd = rough::start(&soak);
    let idle = rough::sit_idle(&soak).await;
    say(format_args!("  idle connections      {:>6} held open", idle.count()));
    let minute = Duration::from_mins(1).min(length / 4);
    let began = now();
    let first = steady::run(&soak, &answers, minute).await;
    let after_first = server.resident()?;
    say(format_args!("  {:>4} s     {first}; memory {:.1} MB", minute.as_secs(), megabytes(after_first)));
    let mut whole = first;
    while began.elapsed() < length {
        let part = steady::run(&soak, &answers, minute.min(length.saturating_sub(began.elapsed()))).await;
        let resident = megabytes(server.resident()?);
        say(format_args!("  {:>4} s     {part}; memory {resident:.1} MB", began.elapsed().as_secs()));
        whole.add(part);
    }
    soak.is_over.store(true, Ordering::Relaxed);
    let at_end = server.resident()?;
    crowd.await?;
    idle.close();

    say(format_args!("  soak       {whole}"));
    for (kind, count) in KINDS.iter().zip(&soak.counts) {
        say(format_args!("  {kind:<32} {:>8}", count.load(Ordering::Relaxed)));
    }
    let wrong = soak.wrong.load(Ordering::Relaxed);
    let is_flat = at_end as f64 <= after_first as f64 * GROWTH + SLACK_KIB as f64;
    let (quiet_99, soak_99) = (quiet.percentile(99), whole.percentile(99));
    say(format_args!("  wrong answers         {wrong:>6}       none"));
    say(format_args!(
        "  p99 soak / quiet      {:>6.2}       2, where the machine has cores to spare: the load takes one of them",
        soak_99 / quiet_99
    ));
    say(format_args!(
        "  memory                {:>6.1} MB after the first {} s, {:.1} MB at the end: {}",
        megabytes(after_first),
        minute.as_secs(),
        megabytes(at_end),
        if is_flat { "flat" } else { "IT GROWS" }
    ));
    Ok(wrong == 0 && is_flat)
}

/// KiB, as the system counts, in MB.
fn megabytes(kib: u64) -> f64 {
    kib as f64 * 1024.0 / 1e6
}

#[expect(clippy::print_stdout, reason = "a benchmark reports to whoever runs it")]
fn say(line: fmt::Arguments<'_>) {
    println!("{line}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures the machine's own time")]
fn now() -> Instant {
    Instant::now()
}
