//! Tokens by which somebody of the project's own logs in as one of its users, as the vendor's dashboard makes them.

use schemars::JsonSchema;
use serde::Serialize;

use super::core::App;
use super::running_world::SteerError;
use crate::domain::id::UserHandle;
use crate::domain::impersonation::{ImpersonationToken, MAX_TOKENS, lifetime};
use crate::domain::login_token::token_text;
use crate::domain::secret::Secret;

/// A token that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MadeImpersonationToken {
    /// What `POST /v1/impersonation/authenticate` takes, once.
    pub impersonation_token: String,
    /// The user who is impersonated.
    pub user_id: String,
    /// Who impersonates.
    pub impersonator_id: String,
    /// Their address.
    pub impersonator_email_address: String,
    /// When it is too late: in five minutes.
    pub expires_at: String,
}

impl App {
    /// Makes a token by which somebody can be a user, who may be named by either id.
    ///
    /// # Errors
    /// If there is no such user, or there are too many tokens.
    pub fn make_impersonation_token(
        &self,
        user_id: &str,
        impersonator_id: Option<&str>,
        impersonator_email_address: Option<&str>,
        project_id: Option<&str>,
    ) -> Result<MadeImpersonationToken, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        let project = running_world.project(project_id)?;
        let now = running_world.clock.now();
        let handle = UserHandle::parse(user_id).map_err(|error| SteerError::Invalid(format!("user id: {error}")))?;
        let missing = || SteerError::NotFound(format!("there is no user {user_id} in project {}", project.id()));
        let user_id = project.user(&handle).ok_or_else(missing)?.user.id.to_string();
        let impersonator_id = impersonator_id.unwrap_or("support").to_owned();
        let impersonator_email_address = impersonator_email_address.unwrap_or("support@example.com").to_owned();
        let impersonation_token = self.entropy.ids(|ids| token_text(ids.bytes()));
        let expires_at = now.whole_seconds().saturating_add(lifetime());
        let token = Secret::parse(&impersonation_token).map(|token| ImpersonationToken {
            token,
            user_id: user_id.clone(),
            impersonator_id: impersonator_id.clone(),
            impersonator_email_address: impersonator_email_address.clone(),
            expires_at,
            used_at: None,
        });
        let is_issued = token.is_some_and(|token| project.state().impersonation_tokens.change(|tokens| tokens.issue(token, now)));
        let full = || SteerError::Full(format!("there are {MAX_TOKENS} impersonation tokens that count; use some, or reset"));
        is_issued.then_some(()).ok_or_else(full)?;
        let expires_at = expires_at.to_string();
        Ok(MadeImpersonationToken { impersonation_token, user_id, impersonator_id, impersonator_email_address, expires_at })
    }
}
