//! The emulator's page: HTML, a style sheet and ES modules, as they stand in `page/`. They are plain web pages' sources
//! without a build step, so what is read there is what runs in the browser. The binary has them compressed, as
//! `page/packed/`; a test holds both to each other and packs anew (`UPDATE_PAGE=1 cargo test --test it browser_page`).

use std::borrow::Cow;

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::error::{ControlError, Refusal};

/// Where its other files are, under the prefix.
const FOLDER: &str = "/page/{name}";

/// What the page may do: run and show what the emulator itself serves, and ask nobody else. No text becomes HTML or a script.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// A file of the page.
struct File {
    name: &'static str,
    content_type: &'static str,
    /// Its text, as zlib packs it.
    packed: &'static [u8],
}

macro_rules! file {
    ($name:literal: $content_type:literal) => {
        File { name: $name, content_type: $content_type, packed: include_bytes!(concat!("page/packed/", $name, ".zz")) }
    };
}

macro_rules! files {
    ($($name:literal: $content_type:literal,)*) => {
        &[$(file!($name: $content_type)),*]
    };
}

/// The page itself.
static PAGE: File = file!("index.html": "text/html; charset=utf-8");

/// What it loads.
static FILES: &[File] = files! {
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "app.js": "text/javascript; charset=utf-8",
    "clock.js": "text/javascript; charset=utf-8",
    "control.js": "text/javascript; charset=utf-8",
    "curl.js": "text/javascript; charset=utf-8",
    "dom.js": "text/javascript; charset=utf-8",
    "faults.js": "text/javascript; charset=utf-8",
    "live.js": "text/javascript; charset=utf-8",
    "outbox.js": "text/javascript; charset=utf-8",
    "people.js": "text/javascript; charset=utf-8",
    "requests.js": "text/javascript; charset=utf-8",
    "user.js": "text/javascript; charset=utf-8",
    "world.js": "text/javascript; charset=utf-8",
};

/// The routes of the page's files.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route(FOLDER, get(file))
}

/// The page itself; packed for who inflates.
pub fn page(inflates: bool) -> Response {
    PAGE.response(inflates)
}

/// Whether somebody takes what is packed.
pub fn inflates(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|accepted| accepted.to_str().ok());
    let mut accepted = lists.flat_map(|list| list.split(','));
    accepted.any(|coding| coding.split(';').next().is_some_and(|coding| coding.trim().eq_ignore_ascii_case("deflate")))
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match FILES.iter().find(|file| file.name == name) {
        Some(file) => file.response(inflates(&headers)),
        None => ControlError::new(Refusal::NotFound, "the page has no such file").into_response(),
    }
}

impl File {
    fn response(&self, inflates: bool) -> Response {
        let headers = [
            (CONTENT_TYPE, self.content_type),
            (CONTENT_SECURITY_POLICY, POLICY),
            (REFERRER_POLICY, "no-referrer"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
            (VARY, "accept, accept-encoding"),
        ];
        let text = if inflates { Cow::Borrowed(self.packed) } else { Cow::Owned(self.unpacked()) };
        let body = match text {
            Cow::Borrowed(packed) => return (headers, [(CONTENT_ENCODING, "deflate")], packed).into_response(),
            Cow::Owned(text) => Body::from(text),
        };
        (headers, body).into_response()
    }

    fn unpacked(&self) -> Vec<u8> {
        miniz_oxide::inflate::decompress_to_vec_zlib(self.packed).expect("a test has unpacked it")
    }
}
