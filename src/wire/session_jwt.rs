//! Session JWTs: claims and their order as captured, and the checks on one that comes back. A JWT past its `exp` is
//! still read: whether its session holds is another question.

use chrono::TimeDelta;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Value, json};

use super::jwt::{self, Claims, issuer};
use super::session::Time;
use crate::domain::compact_text::CompactText;
use crate::domain::factor::Factor;
use crate::domain::id::{SessionId, UserId};
use crate::domain::project::Project;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;

/// How long a JWT is good for by itself. Source: the vendor's documentation, and captures.
const LIFE: TimeDelta = TimeDelta::minutes(5);

/// The claim that holds the session.
const SESSION_CLAIM: &str = "https://stytch.com/session";

/// Why a JWT is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidJwt {
    /// It is no JWT, or not signed by the project's key.
    #[error("{0}")]
    Unreadable(&'static str),
    /// It was made for somebody else.
    #[error("its aud does not name project {0}")]
    Audience(String),
    /// It was made by somebody else.
    #[error("its iss is not {0}")]
    Issuer(String),
    /// It names no session.
    #[error("its {SESSION_CLAIM} claim names no session")]
    Claims,
}

/// A fresh JWT for a user's session, issued at `now`.
#[must_use]
pub fn sign(project: &Project, user_id: &UserId, session: &Session, now: Timestamp) -> String {
    let issued_at = now.unix_seconds();
    let mut claims = Claims::default();
    for (name, value) in session.custom_claims.iter().flat_map(|claims| claims.iter()) {
        claims.set(name, value);
    }
    claims.set("aud", &json!([project.id().as_str()]));
    claims.set("exp", &json!(issued_at + LIFE.num_seconds()));
    claims.set(SESSION_CLAIM, &SessionClaim::new(session));
    claims.set("iat", &json!(issued_at));
    claims.set("iss", &json!(issuer(project)));
    claims.set("nbf", &json!(issued_at));
    claims.set("sub", user_id);
    claims.sign(project)
}

/// The session that a JWT of this project names.
///
/// # Errors
/// If it is not this project's, or names none.
pub fn read(project: &Project, token: &str) -> Result<SessionId, InvalidJwt> {
    let claims = jwt::read(project, token).map_err(InvalidJwt::Unreadable)?;
    let is_audience = |value: &Value| value.as_str() == Some(project.id().as_str());
    let audience = &claims["aud"];
    if !is_audience(audience) && !audience.as_array().is_some_and(|all| all.iter().any(is_audience)) {
        return Err(InvalidJwt::Audience(project.id().to_string()));
    }
    if claims["iss"] != issuer(project) {
        return Err(InvalidJwt::Issuer(issuer(project)));
    }
    let id = claims[SESSION_CLAIM]["id"].as_str().unwrap_or_default();
    SessionId::parse(id).map_err(|_| InvalidJwt::Claims)
}

/// The session as its JWT tells it: in an order of its own, in whole seconds, without what is empty.
#[derive(Serialize)]
struct SessionClaim<'a> {
    id: SessionId,
    started_at: Time,
    last_accessed_at: Time,
    expires_at: Time,
    attributes: AttributesClaim<'a>,
    authentication_factors: Vec<FactorClaim<'a>>,
    roles: &'a [String],
}

#[derive(Serialize)]
struct AttributesClaim<'a> {
    user_agent: &'a str,
    ip_address: &'a str,
}

impl<'a> SessionClaim<'a> {
    fn new(session: &'a Session) -> Self {
        let attributes = session.attributes.as_deref();
        Self {
            id: session.id,
            started_at: Time(session.started_at.whole_seconds()),
            last_accessed_at: Time(session.last_accessed_at.whole_seconds()),
            expires_at: Time(session.expires_at.whole_seconds()),
            attributes: AttributesClaim {
                user_agent: attributes.map(|given| given.user_agent.as_str()).unwrap_or_default(),
                ip_address: attributes.map(|given| given.ip_address.as_str()).unwrap_or_default(),
            },
            authentication_factors: session.authentication_factors.iter().map(FactorClaim).collect(),
            roles: session.roles.as_deref().unwrap_or_default(),
        }
    }
}

/// The order of a sub-object's keys in a JWT, which is not alphabetical: that of an e-mail's is captured, the others
/// follow the vendor's schema. No two sub-objects disagree.
const DETAIL_ORDER: [&str; 16] = [
    "id",
    "provider_subject",
    "provider_id",
    "external_id",
    "email_id",
    "email_address",
    "phone_id",
    "phone_number",
    "webauthn_registration_id",
    "domain",
    "user_agent",
    "crypto_wallet_id",
    "crypto_wallet_address",
    "crypto_wallet_type",
    "impersonator_id",
    "impersonator_email_address",
];

struct FactorClaim<'a>(&'a Factor);

impl Serialize for FactorClaim<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let factor = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", factor.factor_type.as_str())?;
        map.serialize_entry("delivery_method", factor.delivery_method.as_str())?;
        if let Some(at) = factor.last_authenticated_at {
            map.serialize_entry("last_authenticated_at", &Time(at.whole_seconds()))?;
        }
        // captured: an embeddable magic link shows no sub-object here
        if let Some(detail) = factor.detail.as_ref().filter(|detail| detail.shape.name != "embeddable_magic_link_factor") {
            let names = detail.shape.fields.iter().map(|field| field.name);
            let mut filled: Vec<_> = names.zip(&detail.values).filter(|(_, value)| !value.is_empty()).collect();
            filled.sort_by_key(|(name, _)| DETAIL_ORDER.iter().position(|other| other == name));
            map.serialize_entry(detail.shape.name, &Members(filled))?;
        }
        map.end()
    }
}

struct Members<'a>(Vec<(&'static str, &'a CompactText)>);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}
