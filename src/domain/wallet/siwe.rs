//! The message of Sign-In with Ethereum (EIP-4361): made of what a request asks for, and read back.

use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::timestamp::Timestamp;

/// What a request wants the message to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiweParams {
    pub domain: String,
    pub uri: String,
    pub resources: Vec<String>,
    pub chain_id: Option<String>,
    pub statement: Option<String>,
    pub issued_at: Option<Timestamp>,
    pub not_before: Option<Timestamp>,
    pub message_request_id: Option<String>,
}

/// The most that the vendor takes for a chain's number (documented).
const MAX_CHAIN_ID: u64 = 9_223_372_036_854_775_771;

/// The most bytes of a part of the message, and the most resources (assumed).
const MAX_BYTES: usize = 4_096;
const MAX_RESOURCES: usize = 100;

impl SiweParams {
    /// Insists that every part is of its form (documented).
    ///
    /// # Errors
    /// The error of the part that is not.
    pub fn check(&self) -> Result<(), Refusal> {
        let refuse = |error, reason: &'static str| Err(Refusal::new(error, reason));
        if !is_made_of(&self.domain, |byte| is_pchar(byte) || b"[]".contains(&byte)) || self.domain.is_empty() {
            return refuse(ErrorType::InvalidSiweDomain, "expected an RFC 3986 authority, such as example.com:3000");
        }
        if !is_uri(&self.uri) {
            return refuse(ErrorType::InvalidSiweUri, "expected an RFC 3986 URI");
        }
        let chain_id = self.chain_id.as_ref().is_none_or(|text| {
            text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse().is_ok_and(|id: u64| (1..=MAX_CHAIN_ID).contains(&id))
        });
        if !chain_id {
            return refuse(ErrorType::InvalidSiweChainId, "expected a whole number from 1 to 9223372036854775771, in a string");
        }
        let is_said = |byte: u8| is_reserved(byte) || is_unreserved(byte) || byte == b' ';
        if self.statement.as_ref().is_some_and(|text| !is_made_of(text, is_said)) {
            return refuse(ErrorType::InvalidSiweStatement, "expected RFC 3986 reserved and unreserved characters and spaces");
        }
        if self.message_request_id.as_ref().is_some_and(|text| !is_made_of(text, is_pchar)) {
            return refuse(ErrorType::InvalidSiweMessageRequestId, "expected RFC 3986 pchars");
        }
        if self.resources.len() > MAX_RESOURCES || !self.resources.iter().all(|resource| is_uri(resource)) {
            return refuse(ErrorType::InvalidSiweResource, "expected RFC 3986 URIs, at most 100 of them");
        }
        Ok(())
    }

    /// The message for an address to sign.
    #[must_use]
    pub fn message(&self, address: &str, nonce: &str, now: Timestamp) -> String {
        let mut lines =
            vec![format!("{} wants you to sign in with your Ethereum account:", self.domain), address.to_owned(), String::new()];
        lines.extend(self.statement.clone().filter(|statement| !statement.is_empty()));
        lines.push(String::new());
        lines.push(format!("URI: {}", self.uri));
        lines.push("Version: 1".to_owned());
        lines.push(format!("Chain ID: {}", self.chain_id.as_deref().unwrap_or("1")));
        lines.push(format!("Nonce: {nonce}"));
        lines.push(format!("{ISSUED_AT}{}", self.issued_at.unwrap_or_else(|| now.whole_seconds())));
        lines.extend(self.not_before.map(|at| format!("{NOT_BEFORE}{at}")));
        lines.extend(self.message_request_id.as_ref().map(|id| format!("{REQUEST_ID}{id}")));
        if !self.resources.is_empty() {
            lines.push("Resources:".to_owned());
            lines.extend(self.resources.iter().map(|resource| format!("- {resource}")));
        }
        lines.join("\n")
    }

