//! What operations that a browser calls answer: a page, or the way on.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

/// What a browser is answered.
#[derive(Debug)]
pub enum BrowserReply {
    /// It goes on to this URL.
    Redirect(String),
    /// It shows a page.
    Page {
        /// The page.
        html: String,
        /// What the page may load and do.
        content_security_policy: String,
    },
}

/// The response. Nobody keeps it, and no other site is told its address: tokens stand in both.
pub(super) fn response(reply: &BrowserReply) -> Response {
    let (status, body, headers): (_, _, Vec<(HeaderName, &str)>) = match reply {
        BrowserReply::Redirect(url) => (StatusCode::FOUND, Body::empty(), vec![(LOCATION, url)]),
        BrowserReply::Page { html, content_security_policy } => {
            let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, content_security_policy)];
            (StatusCode::OK, Body::from(html.clone()), headers.to_vec())
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let common = [(CACHE_CONTROL, "no-store"), (REFERRER_POLICY, "no-referrer")];
    for (name, value) in headers.into_iter().chain(common) {
        response.headers_mut().insert(name, HeaderValue::from_str(value).expect("URLs and policies are ASCII"));
    }
    response
}
