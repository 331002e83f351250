//! The tokens of connected apps: got for a code or a refresh token, and found again. Source: the vendor's reference, RFC
//! 6749 and RFC 7636.

use std::sync::Arc;

use super::client_credentials::{ClientCredentials, unproved};
use crate::api::serving::call::Call;
use crate::domain::JsonObject;
use crate::domain::authorization::{Issue, Issued};
use crate::domain::claims::merge_claims;
use crate::domain::claims_template::render;
use crate::domain::connected_app::ConnectedApp;
use crate::domain::grant::{AccessToken, GrantRefusal};
use crate::domain::id::{UserHandle, UserId};
use crate::domain::login_token::token_text;
use crate::domain::m2m_client::ClientStatus;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserRecord;
use crate::wire::idp_token::TokenTerms;
use crate::wire::jwt;

/// What an app gets.
pub struct AppTokens {
    /// Its access token.
    pub access_token: String,
    /// How many seconds that is good for.
    pub expires_in: i64,
    /// Its ID token, if it may know who the user is.
    pub id_token: Option<String>,
    /// Its new refresh token, if it gets one.
    pub refresh_token: Option<String>,
    /// What the access token allows, with spaces between.
    pub scope: String,
}

/// By what an app asks for tokens.
pub enum AppGrant<'a> {
    /// A code, where it was brought, and the verifier.
    Code {
        /// The code.
        code: &'a str,
        /// Where it was brought.
        redirect_uri: Option<&'a str>,
        /// The verifier.
        verifier: Option<&'a str>,
    },
    /// A refresh token, and what of its scopes is wanted.
    Refresh {
        /// The token.
        token: &'a str,
        /// The scopes.
        scope: Option<&'a str>,
    },
}

/// What [`authenticate`] and [`grant`] can refuse.
pub const APP_GRANT_ERRORS: &[ErrorType] = &[
    ErrorType::UnauthorizedClient,
    ErrorType::IdpAuthCodeNotFound,
    ErrorType::IdpAuthCodeExpired,
    ErrorType::IdpRefreshTokenNotFound,
    ErrorType::IdpRefreshTokenExpired,
    ErrorType::IdpRefreshTokenAlreadyUsed,
    ErrorType::ConnectedAppConsentRevoked,
    ErrorType::ConnectedAppSuppliedRedirectUrlNotFoundInClient,
    ErrorType::PkceMismatch,
    ErrorType::PkceExpectedCodeVerifier,
    ErrorType::PkceDidNotExpectCodeVerifier,
    ErrorType::InvalidPkceCodeVerifier,
];

/// The app whose credentials these are; a public one needs no secret.
///
/// # Errors
/// `unauthorized_credentials`.
pub fn authenticate(project: &Project, credentials: &ClientCredentials) -> Result<ConnectedApp, Refusal> {
    let id = &credentials.client_id;
    let app = project.oauth_clients().read(|clients| clients.connected_apps.get(id).cloned());
    let app = app.ok_or_else(|| unproved(format!("no Connected App {id} in this project")))?;
    if app.secrets.as_ref().is_some_and(|secrets| !credentials.prove(secrets)) {
        return Err(unproved(format!("this is no secret of Connected App {id}")));
    }
    if app.status == ClientStatus::Inactive {
        return Err(unproved(format!("Connected App {id} is inactive")));
    }
    Ok(app)
}

/// Tokens for an app that proved itself.
///
/// # Errors
/// [`APP_GRANT_ERRORS`].
pub fn grant(
    call: &Call<'_>,
    (project, issuer): (&Project, &str),
    app: &ConnectedApp,
    grant: &AppGrant<'_>,
) -> Result<AppTokens, Refusal> {
    let life = chrono::TimeDelta::minutes(app.settings.access_token_expiry_minutes.into());
    let (id, refresh_token) = call.entropy.ids(|ids| (ids.uuid().to_string(), token_text(ids.bytes())));
    let expires_at = call.now.saturating_add(life);
    let access_token = AccessToken { id: id.clone(), issued_at: call.now, expires_at, exchanged_at: None, revoked_at: None };
    let issue = Issue { access_token, refresh_token };
    let (issued, asked, is_code) = match grant {
        AppGrant::Code { code, redirect_uri, verifier } => {
            let redeemed = project.oauth_clients().change(|clients| {
                clients.authorizations.redeem_code((code, &app.client_id), *redirect_uri, *verifier, issue, call.now)
            });
            (redeemed.map_err(refuse_code)?, None, true)
        }
        AppGrant::Refresh { token, scope } => {
            let asked: Vec<&str> = scope.unwrap_or_default().split_whitespace().collect();
            let rotates = app.client_type.is_public();
            let refreshed = project
                .oauth_clients()
                .change(|clients| clients.authorizations.refresh((token, &app.client_id), rotates, &asked, issue, call.now));
            (refreshed.map_err(refuse_refresh_token)?, *scope, false)
        }
    };
    let Issued { user_id, scopes, nonce, refresh_token } = issued;
    let record = user(project, &user_id).ok_or_else(|| refuse_code(GrantRefusal::Unknown))?;
    let terms = TokenTerms { project, issuer, user: &record.user, client_id: &app.client_id, now: call.now };
    let granted: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let granted = asked.map_or(granted, |asked| asked.split_whitespace().collect());
    let scope = granted.join(" ");
    let settings = &app.settings;
    let claims = custom_claims(&terms, &settings.access_token_template_content)?;
    let id_claims = custom_claims(&terms, &settings.id_token_template_content)?;
    let id_token =
        granted.contains(&"openid").then(|| terms.id_token(&granted, nonce.as_deref().filter(|_| is_code), &id_claims));
    let access_token = terms.access_token(&id, &scope, &settings.access_token_custom_audience, expires_at, &claims);
    Ok(AppTokens { access_token, expires_in: life.num_seconds(), id_token, refresh_token, scope })
}

