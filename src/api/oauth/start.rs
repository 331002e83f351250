//! `GET /v1/public/oauth/{provider}/start`: sends a browser to a provider, which is a page here, and back with a token.
//! Source: the vendor's guides. That the user of a new identity is pending until the token comes back, and that an
//! identity belongs to the user who has its e-mail address, is assumed.

use std::sync::Arc;

use axum::http::StatusCode;
use chrono::TimeDelta;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, BrowserEndpoint, Description, Evidence, Operation};
use crate::api::serving::redirect::BrowserReply;
use crate::api::serving::request::{Request, RequestDescription, query_parameter, query_values};
use crate::api::shared::named_project::by_public_token;
use crate::api::shared::oauth_page;
use crate::api::shared::pkce_arguments::{CHALLENGE_ERRORS, check_callback, insist, refuse};
use crate::api::shared::public_token::{self, PUBLIC_TOKEN_ERRORS};
use crate::api::shared::user_arguments::{new_user, user_with_email};
use crate::domain::id::UserId;
use crate::domain::login_token::{LoginToken, LoginTokenKind, token_text};
use crate::domain::oauth::{OAuthGrant, OAuthIdentity, OAuthProvider};
use crate::domain::pkce::CodeChallenge;
use crate::domain::project::{LoginTurn, Project};
use crate::domain::redirect_url::{RedirectRefusal, RedirectUrl, RedirectUrlType};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::{UserRecord, UserStatus};
use crate::wire::openapi::Document;

/// Start OAuth.
pub struct Start;

/// How long the token in the redirect lasts (assumed).
const TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// What a provider gives without being asked for more (assumed).
const SCOPES: [&str; 3] = ["openid", "email", "profile"];

/// The parameters of the query.
const PARAMETERS: [(&str, &str); 7] = [
    ("public_token", "The project's public token: its id with `public-token` for `project`."),
    ("login_redirect_url", "Where the browser of a user who was there before goes."),
    ("signup_redirect_url", "Where the browser of a new user goes."),
    ("custom_scopes", "Scopes beside the usual ones, with spaces between them."),
    ("code_challenge", "The SHA-256 of a code verifier, in URL-safe base64 (PKCE)."),
    ("oauth_attach_token", "Adds the identity to the user of this token."),
    ("as", "The e-mail address or subject of the identity to choose, without a page. Of the emulator's own."),
];

/// The query, parameter by parameter as above.
pub struct Arguments([Option<String>; PARAMETERS.len()]);

impl Arguments {
    fn get(&self, name: &str) -> Option<&str> {
        let place = PARAMETERS.iter().position(|(known, _)| *known == name)?;
        self.0[place].as_deref()
    }
}

impl Request for Arguments {
    fn read(call: &Call<'_>) -> Result<Self, Refusal> {
        query_values(call, PARAMETERS.map(|(name, _)| name)).map(Self)
    }

    fn describe(_: &mut Document) -> RequestDescription {
        let describe = |(name, meaning): (&str, &str)| query_parameter(name, name == "public_token", meaning);
        RequestDescription { query: PARAMETERS.map(describe).to_vec(), body: None }
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::InvalidOauthProvider,
    ErrorType::OauthConfigNotFound,
    ErrorType::InvalidLoginOauthUrl,
    ErrorType::InvalidSignupOauthUrl,
    ErrorType::NoMatchForProvidedOauthUrl,
    ErrorType::NoLoginRedirectUrlsSet,
    ErrorType::NoSignupRedirectUrlsSet,
    ErrorType::NoDefaultLoginRedirectUrlSet,
    ErrorType::NoDefaultSignupRedirectUrlSet,
    ErrorType::InvalidOauthAttachToken,
    ErrorType::OauthFlowCallbackError,
];

impl BrowserEndpoint for Start {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        project_of: Some(by_public_token),
        status: StatusCode::FOUND,
        errors: &[ERRORS, CHALLENGE_ERRORS, PUBLIC_TOKEN_ERRORS],
        remark: "its refusals are assumed",
        ..Description::new(
            Operation { name: "oauth.start", method: "GET", path: "/v1/public/oauth/{provider}/start" },
            "Start OAuth",
            Evidence::Documented,
        )
    };
    type Request = Arguments;

