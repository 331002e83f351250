//! When the command stops: at a signal, or with whoever started it.

use std::io;
use std::thread;

use tokio::sync::oneshot;

/// Done at the first SIGTERM or SIGINT and, if that was asked for, at the end of standard input. The system ends it when
/// the process at its other end is gone, even if that was killed.
///
/// # Errors
/// If signals can't be received.
pub fn requested(with_stdin: bool) -> io::Result<impl Future<Output = ()>> {
    let signal = signal()?;
    let input = with_stdin.then(end_of_input).transpose()?;
    Ok(async move {
        let Some(input) = input else { return signal.await };
        tokio::select! {
            () = signal => {}
            _ = input => {}
        }
    })
}

/// Done when standard input has ended, or can't be read. A thread of its own waits for it: the runtime would not end while
/// one of its threads reads.
fn end_of_input() -> io::Result<oneshot::Receiver<()>> {
    let (ended, end) = oneshot::channel();
    let wait = move || {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        let _ = ended.send(());
    };
    thread::Builder::new().name("stdin".to_owned()).spawn(wait)?;
    Ok(end)
}

fn signal() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
