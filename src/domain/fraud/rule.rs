//! A project's own rules: which action a device gets, whatever else speaks for or against it.

use std::net::Ipv4Addr;

use uuid::Uuid;

use super::action::Action;
use super::country;
use super::telemetry::Telemetry;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::timestamp::Timestamp;

/// What a rule looks at. Of several rules that match, the first kind counts (documented).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleType {
    VisitorId,
    BrowserId,
    VisitorFingerprint,
    BrowserFingerprint,
    HardwareFingerprint,
    NetworkFingerprint,
    CidrBlock,
    Asn,
    CountryCode,
}

/// The most rules that a project has.
pub const MAX_RULES: usize = 10_000;

impl RuleType {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::VisitorId,
        Self::BrowserId,
        Self::VisitorFingerprint,
        Self::BrowserFingerprint,
        Self::HardwareFingerprint,
        Self::NetworkFingerprint,
        Self::CidrBlock,
        Self::Asn,
        Self::CountryCode,
    ];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VisitorId => "VISITOR_ID",
            Self::BrowserId => "BROWSER_ID",
            Self::VisitorFingerprint => "VISITOR_FINGERPRINT",
            Self::BrowserFingerprint => "BROWSER_FINGERPRINT",
            Self::HardwareFingerprint => "HARDWARE_FINGERPRINT",
            Self::NetworkFingerprint => "NETWORK_FINGERPRINT",
            Self::CidrBlock => "CIDR_BLOCK",
            Self::Asn => "ASN",
            Self::CountryCode => "COUNTRY_CODE",
        }
    }

    /// The name of the field that holds an identifier of this kind.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::VisitorId => "visitor_id",
            Self::BrowserId => "browser_id",
            Self::VisitorFingerprint => "visitor_fingerprint",
            Self::BrowserFingerprint => "browser_fingerprint",
            Self::HardwareFingerprint => "hardware_fingerprint",
            Self::NetworkFingerprint => "network_fingerprint",
            Self::CidrBlock => "cidr_block",
            Self::Asn => "asn",
            Self::CountryCode => "country_code",
        }
    }

    /// What the ids of this kind begin with; a UUID follows.
    #[must_use]
    pub fn prefix(self) -> Option<&'static str> {
        match self {
            Self::VisitorId => Some("visitor-"),
            Self::BrowserId => Some("browser-id-"),
            Self::VisitorFingerprint => Some("visitor-fingerprint-"),
            Self::BrowserFingerprint => Some("browser-fingerprint-"),
            Self::HardwareFingerprint => Some("hardware-fingerprint-"),
            Self::NetworkFingerprint => Some("network-fingerprint-"),
            Self::CidrBlock | Self::Asn | Self::CountryCode => None,
        }
    }

    /// Insists that a rule may have an action: none allows a whole country (documented).
    ///
    /// # Errors
    /// `invalid_country_code_allow_rule`.
    pub fn check_action(self, action: Action) -> Result<(), Refusal> {
        match (self, action) {
            (Self::CountryCode, Action::Allow) => {
                Err(Refusal::new(ErrorType::InvalidCountryCodeAllowRule, "a rule for a country challenges or blocks"))
            }
            _ => Ok(()),
        }
    }

    /// Insists that an identifier is one of this kind.
    ///
    /// # Errors
    /// `invalid_fingerprint_or_id`, `invalid_cidr_block`, `cidr_block_invalid_prefix`, `invalid_asn`, `invalid_country_code`.
    pub fn check(self, identifier: &str) -> Result<(), Refusal> {
        if let Some(prefix) = self.prefix() {
            let is_id = identifier.strip_prefix(prefix).is_some_and(|rest| rest.len() == 36 && Uuid::try_parse(rest).is_ok());
            let wrong = || Refusal::new(ErrorType::InvalidFingerprintOrId, format!("expected {prefix}<uuid>"));
            return is_id.then_some(()).ok_or_else(wrong);
        }
        match self {
            Self::CidrBlock => CidrBlock::parse(identifier).map(drop),
            Self::Asn if identifier.bytes().all(|byte| byte.is_ascii_digit()) && identifier.parse::<u32>().is_ok() => Ok(()),
            Self::Asn => Err(Refusal::new(ErrorType::InvalidAsn, "expected a whole number from 0 to 4294967295, in a string")),
            Self::CountryCode if country::is_code(identifier) => Ok(()),
            _ => Err(Refusal::new(ErrorType::InvalidCountryCode, "expected an ISO 3166-1 alpha-2 code, in capitals")),
        }
    }
}

