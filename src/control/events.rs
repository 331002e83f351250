//! `GET /__mock/events`: what happens, as it happens, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;

use super::error::{ControlError, Refusal};
use super::extractors::QueryParameters;
use super::feed::{Feed, Position, Reader, dropped};
use super::route::{Answers, Description, Entry, Example, Signature, Takes};
use super::wait::Wait;
use crate::app::App;
use crate::wire::openapi::Document;

/// How long a stream says nothing at most: whoever has gone is noticed then.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The header by which a browser that comes back says what it heard last.
static LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Its route.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![T::of(
        Description {
            method: "GET",
            path: "/events",
            id: "control.events",
            summary: "What happens, as it happens, as server-sent events: each request and each message, and how the clock and \
                the faults stand.",
            refusals: &[Refusal::Full],
            example: Example { path: Some("/events?wait=10ms"), status: 200, ..Example::default() },
        },
        get,
    )]
}

/// From when on, and how long.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EventQuery {
    /// An event's `id`: what came after it comes first. `0.0` is before all. Default: nothing of what was. The header
    /// `last-event-id`, by which a browser says where it was, goes before it.
    since: Option<String>,
    /// How long the stream lasts, such as `2s`; at most a minute. Default: as long as somebody reads.
    wait: Option<String>,
}

/// The id of the event that the reader heard last, before it lost the connection.
struct LastEventId(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for LastEventId {
    type Rejection = ControlError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ControlError> {
        let id = parts.headers.get(&LAST_EVENT_ID).and_then(|id| id.to_str().ok());
        Ok(Self(id.filter(|id| !id.is_empty()).map(str::to_owned)))
    }
}

impl Takes for LastEventId {
    fn describe(_: &mut Document, _: &mut Signature) {}
}

async fn get(
    State(app): State<Arc<App>>,
    State(feed): State<Arc<Feed>>,
    QueryParameters(query): QueryParameters<EventQuery>,
    LastEventId(last): LastEventId,
) -> Result<EventStream, ControlError> {
    let bad = |id: &String| ControlError::invalid(format!("since: expected an event's id, such as 12.3, found \"{id}\""));
    let since = last.or(query.since).map(|id| Position::parse(&id).ok_or_else(|| bad(&id))).transpose()?;
    let lasts = query.wait.map(|wait| Wait::read(Some(&wait), None, "events")).transpose()?;
    let reader = Reading { reader: feed.read(&app, since)?, has_begun: false, pending: None };
    let events =
        stream::unfold(reader, |mut reader| async move { reader.next().await.map(|text| (Ok::<_, Infallible>(text), reader)) });
    Ok(EventStream(match lasts {
        Some(Wait { timeout, .. }) => Body::from_stream(events.take_until(tokio::time::sleep(timeout))),
        None => Body::from_stream(events),
    }))
}

/// A reader, and what it has been told already.
struct Reading {
    reader: Reader,
    has_begun: bool,
    /// What comes after what was said last.
    pending: Option<Bytes>,
}

impl Reading {
    /// What comes next; `None` if nothing ever does.
    async fn next(&mut self) -> Option<Bytes> {
        if !std::mem::replace(&mut self.has_begun, true) {
            return Some(self.reader.first.clone());
        }
        if let Some(pending) = self.pending.take() {
            return Some(pending);
        }
        loop {
            let batch = match tokio::time::timeout(KEEP_ALIVE, self.reader.batches.recv()).await {
                Ok(Ok(batch)) => batch,
                // how much that was is seen from what comes next
                Ok(Err(RecvError::Lagged(_))) => continue,
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => return Some(Bytes::from_static(b":\n\n")),
            };
            let heard = std::mem::replace(&mut self.reader.position, batch.up_to);
            if heard == batch.after {
                return Some(batch.text.clone());
            }
            self.pending = Some(batch.text.clone());
            return Some(dropped(heard, batch.after));
        }
    }
}

/// Marks an answer that ends only with its reader or the server.
#[derive(Debug, Clone, Copy)]
pub struct Unending;

/// The events, as they go out.
struct EventStream(Body);

impl IntoResponse for EventStream {
    fn into_response(self) -> Response {
        let mut response = ([(CONTENT_TYPE, "text/event-stream")], self.0).into_response();
        response.extensions_mut().insert(Unending);
        response
    }
}

impl Answers for EventStream {
    fn describe(_: &mut Document) -> (StatusCode, Value) {
        // what a client makes of one event: tools that read streams hold each of them to that
        let text = json!({ "type": "string" });
        let event = json!({ "type": "object", "properties": { "id": text, "event": text, "data": text } });
        let content = json!({ "text/event-stream": { "schema": event } });
        (StatusCode::OK, json!({ "description": "Events, one after the other.", "content": content }))
    }
}
