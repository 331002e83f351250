//! Keeps web pages of other sites out: a browser says where a request comes from, and which host it believes to ask.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::{ControlError, Refusal};
use crate::app::App;
use crate::tls::authority::BUILT_IN_NAMES;
use crate::tls::dns_name::CertificateName;

/// By this header a browser says which site's page sends a request.
const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// The top-level domains that nobody can register a name under.
const LOCAL_DOMAINS: [&str; 4] = ["localhost", "local", "internal", "test"];

/// Refuses what a web page of another site sends, or could have sent.
pub async fn refuse(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match check(request.uri(), request.headers(), &app.settings().control_hosts) {
        Ok(()) => next.run(request).await,
        Err(message) => ControlError::new(Refusal::Forbidden, message).into_response(),
    }
}

/// Why a request is refused, if it is. `named` are the hosts that the user named.
fn check(uri: &Uri, headers: &HeaderMap, named: &[CertificateName]) -> Result<(), String> {
    let mut own = Vec::new();
    let in_headers = headers.get_all(HOST).iter().map(|host| host.to_str().unwrap_or_default());
    for host in uri.authority().map(Authority::as_str).into_iter().chain(in_headers) {
        let refused = || {
            format!(
                "the control plane does not answer to the host \"{host}\": another site's name could lead here. \
                 If it is yours, name it by --control-host (STYTCH_MOCK_CONTROL_HOST)"
            )
        };
        let host = Host::parse(host).ok_or_else(refused)?;
        if !host.is_allowed(named) {
            return Err(refused());
        }
        own.push(host);
    }
    for origin in headers.get_all(ORIGIN) {
        let origin = origin.to_str().unwrap_or_default();
        let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")).and_then(Host::parse);
        if host.is_none_or(|host| !own.contains(&host)) {
            return Err(format!("a web page of another origin, \"{origin}\", may not use the control plane"));
        }
    }
    match headers.get_all(SEC_FETCH_SITE).iter().find(|site| *site != "same-origin" && *site != "none") {
        Some(site) => Err(format!("a web page of another site may not use the control plane (sec-fetch-site: {site:?})")),
        None => Ok(()),
    }
}

/// A host as it is compared: in lower case, without a dot at the end.
#[derive(Debug, PartialEq, Eq)]
struct Host {
    name: String,
    port: Option<u16>,
}

impl Host {
    /// Reads `name`, `name:port`, `[::1]` or `[::1]:port`.
    fn parse(text: &str) -> Option<Self> {
        let authority: Authority = text.parse().ok()?;
        let name = authority.host().to_ascii_lowercase();
        let port = authority.port_u16();
        // what else an authority may have: a user's name in front, a port that is none
        let written = port.map_or(0, |port| 1 + port.to_string().len());
        if authority.host().len() + written != text.len() {
            return None;
        }
        let name = name.strip_suffix('.').unwrap_or(&name).to_owned();
        Some(Self { name, port })
    }

