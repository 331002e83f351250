//! The test control plane under `/__mock`: JSON in, JSON out, beside the vendor's layers and never counted or limited by
//! them. Each file describes its routes beside their handlers; here they become one service, behind the layers that all
//! of them need.

mod bucket;
mod ca;
mod clock;
mod clock_face;
mod cross_site;
mod error;
mod events;
mod extractors;
mod faults;
mod feed;
mod health;
mod impersonation;
mod index;
mod openapi;
mod outbox;
mod page;
mod projects;
mod requests;
mod route;
mod sessions;
mod snapshots;
mod state;
mod users;
mod wait;
mod window;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::wire::openapi::Document;
use error::{ControlError, Refusal};
pub use events::Unending;
pub use route::PREFIX;
use route::{ControlState, Entry, Index, Route, RouteOfIndex};

/// How long a request may take, its body's arrival included. The longest wait for the journal is a minute.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(75);

/// Every route.
fn routes<T: Entry>() -> Vec<T> {
    let files = [
        index::routes(),
        health::routes(),
        openapi::routes(),
        ca::routes(),
        state::routes(),
        clock::routes(),
        bucket::routes(),
        faults::routes(),
        outbox::routes(),
        requests::routes(),
        events::routes(),
        projects::routes(),
        snapshots::routes(),
        users::routes(),
        impersonation::routes(),
        sessions::routes(),
    ];
    files.into_iter().flatten().collect()
}

/// The control plane.
pub fn router(app: &Arc<App>) -> Router {
    let routes: Vec<Route> = routes();
    let state = ControlState { app: Arc::clone(app), index: Arc::new(index_of(&routes)), feed: Arc::default() };
    let routes = routes.into_iter().fold(page::router(), |router, route| {
        let handler = match route.body_limit {
            Some(limit) => limited(route.handler, limit),
            None => route.handler,
        };
        router.route(route.path, handler)
    });
    let routes = routes.fallback(unknown_route).method_not_allowed_fallback(wrong_method).with_state(state);
    behind_layers(app, routes)
}

/// The OpenAPI document; `describe_api` adds the emulated API to it.
pub fn document(describe_api: fn(&mut Document)) -> serde_json::Value {
    openapi::document(&routes(), describe_api)
}

fn index_of(routes: &[Route]) -> Index {
    let path = |path: &str| format!("{PREFIX}{path}");
    let line = |route: &Route| RouteOfIndex { method: route.method, path: path(route.path), summary: route.summary };
    Index {
        version: env!("CARGO_PKG_VERSION"),
        page: path("/"),
        openapi: path("/openapi.json"),
        routes: routes.iter().map(line).collect(),
    }
}

/// Puts routes under the prefix and behind what all of them need.
fn behind_layers(app: &Arc<App>, routes: Router) -> Router {
    // nesting takes the prefix with nothing behind it, but not with a slash
    let root = routes.clone();
    let with_slash = any(move |mut request: Request| {
        *request.uri_mut() = Uri::from_static("/");
        root.clone().oneshot(request)
    });
    let routes = Router::new().nest(PREFIX, routes).route(&format!("{PREFIX}/"), with_slash);
    // from the inside to the outside
    routes
        .layer(CatchPanicLayer::custom(bug))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_TIMEOUT))
        .layer(map_response(explain_timeout))
        .layer(from_fn_with_state(Arc::clone(app), cross_site::refuse))
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(SetResponseHeaderLayer::overriding(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
}

/// Refuses larger bodies, whether they say their length or not.
fn limited(handler: MethodRouter<ControlState>, limit: usize) -> MethodRouter<ControlState> {
    let explain = move |response: Response| async move {
        match response.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                ControlError::new(Refusal::TooLarge, format!("the body is larger than {} MiB", limit >> 20)).into_response()
            }
            _ => response,
        }
    };
    handler.layer(RequestBodyLimitLayer::new(limit)).layer(map_response(explain))
}

async fn explain_timeout(response: Response) -> Response {
    match response.status() {
        StatusCode::REQUEST_TIMEOUT => {
            let message = format!("the request did not arrive within {} s", REQUEST_TIMEOUT.as_secs());
            ControlError::new(Refusal::TimedOut, message).into_response()
        }
        _ => response,
    }
}

/// The answer to a request that panicked. The process's panic hook has logged it.
fn bug(_: Box<dyn Any + Send>) -> Response {
    ControlError::new(Refusal::Bug, "a bug in the emulator; its log says where").into_response()
}

async fn unknown_route() -> ControlError {
    ControlError::new(Refusal::NotFound, "there is no such control route; GET /__mock/openapi.json lists them")
}

async fn wrong_method() -> ControlError {
    ControlError::new(Refusal::MethodNotAllowed, "this control route does not take this method")
}

#[cfg(test)]
mod tests;