/// A block of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CidrBlock {
    network: u32,
    prefix: u32,
}

impl CidrBlock {
    /// Reads an address, or a block. That it is one of IPv4 is assumed, from the range of its prefix.
    fn parse(text: &str) -> Result<Self, Refusal> {
        let invalid =
            || Refusal::new(ErrorType::InvalidCidrBlock, "expected an IPv4 address, or a block of them such as 203.0.113.0/24");
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: Ipv4Addr = address.parse().map_err(|_| invalid())?;
        let prefix = match prefix {
            None => 32,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().map_err(|_| invalid())?,
            Some(_) => return Err(invalid()),
        };
        match prefix {
            16..=32 => Ok(Self { network: address.to_bits() & u32::MAX << (32 - prefix), prefix }),
            0..16 => Err(Refusal::new(ErrorType::CidrBlockInvalidPrefix, format!("the prefix is {prefix}"))),
            _ => Err(invalid()),
        }
    }

    fn has(self, address: &str) -> bool {
        let address: Option<Ipv4Addr> = address.parse().ok();
        address.is_some_and(|address| address.to_bits() & u32::MAX << (32 - self.prefix) == self.network)
    }
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub rule_type: RuleType,
    /// What it is for, as it was written.
    pub identifier: String,
    pub action: Action,
    pub description: Option<String>,
    pub created_at: Timestamp,
    pub last_updated_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
}

impl Rule {
    /// Whether it counts at `now`.
    #[must_use]
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether both are for the same.
    #[must_use]
    pub fn is_for(&self, rule_type: RuleType, identifier: &str) -> bool {
        let block = |text: &str| CidrBlock::parse(text).ok();
        let number = |text: &str| text.parse::<u32>().ok();
        self.rule_type == rule_type
            && match rule_type {
                RuleType::CidrBlock => block(&self.identifier) == block(identifier),
                RuleType::Asn => number(&self.identifier) == number(identifier),
                _ => self.identifier == identifier,
            }
    }

    fn matches(&self, device: &Telemetry) -> bool {
        let fingerprints = &device.fingerprints;
        let seen = match self.rule_type {
            RuleType::VisitorId => &fingerprints.visitor_id,
            RuleType::BrowserId => &fingerprints.browser_id,
            RuleType::VisitorFingerprint => &fingerprints.visitor_fingerprint,
            RuleType::BrowserFingerprint => &fingerprints.browser_fingerprint,
            RuleType::HardwareFingerprint => &fingerprints.hardware_fingerprint,
            RuleType::NetworkFingerprint => &fingerprints.network_fingerprint,
            RuleType::CidrBlock => {
                return CidrBlock::parse(&self.identifier).is_ok_and(|block| block.has(&device.network.ip_address));
            }
            RuleType::Asn => &device.network.asn,
            RuleType::CountryCode => &device.network.country,
        };
        self.is_for(self.rule_type, seen)
    }

    /// How narrow it is, among rules of its kind.
    fn narrowness(&self) -> u32 {
        match self.rule_type {
            RuleType::CidrBlock => CidrBlock::parse(&self.identifier).map_or(0, |block| block.prefix),
            _ => 0,
        }
    }
}

/// The rules of a project, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules(pub Vec<Rule>);

impl Rules {
    /// Sets a rule in the place of one for the same, which keeps its beginning.
    ///
    /// # Errors
    /// `bad_request` if there is no room.
    pub fn set(&mut self, rule: Rule, now: Timestamp) -> Result<(), Refusal> {
        self.0.retain(|rule| rule.is_current(now));
        if let Some(known) = self.0.iter_mut().find(|known| known.is_for(rule.rule_type, &rule.identifier)) {
            *known = Rule { created_at: known.created_at, last_updated_at: Some(rule.created_at), ..rule };
            return Ok(());
        }
        if self.0.len() >= MAX_RULES {
            return Err(Refusal::new(ErrorType::BadRequest, format!("there are {MAX_RULES} rules; clear some")));
        }
        self.0.push(rule);
        Ok(())
    }

    /// Clears the rule for something, if there is one.
    pub fn clear(&mut self, rule_type: RuleType, identifier: &str) {
        self.0.retain(|rule| !rule.is_for(rule_type, identifier));
    }

