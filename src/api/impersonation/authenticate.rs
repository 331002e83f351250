//! `POST /v1/impersonation/authenticate`: somebody of the project's own logs in as one of its users. Source: the vendor's
//! reference: the session lasts an hour and can't be extended. Its refusals are assumed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, NonEmpty};
use crate::api::serving::sdk_door::Door;
use crate::api::shared::login;
use crate::api::shared::proven_factor::factor;
use crate::api::shared::user_lookup::scripted;
use crate::domain::id::UserHandle;
use crate::domain::impersonation::ImpersonationRefusal;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session_renewal::Renewal;
use crate::wire::objects::{SessionObject, UserObject};
use crate::wire::session_jwt;

/// Authenticate an impersonation token.
pub struct Authenticate;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The token, which `POST /__mock/users/{id}/impersonation_tokens` makes, or a seed.
    impersonation_token: NonEmpty,
}

/// The user who is impersonated, and the session.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    session: SessionObject,
    session_jwt: String,
    session_token: String,
    user: UserObject,
    user_id: String,
}

impl Endpoint for Authenticate {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::UnableToAuthImpersonationToken, ErrorType::UserNotFound]],
        remark: "its refusals are assumed",
        doors: &[Door::for_anyone("/sdk/v1/impersonation/authenticate").telling_user()],
        ..Description::new(
            Operation { name: "impersonation.authenticate", method: "POST", path: "/v1/impersonation/authenticate" },
            "Authenticate an impersonation token",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let (project, NonEmpty(token)) = (call.project(), &fields.impersonation_token);
        let known = project.state().impersonation_tokens.read();
        let user_id = &known.check(token, call.now).map_err(refuse)?.user_id;
        let record = UserHandle::parse(user_id).ok().and_then(|handle| project.user(&handle));
        let missing = || Refusal::new(ErrorType::UserNotFound, format!("the token is for user {user_id}, who is not there"));
        let record = record.ok_or_else(missing)?;
        scripted(&record)?;
        let (record, session) = project.change_user(&record.user.id, |record| {
            // of two who come with one token one is late
            let token_now = project.state().impersonation_tokens.read().check(token, call.now).map_err(refuse)?.clone();
            let values = [token_now.impersonator_email_address.as_str(), &token_now.impersonator_id];
            let session = login::begin(call, record, None, factor(call, "impersonation", &values), &Renewal::default())?;
            record.add_session(session.clone());
            project.state().impersonation_tokens.change(|tokens| tokens.use_up(token, call.now));
            Ok(session)
        })?;
        let user_id = &record.user.id;
        Ok(Answer {
            session_jwt: session_jwt::sign(project, user_id, &session, call.now),
            session_token: session.token.to_string(),
            user_id: user_id.to_string(),
            session: SessionObject { owner: record.clone(), session },
            user: UserObject { record, now: call.now },
        })
    }
}

fn refuse(refusal: ImpersonationRefusal) -> Refusal {
    let reason = match refusal {
        ImpersonationRefusal::Unknown => "there is no such impersonation_token",
        ImpersonationRefusal::Used => "the impersonation_token has been used",
        ImpersonationRefusal::Expired => "the impersonation_token has expired",
    };
    Refusal::new(ErrorType::UnableToAuthImpersonationToken, reason)
}
