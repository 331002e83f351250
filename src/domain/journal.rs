//! The journal: what was asked and what was answered, in a ring of a fixed size. What falls out of it is counted, not
//! silently lost; once the ring is full its memory is used again and none is asked for.

use std::collections::VecDeque;

use parking_lot::Mutex;

use super::request_id::RequestId;
use super::timestamp::Timestamp;

/// Method, path, query and user agent are each cut here.
pub const MAX_TEXT_BYTES: usize = 16 * 1024;

/// One request and its answer, as it is written down and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The `request_id` of the answer.
    pub request_id: RequestId,
    /// When it came, on the emulator's clock.
    pub at: Timestamp,
    /// Its method.
    pub method: &'a str,
    /// Its path, as sent.
    pub path: &'a str,
    /// Its query, as sent, but for secrets.
    pub query: &'a str,
    /// Who sent it.
    pub user_agent: &'a str,
    /// The HTTP status of the answer; 0 if the connection was ended without one.
    pub status: u16,
    /// How long the answer took, in microseconds of the machine's time.
    pub micros: u32,
    /// The `error_type` of a refusal; empty otherwise.
    pub error_type: &'static str,
    /// Why it was refused; empty otherwise.
    pub reason: &'a str,
    /// The fault that changed it, if one did.
    pub fault: Option<u64>,
    /// Whether it came before the `retry-after` of a 429 had passed.
    pub before_retry_after: bool,
    /// The query parameters and keys of the body that were sent and not used.
    pub ignored: &'a [String],
    /// The body, if bodies are kept; but for secrets.
    pub body: Option<&'a str>,
}

/// A ring of entries.
#[derive(Debug, Default)]
pub struct Journal(Mutex<Ring>);

/// Stored entries, the newest last. They lie in blocks: the memory that a request writes to is in no cache any more, so
/// what it writes lies side by side. What is dropped is dropped by the block.
#[derive(Debug, Default)]
struct Ring {
    /// All of them are full but the last.
    blocks: VecDeque<Block>,
    /// How many of the newest entries count. Those before them are dropped, and wait for their block to be used again.
    held: usize,
    dropped: u64,
}

/// Some entries, oldest first.
#[derive(Debug, Default)]
struct Block {
    slots: Vec<Slot>,
    /// The texts of all slots, one behind the other.
    texts: Vec<u8>,
}

/// How many entries a full block has.
const BLOCK: usize = 16;

/// As much memory for texts is kept when a block is used again.
const KEPT_TEXT_BYTES: usize = BLOCK * 512;

/// How many texts every entry has.
const TEXTS: usize = 4;

/// A stored entry without its texts. It fits in a cache line.
#[derive(Debug)]
struct Slot {
    /// Its place among all requests of the emulator, from 1.
    sequence: u64,
    request_id: RequestId,
    at: Timestamp,
    /// How many bytes each text has.
    lengths: [u16; TEXTS],
    status: u16,
    micros: u32,
    /// What most entries don't have.
    extras: Option<Box<Extras>>,
}

#[derive(Debug)]
struct Extras {
    error_type: &'static str,
    reason: Box<str>,
    fault: Option<u64>,
    before_retry_after: bool,
    ignored: Box<[String]>,
    body: Option<Box<str>>,
}

impl Extras {
    fn of(entry: &Entry<'_>) -> Option<Box<Self>> {
        let Entry { error_type, reason, fault, before_retry_after, ignored, body, .. } = *entry;
        let is_plain = error_type.is_empty() && reason.is_empty() && ignored.is_empty();
        if is_plain && fault.is_none() && !before_retry_after && body.is_none() {
            return None;
        }
        let (reason, ignored, body) = (reason.into(), ignored.into(), body.map(Into::into));
        Some(Box::new(Self { error_type, reason, fault, before_retry_after, ignored, body }))
    }
}

impl Slot {
    fn text_length(&self) -> usize {
        self.lengths.iter().map(|length| usize::from(*length)).sum()
    }

    /// The entry, whose texts begin `texts`.
    fn entry<'a>(&'a self, mut texts: &'a [u8]) -> Entry<'a> {
        let [method, path, query, user_agent] = self.lengths.map(|length| {
            let (text, rest) = texts.split_at(length.into());
            texts = rest;
            str::from_utf8(text).expect("texts are written whole")
        });
        let extras = self.extras.as_deref();
        Entry {
            request_id: self.request_id,
            at: self.at,
            method,
            path,
            query,
            user_agent,
            status: self.status,
            micros: self.micros,
            error_type: extras.map_or("", |extras| extras.error_type),
            reason: extras.map_or("", |extras| &extras.reason),
            fault: extras.and_then(|extras| extras.fault),
            before_retry_after: extras.is_some_and(|extras| extras.before_retry_after),
            ignored: extras.map_or(&[], |extras| &extras.ignored),
            body: extras.and_then(|extras| extras.body.as_deref()),
        }
    }
}

impl Block {
    fn push(&mut self, sequence: u64, entry: &Entry<'_>) {
        let lengths = [entry.method, entry.path, entry.query, entry.user_agent].map(|text| {
            let text = &text[..text.floor_char_boundary(MAX_TEXT_BYTES)];
            self.texts.extend_from_slice(text.as_bytes());
            u16::try_from(text.len()).unwrap_or(u16::MAX)
        });
        self.slots.push(Slot {
            sequence,
            request_id: entry.request_id,
            at: entry.at,
            lengths,
            status: entry.status,
            micros: entry.micros,
            extras: Extras::of(entry),
        });
    }

