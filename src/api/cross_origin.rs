//! What pages of other origins may ask for and read: that which no secret guards. The vendor's SDK sends its requests from
//! the app's own pages, with credentials, so that the one origin that asks is named, never all.

use std::time::Duration;

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderName, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::serving::sdk_door::PREFIX;
use super::shared::email_link::REDIRECT_PATH;

/// What the paths begin with by which a page leaves for a provider.
const PUBLIC_PREFIX: &str = "/v1/public/";

/// How long a browser may rely on what it was allowed.
const MAX_AGE: Duration = Duration::from_mins(10);

/// Whether a path is for pages. All others say nothing about origins, and so are closed to pages.
#[must_use]
pub fn is_open(path: &str) -> bool {
    path.starts_with(PREFIX) || path.starts_with(PUBLIC_PREFIX) || path == REDIRECT_PATH
}

/// Answers preflights, and names the origin that asks.
pub fn layer() -> CorsLayer {
    let of_sdk = ["x-sdk-client", "x-sdk-parent-host"].map(HeaderName::from_static);
    CorsLayer::new()
        .allow_origin(AllowOrigin::mirror_request())
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE].into_iter().chain(of_sdk).collect::<Vec<_>>())
        // a page of a public site, and an emulator on this machine
        .allow_private_network(true)
        .max_age(MAX_AGE)
}