fn custom_claims(terms: &TokenTerms<'_>, template: &str) -> Result<JsonObject, Refusal> {
    let mut claims = JsonObject::new();
    if !template.is_empty() {
        let broken = |error| Refusal::new(ErrorType::InternalServerError, format!("the app's template: {error}"));
        merge_claims(&mut claims, &render(template, &terms.known()).map_err(broken)?)?;
    }
    Ok(claims)
}

fn user(project: &Project, id: &UserId) -> Option<Arc<UserRecord>> {
    project.user(&UserHandle::Stytch(*id))
}

fn refuse_code(refusal: GrantRefusal) -> Refusal {
    let (error, reason) = match refusal {
        GrantRefusal::Unknown => (ErrorType::IdpAuthCodeNotFound, "the code is unknown, or another app's"),
        GrantRefusal::Used => {
            (ErrorType::IdpAuthCodeNotFound, "the code was used before; the tokens that were got for it count no more")
        }
        GrantRefusal::Expired => (ErrorType::IdpAuthCodeExpired, "the code is older than ten minutes"),
        GrantRefusal::Revoked => (ErrorType::ConnectedAppConsentRevoked, "the user took the app's permission back"),
        GrantRefusal::Scope => (ErrorType::OauthInvalidScopeRequested, "more is asked for than was agreed to"),
        GrantRefusal::RedirectUri => (
            ErrorType::ConnectedAppSuppliedRedirectUrlNotFoundInClient,
            "redirect_uri is not the one that the code was asked for with",
        ),
        GrantRefusal::Pkce(refusal) => return super::pkce_arguments::refuse(refusal),
    };
    Refusal::new(error, reason)
}

fn refuse_refresh_token(refusal: GrantRefusal) -> Refusal {
    let (error, reason) = match refusal {
        GrantRefusal::Unknown => (ErrorType::IdpRefreshTokenNotFound, "the refresh token is unknown, or another app's"),
        GrantRefusal::Used => (
            ErrorType::IdpRefreshTokenAlreadyUsed,
            "the refresh token was used before; the tokens that were got since count no more",
        ),
        GrantRefusal::Expired => (ErrorType::IdpRefreshTokenExpired, "the refresh token is older than three months"),
        other => return refuse_code(other),
    };
    Refusal::new(error, reason)
}

/// An access token that is good.
pub struct FoundAccessToken {
    /// The app that has it.
    pub client_id: String,
    /// Whose data it gives.
    pub record: Arc<UserRecord>,
    /// What it says.
    pub claims: JsonObject,
    /// What is kept of it.
    pub token: AccessToken,
    /// The session in which the user agreed.
    pub session_id: Option<crate::domain::id::SessionId>,
}

/// The access token that this is, if it is the project's and good.
#[must_use]
pub fn find(call: &Call<'_>, project: &Project, token: &str) -> Option<FoundAccessToken> {
    let serde_json::Value::Object(claims) = jwt::read(project, token).ok()? else { return None };
    let id = claims.get("jti")?.as_str()?;
    let (client_id, user_id, session_id, found) = project.oauth_clients().read(|clients| {
        let ((client_id, user_id), authorization, grant) = clients.authorizations.find(id)?;
        let found = grant.access_tokens.iter().find(|own| own.id == id).filter(|own| own.is_active(call.now))?;
        authorization.revoked_at.is_none().then(|| (client_id.clone(), *user_id, grant.session_id, found.clone()))
    })?;
    let record = user(project, &user_id)?;
    Some(FoundAccessToken { client_id, record, claims, token: found, session_id })
}
