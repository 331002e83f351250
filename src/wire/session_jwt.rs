//! Session JWTs: claims and their order as captured, and the checks on one that comes back. A JWT past its `exp` is
//! still read: whether its session holds is another question.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

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

/// `iss` of a project's tokens.
fn issuer(project: &Project) -> String {
    format!("stytch.com/{}", project.id())
}

/// A fresh JWT for a user's session, issued at `now`.
///
/// # Panics
/// Never: claims are plain JSON.
#[must_use]
pub fn sign(project: &Project, user_id: &UserId, session: &Session, now: Timestamp) -> String {
    let key = project.signing_key();
    let header = format!(r#"{{"alg":"RS256","kid":"{}","typ":"JWT"}}"#, key.kid(project.environment()));
    let issued_at = now.unix_seconds();
    let mut claims: BTreeMap<&str, Box<RawValue>> = BTreeMap::new();
    for (name, value) in session.custom_claims.iter().flat_map(|claims| claims.iter()) {
        claims.insert(name, raw(value));
    }
    claims.insert("aud", raw(&json!([project.id().as_str()])));
    claims.insert("exp", raw(&json!(issued_at + LIFE.num_seconds())));
    claims.insert(SESSION_CLAIM, raw(&SessionClaim::new(session)));
    claims.insert("iat", raw(&json!(issued_at)));
    claims.insert("iss", raw(&json!(issuer(project))));
    claims.insert("nbf", raw(&json!(issued_at)));
    claims.insert("sub", raw(user_id));
    let claims = serde_json::to_vec(&claims).expect("claims are plain JSON");
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = key.sign(message.as_bytes());
    format!("{message}.{signature}")
}

/// The session that a JWT of this project names.
///
/// # Errors
/// If it is not this project's, or names none.
pub fn read(project: &Project, jwt: &str) -> Result<SessionId, InvalidJwt> {
    let (message, signature) = jwt.rsplit_once('.').ok_or(InvalidJwt::Unreadable("it has no three parts"))?;
    let (header, claims) = message.split_once('.').ok_or(InvalidJwt::Unreadable("it has no three parts"))?;
    let header = decode(header).ok_or(InvalidJwt::Unreadable("its header is not base64 of JSON"))?;
    let claims = decode(claims).ok_or(InvalidJwt::Unreadable("its claims are not base64 of JSON"))?;
    if header["alg"] != "RS256" {
        return Err(InvalidJwt::Unreadable("its alg is not RS256"));
    }
    if !project.signing_key().verifies(signature, message.as_bytes()) {
        return Err(InvalidJwt::Unreadable("its signature is not by the project's key"));
    }
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

fn decode(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn raw(value: &impl Serialize) -> Box<RawValue> {
    to_raw_value(value).expect("claims are plain JSON")
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
