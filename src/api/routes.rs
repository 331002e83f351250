//! The routing table: one line an operation. Everything that has to know which operations there are (routing, the
//! `allow` header, the README's table) reads it here.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::http::Method;
use percent_encoding::percent_decode_str;

use super::{debug, sessions, users};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::domain::error_catalogue::{ErrorType, Refusal, Remedy};
use crate::domain::operation::Operation;

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
pub struct Endpoint {
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

impl Endpoint {
    /// Its plain name.
    #[must_use]
    pub fn operation(&self) -> Operation {
        let method = match self.method {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Delete => "DELETE",
        };
        Operation { name: self.name, method, path: self.path }
    }
}

/// Every operation's plain name.
#[must_use]
pub fn operations() -> Vec<Operation> {
    ENDPOINTS.iter().map(Endpoint::operation).collect()
}

/// Every operation there is. Of two that match, the first is meant.
pub static ENDPOINTS: &[Endpoint] = &[
    sessions::get::ENDPOINT,
    sessions::authenticate::ENDPOINT,
    sessions::revoke::ENDPOINT,
    sessions::from_external_token::MIGRATE,
    sessions::from_external_token::EXCHANGE_ACCESS_TOKEN,
    sessions::from_external_token::ATTEST,
    sessions::get_jwks::ENDPOINT,
    sessions::get_jwks::WELL_KNOWN,
    users::search::ENDPOINT,
    users::create::ENDPOINT,
    users::delete_factor::EMAIL,
    users::delete_factor::PHONE_NUMBER,
    users::delete_factor::WEBAUTHN_REGISTRATION,
    users::delete_factor::BIOMETRIC_REGISTRATION,
    users::delete_factor::TOTP,
    users::delete_factor::CRYPTO_WALLET,
    users::delete_factor::PASSWORD,
    users::delete_factor::OAUTH,
    users::get::ENDPOINT,
    users::update::ENDPOINT,
    users::delete::ENDPOINT,
    users::delete_external_id::ENDPOINT,
    users::exchange_primary_factor::ENDPOINT,
    users::connected_apps::ENDPOINT,
    debug::whoami::ENDPOINT,
];

/// An operation and what stood in the path for its names.
#[derive(Debug)]
pub struct Route {
    /// The operation.
    pub endpoint: &'static Endpoint,
    /// One value for each `{name}`.
    pub values: Vec<String>,
}

static PATTERNS: LazyLock<Vec<(Vec<&'static str>, &'static Endpoint)>> =
    LazyLock::new(|| ENDPOINTS.iter().map(|endpoint| (segments(endpoint.path).collect(), endpoint)).collect());

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// Finds the operation that a request line means. Empty segments don't count, so neither a doubled nor a trailing
/// slash matters; each segment is percent-decoded by itself.
///
/// # Errors
/// `route_not_found`, or `method_not_allowed` if only the method is wrong.
pub fn find(method: &Method, path: &str) -> Result<Route, Refusal> {
    let mut allowed: Vec<&'static Endpoint> = Vec::new();
    for (pattern, endpoint) in PATTERNS.iter() {
        // most are called by a path as it stands in the table, with no name in it
        let is_literal = path == endpoint.path && !path.contains('{');
        if !is_literal && !matches(pattern, path) {
            continue;
        }
        if endpoint.method.methods().contains(method) {
            return Ok(Route { endpoint, values: if is_literal { Vec::new() } else { values(pattern, path) } });
        }
        allowed.push(endpoint);
    }
    if allowed.is_empty() {
        return Err(Refusal::new(ErrorType::RouteNotFound, not_found_reason(path)));
    }
    let mut methods: Vec<&str> = Vec::new();
    for method in allowed.iter().flat_map(|endpoint| endpoint.method.methods()).map(Method::as_str) {
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    let reason = format!("{} is served for {} only", allowed[0].path, methods.join(", "));
    Err(Refusal::new(ErrorType::MethodNotAllowed, reason).with_remedy(Remedy::Allow(methods.join(", "))))
}

fn is_name(segment: &str) -> bool {
    segment.starts_with('{')
}

fn decode(segment: &str) -> Cow<'_, str> {
    percent_decode_str(segment).decode_utf8_lossy()
}

/// What stands in a path where a pattern has names.
fn values(pattern: &[&str], path: &str) -> Vec<String> {
    let named = pattern.iter().zip(segments(path)).filter(|(name, _)| is_name(name));
    named.map(|(_, value)| decode(value).into_owned()).collect()
}

/// Whether a segment means a word, be it percent-encoded.
fn is_spelt(segment: &str, word: &str) -> bool {
    segment == word || segment.contains('%') && decode(segment) == word
}

fn matches(pattern: &[&str], path: &str) -> bool {
    let mut segments = segments(path);
    let fits = |expected: &&str| segments.next().is_some_and(|segment| is_name(expected) || is_spelt(segment, expected));
    pattern.iter().all(fits) && segments.next().is_none()
}

/// A path longer than this is compared with no other: an explanation must not cost more than an answer.
const MOST_COMPARED: usize = 200;

fn not_found_reason(path: &str) -> String {
    let asked = format!("/{}", segments(path).map(decode).collect::<Vec<_>>().join("/"));
    if asked.len() > MOST_COMPARED {
        return format!("nothing is served at a path of {} bytes", asked.len());
    }
    let near = ENDPOINTS.iter().max_by(|one, other| {
        let likeness = |endpoint: &Endpoint| strsim::normalized_damerau_levenshtein(&asked, endpoint.path);
        likeness(one).total_cmp(&likeness(other))
    });
    match near {
        Some(near) => format!("nothing is served at {asked}; the nearest route is {}", near.path),
        None => format!("nothing is served at {asked}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use super::*;

    fn found(method: &Method, path: &str) -> Result<&'static str, ErrorType> {
        find(method, path).map(|route| route.endpoint.name).map_err(|refusal| refusal.error)
    }

    #[test]
    fn the_readme_lists_every_operation_with_its_evidence() {
        let readme = include_str!("../../README.md");
        for operation in operations() {
            let cell = format!("| `{} {}` | ", operation.method, operation.path);
            let row = readme.lines().find(|line| line.contains(&cell)).unwrap_or_else(|| panic!("{} is missing", operation.path));
            let evidence = row.split(&cell).nth(1).unwrap_or_default();
            assert!(["captured", "documented", "assumed"].iter().any(|word| evidence.starts_with(word)), "{row}");
        }
        let rows = readme
            .lines()
            .filter(|line| ["GET", "POST", "PUT", "DELETE"].iter().any(|verb| line.contains(&format!("| `{verb} /"))));
        assert_eq!(rows.count(), operations().len(), "nothing that is not served is listed");
    }

    #[test]
    fn each_allowed_method_is_named_once() {
        for (path, expected) in [
            ("/v1/sessions", "GET, HEAD"),
            ("/v1/users/somebody", "GET, HEAD, PUT, DELETE"),
            // an e-mail's id, or the external id of somebody called emails
            ("/v1/users/emails/external_id", "DELETE"),
        ] {
            let refusal = find(&Method::PATCH, path).unwrap_err();
            assert_eq!(refusal.remedy, Remedy::Allow(expected.to_owned()), "{path}");
        }
    }

    #[test]
    fn every_operation_has_a_golden_in_each_profile_and_no_golden_is_left_over() {
        let names: BTreeSet<String> = ENDPOINTS.iter().map(|endpoint| format!("{}.json", golden(endpoint.name))).collect();
        assert_eq!(names.len(), ENDPOINTS.len());
        for profile in ["page", "live"] {
            let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "goldens", profile, "operations"].iter().collect();
            let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
            assert_eq!(files.collect::<BTreeSet<_>>(), names, "{profile}");
        }
    }

    /// `sessions.getJWKS (well-known)` lies in `sessions.getJWKS-well-known.json`.
    fn golden(name: &str) -> String {
        name.replace([' ', '('], "-").replace("--", "-").replace(')', "")
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
