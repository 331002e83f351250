//! The ways in which a request names a session (its token, its JWT, its id), and finding the session that is meant.

use std::sync::Arc;

use crate::api::serving::call::Call;
use crate::api::serving::fields::Fields;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::id::SessionId;
use crate::domain::project::Project;
use crate::domain::session_renewal::{Lifetime, Renewal};
use crate::domain::session_token::SessionToken;
use crate::domain::user::UserRecord;
use crate::wire::session_jwt::{self, InvalidJwt};

/// One way in which a request names a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionProof<'a> {
    /// `session_token`
    Token(&'a str),
    /// `session_jwt`
    Jwt(&'a str),
    /// `session_id`
    Id(&'a str),
}

impl<'a> SessionProof<'a> {
    /// Every proof that a body gives, of those that the operation takes.
    ///
    /// # Errors
    /// `bad_request` if one is no string.
    pub fn all(fields: Fields<'a>, takes_id: bool) -> Result<Vec<Self>, Refusal> {
        let given = |name: &'static str| fields.text(name).map(|text| text.filter(|text| !text.is_empty()));
        let token = given("session_token")?.map(Self::Token);
        let jwt = given("session_jwt")?.map(Self::Jwt);
        let id = if takes_id { given("session_id")?.map(Self::Id) } else { None };
        Ok([token, jwt, id].into_iter().flatten().collect())
    }

    /// The user and the id of the session that is meant, active or not.
    ///
    /// # Errors
    /// The refusal for a proof of this kind that is malformed, or that names no session.
    pub fn find(self, project: &Project) -> Result<(Arc<UserRecord>, SessionId), Refusal> {
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

/// What a request asks for its session: `session_duration_minutes` and `session_custom_claims`.
///
/// # Errors
/// If either can't be.
pub fn renewal(call: &Call<'_>) -> Result<Renewal, Refusal> {
    let fields = call.fields();
    Ok(Renewal {
        lifetime: fields.integer("session_duration_minutes")?.map(Lifetime::from_minutes).transpose()?,
        custom_claims: fields.object("session_custom_claims")?.cloned(),
    })
}