    fn handle(call: &Call<'_>, arguments: Arguments) -> Result<BrowserReply, Refusal> {
        let project = public_token::project(call, arguments.get("public_token"))?;
        let provider = call.path_value("provider").unwrap_or_default();
        let unknown = || Refusal::new(ErrorType::InvalidOauthProvider, format!("there is no provider `{provider}`"));
        let provider = OAuthProvider::named(provider).ok_or_else(unknown)?;
        let identities = project.login_settings().oauth_identities.at(provider);
        if identities.is_empty() {
            let reason = format!("none of the project's oauth_identities is of {}", provider.as_str());
            return Err(Refusal::new(ErrorType::OauthConfigNotFound, reason));
        }
        let flow = Flow::read(&project, provider, &arguments)?;
        project.log_in(|turn| flow.attached_user(call, turn))?;
        let Some(name) = arguments.get("as") else {
            let given = PARAMETERS.iter().filter_map(|(name, _)| Some((*name, arguments.get(name)?)));
            return Ok(oauth_page::page(provider, &identities, &given.collect::<Vec<_>>()));
        };
        let nobody = || {
            let reason = format!("none of the project's oauth_identities of {} has this e-mail or subject", provider.as_str());
            Refusal::new(ErrorType::OauthFlowCallbackError, reason)
        };
        let identity = identities.into_iter().find(|identity| identity.is_meant_by(name)).ok_or_else(nobody)?;
        project.log_in(|turn| flow.finish(call, turn, identity)).map(BrowserReply::Redirect)
    }
}

/// What a browser came with, checked.
struct Flow<'a> {
    project: &'a Project,
    provider: OAuthProvider,
    login_url: RedirectUrl,
    signup_url: RedirectUrl,
    code_challenge: Option<CodeChallenge>,
    attach_token: Option<&'a str>,
    scopes: Vec<String>,
}

impl<'a> Flow<'a> {
    fn read(project: &'a Project, provider: OAuthProvider, arguments: &'a Arguments) -> Result<Self, Refusal> {
        let login_url = redirect_url(project, RedirectUrlType::Login, arguments.get("login_redirect_url"))?;
        let signup_url = redirect_url(project, RedirectUrlType::Signup, arguments.get("signup_redirect_url"))?;
        let code_challenge = arguments.get("code_challenge").map(CodeChallenge::parse).transpose().map_err(refuse)?;
        if code_challenge.is_none() {
            insist(project, |required| required.oauth)?;
        }
        check_callback(&login_url, code_challenge.as_ref())?;
        check_callback(&signup_url, code_challenge.as_ref())?;
        let custom = arguments.get("custom_scopes").unwrap_or_default().split_whitespace();
        let scopes = SCOPES.into_iter().chain(custom).map(str::to_owned).collect();
        let attach_token = arguments.get("oauth_attach_token");
        Ok(Self { project, provider, login_url, signup_url, code_challenge, attach_token, scopes })
    }

    /// The user whom the identity is added to, if the app says so.
    fn attached_user(&self, call: &Call<'_>, turn: &mut LoginTurn<'_>) -> Result<Option<UserId>, Refusal> {
        let Some(text) = self.attach_token else { return Ok(None) };
        let token = turn.pending().tokens.check(LoginTokenKind::OAuthAttach, text, call.now).ok();
        let token = token.filter(|token| token.method_id == self.provider.as_str());
        let reason = "oauth_attach_token is unknown, used, over, or of another provider";
        token.map(|token| Some(token.user_id)).ok_or_else(|| Refusal::new(ErrorType::InvalidOauthAttachToken, reason))
    }

