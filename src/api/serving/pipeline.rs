//! One request on its way: each check in its order, the first that fails answers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::response::Response;

use super::call::{Call, Own, PathValues};
use super::endpoint::{Access, ProjectOf, Route, allow};
use super::fault_injection::Subject;
use super::request_context::RequestContext;
use super::response::Reply;
use super::sdk_door::Door;
use super::{body, credentials, fault_injection, request_log, response, sdk_request};
use crate::app::App;
use crate::domain::JsonObject;
use crate::domain::bucket::Empty;
use crate::domain::fault::Outcome;
use crate::domain::oauth_error::Dialect;
use crate::domain::refusal::{ErrorType, Refusal, Remedy};

/// The most bytes that the headers of a request may have together.
const MAX_HEADER_BYTES: usize = 64 * 1024;

/// The status of a request that got no answer.
const UNANSWERED: u16 = 0;

/// What the router found for a request line: an operation and what stood in the path for its names, or a refusal.
pub type Routed = Result<(&'static Route, PathValues), Refusal>;

/// How a request is answered, if it is not refused.
enum Answer {
    /// As its operation says.
    Reply(Reply),
    /// As a fault says, in the operation's stead.
    Instead(Outcome),
}

/// A request between its arrival and its answer.
pub struct Pipeline<'a> {
    context: RequestContext<'a>,
    subject: Subject,
    /// What a fault does to the answer, whatever that is.
    spoiling: Option<Outcome>,
    is_recorded: bool,
    body: Body,
}

impl<'a> Pipeline<'a> {
    /// Takes a request in; `subject` says the user whom it is about.
    pub fn begin(app: &'a Arc<App>, subject: Subject, request: Request) -> Self {
        let (parts, body) = request.into_parts();
        Self { context: RequestContext::begin(app, parts), subject, spoiling: None, is_recorded: false, body }
    }

    /// Answers it, and writes down that it was.
    pub async fn run(mut self, routed: Routed) -> Response {
        let dialect = routed.as_ref().map_or(Dialect::Vendor, |(route, _)| route.description.dialect);
        let answer = self.answer(routed).await;
        body::discard(std::mem::take(&mut self.body));
        let context = &self.context;
        let (now, request_id) = (context.now, context.request_id());
        let (wire, explain) = (context.app.wire(), context.app.settings().explain);
        let mut response = match &answer {
            Ok(Answer::Reply(reply)) => response::success(wire, now, request_id, reply),
            Ok(Answer::Instead(outcome)) => {
                let fault = context.fault.filter(|_| explain);
                if *outcome == Outcome::Stall {
                    self.record(UNANSWERED, None);
                    Box::pin(fault_injection::stall()).await;
                }
                fault_injection::stand_in(outcome, now, fault)
            }
            Err(refusal) => response::failure((wire, dialect), now, request_id, refusal, explain),
        };
        if let Some(outcome) = self.spoiling.take() {
            response = Box::pin(fault_injection::spoil(&outcome, response)).await;
        }
        let refusal = answer.as_ref().err();
        if let (Some(project), Some(Remedy::Wait(time))) = (&self.context.project, refusal.map(|refusal| &refusal.remedy)) {
            project.bucket().ask_back(*time, now);
        }
        let status = if fault_injection::is_disconnect(&mut response) { UNANSWERED } else { response.status().as_u16() };
        self.record(status, refusal);
        response
    }

    /// Writes it down, once.
    fn record(&mut self, status: u16, refusal: Option<&Refusal>) {
        if !std::mem::replace(&mut self.is_recorded, true) {
            request_log::log(&self.context, status, refusal);
            request_log::journal(&self.context, status, refusal);
        }
    }

    async fn answer(&mut self, routed: Routed) -> Result<Answer, Refusal> {
        let context = &mut self.context;
        check_header_size(&context.parts)?;
        let (route, path_values) = routed?;
        if route.description.access == Access::Project {
            context.project = Some(credentials::authenticate(&context.parts.headers, context.app, &context.running_world)?);
        }
        // a body that is none is refused in its turn: behind the faults and the bucket
        // what most requests don't come to is boxed: the future of every request would have room for it
        let (own, flaw) = if let Some(door) = route.door() {
            Box::pin(let_in(context, route, door, path_values, &mut self.body)).await?
        } else {
            let body = if route.reads_body() {
                Box::pin(body::read(&context.parts.headers, &mut self.body, route.description.dialect)).await
            } else {
                Ok(JsonObject::new())
            };
            let (body, flaw) = or_flaw(body);
            keep(context, &body);
            ((path_values, body, None), flaw)
        };
        let own = match route.description.project_of {
            Some(project_of) => name_project(context, project_of, own),
            None => own,
        };
        let project = context.project.as_deref();
        let call = Call::new(context.app, &context.running_world, context.now, project, &context.parts, own);
        context.before_retry_after = project.is_some_and(|project| project.bucket().is_before_retry_after(context.now));
        let due = fault_injection::due(&call, route.description.operation, context.parts.uri.path(), self.subject);
        if let Some((id, effect)) = due {
            context.fault = Some(id);
            Box::pin(fault_injection::wait(effect.delay, context.app.entropy())).await;
            match effect.outcome {
                Outcome::Pass => {}
                Outcome::Error(error) => return Err(remedied(Refusal::new(error, fault_injection::reason(id)), route)),
                outcome if fault_injection::spoils(&outcome) => self.spoiling = Some(outcome),
                outcome => return Ok(Answer::Instead(outcome)),
            }
        }
        if let Some(project) = project.filter(|_| !route.description.is_free) {
            project.bucket().take(context.now).map_err(limited)?;
        }
        flaw.map_or(Ok(()), Err)?;
        let (reply, ignored) = if route.description.is_slow {
            let own = call.into_parts();
            handle_aside(context, route, own).await
        } else {
            ((route.handle)(&call), call.ignored(|name| route.declares(name)))
        };
        context.ignored = ignored;
        let reply = match route.door() {
            Some(door) => reply.map(|reply| reply.for_page(door.repeated)),
            None => reply,
        };
        reply.map(Answer::Reply).map_err(|refusal| remedied(refusal, route))
    }
}