    /// Whether no other site's name is this one.
    fn is_allowed(&self, named: &[CertificateName]) -> bool {
        let name = self.name.as_str();
        let Some((_, domain)) = name.rsplit_once('.') else {
            let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
            // what has no dot is a name of the own network, or an address in brackets
            return address.map_or(!name.is_empty() && !name.contains(':'), |address| address.parse::<Ipv6Addr>().is_ok());
        };
        name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
            || LOCAL_DOMAINS.contains(&domain)
            || BUILT_IN_NAMES.contains(&name)
            || named.iter().any(|pattern| pattern.covers(name))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::try_from(*name).unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn hosts_that_another_site_could_have_pointed_here_are_refused() {
        let named = ["Mock.example.com", "*.apps.example.com", "10.1.2.3"].map(|name| name.parse().unwrap());
        for (host, allowed) in [
            ("127.0.0.1", true),
            ("127.0.0.1:7898", true),
            ("192.168.1.10:80", true),
            ("8.8.8.8", true),
            ("[::1]", true),
            ("[::1]:7898", true),
            ("[::ffff:127.0.0.1]:7898", true),
            ("localhost", true),
            ("LOCALHOST:7898", true),
            ("localhost.", true),
            ("localhost.:7898", true),
            ("stytch", true),
            ("stytch_mock:7898", true),
            ("app.localhost:3000", true),
            ("emulator.test", true),
            ("printer.local", true),
            ("host.docker.internal:7898", true),
            ("Host.Docker.Internal.", true),
            ("test.stytch.com", true),
            ("api.stytch.com:443", true),
            ("telemetry.stytch.com", true),
            ("mock.example.com", true),
            ("MOCK.Example.Com.:8443", true),
            ("a.apps.example.com", true),
            ("a.b.apps.example.com", false),
            ("apps.example.com", false),
            ("example.com", false),
            ("evil.example", false),
            ("evil.example:7898", false),
            ("stytch.com", false),
            ("evil.test.stytch.com", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("notlocalhost.com", false),
            ("test.evil", false),
            ("evil.example..", false),
            ("evil@127.0.0.1", false),
            ("127.0.0.1@evil.example", false),
            ("::1", false),
            ("[::1", false),
            ("[evil]", false),
            ("localhost:", false),
            ("localhost:http", false),
            ("localhost:99999", false),
            ("http://localhost", false),
            ("", false),
            (" ", false),
        ] {
            let checked = check(&Uri::from_static("/__mock/state"), &headers(&[("host", host)]), &named);
            assert_eq!(checked.is_ok(), allowed, "{host:?}: {checked:?}");
            assert!(checked.err().is_none_or(|message| message.contains("--control-host")), "{host:?}");
        }
    }

    #[test]
    fn of_several_hosts_each_has_to_be_allowed() {
        for (uri, hosts, allowed) in [
            ("/__mock/state", &[][..], true),
            ("http://localhost/__mock/state", &[], true),
            ("http://evil.example/__mock/state", &[], false),
            ("http://localhost/__mock/state", &["evil.example"], false),
            ("http://evil.example/__mock/state", &["localhost"], false),
            ("/__mock/state", &["localhost", "evil.example"], false),
        ] {
            let hosts: Vec<_> = hosts.iter().map(|host| ("host", *host)).collect();
            assert_eq!(check(&Uri::from_static(uri), &headers(&hosts), &[]).is_ok(), allowed, "{uri} {hosts:?}");
        }
    }

    #[test]
    fn only_the_emulators_own_pages_pass() {
        let local = "127.0.0.1:7898";
        for (host, origin, site, allowed) in [
            (local, None, None, true),
            (local, None, Some("none"), true),
            (local, None, Some("same-origin"), true),
            (local, None, Some("same-site"), false),
            (local, None, Some("cross-site"), false),
            (local, None, Some("Same-Origin"), false),
            (local, None, Some(""), false),
            (local, Some("http://127.0.0.1:7898"), None, true),
            (local, Some("http://127.0.0.1:7898"), Some("same-origin"), true),
            (local, Some("http://127.0.0.1:7898"), Some("cross-site"), false),
            (local, Some("http://127.0.0.1:3000"), None, false),
            (local, Some("http://127.0.0.1"), None, false),
            (local, Some("http://localhost:7898"), None, false),
            (local, Some("https://evil.example"), None, false),
            (local, Some("https://evil.example"), Some("same-origin"), false),
            (local, Some("http://evil@127.0.0.1:7898"), None, false),
            (local, Some("http://127.0.0.1:7898.evil.example"), None, false),
            (local, Some("null"), None, false),
            (local, Some("null"), Some("same-origin"), false),
            (local, Some(""), None, false),
            (local, Some("file://"), None, false),
            (local, Some("127.0.0.1:7898"), None, false),
            ("[::1]:7898", Some("http://[::1]:7898"), None, true),
            ("localhost", Some("https://localhost"), None, true),
            ("LocalHost.:7898", Some("http://localhost:7898"), None, true),
            ("app.test", Some("https://app.test"), Some("same-origin"), true),
            // a name that somebody pointed here agrees with itself
            ("evil.example", Some("http://evil.example"), Some("same-origin"), false),
        ] {
            let pairs: Vec<_> = [Some(("host", host)), origin.map(|it| ("origin", it)), site.map(|it| (SEC_FETCH_SITE, it))]
                .into_iter()
                .flatten()
                .collect();
            let checked = check(&Uri::from_static("/__mock/state"), &headers(&pairs), &[]);
            assert_eq!(checked.is_ok(), allowed, "{pairs:?}: {checked:?}");
        }
    }
}
