//! `POST /v1/idp/oauth/authorize/start`: what a page of consent has to show. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::Body;
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::app_authorization::{
    self, ASKED_ERRORS, AuthorizationArguments, ScopeResult, USER_ERRORS, UserArguments,
};
use crate::api::shared::session_arguments::{PROOF_ERRORS, SessionArguments};
use crate::domain::refusal::Refusal;
use crate::wire::connected_app::ConnectedAppPublicBody;
use crate::wire::objects::UserObject;

/// Start an authorization.
pub struct AuthorizeStart;

/// What to show.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    client: ConnectedAppPublicBody,
    /// Whether the user has to be asked.
    consent_required: bool,
    scope_results: Vec<ScopeResult>,
    user: UserObject,
    user_id: String,
}

impl Endpoint for AuthorizeStart {
    const DESCRIPTION: Description = Description {
        errors: &[ASKED_ERRORS, USER_ERRORS, PROOF_ERRORS],
        doors: &[Door::for_user("/sdk/v1/idp/oauth/authorize/start", &[Fill::SessionToken])],
        remark: "most of its refusals are assumed",
        ..Description::new(
            Operation { name: "idp.oauth.authorizeStart", method: "POST", path: "/v1/idp/oauth/authorize/start" },
            "Start an OAuth authorization",
            Evidence::Documented,
        )
    };
    type Request = (Body<AuthorizationArguments>, (Body<UserArguments>, Body<SessionArguments>));
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(arguments), (Body(user), Body(session))): Self::Request) -> Result<Answer, Refusal> {
        let project = call.project();
        let asked = arguments.check(project)?;
        let (record, _) = app_authorization::user(call, user, session)?;
        Ok(Answer {
            client: ConnectedAppPublicBody::from(&asked.app),
            consent_required: asked.requires_consent(project, &record.user.id),
            scope_results: asked.scope_results(project, &record),
            user_id: record.user.id.to_string(),
            user: UserObject { record, now: call.now },
        })
    }
}
