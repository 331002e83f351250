//! `POST /v1/oauth/attach`: a token that adds the identity of the next OAuth login to a user. Source: the vendor's
//! reference.

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, non_empty};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::session_arguments::{PROOF_ERRORS, SessionArguments};
use crate::api::shared::user_lookup;
use crate::domain::login_token::{LoginToken, LoginTokenKind, token_text};
use crate::domain::oauth::OAuthProvider;
use crate::domain::refusal::{ErrorType, Refusal};

/// Attach an OAuth identity.
pub struct Attach;

/// The fields of the body that no other operation has.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The provider, such as google.
    provider: String,
    /// The user: a Stytch id or an external id.
    #[serde(default, deserialize_with = "non_empty")]
    user_id: Option<String>,
}

/// The token.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// A parameter of the start; it counts once.
    oauth_attach_token: String,
}

/// How long the token lasts (assumed).
const LIFETIME: TimeDelta = TimeDelta::minutes(5);

impl Endpoint for Attach {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, PROOF_ERRORS],
        remark: "its refusals are assumed",
        doors: &[Door::for_user("/sdk/v1/oauth/attach", &[Fill::SessionToken])],
        ..Description::new(
            Operation { name: "oauth.attach", method: "POST", path: "/v1/oauth/attach" },
            "Attach an OAuth identity",
            Evidence::Documented,
        )
    };
    type Request = (Body<Fields>, Body<SessionArguments>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), Body(session)): Self::Request) -> Result<Answer, Refusal> {
        let unknown = || Refusal::new(ErrorType::InvalidOauthProvider, format!("there is no provider `{}`", fields.provider));
        let provider = OAuthProvider::named(&fields.provider).ok_or_else(unknown)?;
        let several =
            || Refusal::new(ErrorType::TooManyUserSelectionArguments, "more than one of user_id, session_token, session_jwt");
        let user_id = match (&fields.user_id, session.proof().map_err(|_| several())?) {
            (Some(_), Some(_)) => return Err(several()),
            (None, None) => {
                let reason = "none of user_id, session_token and session_jwt is there";
                return Err(Refusal::new(ErrorType::NoUserSelectionArguments, reason));
            }
            (Some(user_id), None) => user_lookup::user(call, &user_lookup::handle(user_id, ErrorType::UserNotFound)?)?.user.id,
            (None, Some(proof)) => {
                let (owner, id) = proof.find(call.project())?;
                user_lookup::scripted(&owner)?;
                owner.expect_active(&id, call.now)?;
                owner.user.id
            }
        };
        let oauth_attach_token = call.entropy.ids(|ids| token_text(ids.bytes()));
        let token = LoginToken {
            kind: LoginTokenKind::OAuthAttach,
            user_id,
            method_id: provider.as_str().to_owned(),
            expires_at: call.now.saturating_add(LIFETIME),
            code_challenge: None,
            redirect_url: None,
            attributes: None,
        };
        call.project().log_in(|turn| {
            turn.pending().tokens.issue(&oauth_attach_token, token);
            Ok(Answer { oauth_attach_token })
        })
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::InvalidOauthProvider,
    ErrorType::NoUserSelectionArguments,
    ErrorType::TooManyUserSelectionArguments,
    ErrorType::UserNotFound,
];
