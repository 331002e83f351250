//! What a connected app asks a user for, and what becomes of it: checked, agreed to, a code given out. Source: the vendor's
//! reference and its guides, for what needs consent and for who can grant a scope.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::connected_app::missing;
use super::session_arguments::SessionArguments;
use super::user_lookup;
use crate::api::serving::call::Call;
use crate::api::serving::request::{NonEmpty, non_empty};
use crate::domain::authorization::AuthorizationKey;
use crate::domain::connected_app::ConnectedApp;
use crate::domain::grant::{CODE_LIFE, Grant, OneTime};
use crate::domain::id::{SessionId, UserId};
use crate::domain::login_token::token_text;
use crate::domain::m2m_client::ClientStatus;
use crate::domain::oauth_clients::OAuthClients;
use crate::domain::pkce::CodeChallenge;
use crate::domain::project::Project;
use crate::domain::rbac::Permission;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserRecord;

/// The scopes that every project has, and what people are told of them (assumed). Source: the vendor's guide.
const BUILT_IN: [(&str, &str); 6] = [
    ("openid", "Sign you in"),
    ("profile", "See your name and picture"),
    ("email", "See your email address"),
    ("phone", "See your phone number"),
    ("offline_access", "Keep access while you are away"),
    ("full_access", "Act with full access to your account"),
];

/// The names of all scopes of a project.
pub fn scope_names(project: &Project) -> Vec<String> {
    let custom = project.rbac_policy().scopes.iter().map(|scope| scope.scope.clone());
    BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).chain(custom).collect()
}

/// What an app asks for.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct AuthorizationArguments {
    /// The app.
    pub client_id: NonEmpty,
    /// Where the browser is to bring the code: one of the app's `redirect_urls`.
    pub redirect_uri: NonEmpty,
    /// Always `code`.
    pub response_type: NonEmpty,
    /// What the app wants to do.
    pub scopes: Vec<String>,
    /// `consent`: the user is asked, whatever they agreed to before.
    #[serde(default, deserialize_with = "non_empty")]
    pub prompt: Option<String>,
}

/// What an app asks for, checked.
#[derive(Debug)]
pub struct Asked {
    /// The app.
    pub app: ConnectedApp,
    /// Where the browser brings the code.
    pub redirect_uri: String,
    /// What it wants to do.
    pub scopes: Vec<String>,
    /// Whether the user is to be asked in any case.
    wants_prompt: bool,
}

/// What [`AuthorizationArguments::check`] can refuse.
pub const ASKED_ERRORS: &[ErrorType] = &[
    ErrorType::ConnectedAppNotFound,
    ErrorType::ConnectedAppSuppliedRedirectUrlNotFoundInClient,
    ErrorType::OauthInvalidScopeRequested,
];

impl AuthorizationArguments {
    /// Checks what is asked for.
    ///
    /// # Errors
    /// [`ASKED_ERRORS`]; `bad_request` for a response type that is none.
    pub fn check(self, project: &Project) -> Result<Asked, Refusal> {
        let app = app(project, &self.client_id.0, &self.redirect_uri.0)?;
        if self.response_type.0 != "code" {
            return Err(Refusal::new(ErrorType::BadRequest, format!("there is no response_type {}", self.response_type.0)));
        }
        check_scopes(project, &app, &self.scopes)?;
        let wants_prompt = self.prompt.iter().flat_map(|prompt| prompt.split_whitespace()).any(|word| word == "consent");
        Ok(Asked { app, redirect_uri: self.redirect_uri.0, scopes: self.scopes, wants_prompt })
    }
}

/// The app that asks, if browsers may be sent there with its codes.
///
/// # Errors
/// `connected_app_not_found`, `connected_app_supplied_redirect_url_not_found_in_client`.
pub fn app(project: &Project, client_id: &str, redirect_uri: &str) -> Result<ConnectedApp, Refusal> {
    let app = project.oauth_clients().read(|clients| clients.connected_apps.get(client_id).cloned());
    let app = app.filter(|app| app.status == ClientStatus::Active).ok_or_else(|| missing(client_id))?;
    if !app.settings.redirect_urls.iter().any(|url| url == redirect_uri) {
        let reason = format!("{redirect_uri} is none of the app's redirect_urls: {}", app.settings.redirect_urls.join(" "));
        return Err(Refusal::new(ErrorType::ConnectedAppSuppliedRedirectUrlNotFoundInClient, reason));
    }
    Ok(app)
}

fn check_scopes(project: &Project, app: &ConnectedApp, scopes: &[String]) -> Result<(), Refusal> {
    let refuse = |reason: String| Err(Refusal::new(ErrorType::OauthInvalidScopeRequested, reason));
    if scopes.is_empty() {
        return refuse("scopes is empty".to_owned());
    }
    let known = scope_names(project);
    if let Some(unknown) = scopes.iter().find(|scope| !known.contains(scope)) {
        return refuse(format!("{unknown} is none of the project's scopes: {}", known.join(" ")));
    }
    if scopes.iter().any(|scope| scope == "full_access") && !app.settings.full_access_allowed {
        return refuse("full_access is not allowed to this app".to_owned());
    }
    Ok(())
}

/// Whether a scope can be granted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct ScopeResult {
    description: String,
    /// Whether the user has the permissions that it stands for.
    pub is_grantable: bool,
    scope: String,
}

impl ScopeResult {
    /// What people are told of it.
    #[must_use]
    pub fn meaning(&self) -> &str {
        if self.description.is_empty() { &self.scope } else { &self.description }
    }
}