    /// Each slot and the texts that begin with its own.
    fn slots(&self) -> impl Iterator<Item = (&Slot, &[u8])> {
        let mut texts = self.texts.as_slice();
        self.slots.iter().map(move |slot| {
            let own = texts;
            texts = &texts[slot.text_length()..];
            (slot, own)
        })
    }

    /// Forgets its entries, but not the memory that they lay in.
    fn empty(mut self) -> Self {
        self.slots.clear();
        self.texts.clear();
        self.texts.shrink_to(KEPT_TEXT_BYTES);
        self
    }
}

impl Ring {
    /// The block to write into, if `capacity` entries are to be kept.
    fn open_block(&mut self, capacity: usize) -> &mut Block {
        if self.blocks.back().is_none_or(|block| block.slots.len() >= BLOCK) {
            let others = self.blocks.len().saturating_sub(1) * BLOCK;
            let oldest = if others >= capacity { self.blocks.pop_front() } else { None };
            self.blocks.push_back(oldest.map(Block::empty).unwrap_or_default());
        }
        self.blocks.back_mut().expect("one was there or has been added")
    }

    /// Counts an entry in, and another one out if there are `capacity` already.
    fn count(&mut self, capacity: usize) {
        if self.held < capacity {
            self.held += 1;
        } else {
            self.dropped += 1;
        }
    }
}

impl Journal {
    /// Writes an entry into a ring of `capacity`, and drops the oldest one if it is full. `sequence` is called while
    /// nobody else writes here, so that entries lie in order.
    pub fn write(&self, capacity: usize, entry: &Entry<'_>, sequence: impl FnOnce() -> u64) {
        if capacity == 0 {
            return;
        }
        let mut ring = self.0.lock();
        ring.open_block(capacity).push(sequence(), entry);
        ring.count(capacity);
    }

    /// What `read` makes of each entry and its place among all requests, oldest first.
    #[must_use]
    pub fn read<T>(&self, read: impl Fn(u64, &Entry<'_>) -> Option<T>) -> Vec<T> {
        let ring = self.0.lock();
        let written: usize = ring.blocks.iter().map(|block| block.slots.len()).sum();
        let slots = ring.blocks.iter().flat_map(Block::slots).skip(written - ring.held);
        slots.filter_map(|(slot, texts)| read(slot.sequence, &slot.entry(texts))).collect()
    }

    /// How many entries have fallen out of the ring.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.0.lock().dropped
    }

    /// Empties it; how many entries there were.
    pub fn clear(&self) -> usize {
        std::mem::take(&mut *self.0.lock()).held
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::id::Environment;
    use super::*;

    fn entry(reason: &str) -> Entry<'_> {
        Entry {
            request_id: RequestId::new(Environment::Test, Uuid::nil()),
            at: Timestamp::EPOCH,
            method: "GET",
            path: "/v1/sessions",
            query: "",
            user_agent: "somebody",
            status: 200,
            micros: 1,
            error_type: "",
            reason,
            fault: None,
            before_retry_after: false,
            ignored: &[],
            body: None,
        }
    }

    #[test]
    fn a_full_ring_drops_the_oldest_and_says_so() {
        let journal = Journal::default();
        for (sequence, reason) in (1..).zip(["a long reason", "", "no", "", "yes"]) {
            journal.write(3, &entry(reason), || sequence);
        }
        let read = || journal.read(|sequence, entry| Some((sequence, entry.reason.to_owned(), entry.path.to_owned())));
        let expected = [(3, "no"), (4, ""), (5, "yes")];
        assert_eq!(read(), expected.map(|(sequence, reason)| (sequence, reason.to_owned(), "/v1/sessions".to_owned())));
        assert_eq!(journal.dropped(), 2);
        assert_eq!((journal.clear(), journal.dropped()), (3, 0));
        journal.write(3, &entry(""), || 6);
        assert_eq!(journal.read(|sequence, _| Some(sequence)), [6]);
    }

    #[test]
    fn a_ring_of_any_size_keeps_as_many_as_it_may_and_uses_its_memory_again() {
        for capacity in [1, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK / 2] {
            let journal = Journal::default();
            for sequence in 1..=100 {
                let reason = sequence.to_string();
                let query = "x".repeat(usize::try_from(sequence).unwrap());
                journal.write(capacity, &Entry { query: &query, ..entry(&reason) }, || sequence);
                let first = sequence.saturating_sub(u64::try_from(capacity).unwrap()) + 1;
                let read = journal.read(|sequence, entry| Some((sequence, entry.reason.to_owned(), entry.query.len())));
                let expected = (first..=sequence).map(|n| (n, n.to_string(), usize::try_from(n).unwrap()));
                assert_eq!(read, expected.collect::<Vec<_>>(), "{capacity}");
                assert_eq!(journal.dropped(), first - 1, "{capacity}");
                assert!(journal.0.lock().blocks.len() <= capacity.div_ceil(BLOCK) + 1, "{capacity}");
            }
        }
    }

    #[test]
    fn a_slot_is_small() {
        assert!(size_of::<Slot>() <= 64);
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let journal = Journal::default();
        let ignored = ["x".to_owned()];
        let whole = Entry {
            query: "a=b",
            error_type: "bad_request",
            fault: Some(1),
            before_retry_after: true,
            ignored: &ignored,
            body: Some("{}"),
            ..entry("why")
        };
        journal.write(1, &whole, || 7);
        assert_eq!(journal.read(|sequence, entry| Some((sequence, *entry == whole))), [(7, true)]);
        journal.write(0, &whole, || unreachable!("a journal of no size writes nothing"));
    }
}
