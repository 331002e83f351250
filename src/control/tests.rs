//! What the layers refuse, each as JSON.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, X_CONTENT_TYPE_OPTIONS};
use axum::routing::{get, put};
use futures_util::stream;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::extractors::SeedText;
use super::route::{ControlState, PREFIX};
use super::{behind_layers, document, index_of, limited};
use crate::app::App;
use crate::config::{Settings, built_in};

/// Routes that no emulator has, behind the layers that all routes have.
fn router() -> Router {
    async fn length(body: SeedText<()>) -> String {
        json!({ "length": body.source.text.len() }).to_string()
    }
    async fn fail() {
        panic!("on purpose");
    }
    let app = Arc::new(App::new(Settings::default(), &[built_in()], Vec::new()).unwrap());
    let state = ControlState { app: Arc::clone(&app), index: Arc::new(index_of(&[])), feed: Arc::default() };
    let routes = Router::new().route("/length", limited(put(length), 1 << 20)).route("/bug", get(fail)).with_state(state);
    behind_layers(&app, routes)
}

async fn answer(request: Request) -> (StatusCode, Value) {
    let response = router().oneshot(request).await.unwrap();
    let headers = response.headers();
    assert_eq!(
        (&headers[CACHE_CONTROL], &headers[X_CONTENT_TYPE_OPTIONS]),
        (&"no-store".parse().unwrap(), &"nosniff".parse().unwrap())
    );
    let status = response.status();
    (status, serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap())
}

fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(format!("{PREFIX}{path}"))
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_too_large_or_too_slow_or_broken_is_refused() {
    type Frame = Result<Bytes, std::io::Error>;
    const MIB: usize = 1 << 20;
    let bytes = |length: usize| Body::from(vec![b' '; length]);
    let chunked = |length: usize| Body::from_stream(stream::iter([Frame::Ok(Bytes::from(vec![b' '; length]))]));
    let too_slow = Body::from_stream(stream::pending::<Frame>());
    let broken = Body::from_stream(stream::iter([Ok(Bytes::from("{")), Err(std::io::Error::other("gone"))]));
    for (length, body, status, expected) in [
        (Some(MIB), bytes(MIB), 200, json!({ "length": MIB })),
        (None, chunked(MIB), 200, json!({ "length": MIB })),
        (Some(MIB + 1), bytes(MIB + 1), 413, json!({ "error": "the body is larger than 1 MiB" })),
        (None, chunked(MIB + 1), 413, json!({ "error": "the body is larger than 1 MiB" })),
        (None, too_slow, 408, json!({ "error": "the request did not arrive within 75 s" })),
        (None, broken, 400, json!({ "error": "the body broke off: gone" })),
        (None, Body::from(vec![0xff]), 400, json!({ "error": "the body is not UTF-8" })),
    ] {
        let request = request("PUT", "/length");
        let request = length.into_iter().fold(request, |request, length| request.header(CONTENT_LENGTH, length));
        let answer = answer(request.body(body).unwrap()).await;
        assert_eq!(answer, (StatusCode::from_u16(status).unwrap(), expected));
    }
}

#[tokio::test]
async fn a_panic_is_an_answer() {
    let expected = json!({ "error": "a bug in the emulator; its log says where" });
    let answer = answer(request("GET", "/bug").body(Body::empty()).unwrap()).await;
    assert_eq!(answer, (StatusCode::INTERNAL_SERVER_ERROR, expected));
}

#[test]
fn each_name_in_a_path_is_a_parameter_and_no_other() {
    let document = document(|_| ());
    for (path, methods) in document["paths"].as_object().unwrap() {
        let in_path: Vec<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
        for operation in methods.as_object().unwrap().values() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let described: Vec<_> = parameters.filter(|each| each["in"] == "path").map(|each| &each["name"]).collect();
            assert_eq!(described, in_path, "{path}");
            assert!(operation["operationId"].as_str().unwrap().starts_with("control."), "{path}");
        }
    }
}
