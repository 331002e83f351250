//! One request on its way: each check in its order, the first that fails answers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::response::Response;

use super::{body, credentials, fault_injection, request_log, response};
use crate::api::routes;
use crate::api::routes::{Access, Endpoint};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::app::{App, Stage};
use crate::domain::JsonObject;
use crate::domain::bucket::Empty;
use crate::domain::error_catalogue::{ErrorType, Refusal, Remedy};
use crate::domain::fault::Outcome;
use crate::domain::id::Environment;
use crate::domain::project::Project;
use crate::domain::request_id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::system::Stopwatch;

/// The most bytes that the headers of a request may have together.
const MOST_HEADER_BYTES: usize = 64 * 1024;

/// A request and what is known of it so far.
pub struct Exchange<'a> {
    pub(super) app: &'a App,
    pub(super) stage: Arc<Stage>,
    pub(super) now: Timestamp,
    pub(super) stopwatch: Stopwatch,
    pub(super) parts: Parts,
    /// Whose request it is, once that is known.
    pub(super) project: Option<Arc<Project>>,
    /// The fault that struck it, if one did.
    pub(super) fault: Option<u64>,
    /// Whether it came before it was told to.
    pub(super) before_retry_after: bool,
    /// What it sent and nobody looked at.
    pub(super) ignored: Vec<String>,
    /// Its body, if the journal keeps bodies.
    pub(super) kept_body: Option<String>,
    /// What a fault does to the answer, whatever that is.
    spoiling: Option<Outcome>,
    request_id: RequestId,
    is_recorded: bool,
    body: Body,
}

/// How a request is answered, if it is not refused.
enum Answer {
    /// As its operation says.
    Reply(Reply),
    /// As a fault says, in the operation's stead.
    Instead(Outcome),
}

/// The status of a request that got no answer.
const UNANSWERED: u16 = 0;

impl<'a> Exchange<'a> {
    /// Takes a request in.
    pub fn begin(app: &'a App, request: Request) -> Self {
        let stopwatch = Stopwatch::start();
        let stage = app.stage();
        let now = stage.clock.now();
        let (parts, body) = request.into_parts();
        Self {
            app,
            stage,
            now,
            stopwatch,
            parts,
            project: None,
            fault: None,
            before_retry_after: false,
            ignored: Vec::new(),
            kept_body: None,
            spoiling: None,
            request_id: RequestId::new(Environment::Test, app.entropy().uuid()),
            is_recorded: false,
            body,
        }
    }

    /// Answers it, and writes down that it was.
    pub async fn run(mut self) -> Response {
        let answer = self.answer().await;
        body::discard(std::mem::take(&mut self.body));
        let (wire, explain, request_id) = (self.app.wire(), self.app.settings().explain, self.request_id());
        let mut response = match &answer {
            Ok(Answer::Reply(reply)) => response::success(wire, self.now, request_id, reply),
            Ok(Answer::Instead(outcome)) => {
                if *outcome == Outcome::Stall {
                    self.record(UNANSWERED, None);
                    fault_injection::stall().await;
                }
                fault_injection::stand_in(outcome, self.now, self.fault.filter(|_| explain))
            }
            Err(refusal) => response::failure(wire, self.now, request_id, refusal, explain),
        };
        if let Some(outcome) = self.spoiling.take() {
            response = fault_injection::spoil(&outcome, response).await;
        }
        let refusal = answer.as_ref().err();
        if let (Some(project), Some(Remedy::Wait(time))) = (&self.project, refusal.map(|refusal| &refusal.remedy)) {
            project.bucket().ask_back(*time, self.now);
        }
        let status = if fault_injection::is_disconnect(&mut response) { UNANSWERED } else { response.status().as_u16() };
        self.record(status, refusal);
        response
    }

    /// Its `request_id`, of the environment of the project that it turned out to be for.
    pub(super) fn request_id(&self) -> RequestId {
        self.request_id.of(self.project.as_ref().map_or(Environment::Test, |project| project.environment()))
    }

