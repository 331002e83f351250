//! The built program as a process: run to its end, or started on a free port and killed when the test is done.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::client::{Client, STUCK};

/// The program, with an environment that says nothing.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stytch-mock"));
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("STYTCH_MOCK_") {
            command.env_remove(variable);
        }
    }
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// Runs the program to its end.
pub fn run(arguments: &[&str]) -> Ended {
    run_command(command(arguments))
}

/// Runs a command to its end.
pub fn run_command(mut command: Command) -> Ended {
    command.output().expect("the program can be run").into()
}

/// Runs the program with something on its standard input.
pub fn run_with_input(arguments: &[&str], input: &[u8]) -> Ended {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().expect("the program can be run");
    // a program that refuses to read is a finding of the caller, not of this
    let _ = child.stdin.take().expect("it is piped").write_all(input);
    child.wait_with_output().expect("the program ends").into()
}

/// A running emulator; killed when it is dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
    pub ready_line: String,
    pub address: SocketAddr,
}

impl Running {
    /// Starts the program on a free port, beside these arguments.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_command(command(&[&["--port", "0"], arguments].concat()))
    }

    /// Starts a command and waits for its ready line.
    pub fn start_command(mut command: Command) -> Self {
        Self::of(command.stderr(Stdio::null()).spawn().expect("the program can be run"))
    }

    /// Starts a command whose standard input is piped, and gives the other end of that.
    pub fn start_with_input(mut command: Command) -> (Self, ChildStdin) {
        let mut child = command.stderr(Stdio::null()).spawn().expect("the program can be run");
        let input = child.stdin.take().expect("it is piped");
        (Self::of(child), input)
    }

    /// Starts a command whose log goes where it says.
    pub fn start_logging(mut command: Command) -> Self {
        Self::of(command.spawn().expect("the program can be run"))
    }

    /// Starts the program on a free port, beside these arguments, and listens to its log.
    pub fn start_logged(arguments: &[&str]) -> (Self, Log) {
        let mut child = command(&[&["--port", "0"], arguments].concat()).spawn().expect("the program can be run");
        let log = Log::of(child.stderr.take().expect("it is piped"));
        (Self::of(child), log)
    }

    fn of(mut child: Child) -> Self {
        let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line on standard output");
        let address = line.trim_end().strip_prefix("stytch-mock ready on http://").and_then(|address| address.parse().ok());
        let Some(address) = address else {
            let _ = child.kill();
            panic!("the first line was {line:?}");
        };
        Self { child, stdout, ready_line: line, address }
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let kill = format!("kill -s {name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("there is a shell").success());
    }

    /// Waits for its end; panics if it takes longer than `limit`.
    pub fn ends_within(mut self, limit: Duration) -> (ExitStatus, String) {
        let (ended, end) = mpsc::channel();
        let id = self.child.id();
        let waiting = thread::spawn(move || {
            let mut rest = String::new();
            let status = self.child.wait().expect("it can be waited for");
            let _ = self.stdout.read_to_string(&mut rest);
            let _ = ended.send((status, rest));
        });
        let result = end.recv_timeout(limit);
        if result.is_err() {
            let _ = Command::new("sh").args(["-c", &format!("kill -s KILL {id}")]).status();
        }
        let _ = waiting.join();
        result.expect("it ends in time")
    }

    /// What it writes to standard output until a line starts so; that line, too.
    pub fn output_until(&mut self, start: &str) -> String {
        let mut output = String::new();
        loop {
            let mut line = String::new();
            assert!(self.stdout.read_line(&mut line).unwrap() > 0, "no line starts with {start:?}: {output}");
            output.push_str(&line);
            if line.starts_with(start) {
                return output;
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a program writes to standard error.
#[derive(Debug)]
pub struct Log(mpsc::Receiver<String>);

impl Log {
    fn of(stderr: ChildStderr) -> Self {
        let (line, lines) = mpsc::channel();
        thread::spawn(move || BufReader::new(stderr).lines().map_while(Result::ok).try_for_each(|text| line.send(text)));
        Self(lines)
    }

    /// The next line that says this; those before it are passed over.
    pub fn next(&self, part: &str) -> String {
        let mut passed = Vec::new();
        loop {
            let line = self.0.recv_timeout(STUCK).unwrap_or_else(|_| panic!("nothing says {part:?}: {passed:#?}"));
            if line.contains(part) {
                return line;
            }
            passed.push(line);
        }
    }

    /// All that is left once the program has ended.
    pub fn rest(&self) -> String {
        self.0.iter().collect::<Vec<_>>().join("\n")
    }
}

/// A folder of a test's own; gone when it is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{count}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("the path is text").to_owned()
    }

    /// Puts a file into it; its path.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        File::create(&path).and_then(|mut file| file.write_all(content.as_ref())).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