/// A body, or none and what is wrong with it.
fn or_flaw(body: Result<JsonObject, Refusal>) -> (JsonObject, Option<Refusal>) {
    body.map_or_else(|flaw| (JsonObject::new(), Some(flaw)), |body| (body, None))
}

/// Keeps a body for the journal, if the journal keeps bodies.
fn keep(context: &mut RequestContext<'_>, body: &JsonObject) {
    if context.app.settings().journal_bodies {
        context.journaled_body = Some(request_log::without_secrets(body));
    }
}

/// Finds the project that a call names which needs no credentials.
fn name_project(context: &mut RequestContext<'_>, project_of: ProjectOf, own: Own) -> Own {
    let call = Call::new(context.app, &context.running_world, context.now, None, &context.parts, own);
    let project = project_of(&call);
    let own = call.into_parts();
    context.project = project;
    own
}

/// Takes a page in: what its call is made of, and what is wrong with it.
async fn let_in(
    context: &mut RequestContext<'_>,
    route: &Route,
    door: &Door,
    mut path_values: PathValues,
    incoming: &mut Body,
) -> Result<(Own, Option<Refusal>), Refusal> {
    let mut request = sdk_request::read(context, route, &path_values, incoming).await?;
    context.project = Some(request.project(context)?);
    let (mut body, flaw) = or_flaw(std::mem::replace(&mut request.body, Ok(JsonObject::new())));
    keep(context, &body);
    Ok(match request.enter(context, (route, door), &mut body, &mut path_values) {
        Ok(caller) => ((path_values, body, Some(Box::new(caller))), flaw),
        Err(refusal) => ((path_values, body, None), flaw.or(Some(refusal))),
    })
}

/// Handles a call on a thread that no other request waits for.
async fn handle_aside(context: &RequestContext<'_>, route: &'static Route, own: Own) -> (Result<Reply, Refusal>, Vec<String>) {
    let (app, running_world, now) = (Arc::clone(context.app), Arc::clone(&context.running_world), context.now);
    let project = context.project.clone();
    let head = context.parts.clone();
    let handled = tokio::task::spawn_blocking(move || {
        let call = Call::new(&app, &running_world, now, project.as_deref(), &head, own);
        ((route.handle)(&call), call.ignored(|name| route.declares(name)))
    });
    handled.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

impl Drop for Pipeline<'_> {
    /// Whoever gives up waiting is written down all the same, and so is a request that a bug ended.
    fn drop(&mut self) {
        let status = if std::thread::panicking() { ErrorType::InternalServerError.status() } else { UNANSWERED };
        self.record(status, None);
    }
}

/// A refusal with the header that HTTP, or the vendor, gives to one of its status. A page is not challenged: its browser
/// would ask the user for a name and a password.
fn remedied(refusal: Refusal, route: &Route) -> Refusal {
    match (&refusal.remedy, refusal.error) {
        (Remedy::None, ErrorType::TooManyRequests) => refusal.with_remedy(Remedy::Wait(std::time::Duration::from_secs(1))),
        (Remedy::None, error) if route.description.dialect.status(error) == 401 && route.door().is_none() => {
            refusal.with_remedy(Remedy::Challenge)
        }
        (Remedy::None, error) if error.status() == 405 => refusal.with_remedy(Remedy::Allow(allow(&[route]))),
        _ => refusal,
    }
}

fn limited(empty: Empty) -> Refusal {
    let reason = format!("the project's token bucket is empty; the next token comes in {} ms", empty.retry_after.as_millis());
    Refusal::new(ErrorType::TooManyRequests, reason).with_remedy(Remedy::Wait(empty.retry_after))
}

fn check_header_size(parts: &Parts) -> Result<(), Refusal> {
    let bytes: usize = parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if bytes > MAX_HEADER_BYTES {
        let reason = format!("the headers have {bytes} bytes; the most is {MAX_HEADER_BYTES}");
        return Err(Refusal::new(ErrorType::BadRequest, reason));
    }
    Ok(())
}