    /// What a message says that [`Self::message`] made; `None` of any other text.
    #[must_use]
    pub fn read(message: &str) -> Option<Self> {
        let mut lines = message.lines();
        let domain = lines.next()?.strip_suffix(" wants you to sign in with your Ethereum account:")?;
        let lines: Vec<&str> = lines.skip(2).collect();
        let after = |prefix: &str| lines.iter().find_map(|line| line.strip_prefix(prefix));
        let time = |prefix: &str| after(prefix).and_then(|text| Timestamp::parse(text).ok());
        let resources = lines.iter().skip_while(|line| **line != "Resources:").filter_map(|line| line.strip_prefix("- "));
        Some(Self {
            domain: domain.to_owned(),
            uri: after("URI: ")?.to_owned(),
            resources: resources.map(str::to_owned).collect(),
            chain_id: Some(after("Chain ID: ")?.to_owned()),
            statement: lines.first().filter(|line| !line.is_empty()).map(|line| (*line).to_owned()),
            issued_at: time(ISSUED_AT),
            not_before: time(NOT_BEFORE),
            message_request_id: after(REQUEST_ID).map(str::to_owned),
        })
    }
}

const ISSUED_AT: &str = "Issued At: ";
const NOT_BEFORE: &str = "Not Before: ";
const REQUEST_ID: &str = "Request ID: ";

fn is_made_of(text: &str, is_fine: impl Fn(u8) -> bool) -> bool {
    text.len() <= MAX_BYTES && text.bytes().all(is_fine)
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn is_reserved(byte: u8) -> bool {
    b":/?#[]@!$&'()*+,;=".contains(&byte)
}

fn is_pchar(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=:@%".contains(&byte)
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && is_scheme
        && is_made_of(rest, |byte| is_reserved(byte) || is_unreserved(byte) || byte == b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2021-08-09T08:00:00Z").unwrap()
    }

    fn params() -> SiweParams {
        SiweParams {
            domain: "example.com:3000".to_owned(),
            uri: "https://example.com/login?a=b".to_owned(),
            ..SiweParams::default()
        }
    }

    #[test]
    fn a_message_is_that_of_the_standard_and_can_be_read_back() {
        let whole = SiweParams {
            resources: vec!["ipfs://x/".to_owned(), "https://example.com/y".to_owned()],
            chain_id: Some("137".to_owned()),
            statement: Some("I accept the Terms: https://example.com/tos".to_owned()),
            not_before: Some(now()),
            message_request_id: Some("r-1".to_owned()),
            issued_at: Some(now()),
            ..params()
        };
        let expected = "example.com:3000 wants you to sign in with your Ethereum account:\n0xA\n\nI accept the Terms: https://example.com/tos\n\n\
            URI: https://example.com/login?a=b\nVersion: 1\nChain ID: 137\nNonce: n1234567\nIssued At: 2021-08-09T08:00:00Z\n\
            Not Before: 2021-08-09T08:00:00Z\nRequest ID: r-1\nResources:\n- ipfs://x/\n- https://example.com/y";
        assert_eq!(whole.message("0xA", "n1234567", now()), expected);
        assert_eq!(SiweParams::read(expected), Some(whole));
        let bare = params().message("0xA", "n1234567", now());
        assert!(bare.contains("\n0xA\n\n\nURI: "), "{bare}");
        let read = SiweParams::read(&bare).unwrap();
        assert_eq!((read.chain_id.as_deref(), read.statement, read.issued_at), (Some("1"), None, Some(now())));
        assert_eq!(SiweParams::read("Signing in with stytch-mock: x"), None);
    }

    #[test]
    fn each_part_has_its_form() {
        assert_eq!(params().check(), Ok(()));
        let error = |change: fn(&mut SiweParams)| {
            let mut params = params();
            change(&mut params);
            params.check().unwrap_err().error
        };
        assert_eq!(error(|params| params.domain.clear()), ErrorType::InvalidSiweDomain);
        assert_eq!(error(|params| params.domain.push('/')), ErrorType::InvalidSiweDomain);
        assert_eq!(error(|params| params.uri = "/login".to_owned()), ErrorType::InvalidSiweUri);
        assert_eq!(error(|params| params.chain_id = Some("0".to_owned())), ErrorType::InvalidSiweChainId);
        assert_eq!(error(|params| params.chain_id = Some("+1".to_owned())), ErrorType::InvalidSiweChainId);
        assert_eq!(error(|params| params.statement = Some("a\nb".to_owned())), ErrorType::InvalidSiweStatement);
        assert_eq!(error(|params| params.message_request_id = Some("a b".to_owned())), ErrorType::InvalidSiweMessageRequestId);
        assert_eq!(error(|params| params.resources.push("x y:".to_owned())), ErrorType::InvalidSiweResource);
    }
}
