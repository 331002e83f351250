//! Waiting for something to arrive: a request in the journal, a message in the outbox.

use std::time::Duration;

use tokio::sync::watch;

/// Tells who waits that something arrived.
#[derive(Debug, Default)]
pub struct Arrivals(watch::Sender<()>);

impl Arrivals {
    /// Tells them.
    pub fn announce(&self) {
        if self.0.receiver_count() > 0 {
            self.0.send_replace(());
        }
    }

    /// Looks at every arrival until what is found is `enough`, or `timeout` is over; what there is then.
    ///
    /// # Errors
    /// What `look` refuses.
    pub async fn wait<T, E>(
        &self,
        timeout: Duration,
        look: impl Fn() -> Result<T, E>,
        enough: impl Fn(&T) -> bool,
    ) -> Result<T, E> {
        // before looking, so that nothing that comes after the look is missed
        let mut arrivals = self.0.subscribe();
        let found = async {
            loop {
                let found = look()?;
                if enough(&found) || arrivals.changed().await.is_err() {
                    return Ok(found);
                }
            }
        };
        match tokio::time::timeout(timeout, found).await {
            Ok(found) => found,
            Err(_) => look(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waiting_ends_with_enough_or_with_timeout() {
        let (arrivals, count) = (Arrivals::default(), AtomicUsize::new(0));
        let look = || Ok::<_, ()>(count.load(Ordering::Relaxed));
        let arrive = async {
            for _ in 0..2 {
                tokio::task::yield_now().await;
                count.fetch_add(1, Ordering::Relaxed);
                arrivals.announce();
            }
        };
        let (found, ()) = tokio::join!(arrivals.wait(Duration::from_mins(1), look, |count| *count >= 2), arrive);
        assert_eq!(found, Ok(2));
        assert_eq!(arrivals.wait(Duration::from_mins(1), look, |count| *count >= 3).await, Ok(2));
        assert_eq!(arrivals.wait(Duration::from_mins(1), || Err::<(), _>("gone"), |()| true).await, Err("gone"));
    }
}
