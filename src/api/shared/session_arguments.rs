//! The ways in which a request names a session (its token, its JWT, its id), and finding the session that is meant.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::request::{WholeNumber, any_object, non_empty};
use crate::domain::JsonObject;
use crate::domain::id::SessionId;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session_renewal::{Lifetime, Renewal};
use crate::domain::session_token::SessionToken;
use crate::domain::user::UserRecord;
use crate::wire::session_jwt::{self, InvalidJwt};

/// One way in which a request names a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionProof {
    /// `session_token`
    Token(String),
    /// `session_jwt`
    Jwt(String),
    /// `session_id`
    Id(String),
}

/// The session that a request is about, as it names it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SessionArguments {
    /// The session's token.
    #[serde(deserialize_with = "non_empty")]
    session_token: Option<String>,
    /// A JWT of the session, expired or not.
    #[serde(deserialize_with = "non_empty")]
    session_jwt: Option<String>,
}

impl SessionArguments {
    /// The one proof, if there is one.
    ///
    /// # Errors
    /// `too_many_session_arguments`.
    pub fn proof(self) -> Result<Option<SessionProof>, Refusal> {
        let both = "both session_token and session_jwt are there";
        match (self.session_token, self.session_jwt) {
            (Some(_), Some(_)) => Err(Refusal::new(ErrorType::TooManySessionArguments, both)),
            (token, jwt) => Ok(token.map(SessionProof::Token).or(jwt.map(SessionProof::Jwt))),
        }
    }
}

/// What finding a session by a token or a JWT can refuse.
pub const PROOF_ERRORS: &[ErrorType] = &[
    ErrorType::SessionNotFound,
    ErrorType::InvalidSessionToken,
    ErrorType::UnableToParseSessionJwt,
    ErrorType::JwtInvalidAudience,
    ErrorType::JwtInvalidIssuer,
    ErrorType::JwtInvalidClaims,
];

impl SessionProof {
    /// The user and the id of the session that is meant, active or not.
    ///
    /// # Errors
    /// The refusal for a proof of this kind that is malformed, or that names no session.
    pub fn find(&self, project: &Project) -> Result<(Arc<UserRecord>, SessionId), Refusal> {
        match self {
            Self::Token(token) => find_by_token(project, token),
            Self::Jwt(jwt) => {
                let id = session_jwt::read(project, jwt).map_err(|error| refuse_jwt(&error))?;
                find_by_id(project, id)
            }
            Self::Id(id) => {
                let malformed = |error| Refusal::new(ErrorType::InvalidSessionId, format!("session_id: {error}"));
                find_by_id(project, SessionId::parse(id).map_err(malformed)?)
            }
        }
    }
}

fn find_by_token(project: &Project, token: &str) -> Result<(Arc<UserRecord>, SessionId), Refusal> {
    let owner = project.user_by_token(token).and_then(|record| {
        let session = record.sessions.iter().find(|session| session.token == *token)?;
        let id = session.id;
        Some((record, id))
    });
    owner.ok_or_else(|| {
        // the line between the two is the form that the vendor's own tokens have, captured on both sides of it; a token
        // that a seed gave another form does not lose its form when its user goes
        if SessionToken::has_vendor_form(token) || project.has_known_token(token) {
            Refusal::new(ErrorType::SessionNotFound, "no session has this session_token")
        } else {
            let reason = "no session has this session_token, which is not of the vendor's form: 44 characters of URL-safe base64";
            Refusal::new(ErrorType::InvalidSessionToken, reason)
        }
    })
}

fn find_by_id(project: &Project, id: SessionId) -> Result<(Arc<UserRecord>, SessionId), Refusal> {
    match project.user_by_session(&id) {
        Some(record) => Ok((record, id)),
        None => Err(Refusal::new(ErrorType::SessionNotFound, format!("no session {id} in project {}", project.id()))),
    }
}

fn refuse_jwt(error: &InvalidJwt) -> Refusal {
    let row = match error {
        InvalidJwt::Unreadable(_) => ErrorType::UnableToParseSessionJwt,
        InvalidJwt::Audience(_) => ErrorType::JwtInvalidAudience,
        InvalidJwt::Issuer(_) => ErrorType::JwtInvalidIssuer,
        InvalidJwt::Claims => ErrorType::JwtInvalidClaims,
    };
    Refusal::new(row, format!("session_jwt: {error}"))
}

/// What a request asks for its session.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RenewalArguments {
    /// Minutes from now to the session's new end, 5 to 527040.
    session_duration_minutes: Option<WholeNumber>,
    /// Claims to merge into the session's own; `null` deletes one.
    #[schemars(schema_with = "any_object")]
    session_custom_claims: Option<JsonObject>,
}

impl RenewalArguments {
    /// The renewal that is asked for.
    ///
    /// # Errors
    /// `invalid_session_duration_minutes`.
    pub fn renewal(self) -> Result<Renewal, Refusal> {
        let lifetime = self.session_duration_minutes.map(|minutes| Lifetime::from_minutes(minutes.0)).transpose()?;
        Ok(Renewal { lifetime, custom_claims: self.session_custom_claims })
    }
}

/// What renewing a session can refuse.
pub const RENEWAL_ERRORS: &[ErrorType] = &[ErrorType::InvalidSessionDurationMinutes, ErrorType::CustomClaimsTooLarge];
