//! `GET /__mock/`: what the control plane has, in short. A browser gets the emulator's page instead.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::error::ControlError;
use super::page;
use super::route::{Answers, Description, Entry, Example, Index, Signature, Takes};
use crate::wire::openapi::Document;

/// Its route.
pub fn routes<T: Entry>() -> Vec<T> {
    vec![T::of(
        Description {
            method: "GET",
            path: "/",
            id: "control.index",
            summary: "Lists the routes. A browser, which asks for `text/html`, gets the emulator's page.",
            refusals: &[],
            example: Example { status: 200, ..Example::default() },
        },
        get,
    )]
}

async fn get(State(index): State<Arc<Index>>, asker: Asker) -> PageOrIndex {
    if asker.wants_html { PageOrIndex::Page(page::page(asker.inflates)) } else { PageOrIndex::Index(index) }
}

/// What is said of who asks.
struct Asker {
    /// Whether it prefers HTML to JSON.
    wants_html: bool,
    /// Whether it takes what is compressed.
    inflates: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = ControlError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ControlError> {
        Ok(Self { wants_html: wants_html(&parts.headers), inflates: page::inflates(&parts.headers) })
    }
}

impl Takes for Asker {
    fn describe(_: &mut Document, _: &mut Signature) {}
}

/// Whether somebody who accepts this wants a page: it has to say `text/html`, and not to like JSON better.
fn wants_html(headers: &HeaderMap) -> bool {
    let (mut html, mut json) = (0.0, 0.0);
    for accepted in headers.get_all(ACCEPT).iter().filter_map(|accepted| accepted.to_str().ok()).flat_map(|list| list.split(','))
    {
        let mut parts = accepted.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        match kind.as_str() {
            "text/html" => html = weight,
            "application/json" => json = weight,
            _ => {}
        }
    }
    html > 0.0 && html >= json
}

/// Either of the two.
enum PageOrIndex {
    Page(Response),
    Index(Arc<Index>),
}

impl IntoResponse for PageOrIndex {
    fn into_response(self) -> Response {
        match self {
            Self::Page(page) => page,
            Self::Index(index) => Json(&*index).into_response(),
        }
    }
}

impl Answers for PageOrIndex {
    fn describe(document: &mut Document) -> (StatusCode, Value) {
        let (status, mut response) = Json::<Index>::describe(document);
        response["content"]["text/html"] = serde_json::json!({ "schema": { "type": "string" } });
        (status, response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_html_gets_a_page() {
        for (accepted, expected) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", true),
            ("text/html", true),
            ("Text/HTML; charset=utf-8", true),
            ("application/json;q=0.9, text/html", true),
            ("*/*", false),
            ("", false),
            ("application/json, text/plain, */*", false),
            ("application/json, text/html;q=0.5", false),
            ("text/html;q=0", false),
            ("text/htmlx", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT, accepted.parse().unwrap())]);
            assert_eq!(wants_html(&headers), expected, "{accepted}");
        }
        assert!(!wants_html(&HeaderMap::new()));
    }
}
