//! What happens, told to whoever reads along: requests, messages, and how the world stands. It is looked up in the journal
//! and the outbox now and then, while somebody reads, and put into words once for all readers. No request knows of it, and a
//! reader who stops reading is told how much went by.

use std::sync::{Arc, Weak};
use std::time::Duration;

use axum::body::Bytes;
use parking_lot::Mutex;
use serde::Serialize;
use serde_json::json;
use tokio::sync::broadcast;
use tokio::time::sleep;

use super::clock_face::Clock;
use crate::app::{App, RequestFilter, RunningWorld, SteerError};
use crate::domain::outbox::MessageFilter;
use crate::system::ClockMode;

/// How often it is looked up what has happened, by a few readers; and how much time each of many is given.
const PERIOD: Duration = Duration::from_millis(100);
const PERIOD_PER_READER: Duration = Duration::from_millis(5);

/// The most requests, and the most messages, that are told of a period. Of more the newest are.
const MAX_EVENTS: usize = 200;

/// The most bytes in which a period is told, unless one event alone is longer.
const MAX_BYTES: usize = 256 * 1024;

/// How many periods a reader may lag behind.
const LAG: usize = 16;

/// The most readers at a time.
const MAX_READERS: usize = 1_000;

/// How far somebody has been told: the `sequence` of the last request and the `id` of the last message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    pub request: u64,
    pub message: u64,
}

/// What happened from one position to another, in words.
#[derive(Debug)]
pub struct Batch {
    pub after: Position,
    pub up_to: Position,
    pub text: Bytes,
}

/// Everything that happens, while somebody reads.
#[derive(Debug, Default)]
pub struct Feed(Mutex<Option<Live>>);

/// What is known while somebody reads.
#[derive(Debug)]
struct Live {
    readers: broadcast::Sender<Arc<Batch>>,
    position: Position,
    running_world: Weak<RunningWorld>,
    standing: Standing,
}

/// How the world stands, as far as whoever looks at it should know.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Standing {
    clock: ClockMode,
    faults: usize,
    projects: usize,
}

/// A reader's end of the feed.
pub struct Reader {
    pub batches: broadcast::Receiver<Arc<Batch>>,
    /// How far the reader has been told.
    pub position: Position,
    /// What comes first.
    pub first: Bytes,
}

impl Position {
    /// An event's id, read.
    pub fn parse(text: &str) -> Option<Self> {
        let (request, message) = text.split_once('.')?;
        Some(Self { request: request.parse().ok()?, message: message.parse().ok()? })
    }

    fn of(app: &App, running_world: &RunningWorld) -> Self {
        Self { request: app.last_sequence(), message: running_world.world.outbox().last_number() }
    }
}

impl Standing {
    fn of(running_world: &RunningWorld) -> Self {
        let now = running_world.clock.now();
        let projects = running_world.world.projects();
        let of_projects: usize = projects.iter().map(|project| project.faults().active(now)).sum();
        Self {
            clock: running_world.clock.mode(),
            faults: running_world.world.faults().active(now) + of_projects,
            projects: projects.len(),
        }
    }
}

impl Feed {
    /// Reads along from now on, or from a position.
    ///
    /// # Errors
    /// If there are too many readers.
    pub fn read(self: &Arc<Self>, app: &Arc<App>, since: Option<Position>) -> Result<Reader, SteerError> {
        let mut live = self.0.lock();
        let live = live.get_or_insert_with(|| {
            tokio::spawn(Arc::clone(self).tell(Arc::clone(app)));
            Live::of(app)
        });
        if live.readers.receiver_count() >= MAX_READERS {
            return Err(SteerError::Full(format!("{MAX_READERS} readers read along; let some go")));
        }
        let mut text = String::new();
        push_standing(&mut text, app, live);
        if let Some(mut since) = since {
            // one of another world, whose outbox began anew
            if since.message > live.position.message {
                since.message = 0;
            }
            push_happened(&mut text, app, since, live.position);
        }
        Ok(Reader { batches: live.readers.subscribe(), position: live.position, first: text.into() })
    }

    /// Tells what happens until nobody reads any more.
    async fn tell(self: Arc<Self>, app: Arc<App>) {
        let mut period = PERIOD;
        loop {
            sleep(period).await;
            let mut live = self.0.lock();
            match live.as_mut() {
                Some(at_work) if at_work.readers.receiver_count() > 0 => {
                    at_work.tell(&app);
                    let readers = u32::try_from(at_work.readers.receiver_count()).unwrap_or(u32::MAX);
                    period = PERIOD.max(PERIOD_PER_READER.saturating_mul(readers));
                }
                _ => {
                    *live = None;
                    return;
                }
            }
        }
    }
}