impl Asked {
    /// What a user can grant of it.
    #[must_use]
    pub fn scope_results(&self, project: &Project, record: &UserRecord) -> Vec<ScopeResult> {
        let policy = project.rbac_policy();
        let has = |permission: &Permission| {
            let granted =
                |action: &String| !policy.granting_roles(&record.user.roles, &permission.resource_id, action).is_empty();
            permission.actions.iter().all(granted)
        };
        let result = |scope: &String| {
            let built_in = BUILT_IN.iter().find(|(name, _)| name == scope).map(|(_, description)| (*description).to_owned());
            let custom = || policy.scopes.iter().find(|custom| custom.scope == *scope);
            let (description, is_grantable) = match built_in {
                Some(description) => (description, true),
                None => custom()
                    .map_or_else(Default::default, |custom| (custom.description.clone(), custom.permissions.iter().all(has))),
            };
            ScopeResult { description, is_grantable, scope: scope.clone() }
        };
        self.scopes.iter().map(result).collect()
    }

    /// Whether the user has to be asked. That what was agreed to before need not be asked for again if it is only a part
    /// of that, is assumed.
    #[must_use]
    pub fn requires_consent(&self, project: &Project, user_id: &UserId) -> bool {
        let (kind, settings) = (self.app.client_type, &self.app.settings);
        let is_offline = self.scopes.iter().any(|scope| scope == "offline_access");
        if self.wants_prompt || is_offline && !settings.bypass_consent_for_offline_access {
            return true;
        }
        let agreed = |clients: &OAuthClients| {
            let consent = clients.authorizations.consent(&self.app.client_id, user_id);
            consent.is_some_and(|consent| self.scopes.iter().all(|scope| consent.scopes.contains(scope)))
        };
        !kind.is_first_party() && !project.oauth_clients().read(agreed)
    }

    /// Notes that a user agreed, and gives a code out for it.
    ///
    /// # Errors
    /// `pkce_required_for_idp_authorization_flow`; `connected_app_not_found` if the app is gone meanwhile.
    pub fn grant(&self, call: &Call<'_>, project: &Project, agreement: Agreement) -> Result<String, Refusal> {
        self.check_challenge(agreement.code_challenge.as_ref())?;
        let key: AuthorizationKey = (self.app.client_id.clone(), agreement.user_id);
        let code = call.entropy.ids(|ids| token_text(ids.bytes()));
        let grant = Grant {
            scopes: self.scopes.clone(),
            session_id: agreement.session_id,
            nonce: agreement.nonce,
            redirect_uri: self.redirect_uri.clone(),
            code_challenge: agreement.code_challenge,
            code: OneTime::new(code.clone(), call.now, call.now.saturating_add(CODE_LIFE)),
            refresh_tokens: Vec::new(),
            access_tokens: Vec::new(),
        };
        project.oauth_clients().change(|clients| {
            clients.connected_apps.get(&key.0).ok_or_else(|| missing(&key.0))?;
            clients.authorizations.agree(&key, grant);
            Ok(code)
        })
    }

    /// Insists on PKCE where the app has no secret.
    ///
    /// # Errors
    /// `pkce_required_for_idp_authorization_flow`.
    pub fn check_challenge(&self, challenge: Option<&CodeChallenge>) -> Result<(), Refusal> {
        if self.app.client_type.is_public() && challenge.is_none() {
            let reason = "the app is public, and there is no code_challenge";
            return Err(Refusal::new(ErrorType::PkceRequiredForIdpAuthorizationFlow, reason));
        }
        Ok(())
    }
}

/// Who agreed, and how.
pub struct Agreement {
    /// The user.
    pub user_id: UserId,
    /// The session in which they did.
    pub session_id: Option<SessionId>,
    /// What the app wants to see again.
    pub nonce: Option<String>,
    /// What the app has to know in the end.
    pub code_challenge: Option<CodeChallenge>,
}

/// Who is to agree.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct UserArguments {
    /// The user: a Stytch id or an external id. A code without a session gives no access token that can become a session.
    #[serde(deserialize_with = "non_empty")]
    user_id: Option<String>,
}

/// What [`user`] can refuse, beside the errors of session proofs.
pub const USER_ERRORS: &[ErrorType] =
    &[ErrorType::NoOauthAuthorizeUserSelector, ErrorType::TooManyUserSelectionArguments, ErrorType::UserNotFound];

/// The user whom a request names, and their session if it names one.
///
/// # Errors
/// [`USER_ERRORS`], or that the session is not there or not active.
pub fn user(
    call: &Call<'_>,
    user: UserArguments,
    session: SessionArguments,
) -> Result<(Arc<UserRecord>, Option<SessionId>), Refusal> {
    let several =
        || Refusal::new(ErrorType::TooManyUserSelectionArguments, "more than one of user_id, session_token, session_jwt");
    match (user.user_id, session.proof().map_err(|_| several())?) {
        (Some(_), Some(_)) => Err(several()),
        (None, None) => {
            let reason = "none of user_id, session_token and session_jwt is there";
            Err(Refusal::new(ErrorType::NoOauthAuthorizeUserSelector, reason))
        }
        (Some(user_id), None) => Ok((user_lookup::user(call, &user_lookup::handle(&user_id, ErrorType::UserNotFound)?)?, None)),
        (None, Some(proof)) => {
            let (owner, id) = proof.find(call.project())?;
            user_lookup::scripted(&owner)?;
            owner.expect_active(&id, call.now)?;
            Ok((owner, Some(id)))
        }
    }
}
