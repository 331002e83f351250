//! The one door that every answer of the emulated API leaves through: its bytes, its headers, its `request_id`.

use std::cell::RefCell;
use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, DATE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::redirect::{self, BrowserReply};
use crate::app::App;
use crate::domain::id::Environment;
use crate::domain::oauth_error::Dialect;
use crate::domain::refusal::{ErrorType, Refusal, Remedy};
use crate::domain::request_id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::wire::envelope::{self, Payload};
use crate::wire::profile::WireProfile;

/// A success.
#[derive(Debug)]
pub enum Reply {
    /// What most operations answer.
    Json {
        /// The HTTP status.
        status: StatusCode,
        /// What stands in the body beside `status_code` and `request_id`.
        payload: Payload,
        /// How long clients may keep it, if they may.
        cache_control: Option<&'static str>,
    },
    /// What a page is answered.
    Page {
        /// The HTTP status.
        status: StatusCode,
        /// What stands in `data` beside `status_code` and `request_id`.
        payload: Payload,
    },
    /// What a browser is answered.
    Browser(BrowserReply),
}

impl Reply {
    /// The same for a page; `repeated` are the members that stand there under a second name, too.
    #[must_use]
    pub fn for_page(self, repeated: &[(&str, &'static str)]) -> Self {
        match self {
            Self::Json { status, payload, .. } => {
                let payload = repeated.iter().fold(payload, |payload, (own, page)| payload.with_copy(own, page));
                Self::Page { status, payload }
            }
            other => other,
        }
    }
}

/// The response to a request that succeeded.
pub fn success(wire: WireProfile, now: Timestamp, request_id: RequestId, reply: &Reply) -> Response {
    let (status, payload, cache_control) = match reply {
        Reply::Json { status, payload, cache_control } => (*status, payload, cache_control),
        Reply::Page { status, payload } => {
            return respond(*status, now, envelope::data(wire, status.as_str(), request_id, payload));
        }
        Reply::Browser(reply) => {
            let mut response = redirect::response(reply);
            response.headers_mut().insert(DATE, http_date(now));
            return response;
        }
    };
    let mut response = respond(status, now, envelope::success(wire, status.as_str(), request_id, payload));
    if let Some(cache_control) = cache_control {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache_control));
    }
    response
}

/// The response to a request that was refused; why, is said in a header if it is to be.
pub fn failure(
    (wire, dialect): (WireProfile, Dialect),
    now: Timestamp,
    request_id: RequestId,
    refusal: &Refusal,
    explain: bool,
) -> Response {
    let status = StatusCode::from_u16(dialect.status(refusal.error)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = match dialect {
        Dialect::Vendor => envelope::failure(wire, request_id, refusal.error),
        Dialect::OAuth => envelope::oauth_failure(wire, request_id, refusal.error),
    };
    let mut response = respond(status, now, body);
    remedy_headers(response.headers_mut(), &refusal.remedy);
    if explain {
        self::explain(response.headers_mut(), &refusal.reason);
    }
    response
}

/// Says in a header why a request went as it did.
pub(super) fn explain(headers: &mut HeaderMap, reason: &str) {
    headers.insert(REASON, header_text(reason));
}

fn respond(status: StatusCode, now: Timestamp, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(DATE, http_date(now));
    response
}

/// Why a request was refused, for the developer who reads the response.
const REASON: HeaderName = HeaderName::from_static("x-stytch-mock-reason");

/// The most of a reason that a header holds.
const MAX_REASON_BYTES: usize = 1_000;

/// A reason as a header can hold it: what is not visible ASCII becomes a question mark.
fn header_text(reason: &str) -> HeaderValue {
    let safe = |letter: char| if letter == ' ' || letter.is_ascii_graphic() { letter } else { '?' };
    let text: String = reason.chars().take(MAX_REASON_BYTES).map(safe).collect();
    HeaderValue::from_str(&text).expect("visible ASCII is header text")
}

fn remedy_headers(headers: &mut HeaderMap, remedy: &Remedy) {
    match remedy {
        Remedy::None => {}
        Remedy::Wait(time) => {
            headers.insert(RETRY_AFTER, HeaderValue::from(whole_seconds(*time)));
        }
        Remedy::Allow(methods) => {
            headers.insert(ALLOW, HeaderValue::from_str(methods).expect("methods are header text"));
        }
        Remedy::Challenge => {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(r#"Basic realm="stytch""#));
        }
        Remedy::Bearer => {
            let challenge = r#"Bearer realm="stytch", error="invalid_token""#;
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
    }
}

/// The seconds after which a wait of `time` is surely over.
fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

thread_local! {
    /// The last `date` header, and its second: it holds for all requests of that second.
    static LAST_DATE: RefCell<(i64, HeaderValue)> = const { RefCell::new((i64::MIN, HeaderValue::from_static(""))) };
}

/// The `date` header, on the emulator's clock (which never shows a time before 1970).
pub fn http_date(now: Timestamp) -> HeaderValue {
    LAST_DATE.with_borrow_mut(|(second, header)| {
        if *second != now.unix_seconds() {
            let date = httpdate::fmt_http_date(SystemTime::from(now.datetime()));
            (*second, *header) = (now.unix_seconds(), HeaderValue::from_str(&date).expect("a date is header text"));
        }
        header.clone()
    })
}

/// The answer to a request during which the emulator panicked: the vendor's 500. What happened is in the log.
pub fn bug(app: &App) -> Response {
    let request_id = RequestId::new(Environment::Test, app.entropy().uuid());
    let refusal = Refusal::new(ErrorType::InternalServerError, "a bug in the emulator; its log says where");
    failure((app.wire(), Dialect::Vendor), app.running_world().clock.now(), request_id, &refusal, app.settings().explain)
}
