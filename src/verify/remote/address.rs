//! The address of a service: `https://test.stytch.com`, `http://127.0.0.1:7898`.

use std::fmt;

use url::Url;

/// Where a service is. It has no path: what is asked for begins with the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    is_secure: bool,
    host: String,
    port: u16,
}

/// Why a text is no address. It does not repeat the text, in which a secret may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an address without path and credentials, such as https://test.stytch.com or http://127.0.0.1:7898")]
pub struct InvalidAddress;

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// If it is none, or says more than where.
    pub fn parse(text: &str) -> Result<Self, InvalidAddress> {
        let url = Url::parse(text).map_err(|_| InvalidAddress)?;
        let is_bare = url.username().is_empty()
            && url.password().is_none()
            && matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none();
        let is_secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(InvalidAddress),
        };
        let host = url.host_str().filter(|host| is_bare && !host.is_empty()).ok_or(InvalidAddress)?.to_owned();
        Ok(Self { is_secure, host, port: url.port().unwrap_or(if is_secure { 443 } else { 80 }) })
    }

    /// Whether TLS is spoken there.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// The host, an IPv6 address without its brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What stands in the `host` header.
    #[must_use]
    pub fn authority(&self) -> String {
        let usual = if self.is_secure { 443 } else { 80 };
        if self.port == usual { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.is_secure { "https" } else { "http" }, self.authority())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_and_nothing_more() {
        for (text, shown, host, port) in [
            ("https://test.stytch.com", "https://test.stytch.com", "test.stytch.com", 443),
            ("https://test.stytch.com:443/", "https://test.stytch.com", "test.stytch.com", 443),
            ("http://localhost:7898", "http://localhost:7898", "localhost", 7898),
            ("http://[::1]:7898", "http://[::1]:7898", "::1", 7898),
            ("http://mock", "http://mock", "mock", 80),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!((address.to_string().as_str(), address.host(), address.port()), (shown, host, port), "{text}");
        }
        for text in [
            "",
            "test.stytch.com",
            "ftp://x",
            "https://a:b@x",
            "https://x/v1",
            "https://x?y",
            "https://x#y",
            "https://",
            "http://:80",
        ] {
            assert_eq!(Address::parse(text), Err(InvalidAddress), "{text}");
        }
    }
}
