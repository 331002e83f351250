//! The journal: what was asked and what was answered, in a ring of a fixed size. What falls out of it is counted, not
//! silently lost; once the ring is full its memory is used again and none is asked for.

use std::collections::VecDeque;

use parking_lot::Mutex;

use super::timestamp::Timestamp;

/// One request and its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its place among all requests of the emulator, from 1.
    pub sequence: u64,
    /// The `request_id` of the answer.
    pub request_id: String,
    /// When it came, on the emulator's clock.
    pub at: Timestamp,
    /// Its method.
    pub method: String,
    /// Its path, as sent.
    pub path: String,
    /// Its query, as sent, but for secrets.
    pub query: String,
    /// Whose it was; empty if nobody's.
    pub project_id: String,
    /// Who sent it.
    pub user_agent: String,
    /// The HTTP status of the answer; 0 if the connection was ended without one.
    pub status: u16,
    /// How long the answer took, in microseconds of the machine's time.
    pub micros: u64,
    /// The `error_type` of a refusal; empty otherwise.
    pub error_type: &'static str,
    /// Why it was refused; empty otherwise.
    pub reason: String,
    /// The fault that struck it, if one did.
    pub fault: Option<u64>,
    /// Whether it came before the `retry-after` of a 429 had passed.
    pub impatient: bool,
    /// Query parameters and fields of the body that nothing looked at.
    pub unread: Vec<String>,
    /// The body, if bodies are kept; but for secrets.
    pub body: Option<String>,
}

/// A ring of entries.
#[derive(Debug, Default)]
pub struct Journal(Mutex<Ring>);

#[derive(Debug, Default)]
struct Ring {
    entries: VecDeque<Entry>,
    forgotten: u64,
}

impl Journal {
    /// Writes an entry into a ring of `capacity`: `fill` is given the oldest one to overwrite once the ring is full.
    pub fn write(&self, capacity: usize, fill: impl FnOnce(&mut Entry)) {
        if capacity == 0 {
            return;
        }
        let mut ring = self.0.lock();
        let mut entry = Entry::default();
        while ring.entries.len() >= capacity {
            entry = ring.entries.pop_front().unwrap_or_default();
            ring.forgotten += 1;
        }
        fill(&mut entry);
        ring.entries.push_back(entry);
    }

    /// The entries for which `wanted` holds, oldest first.
    #[must_use]
    pub fn entries(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        self.0.lock().entries.iter().filter(|entry| wanted(entry)).cloned().collect()
    }

    /// How many entries have fallen out of the ring.
    #[must_use]
    pub fn forgotten(&self) -> u64 {
        self.0.lock().forgotten
    }

    /// Empties it; how many entries there were.
    pub fn clear(&self) -> usize {
        let mut ring = self.0.lock();
        ring.forgotten = 0;
        std::mem::take(&mut ring.entries).len()
    }
}

impl Entry {
    /// Makes a used entry blank, keeping its memory.
    pub fn blank(&mut self) {
        for text in [
            &mut self.request_id,
            &mut self.method,
            &mut self.path,
            &mut self.query,
            &mut self.project_id,
            &mut self.user_agent,
            &mut self.reason,
        ] {
            text.clear();
        }
        self.error_type = "";
        self.fault = None;
        self.impatient = false;
        self.unread.clear();
        self.body = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_ring_forgets_the_oldest_and_says_so() {
        let journal = Journal::default();
        for sequence in 1..=5 {
            journal.write(3, |entry| {
                entry.blank();
                entry.sequence = sequence;
                if sequence == 1 {
                    entry.reason.push_str("only the first");
                }
            });
        }
        let entries = journal.entries(|_| true);
        assert_eq!(entries.iter().map(|entry| entry.sequence).collect::<Vec<_>>(), [3, 4, 5]);
        assert!(entries.iter().all(|entry| entry.reason.is_empty()), "a used entry is blank");
        assert_eq!(journal.forgotten(), 2);
        assert_eq!((journal.clear(), journal.forgotten()), (3, 0));
        journal.write(0, |_| unreachable!("a journal of no size writes nothing"));
    }
}
