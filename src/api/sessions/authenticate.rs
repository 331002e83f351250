//! `POST /v1/sessions/authenticate`: proves a session by its token or its JWT, extends it, gives it claims. Source: the
//! vendor's reference and captures (an answer to a JWT has an empty `session_token`; a fresh JWT comes every time).

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, NonEmpty, Object};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::sandbox_sessions;
use crate::api::shared::session_arguments::{PROOF_ERRORS, RENEWAL_ERRORS, RenewalArguments, SessionArguments, SessionProof};
use crate::api::shared::user_lookup::scripted;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session::Session;
use crate::domain::user::UserRecord;
use crate::wire::objects::{SessionObject, UserObject};
use crate::wire::session_jwt;

/// Authenticate a session.
pub struct Authenticate;

/// The fields of the body that no other operation has.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// Refuses the session if none of its roles permits an action on a resource.
    authorization_check: Option<Object<AuthorizationCheck>>,
}

/// What the user wants to do.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(inline)]
struct AuthorizationCheck {
    resource_id: NonEmpty,
    action: NonEmpty,
}

/// The session as it is now.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    session: SessionObject,
    session_jwt: String,
    /// Empty if the session was proved by a JWT.
    session_token: String,
    user: UserObject,
    /// There if the request has an `authorization_check`.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
}

/// That the user may do it, and by which of the session's roles.
#[derive(Debug, Serialize, JsonSchema)]
struct Verdict {
    authorized: bool,
    granting_roles: Vec<String>,
}

impl Endpoint for Authenticate {
    const DESCRIPTION: Description = Description {
        errors: &[SESSION_ERRORS, PROOF_ERRORS, RENEWAL_ERRORS],
        doors: &[Door::for_user("/sdk/v1/sessions/authenticate", &[Fill::SessionToken]).telling_user()],
        ..Description::new(
            Operation { name: "sessions.authenticate", method: "POST", path: "/v1/sessions/authenticate" },
            "Authenticate a session",
            Evidence::Captured,
        )
    };
    type Request = (Body<Fields>, (Body<SessionArguments>, Body<RenewalArguments>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<Answer, Refusal> {
        let (Body(fields), (Body(session), Body(renewal))) = request;
        let none = || Refusal::new(ErrorType::NoSessionArguments, "neither session_token nor session_jwt is there");
        let proof = session.proof()?.ok_or_else(none)?;
        let renewal = renewal.renewal()?;
        let project = call.project();
        let (record, id) = match proof.find(project) {
            Ok(found) => found,
            Err(refusal) => {
                let sandbox = sandbox_sessions::proven(call, &proof, &renewal)?;
                let (record, session) = sandbox.ok_or(refusal)?;
                let verdict = fields.authorization_check.map(|check| check.0.decide(project, &session)).transpose()?;
                return Ok(Answer::new(call, &proof, Arc::new(record), session, verdict));
            }
        };
        scripted(&record)?;
        let mut verdict = None;
        let (owner, session) = project.change_session(&record.user.id, &id, call.now, |session| {
            verdict = fields.authorization_check.as_ref().map(|check| check.0.decide(project, session)).transpose()?;
            renewal.apply(session, call.now)
        })?;
        Ok(Answer::new(call, &proof, owner, session, verdict))
    }
}

impl Answer {
    fn new(call: &Call<'_>, proof: &SessionProof, owner: Arc<UserRecord>, session: Session, verdict: Option<Verdict>) -> Self {
        Self {
            session_jwt: session_jwt::sign(call.project(), &owner.user.id, &session, call.now),
            session_token: if matches!(proof, SessionProof::Token(_)) { session.token.to_string() } else { String::new() },
            session: SessionObject { owner: Arc::clone(&owner), session },
            user: UserObject { record: owner, now: call.now },
            verdict,
        }
    }
}

const SESSION_ERRORS: &[ErrorType] =
    &[ErrorType::NoSessionArguments, ErrorType::TooManySessionArguments, ErrorType::ConsumerSessionAuthorizationError];

impl AuthorizationCheck {
    fn decide(&self, project: &Project, session: &Session) -> Result<Verdict, Refusal> {
        let (NonEmpty(resource_id), NonEmpty(action)) = (&self.resource_id, &self.action);
        let roles = session.roles.as_deref().unwrap_or_default();
        let granting = project.rbac_policy().granting_roles(roles, resource_id, action);
        if granting.is_empty() {
            let reason = format!("none of the roles {roles:?} permits {action} on {resource_id} in the project's rbac_policy");
            return Err(Refusal::new(ErrorType::ConsumerSessionAuthorizationError, reason));
        }
        Ok(Verdict { authorized: true, granting_roles: granting.into_iter().map(str::to_owned).collect() })
    }
}
