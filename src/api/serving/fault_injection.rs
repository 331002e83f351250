//! Scripted faults at work: which one is due, and what it makes of an answer.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{CONTENT_TYPE, DATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};

use super::call::Call;
use super::response::{explain, http_date};
use crate::domain::fault::{Break, Effect, Faults, Outcome, Target};
use crate::domain::operation::Operation;
use crate::domain::project::Project;
use crate::domain::timestamp::Timestamp;
use crate::system::Entropy;

/// A stalled connection is ended after this, should its client wait that long.
const MAX_STALL: Duration = Duration::from_mins(10);

/// Marks a response that is not to be sent: the connection ends instead.
#[derive(Debug, Clone, Copy)]
pub struct Disconnect;

impl fmt::Display for Disconnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scripted fault ends the connection")
    }
}

impl std::error::Error for Disconnect {}

/// Says the ids of the user whom a call is about, as far as it names one.
pub type Subject = fn(&Call<'_>) -> Vec<String>;

/// The fault that strikes a call, if one does. Faults of the project come before those of all.
pub(super) fn due(call: &Call<'_>, operation: Operation, path: &str, subject: Subject) -> Option<(u64, Effect)> {
    let of_project = call.project.map(Project::faults).filter(|faults| !faults.is_empty());
    let of_all = Some(call.world.faults()).filter(|faults| !faults.is_empty());
    if of_project.is_none() && of_all.is_none() {
        return None;
    }
    let user_ids = subject(call);
    let target = Target { operation, path, user_ids: &user_ids };
    let apply = |faults: &Faults| faults.apply(&target, call.now, || call.entropy.chance());
    of_project.and_then(apply).or_else(|| of_all.and_then(apply))
}

/// Waits as long as an effect says.
pub(super) async fn wait(delay: Option<(Duration, Duration)>, entropy: &Entropy) {
    let Some((least, most)) = delay else { return };
    let span = if least == most { least } else { least + most.saturating_sub(least).mul_f64(entropy.chance()) };
    tokio::time::sleep(span).await;
}

/// Why a request went as it did, if a fault struck it.
pub(super) fn reason(id: u64) -> String {
    format!("fault {id} of the control plane")
}

/// Whether an outcome spoils an answer, rather than standing in for one.
pub(super) fn spoils(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Close(Break::AfterHeaders | Break::MidBody) | Outcome::Truncate(_))
}

/// What an outcome makes of the whole answer.
pub(super) async fn spoil(outcome: &Outcome, whole: Response) -> Response {
    match outcome {
        Outcome::Truncate(bytes) => cut(whole, *bytes).await,
        Outcome::Close(Break::AfterHeaders) => broken(whole, |_| 0).await,
        Outcome::Close(Break::MidBody) => broken(whole, |length| length / 2).await,
        _ => whole,
    }
}

/// Lets a client wait, as good as for ever.
pub(super) async fn stall() {
    tokio::time::sleep(MAX_STALL).await;
}

/// What an outcome gives in the place of an answer; the fault, if one is given, is named in a header.
pub(super) fn stand_in(outcome: &Outcome, now: Timestamp, fault: Option<u64>) -> Response {
    let Outcome::Raw { status, content_type, body } = outcome else { return disconnect() };
    let mut response = Response::new(Body::from(body.clone()));
    *response.status_mut() = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let is_success = response.status().is_success();
    let headers = response.headers_mut();
    if let Ok(content_type) = HeaderValue::from_str(content_type) {
        headers.insert(CONTENT_TYPE, content_type);
    }
    headers.insert(DATE, http_date(now));
    if let Some(id) = fault.filter(|_| !is_success) {
        explain(headers, &reason(id));
    }
    response
}

fn disconnect() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Disconnect);
    response
}

/// Whether the connection is to end instead of carrying this response.
pub(super) fn is_disconnect(response: &mut Response) -> bool {
    response.extensions_mut().get::<Disconnect>().is_some()
}

async fn bytes_of(whole: Response) -> (Response, Bytes) {
    let (parts, body) = whole.into_parts();
    let bytes = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    (Response::from_parts(parts, Body::empty()), bytes)
}

async fn cut(whole: Response, bytes: usize) -> Response {
    let (mut response, body) = bytes_of(whole).await;
    *response.body_mut() = Body::from(body.slice(..bytes.min(body.len())));
    response
}

async fn broken(whole: Response, sent: impl FnOnce(usize) -> usize) -> Response {
    let (mut response, body) = bytes_of(whole).await;
    let promised = body.len() as u64;
    let sent = body.slice(..sent(body.len()));
    *response.body_mut() = Body::new(BrokenBody { sent: Some(sent).filter(|sent| !sent.is_empty()), promised, flushed: false });
    response
}

/// A body that promises more than it gives, and then fails: the connection ends in the middle of it.
struct BrokenBody {
    sent: Option<Bytes>,
    promised: u64,
    /// Whether what came before had a chance to leave.
    flushed: bool,
}

impl HttpBody for BrokenBody {
    type Data = Bytes;
    type Error = Disconnect;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Disconnect>>> {
        if let Some(sent) = self.sent.take() {
            return Poll::Ready(Some(Ok(Frame::data(sent))));
        }
        if !self.flushed {
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Disconnect)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}