    /// Writes it down, once.
    fn record(&mut self, status: u16, refusal: Option<&Refusal>) {
        if !std::mem::replace(&mut self.is_recorded, true) {
            request_log::log(self, status, refusal);
            request_log::journal(self, status, refusal);
        }
    }

    async fn answer(&mut self) -> Result<Answer, Refusal> {
        check_header_size(&self.parts)?;
        let route = routes::find(&self.parts.method, self.parts.uri.path())?;
        let endpoint = route.endpoint;
        if endpoint.access == Access::Project {
            self.project = Some(credentials::authenticate(&self.parts.headers, self.app, &self.stage)?);
        }
        // a body that is none is refused in its turn: behind the faults and the bucket
        let (body, flaw) = match body::read(endpoint.method, &self.parts.headers, &mut self.body).await {
            Ok(body) => (body, None),
            Err(flaw) => (JsonObject::new(), Some(flaw)),
        };
        if self.app.settings().journal_bodies {
            self.kept_body = Some(request_log::without_secrets(&body));
        }
        let project = self.project.as_deref();
        let query = self.parts.uri.query().unwrap_or_default();
        let call = Call::new(self.app, &self.stage, self.now, project, route.values, query, body);
        self.before_retry_after = project.is_some_and(|project| project.bucket().is_before_retry_after(self.now));
        if let Some((id, effect)) = fault_injection::due(&call, endpoint, self.parts.uri.path()) {
            self.fault = Some(id);
            fault_injection::wait(effect.delay, self.app.entropy()).await;
            match effect.outcome {
                Outcome::Pass => {}
                Outcome::Error(error) => return Err(remedied(Refusal::new(error, fault_injection::reason(id)), endpoint)),
                outcome if fault_injection::spoils(&outcome) => self.spoiling = Some(outcome),
                outcome => return Ok(Answer::Instead(outcome)),
            }
        }
        if let Some(project) = project {
            project.bucket().take(self.now).map_err(limited)?;
        }
        flaw.map_or(Ok(()), Err)?;
        let reply = (endpoint.handle)(&call).map_err(|refusal| remedied(refusal, endpoint));
        self.ignored = call.ignored();
        reply.map(Answer::Reply)
    }
}

impl Drop for Exchange<'_> {
    /// Whoever gives up waiting is written down all the same, and so is a request that a bug ended.
    fn drop(&mut self) {
        let status = if std::thread::panicking() { ErrorType::InternalServerError.status() } else { UNANSWERED };
        self.record(status, None);
    }
}

/// A refusal with the header that HTTP, or the vendor, gives to one of its status.
fn remedied(refusal: Refusal, endpoint: &Endpoint) -> Refusal {
    match (&refusal.remedy, refusal.error) {
        (Remedy::None, ErrorType::TooManyRequests) => refusal.with_remedy(Remedy::Wait(std::time::Duration::from_secs(1))),
        (Remedy::None, error) if error.status() == 401 => refusal.with_remedy(Remedy::Challenge),
        (Remedy::None, error) if error.status() == 405 => refusal.with_remedy(Remedy::Allow(endpoint.method.allowed())),
        _ => refusal,
    }
}

fn limited(empty: Empty) -> Refusal {
    let reason = format!("the project's token bucket is empty; the next token comes in {} ms", empty.retry_after.as_millis());
    Refusal::new(ErrorType::TooManyRequests, reason).with_remedy(Remedy::Wait(empty.retry_after))
}

fn check_header_size(parts: &Parts) -> Result<(), Refusal> {
    let bytes: usize = parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if bytes > MOST_HEADER_BYTES {
        let reason = format!("the headers have {bytes} bytes; the most is {MOST_HEADER_BYTES}");
        return Err(Refusal::new(ErrorType::BadRequest, reason));
    }
    Ok(())
}
