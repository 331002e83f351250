//! `POST /v1/idp/oauth/authorize`: the user agreed, or did not; where the browser goes with that. Source: the vendor's
//! reference.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, non_empty};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::app_authorization::{self, ASKED_ERRORS, Agreement, AuthorizationArguments, USER_ERRORS, UserArguments};
use crate::api::shared::authorization_redirect::{accepted, refused};
use crate::api::shared::pkce_arguments::ChallengeArgument;
use crate::api::shared::session_arguments::{PROOF_ERRORS, SessionArguments};
use crate::domain::refusal::{ErrorType, Refusal};

/// Submit an authorization.
pub struct Authorize;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// Whether the user agreed.
    consent_granted: bool,
    /// What the app wants to see again at its redirect URL.
    #[serde(default, deserialize_with = "non_empty")]
    state: Option<String>,
    /// What the app wants to see again in the ID token.
    #[serde(default, deserialize_with = "non_empty")]
    nonce: Option<String>,
    /// Taken, and not used (assumed).
    #[serde(default)]
    #[expect(dead_code, reason = "it is declared, so that it is not said to be ignored")]
    resources: Option<Vec<String>>,
}

/// Where the browser goes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// Empty if the user did not agree.
    authorization_code: String,
    /// The app's redirect URL, with the code or with what is wrong.
    redirect_uri: String,
}

impl Endpoint for Authorize {
    const DESCRIPTION: Description = Description {
        errors: &[ASKED_ERRORS, ERRORS, USER_ERRORS, PROOF_ERRORS],
        doors: &[Door::for_user("/sdk/v1/idp/oauth/authorize/submit", &[Fill::SessionToken])],
        remark: "most of its refusals are assumed",
        ..Description::new(
            Operation { name: "idp.oauth.authorize", method: "POST", path: "/v1/idp/oauth/authorize" },
            "Submit an OAuth authorization",
            Evidence::Documented,
        )
    };
    type Request =
        ((Body<Fields>, Body<AuthorizationArguments>), (Body<ChallengeArgument>, (Body<UserArguments>, Body<SessionArguments>)));
    type Answer = Answer;

    fn handle(call: &Call<'_>, request: Self::Request) -> Result<Answer, Refusal> {
        let ((Body(fields), Body(arguments)), (Body(challenge), (Body(user), Body(session)))) = request;
        let project = call.project();
        let asked = arguments.check(project)?;
        let code_challenge = challenge.challenge()?;
        asked.check_challenge(code_challenge.as_ref())?;
        let (record, session_id) = app_authorization::user(call, user, session)?;
        let state = fields.state.as_deref();
        let is_grantable = asked.scope_results(project, &record).iter().all(|result| result.is_grantable);
        let error = match (fields.consent_granted, is_grantable) {
            (false, _) => Some("access_denied"),
            (true, false) => Some("invalid_scope"),
            (true, true) => None,
        };
        if let Some(error) = error {
            let redirect_uri = refused(&asked.redirect_uri, error, state)?;
            return Ok(Answer { authorization_code: String::new(), redirect_uri });
        }
        let agreement = Agreement { user_id: record.user.id, session_id, nonce: fields.nonce, code_challenge };
        let authorization_code = asked.grant(call, project, agreement)?;
        Ok(Answer { redirect_uri: accepted(&asked.redirect_uri, &authorization_code, state)?, authorization_code })
    }
}

const ERRORS: &[ErrorType] = &[ErrorType::InvalidPkceCodeChallenge, ErrorType::PkceRequiredForIdpAuthorizationFlow];
