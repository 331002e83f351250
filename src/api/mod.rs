//! The emulated HTTP surface. Every request takes one way, top to bottom: route, credentials, bucket, body,
//! operation; every answer leaves through one door, [`reply`].

pub mod authenticate_session;
pub mod body;
pub mod call;
pub mod credentials;
pub mod fields;
pub mod get_jwks;
pub mod get_sessions;
pub mod lookup;
pub mod query;
pub mod reply;
pub mod revoke_session;
pub mod routes;
pub mod session_from_grant;
pub mod session_proof;
pub mod users;
pub mod whoami;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::Response;
use tracing::info;

use crate::ambient::Stopwatch;
use crate::app::{App, Stage};
use crate::domain::bucket::Empty;
use crate::domain::catalogue::{ErrorType, Refusal, Remedy};
use crate::domain::id::Environment;
use crate::domain::project::Project;
use crate::domain::timestamp::Timestamp;
use crate::wire::envelope::RequestId;
use call::Call;
use reply::Reply;
use routes::{Access, Operation};

/// The most bytes that the headers of a request may have together.
const MOST_HEADER_BYTES: usize = 64 * 1024;

/// Answers a request to the emulated API.
pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let stopwatch = Stopwatch::start();
    let stage = app.stage();
    let now = stage.clock.now();
    let request_id = RequestId::new(Environment::Test, app.entropy().uuid());
    let (parts, mut body) = request.into_parts();
    let mut exchange = Exchange { app: &app, stage: &stage, now, project: None };
    let outcome = exchange.answer(&parts, &mut body).await;
    body::discard(&parts.headers, body).await;
    let environment = exchange.project.as_ref().map_or(Environment::Test, |project| project.environment());
    let request_id = request_id.of(environment);
    let response = reply::respond(app.wire(), now, request_id, outcome.as_ref());
    log(&parts, &exchange, request_id, &response, outcome.as_ref().err(), stopwatch);
    response
}

/// A request on its way through the checks.
struct Exchange<'a> {
    app: &'a App,
    stage: &'a Stage,
    now: Timestamp,
    /// Whose request it is, once that is known.
    project: Option<Arc<Project>>,
}

impl Exchange<'_> {
    async fn answer(&mut self, parts: &Parts, body: &mut Body) -> Result<Reply, Refusal> {
        check_header_size(parts)?;
        let route = routes::find(&parts.method, parts.uri.path())?;
        let operation = route.operation;
        if operation.access == Access::Project {
            let project = credentials::authenticate(&parts.headers, &self.stage.world, self.app.auth())?;
            let project = self.project.insert(project);
            project.bucket().take(self.now).map_err(limited)?;
        }
        let body = body::read(operation.method, &parts.headers, body).await?;
        let call = Call {
            wire: self.app.wire(),
            entropy: self.app.entropy(),
            now: self.now,
            world: &self.stage.world,
            project: self.project.as_deref(),
            path_values: route.values,
            query: parts.uri.query().unwrap_or_default(),
            body,
        };
        (operation.handle)(&call).map_err(|refusal| remedied(refusal, operation))
    }
}

/// A scripted refusal with the header that HTTP demands of its status.
fn remedied(refusal: Refusal, operation: &Operation) -> Refusal {
    match (&refusal.remedy, refusal.error.status()) {
        (Remedy::None, 401) => refusal.with_remedy(Remedy::Challenge),
        (Remedy::None, 405) => refusal.with_remedy(Remedy::Allow(operation.method.allowed())),
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

/// One line for each request. What it names is no secret: neither the query nor a header but the status.
fn log(
    parts: &Parts,
    exchange: &Exchange<'_>,
    request_id: RequestId,
    response: &Response,
    refusal: Option<&Refusal>,
    stopwatch: Stopwatch,
) {
    info!(
        method = %parts.method,
        path = parts.uri.path(),
        status = response.status().as_u16(),
        project_id = exchange.project.as_ref().map(|project| project.id().as_str()),
        error_type = refusal.map(|refusal| refusal.error.as_str()),
        reason = refusal.map(|refusal| refusal.reason.as_ref()),
        request_id = %request_id,
        micros = u64::try_from(stopwatch.elapsed().as_micros()).unwrap_or(u64::MAX),
        "request"
    );
}