    /// Comes back from the provider: finds or makes the user, and gives out a token. Where the browser goes with it.
    fn finish(&self, call: &Call<'_>, turn: &mut LoginTurn<'_>, identity: &OAuthIdentity) -> Result<String, Refusal> {
        let is_theirs =
            |record: &UserRecord| record.user.providers.iter().any(|known| identity.is_registered_as(self.provider, known));
        let registered = self.project.first_user(is_theirs).map(|record| record.user.id);
        let attached = self.attached_user(call, turn)?;
        if attached.is_some() && registered.is_some() && registered != attached {
            let reason = "the identity is another user's";
            return Err(Refusal::new(ErrorType::InvalidOauthAttachToken, reason));
        }
        let by_email = || user_with_email(self.project, &identity.email).map(|record| record.user.id);
        let (user_id, url) = match attached.or(registered).or_else(by_email) {
            Some(user_id) => (user_id, &self.login_url),
            None => (turn.add_user(self.new_user(call, identity))?.user.id, &self.signup_url),
        };
        let environment = self.project.environment();
        let (new_id, text) = call.entropy.ids(|ids| (ids.object_id("oauth-user", environment), token_text(ids.bytes())));
        let changed = turn.change_user(&user_id, |record| {
            let providers = &mut record.user.providers;
            let known = providers.iter().find(|known| identity.is_registered_as(self.provider, known));
            if let Some(known) = known {
                return Ok(known.oauth_user_registration_id.clone());
            }
            providers.push(identity.registration(self.provider, new_id.clone()));
            Ok(new_id)
        });
        // whoever is found is there, but for the user of a token from before they were deleted
        let gone = |_| Refusal::new(ErrorType::InvalidOauthAttachToken, "the user of oauth_attach_token is gone");
        let (_, registration_id) = changed.map_err(gone)?;
        let pending = turn.pending();
        if let Some(attach_token) = self.attach_token {
            let redeemed = pending.tokens.redeem(LoginTokenKind::OAuthAttach, attach_token, call.now);
            redeemed.map_err(|_| Refusal::new(ErrorType::InvalidOauthAttachToken, "oauth_attach_token is used"))?;
        }
        let token = LoginToken {
            kind: LoginTokenKind::OAuth,
            user_id,
            method_id: registration_id.to_string(),
            expires_at: call.now.saturating_add(TOKEN_LIFETIME),
            code_challenge: self.code_challenge.clone(),
            redirect_url: Some(url.as_str().to_owned()),
            attributes: None,
        };
        pending.tokens.issue(&text, token);
        let identity = Arc::new(identity.clone());
        pending.grants.0.insert(text.clone(), OAuthGrant { provider: self.provider, identity, scopes: self.scopes.clone() });
        Ok(url.with_query(&[("stytch_token_type", "oauth"), ("token", &text)]))
    }

    fn new_user(&self, call: &Call<'_>, identity: &OAuthIdentity) -> UserRecord {
        let email = Some(identity.email.as_str()).filter(|email| !email.is_empty());
        let mut user = call.entropy.ids(|ids| new_user(ids, self.project, email, None));
        user.status = UserStatus::Pending;
        user.created_at = Some(call.now.whole_seconds());
        user.name = identity.name.clone();
        UserRecord::new(user)
    }
}

/// Where the browser goes. A URL of the type `oauth` does for both (assumed).
fn redirect_url(project: &Project, kind: RedirectUrlType, asked: Option<&str>) -> Result<RedirectUrl, Refusal> {
    let urls = &project.login_settings().redirect_urls;
    let url = urls.choose(kind, asked).or_else(|refusal| urls.choose(RedirectUrlType::OAuth, asked).map_err(|_| refusal));
    let is_login = kind == RedirectUrlType::Login;
    url.map_err(|refusal| {
        let error = match refusal {
            RedirectRefusal::Invalid if is_login => ErrorType::InvalidLoginOauthUrl,
            RedirectRefusal::Invalid => ErrorType::InvalidSignupOauthUrl,
            RedirectRefusal::NoMatch => ErrorType::NoMatchForProvidedOauthUrl,
            RedirectRefusal::NoneOfType if is_login => ErrorType::NoLoginRedirectUrlsSet,
            RedirectRefusal::NoneOfType => ErrorType::NoSignupRedirectUrlsSet,
            RedirectRefusal::NoDefault if is_login => ErrorType::NoDefaultLoginRedirectUrlSet,
            RedirectRefusal::NoDefault => ErrorType::NoDefaultSignupRedirectUrlSet,
        };
        Refusal::new(error, format!("{}_redirect_url: {refusal}", kind.as_str()))
    })
}
