//! The routes of the emulated API, on axum's router. Empty segments of a path don't count, so neither a doubled nor a
//! trailing slash matters; each segment is percent-decoded by itself. Where nothing is served, the vendor's errors
//! answer, and the explanation names what is near.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::{FromRequestParts, RawPathParams, Request};
use axum::http::Uri;
use axum::http::header::DATE;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tower::{Layer, ServiceExt};
use tower_http::cors::Cors;

use super::cross_origin;
use super::operations::OPERATIONS;
use super::serving::call::PathValues;
use super::serving::endpoint::{Route, allow};
use super::serving::pipeline::{Pipeline, Routed};
use super::serving::response::http_date;
use super::shared::user_lookup::subject;
use crate::app::App;
use crate::domain::refusal::{ErrorType, Refusal, Remedy};

/// The emulated API.
pub struct Api {
    app: Arc<App>,
    router: Router,
    /// The routes for pages, behind their layer; made when the first page comes.
    pages: OnceLock<Cors<Router>>,
    /// The operation that the emulator exists for.
    core: &'static Route,
}

impl Api {
    /// The API of a running world.
    #[must_use]
    pub fn new(app: &Arc<App>) -> Self {
        let router = router(app, |path| !cross_origin::is_open(path));
        Self { app: Arc::clone(app), router, pages: OnceLock::new(), core: &OPERATIONS[0] }
    }

    /// Answers a request. The core operation goes past the router, which would cost it 4 % (see `benches`).
    pub async fn answer(&self, request: Request) -> Response {
        let core = self.core.description.operation;
        if request.uri().path() == core.path && request.method().as_str() == core.method {
            return answer(&self.app, request, Ok((self.core, PathValues::new()))).await;
        }
        let request = tidied(request);
        if cross_origin::is_open(request.uri().path()) {
            return Box::pin(self.answer_page(request)).await;
        }
        let Ok(response) = self.router.clone().oneshot(request).await;
        response
    }

    async fn answer_page(&self, request: Request) -> Response {
        let pages = self.pages.get_or_init(|| cross_origin::layer().layer(router(&self.app, cross_origin::is_open)));
        let Ok(mut response) = pages.clone().oneshot(request).await;
        // of a preflight's answer the layer knows no time
        response.headers_mut().entry(DATE).or_insert_with(|| http_date(self.app.running_world().clock.now()));
        response
    }
}

/// The routes whose paths are `wanted`.
fn router(app: &Arc<App>, wanted: fn(&str) -> bool) -> Router {
    let mut paths: BTreeMap<&str, Vec<&'static Route>> = BTreeMap::new();
    for route in OPERATIONS.iter().filter(|route| wanted(route.description.operation.path)) {
        paths.entry(route.description.operation.path).or_default().push(route);
    }
    let router = paths.into_iter().fold(Router::new(), |router, (path, routes)| router.route(path, methods(app, routes)));
    let app = Arc::clone(app);
    router.fallback(async move |request: Request| {
        let path = request.extensions().get::<AskedUri>().map_or_else(|| request.uri().path(), |asked| asked.0.path());
        let refusal = Refusal::new(ErrorType::RouteNotFound, not_found_reason(path));
        answer(&app, request, Err(refusal)).await
    })
}

/// The methods of one path.
fn methods(app: &Arc<App>, routes: Vec<&'static Route>) -> MethodRouter {
    let methods = routes.iter().fold(MethodRouter::new(), |methods, &route| {
        let app = Arc::clone(app);
        let has_names = route.description.operation.path.contains('{');
        methods.on(filter(route), async move |mut request: Request| {
            let values = if has_names { path_values(&mut request).await } else { PathValues::new() };
            answer(&app, request, Ok((route, values))).await
        })
    });
    let app = Arc::clone(app);
    methods.fallback(async move |request: Request| {
        let allowed = allow(&routes);
        let reason = format!("{} is served for {allowed} only", routes[0].description.operation.path);
        let refusal = Refusal::new(ErrorType::MethodNotAllowed, reason).with_remedy(Remedy::Allow(allowed));
        answer(&app, request, Err(refusal)).await
    })
}

fn filter(route: &Route) -> MethodFilter {
    match route.description.operation.method {
        "POST" => MethodFilter::POST,
        "PUT" => MethodFilter::PUT,
        "DELETE" => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    }
}

async fn answer(app: &Arc<App>, mut request: Request, routed: Routed) -> Response {
    if let Some(AskedUri(uri)) = request.extensions_mut().remove() {
        *request.uri_mut() = uri;
    }
    Pipeline::begin(app, subject, request).run(routed).await
}

async fn path_values(request: &mut Request) -> PathValues {
    let (mut parts, body) = std::mem::take(request).into_parts();
    let values = match RawPathParams::from_request_parts(&mut parts, &()).await {
        Ok(params) => params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        Err(_) => PathValues::new(),
    };
    *request = Request::from_parts(parts, body);
    values
}

/// The URI of a request as it was asked, where it was tidied for the router.
#[derive(Clone)]
struct AskedUri(Uri);

/// What of a segment is written in another way, so that no decoded slash splits it.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Takes out of a path what makes no difference, so that the router finds it. Most paths are tidy.
fn tidied(mut request: Request) -> Request {
    let path = request.uri().path();
    let is_tidy = path == "/" || !path.contains('%') && !path.contains("//") && !path.ends_with('/');
    if is_tidy {
        return request;
    }
    let segments = segments(path).map(|segment| utf8_percent_encode(&decode(segment), SEGMENT).to_string());
    let mut tidy = format!("/{}", segments.collect::<Vec<_>>().join("/"));
    if let Some(query) = request.uri().query() {
        tidy.push('?');
        tidy.push_str(query);
    }
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = tidy.parse().ok();
    if let Ok(uri) = Uri::from_parts(parts) {
        let asked = std::mem::replace(request.uri_mut(), uri);
        request.extensions_mut().insert(AskedUri(asked));
    }
    request
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

fn decode(segment: &str) -> Cow<'_, str> {
    percent_decode_str(segment).decode_utf8_lossy()
}

/// A path longer than this is compared with no other: an explanation must not cost more than an answer.
const MAX_COMPARED: usize = 200;

fn not_found_reason(path: &str) -> String {
    let asked = format!("/{}", segments(path).map(decode).collect::<Vec<_>>().join("/"));
    if asked.len() > MAX_COMPARED {
        return format!("nothing is served at a path of {} bytes", asked.len());
    }
    let paths = OPERATIONS.iter().map(|route| route.description.operation.path);
    let near = paths.max_by(|one, other| {
        let likeness = |path: &str| strsim::normalized_damerau_levenshtein(&asked, path);
        likeness(one).total_cmp(&likeness(other))
    });
    match near {
        Some(near) => format!("nothing is served at {asked}; the nearest route is {near}"),
        None => format!("nothing is served at {asked}"),
    }
}
