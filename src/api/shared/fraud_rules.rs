//! The identifiers of rules, as requests and answers have them: nine fields, of which one is set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fraud_actions::ActionWord;
use crate::api::serving::request::non_empty;
use crate::domain::fraud::rule::{Rule, RuleType};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::session::Time;

/// What a rule is for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IdentifierArguments {
    /// The visitor that the rule is for. A request has one identifier.
    #[serde(deserialize_with = "non_empty")]
    visitor_id: Option<String>,
    /// The browser that the rule is for.
    #[serde(deserialize_with = "non_empty")]
    browser_id: Option<String>,
    /// The visitor's fingerprint that the rule is for.
    #[serde(deserialize_with = "non_empty")]
    visitor_fingerprint: Option<String>,
    /// The browser's fingerprint that the rule is for.
    #[serde(deserialize_with = "non_empty")]
    browser_fingerprint: Option<String>,
    /// The hardware's fingerprint that the rule is for.
    #[serde(deserialize_with = "non_empty")]
    hardware_fingerprint: Option<String>,
    /// The network's fingerprint that the rule is for.
    #[serde(deserialize_with = "non_empty")]
    network_fingerprint: Option<String>,
    /// The addresses that the rule is for: one of IPv4, or a block of them.
    #[serde(deserialize_with = "non_empty")]
    cidr_block: Option<String>,
    /// The autonomous system that the rule is for: its number.
    #[serde(deserialize_with = "non_empty")]
    asn: Option<String>,
    /// The country that the rule is for: its ISO 3166-1 alpha-2 code.
    #[serde(deserialize_with = "non_empty")]
    country_code: Option<String>,
}

/// What [`IdentifierArguments::only`] can refuse.
pub const IDENTIFIER_ERRORS: &[ErrorType] = &[
    ErrorType::InvalidFingerprintOrId,
    ErrorType::InvalidCidrBlock,
    ErrorType::CidrBlockInvalidPrefix,
    ErrorType::InvalidAsn,
    ErrorType::InvalidCountryCode,
];

impl IdentifierArguments {
    /// The one identifier.
    ///
    /// # Errors
    /// `bad_request` if there is none, or more than one (assumed); the error of its kind if it is none of that kind.
    pub fn only(self) -> Result<(RuleType, String), Refusal> {
        let all = [
            self.visitor_id,
            self.browser_id,
            self.visitor_fingerprint,
            self.browser_fingerprint,
            self.hardware_fingerprint,
            self.network_fingerprint,
            self.cidr_block,
            self.asn,
            self.country_code,
        ];
        let mut given = RuleType::ALL.into_iter().zip(all).filter_map(|(kind, identifier)| Some((kind, identifier?)));
        let (Some((kind, identifier)), None) = (given.next(), given.next()) else {
            return Err(Refusal::new(ErrorType::BadRequest, "a rule has one identifier: visitor_id, browser_id, cidr_block, …"));
        };
        kind.check(&identifier)?;
        Ok((kind, identifier))
    }
}

/// What a rule is for, in an answer.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct IdentifierFields {
    asn: Option<String>,
    browser_fingerprint: Option<String>,
    browser_id: Option<String>,
    cidr_block: Option<String>,
    country_code: Option<String>,
    hardware_fingerprint: Option<String>,
    network_fingerprint: Option<String>,
    visitor_fingerprint: Option<String>,
    visitor_id: Option<String>,
}

impl IdentifierFields {
    /// With the one field set.
    #[must_use]
    pub fn of(kind: RuleType, identifier: String) -> Self {
        let mut fields = Self::default();
        let field = match kind {
            RuleType::VisitorId => &mut fields.visitor_id,
            RuleType::BrowserId => &mut fields.browser_id,
            RuleType::VisitorFingerprint => &mut fields.visitor_fingerprint,
            RuleType::BrowserFingerprint => &mut fields.browser_fingerprint,
            RuleType::HardwareFingerprint => &mut fields.hardware_fingerprint,
            RuleType::NetworkFingerprint => &mut fields.network_fingerprint,
            RuleType::CidrBlock => &mut fields.cidr_block,
            RuleType::Asn => &mut fields.asn,
            RuleType::CountryCode => &mut fields.country_code,
        };
        *field = Some(identifier);
        fields
    }
}

/// A rule, as it is listed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct RuleBody {
    action: ActionWord,
    created_at: Time,
    description: Option<String>,
    expires_at: Option<Time>,
    #[serde(flatten)]
    identifier: IdentifierFields,
    last_updated_at: Option<Time>,
    rule_type: &'static str,
}

impl From<Rule> for RuleBody {
    fn from(rule: Rule) -> Self {
        Self {
            action: rule.action.into(),
            created_at: Time(rule.created_at),
            description: rule.description,
            expires_at: rule.expires_at.map(Time),
            identifier: IdentifierFields::of(rule.rule_type, rule.identifier),
            last_updated_at: rule.last_updated_at.map(Time),
            rule_type: rule.rule_type.as_str(),
        }
    }
}
