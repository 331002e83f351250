//! A name that a certificate is good for. What is none is refused here: a certificate with one malformed name is
//! refused by strict clients whole.

use std::net::IpAddr;
use std::str::FromStr;

use rcgen::{SanType, string::Ia5String};
use rustls_pki_types::DnsName;

/// A host name, one with `*` for its first label, or an IP address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateName(SanType);

/// Why a text is no such name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a host name (app.test, *.app.test; an international one in its xn-- form) or an IP address, without scheme and port"
)]
pub struct InvalidName;

impl CertificateName {
    /// As it stands in a certificate.
    #[must_use]
    pub fn entry(&self) -> SanType {
        self.0.clone()
    }

    /// Whether it is good for a host, written in lower case. A `*` stands for one label.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        match &self.0 {
            SanType::DnsName(name) => {
                let name = name.as_str().to_ascii_lowercase();
                match name.strip_prefix("*.") {
                    Some(parent) => host.split_once('.').is_some_and(|(_, rest)| rest == parent),
                    None => host == name,
                }
            }
            SanType::IpAddress(address) => host.parse() == Ok(*address),
            _ => false,
        }
    }
}

impl FromStr for CertificateName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self(SanType::IpAddress(address)));
        }
        DnsName::try_from(text.strip_prefix("*.").unwrap_or(text)).map_err(|_| InvalidName)?;
        // a dot at the end is for name servers, not for certificates
        if text.ends_with('.') {
            return Err(InvalidName);
        }
        Ia5String::try_from(text).map(|name| Self(SanType::DnsName(name))).map_err(|_| InvalidName)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hosts_and_addresses() {
        for name in ["localhost", "app.test", "*.app.test", "xn--mnchen-3ya.test", "a_b.test", "127.0.0.2", "::1", "A.TEST"] {
            assert!(name.parse::<CertificateName>().is_ok(), "{name}");
        }
        for name in [
            "",
            " ",
            "*",
            "*.",
            "a b",
            "a..b",
            ".a",
            "a.",
            "-a",
            "münchen.test",
            "https://a.test",
            "a.test:443",
            "a/b",
            "[::1]",
            "*.*.a",
            "a.*.b",
            "a,b",
            "1.2.3",
            "a\0b",
        ] {
            assert_eq!(name.parse::<CertificateName>(), Err(InvalidName), "{name}");
        }
        assert_eq!("a".repeat(64).parse::<CertificateName>(), Err(InvalidName));
    }

    #[test]
    fn a_name_covers_itself_and_a_star_one_label() {
        let covers = |name: &str, host: &str| name.parse::<CertificateName>().unwrap().covers(host);
        for (name, host) in [("App.test", "app.test"), ("*.app.test", "a.app.test"), ("127.0.0.2", "127.0.0.2"), ("::1", "::1")] {
            assert!(covers(name, host), "{name} {host}");
        }
        for (name, host) in
            [("app.test", "a.app.test"), ("*.app.test", "app.test"), ("*.app.test", "a.b.app.test"), ("::1", "::2")]
        {
            assert!(!covers(name, host), "{name} {host}");
        }
    }
}