    /// The rule that decides about a device: by its kind, then the smallest block.
    #[must_use]
    pub fn deciding(&self, device: &Telemetry, now: Timestamp) -> Option<&Rule> {
        let matching = self.0.iter().filter(|rule| rule.is_current(now) && rule.matches(device));
        matching.min_by_key(|rule| (rule.rule_type, u32::MAX - rule.narrowness()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::telemetry::defaults;
    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2021-08-09T08:00:00Z").unwrap()
    }

    fn rule(rule_type: RuleType, identifier: &str, action: Action) -> Rule {
        let (identifier, created_at) = (identifier.to_owned(), now());
        Rule { rule_type, identifier, action, description: None, created_at, last_updated_at: None, expires_at: None }
    }

    #[test]
    fn each_kind_takes_its_own_identifiers() {
        use RuleType::{Asn, BrowserId, CidrBlock, CountryCode, VisitorId};
        let refused = |error| Some(error);
        for (rule_type, identifier, expected) in [
            (VisitorId, "visitor-6139cbcc-4dda-4b1f-b1c0-13c08ec64d72", None),
            (VisitorId, "visitor-6139cbcc4dda4b1fb1c013c08ec64d72", refused(ErrorType::InvalidFingerprintOrId)),
            (BrowserId, "visitor-6139cbcc-4dda-4b1f-b1c0-13c08ec64d72", refused(ErrorType::InvalidFingerprintOrId)),
            (CidrBlock, "203.0.113.7", None),
            (CidrBlock, "203.0.113.7/32", None),
            (CidrBlock, "203.0.0.0/16", None),
            (CidrBlock, "203.0.0.0/15", refused(ErrorType::CidrBlockInvalidPrefix)),
            (CidrBlock, "203.0.0.0/33", refused(ErrorType::InvalidCidrBlock)),
            (CidrBlock, "203.0.0.0/+16", refused(ErrorType::InvalidCidrBlock)),
            (CidrBlock, "2001:db8::1", refused(ErrorType::InvalidCidrBlock)),
            (Asn, "0", None),
            (Asn, "4294967295", None),
            (Asn, "4294967296", refused(ErrorType::InvalidAsn)),
            (Asn, "+1", refused(ErrorType::InvalidAsn)),
            (Asn, "", refused(ErrorType::InvalidAsn)),
            (CountryCode, "DE", None),
            (CountryCode, "XX", refused(ErrorType::InvalidCountryCode)),
        ] {
            assert_eq!(rule_type.check(identifier).err().map(|refusal| refusal.error), expected, "{identifier}");
        }
    }

    #[test]
    fn the_first_kind_decides_and_then_the_smallest_block() {
        let device = &defaults()[0];
        let mut rules = Rules::default();
        for (rule, action) in [
            (rule(RuleType::CountryCode, "US", Action::Challenge), Action::Challenge),
            (rule(RuleType::Asn, "064496", Action::Allow), Action::Allow),
            (rule(RuleType::CidrBlock, "203.0.113.200/16", Action::Block), Action::Block),
            (rule(RuleType::CidrBlock, "203.0.113.1", Action::Allow), Action::Allow),
            (rule(RuleType::CidrBlock, "203.0.113.0/24", Action::Block), Action::Allow),
            (rule(RuleType::HardwareFingerprint, &device.fingerprints.hardware_fingerprint, Action::Block), Action::Block),
            (rule(RuleType::VisitorId, &device.fingerprints.visitor_id, Action::Allow), Action::Allow),
            (rule(RuleType::VisitorId, "visitor-00000000-0000-4000-8000-000000000000", Action::Block), Action::Allow),
        ] {
            rules.set(rule, now()).unwrap();
            assert_eq!(rules.deciding(device, now()).unwrap().action, action);
        }
        rules.set(rule(RuleType::CidrBlock, "203.0.1.2/16", Action::Allow), now()).unwrap();
        assert_eq!(rules.0.iter().filter(|rule| rule.identifier.ends_with("/16")).count(), 1, "the same block");
        rules.clear(RuleType::VisitorId, &device.fingerprints.visitor_id);
        assert_eq!(rules.deciding(device, now()).unwrap().rule_type, RuleType::HardwareFingerprint);
    }

    #[test]
    fn a_rule_that_is_over_decides_nothing() {
        let mut rules = Rules::default();
        let end = Timestamp::parse("2021-08-09T08:05:00Z").unwrap();
        rules.set(Rule { expires_at: Some(end), ..rule(RuleType::CountryCode, "US", Action::Block) }, now()).unwrap();
        assert!(rules.deciding(&defaults()[0], now()).is_some());
        assert!(rules.deciding(&defaults()[0], end).is_none());
    }
}
