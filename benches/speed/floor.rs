//! The floor: the least that an axum service has to do to answer as the emulator does. The same checks (Basic
//! credentials in constant time, the form of `user_id`, a token bucket, a look-up in a concurrent map), then a body
//! that was serialised beforehand, around a fresh `request_id`. It knows one project and no errors but bare statuses,
//! and is served by the same HTTP library with the same settings.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dashmap::DashMap;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use parking_lot::Mutex;
use rand::rngs::{StdRng, SysRng};
use rand::{Rng, SeedableRng};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use tokio::net::TcpListener;
use tower::ServiceExt;
use uuid::{Builder, Uuid};

use crate::wire::{PROJECT_ID, SECRET, USER_ID};
use crate::{Fallible, now, say};

/// More than any machine answers in a second: the bucket is always counted and never in the way.
const TOKENS_PER_SECOND: f64 = 4e9;

struct Floor {
    secret: String,
    bucket: Mutex<Bucket>,
    users: DashMap<String, Arc<str>>,
    random: Mutex<StdRng>,
}

struct Bucket {
    level: f64,
    counted_at: Instant,
}

#[derive(Deserialize)]
struct Parameters {
    user_id: String,
}

/// Serves one user, whose `sessions` are given as JSON, until the process is killed.
#[tokio::main]
pub async fn serve(sessions: &str) -> Fallible<()> {
    let users = DashMap::from_iter([(USER_ID.to_owned(), Arc::from(sessions))]);
    let floor = Floor {
        secret: SECRET.to_owned(),
        bucket: Mutex::new(Bucket { level: TOKENS_PER_SECOND, counted_at: now() }),
        users,
        random: Mutex::new(StdRng::try_from_rng(&mut SysRng)?),
    };
    let router = Router::new().route("/v1/sessions", get(answer)).with_state(Arc::new(floor));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    say(format_args!("floor ready on http://{}", listener.local_addr()?));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let router = router.clone();
        let service = hyper::service::service_fn(move |request: Request<hyper::body::Incoming>| {
            router.clone().oneshot(request.map(Body::new))
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new());
        tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
    }
}

async fn answer(
    State(floor): State<Arc<Floor>>,
    headers: HeaderMap,
    Query(Parameters { user_id }): Query<Parameters>,
) -> Result<Response<Body>, StatusCode> {
    if !is_authorized(&floor, &headers) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    if !floor.bucket.lock().take() {
        return Err(StatusCode::TOO_MANY_REQUESTS);
    }
    if !is_user_id(&user_id) {
        return Err(StatusCode::BAD_REQUEST);
    }
    let sessions = floor.users.get(&user_id).map(|sessions| Arc::clone(&sessions)).ok_or(StatusCode::NOT_FOUND)?;
    let mut random = [0; 16];
    floor.random.lock().fill_bytes(&mut random);
    let uuid = Builder::from_random_bytes(random).into_uuid();
    let mut body = String::with_capacity(sessions.len() + 100);
    body.push_str(r#"{"status_code":200,"request_id":"request-id-test-"#);
    body.push_str(uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    body.push_str(r#"","sessions":"#);
    body.push_str(&sessions);
    body.push('}');
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

fn is_authorized(floor: &Floor, headers: &HeaderMap) -> bool {
    let encoded = headers.get(AUTHORIZATION).and_then(|header| header.as_bytes().strip_prefix(b"Basic "));
    let Some(Ok(credentials)) = encoded.map(|encoded| STANDARD.decode(encoded)) else { return false };
    let Some(colon) = credentials.iter().position(|byte| *byte == b':') else { return false };
    let (id, secret) = (&credentials[..colon], &credentials[colon + 1..]);
    id == PROJECT_ID.as_bytes() && bool::from(floor.secret.as_bytes().ct_eq(secret))
}

fn is_user_id(text: &str) -> bool {
    text.strip_prefix("user-test-").is_some_and(|uuid| uuid.len() == 36 && Uuid::try_parse(uuid).is_ok())
}

impl Bucket {
    fn take(&mut self) -> bool {
        let now = now();
        let gained = now.duration_since(self.counted_at).as_secs_f64() * TOKENS_PER_SECOND;
        self.counted_at = now;
        self.level = (self.level + gained).min(TOKENS_PER_SECOND);
        if self.level < 1.0 {
            return false;
        }
        self.level -= 1.0;
        true
    }
}