impl Live {
    fn of(app: &App) -> Self {
        let running_world = app.running_world();
        Self {
            readers: broadcast::channel(LAG).0,
            position: Position::of(app, &running_world),
            running_world: Arc::downgrade(&running_world),
            standing: Standing::of(&running_world),
        }
    }

    /// Tells what has happened since the last time, if anything has.
    fn tell(&mut self, app: &App) {
        let running_world = app.running_world();
        let mut text = String::new();
        let after = self.position;
        let mut from = after;
        if !std::ptr::eq(self.running_world.as_ptr(), Arc::as_ptr(&running_world)) {
            self.running_world = Arc::downgrade(&running_world);
            from.message = 0;
            text.push_str(&event(None, "world", &json!({})));
        }
        self.position = Position::of(app, &running_world);
        if from != self.position {
            push_happened(&mut text, app, from, self.position);
        }
        let standing = Standing::of(&running_world);
        if standing != self.standing || !text.is_empty() && from.message < after.message {
            self.standing = standing;
            push_standing(&mut text, app, self);
        }
        if !text.is_empty() {
            // those who have gone meanwhile don't mind
            let _ = self.readers.send(Arc::new(Batch { after, up_to: self.position, text: text.into() }));
        }
    }
}

/// That a reader was not told of some of what happened.
pub fn dropped(after: Position, before: Position) -> Bytes {
    let mut text = String::new();
    push_dropped(&mut text, before.request.saturating_sub(after.request), before.message.saturating_sub(after.message));
    text.into()
}

fn push_dropped(text: &mut String, requests: u64, messages: u64) {
    if requests > 0 || messages > 0 {
        text.push_str(&event(None, "dropped", &json!({ "requests": requests, "messages": messages })));
    }
}

/// The messages and requests from one position to another; those who don't fit, or are not there any more, are counted.
fn push_happened(text: &mut String, app: &App, from: Position, to: Position) {
    let filter = MessageFilter {
        since: Some(from.message),
        before: Some(to.message + 1),
        limit: Some(MAX_EVENTS),
        ..MessageFilter::default()
    };
    let messages = if from.message < to.message { app.outbox(&filter).messages } else { Vec::new() };
    let filter = RequestFilter {
        since: Some(from.request),
        before: Some(to.request + 1),
        limit: Some(MAX_EVENTS),
        ..RequestFilter::default()
    };
    let found = if from.request < to.request { app.requests(&filter).ok() } else { None };
    let requests = found.map(|found| found.requests).unwrap_or_default();
    let mut room = MAX_BYTES;
    let requests =
        newest(&requests, &mut room, |request| event(Some(Position { request: request.sequence, ..to }), "request", request));
    let messages =
        newest(&messages, &mut room, |message| event(Some(Position { message: message.id, ..from }), "message", message));
    let lost = |from: u64, to: u64, told: usize| to.saturating_sub(from).saturating_sub(told as u64);
    push_dropped(text, lost(from.request, to.request, requests.len()), lost(from.message, to.message, messages.len()));
    text.extend(messages.into_iter().chain(requests));
}

/// The newest that there is room for, in their order.
fn newest<T>(all: &[T], room: &mut usize, event: impl Fn(&T) -> String) -> Vec<String> {
    let mut told = Vec::new();
    for text in all.iter().rev().map(event) {
        match room.checked_sub(text.len()) {
            Some(left) => *room = left,
            None if told.is_empty() => *room = 0,
            None => break,
        }
        told.push(text);
    }
    told.reverse();
    told
}

fn push_standing(text: &mut String, app: &App, live: &Live) {
    let Standing { faults, projects, .. } = live.standing;
    let standing = json!({ "clock": Clock::exact(app.clock()), "faults": faults, "projects": projects });
    text.push_str(&event(Some(live.position), "status", &standing));
}

/// An event: JSON has no line breaks, so that each is of as many lines as it has fields.
fn event(id: Option<Position>, name: &str, data: &impl Serialize) -> String {
    let id = id.map(|Position { request, message }| format!("id: {request}.{message}\n")).unwrap_or_default();
    let data = serde_json::to_string(data).expect("an event is JSON");
    format!("{id}event: {name}\ndata: {data}\n\n")
}
