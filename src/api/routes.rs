//! The routing table: one line an operation. Everything that has to know which operations there are (routing, the
//! `allow` header, the README's table) reads it here.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::http::Method;
use percent_encoding::percent_decode_str;

use super::call::Call;
use super::reply::Reply;
use super::{authenticate_session, get_jwks, get_sessions, revoke_session, session_from_grant, users, whoami};
use crate::domain::catalogue::{ErrorType, Refusal, Remedy};

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// A project, by its Basic credentials; it takes a token of the project's bucket.
    Project,
    /// Anybody.
    Public,
}

/// The method of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "HTTP's names")]
pub enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

impl Verb {
    /// The methods that call it: `HEAD` answers as `GET`.
    #[must_use]
    pub fn methods(self) -> &'static [Method] {
        match self {
            Self::Get => &[Method::GET, Method::HEAD],
            Self::Post => &[Method::POST],
            Self::Put => &[Method::PUT],
            Self::Delete => &[Method::DELETE],
        }
    }

    /// The value of the `allow` header.
    #[must_use]
    pub fn allowed(self) -> String {
        self.methods().iter().map(Method::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// One operation of the vendor's API.
#[derive(Debug)]
pub struct Operation {
    /// What SDKs call it.
    pub name: &'static str,
    /// Its method.
    pub method: Verb,
    /// Its path; `{name}` stands for one segment.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What it does.
    pub handle: fn(&Call<'_>) -> Result<Reply, Refusal>,
}

/// Every operation there is. Of two that match, the first is meant.
pub static OPERATIONS: &[Operation] = &[
    get_sessions::OPERATION,
    authenticate_session::OPERATION,
    revoke_session::OPERATION,
    session_from_grant::MIGRATE,
    session_from_grant::EXCHANGE_ACCESS_TOKEN,
    session_from_grant::ATTEST,
    get_jwks::OPERATION,
    get_jwks::WELL_KNOWN,
    users::search::OPERATION,
    users::create::OPERATION,
    users::delete_factor::EMAIL,
    users::delete_factor::PHONE_NUMBER,
    users::delete_factor::WEBAUTHN_REGISTRATION,
    users::delete_factor::BIOMETRIC_REGISTRATION,
    users::delete_factor::TOTP,
    users::delete_factor::CRYPTO_WALLET,
    users::delete_factor::PASSWORD,
    users::delete_factor::OAUTH,
    users::get::OPERATION,
    users::update::OPERATION,
    users::delete::OPERATION,
    users::delete_external_id::OPERATION,
    users::exchange_primary_factor::OPERATION,
    users::connected_apps::OPERATION,
    whoami::OPERATION,
];

/// An operation and what stood in the path for its names.
#[derive(Debug)]
pub struct Route {
    /// The operation.
    pub operation: &'static Operation,
    /// One value for each `{name}`.
    pub values: Vec<String>,
}

static PATTERNS: LazyLock<Vec<(Vec<&'static str>, &'static Operation)>> =
    LazyLock::new(|| OPERATIONS.iter().map(|operation| (segments(operation.path).collect(), operation)).collect());

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// Finds the operation that a request line means. Empty segments don't count, so neither a doubled nor a trailing
/// slash matters; each segment is percent-decoded by itself.
///
/// # Errors
/// `route_not_found`, or `method_not_allowed` if only the method is wrong.
pub fn find(method: &Method, path: &str) -> Result<Route, Refusal> {
    let segments: Vec<Cow<'_, str>> = segments(path).map(|segment| percent_decode_str(segment).decode_utf8_lossy()).collect();
    let mut allowed: Vec<&'static Operation> = Vec::new();
    for (pattern, operation) in PATTERNS.iter() {
        if !matches(pattern, &segments) {
            continue;
        }
        if operation.method.methods().contains(method) {
            let values = pattern.iter().zip(&segments).filter(|(name, _)| is_name(name)).map(|(_, value)| value.to_string());
            return Ok(Route { operation, values: values.collect() });
        }
        allowed.push(operation);
    }
    if allowed.is_empty() {
        return Err(Refusal::new(ErrorType::RouteNotFound, not_found_reason(method, &segments)));
    }
    let methods: Vec<&str> = allowed.iter().flat_map(|operation| operation.method.methods()).map(Method::as_str).collect();
    let reason = format!("{} is served for {} only", allowed[0].path, methods.join(", "));
    Err(Refusal::new(ErrorType::MethodNotAllowed, reason).with_remedy(Remedy::Allow(methods.join(", "))))
}

fn is_name(segment: &str) -> bool {
    segment.starts_with('{')
}

fn matches(pattern: &[&str], segments: &[Cow<'_, str>]) -> bool {
    pattern.len() == segments.len()
        && pattern.iter().zip(segments).all(|(expected, segment)| is_name(expected) || expected == segment)
}

fn not_found_reason(method: &Method, segments: &[Cow<'_, str>]) -> String {
    let asked = format!("/{}", segments.join("/"));
    let near = OPERATIONS.iter().max_by(|one, other| {
        let likeness = |operation: &Operation| strsim::normalized_damerau_levenshtein(&asked, operation.path);
        likeness(one).total_cmp(&likeness(other))
    });
    match near {
        Some(near) => format!("nothing is served at {asked} for {method}; the nearest route is {}", near.path),
        None => format!("nothing is served at {asked}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: &Method, path: &str) -> Result<&'static str, ErrorType> {
        find(method, path).map(|route| route.operation.name).map_err(|refusal| refusal.error)
    }

    #[test]
    fn slashes_and_escapes_do_not_matter() {
        for path in ["/v1/sessions", "//v1/sessions", "/v1/sessions/", "/v1//sessions//", "/v1/%73essions", "/%76%31/sessions"] {
            assert_eq!(found(&Method::GET, path), Ok("sessions.get"), "{path}");
            assert_eq!(found(&Method::HEAD, path), Ok("sessions.get"), "{path}");
            assert_eq!(found(&Method::PATCH, path), Err(ErrorType::MethodNotAllowed), "{path}");
        }
        for path in ["/", "", "/v1", "/V1/sessions", "/v1/sessions/x/y/z", "/v1%2Fsessions", "/v1/session", "*"] {
            assert_eq!(found(&Method::GET, path), Err(ErrorType::RouteNotFound), "{path}");
        }
    }
}
