//! `POST /v1/sessions/authenticate`: proves a session by its token or its JWT, extends it, gives it claims. Source: the
//! vendor's reference and captures (an answer to a JWT has an empty `session_token`; a fresh JWT comes every time).

use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::fields::Fields;
use crate::api::serving::response::Reply;
use crate::api::serving::session_arguments::{SessionProof, renewal};
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::domain::project::Project;
use crate::domain::session::Session;
use crate::wire::envelope::Payload;
use crate::wire::session::SessionBody;
use crate::wire::session_jwt;
use crate::wire::user::UserBody;

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint = Endpoint {
    name: "sessions.authenticate",
    method: Verb::Post,
    path: "/v1/sessions/authenticate",
    access: Access::Project,
    handle,
};

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let project = call.project();
    let proof = match SessionProof::all(call.fields(), false)?.as_slice() {
        [proof] => *proof,
        [] => return Err(Refusal::new(ErrorType::NoSessionArguments, "neither session_token nor session_jwt is there")),
        _ => return Err(Refusal::new(ErrorType::TooManySessionArguments, "both session_token and session_jwt are there")),
    };
    let renewal = renewal(call)?;
    let check = AuthorizationCheck::read(call.fields())?;
    let (record, id) = proof.find(project)?;
    crate::api::serving::user_lookup::scripted(&record)?;
    let mut verdict = None;
    let (record, session) = project.change_session(&record.user.id, &id, call.now, |session| {
        verdict = check.as_ref().map(|check| check.decide(project, session)).transpose()?;
        renewal.apply(session, call.now)
    })?;
    let token = if matches!(proof, SessionProof::Token(_)) { session.token.to_string() } else { String::new() };
    let payload = Payload::default()
        .with(call.wire, "session", &SessionBody::new(&session, &record.user.id))
        .with(call.wire, "session_jwt", &session_jwt::sign(project, &record.user.id, &session, call.now))
        .with(call.wire, "session_token", &token)
        .with(call.wire, "user", &UserBody::new(&record.user));
    Ok(Reply::ok(match verdict {
        Some(verdict) => payload.with(call.wire, "verdict", &verdict),
        None => payload,
    }))
}

/// `authorization_check`: what the user wants to do.
struct AuthorizationCheck<'a> {
    resource_id: &'a str,
    action: &'a str,
}

/// `verdict`: that they may, and by which of the session's roles.
#[derive(serde::Serialize)]
struct Verdict {
    authorized: bool,
    granting_roles: Vec<String>,
}

impl<'a> AuthorizationCheck<'a> {
    fn read(fields: Fields<'a>) -> Result<Option<Self>, Refusal> {
        let Some(check) = fields.object("authorization_check")? else { return Ok(None) };
        let check = Fields::of(check);
        Ok(Some(Self { resource_id: check.required_text("resource_id")?, action: check.required_text("action")? }))
    }

    fn decide(&self, project: &Project, session: &Session) -> Result<Verdict, Refusal> {
        let Self { resource_id, action } = self;
        let roles = session.roles.as_deref().unwrap_or_default();
        let granting = project.rbac_policy().granting_roles(roles, resource_id, action);
        if granting.is_empty() {
            let reason = format!("none of the roles {roles:?} permits {action} on {resource_id} in the project's rbac_policy");
            return Err(Refusal::new(ErrorType::ConsumerSessionAuthorizationError, reason));
        }
        Ok(Verdict { authorized: true, granting_roles: granting.into_iter().map(str::to_owned).collect() })
    }
}
