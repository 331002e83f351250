//! Keeps web pages out: a browser says where a request comes from, and only the emulator's own pages may steer it.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::ControlError;

/// Refuses a request whose `Origin` is another site.
pub async fn refuse_foreign(request: Request, next: Next) -> Response {
    if is_foreign(request.headers()) {
        return ControlError::new(StatusCode::FORBIDDEN, "a web page of another origin may not steer the emulator")
            .into_response();
    }
    next.run(request).await
}

fn is_foreign(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return false };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin = origin.to_str().unwrap_or_default();
    let of_origin = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    // a name that somebody else's DNS points here would agree with itself: only addresses and localhost are own
    of_origin.is_none_or(|of_origin| of_origin != host || !is_local(host))
}

fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_origin_passes() {
        let foreign = |origin: &str, host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ORIGIN, origin.parse().unwrap());
            headers.insert(HOST, host.parse().unwrap());
            is_foreign(&headers)
        };
        assert!(!is_foreign(&HeaderMap::new()));
        assert!(!foreign("http://127.0.0.1:7898", "127.0.0.1:7898"));
        assert!(!foreign("http://[::1]:7898", "[::1]:7898"));
        assert!(!foreign("https://localhost", "localhost"));
        assert!(foreign("http://localhost:3000", "localhost:7898"));
        assert!(foreign("http://evil.example", "evil.example"));
        assert!(foreign("null", "127.0.0.1:7898"));
        assert!(foreign("", ""));
    }
}
