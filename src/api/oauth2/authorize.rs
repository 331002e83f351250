//! `GET …/oauth2/authorize`: a page on which a person chooses who they are, and lets an app in or not. The vendor has none:
//! there the page is the customer's own, and works by [`crate::api::idp`]. Refusals are OAuth's where the browser can be sent
//! back with them.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::http::StatusCode;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, BrowserEndpoint, Description, Evidence};
use crate::api::serving::redirect::BrowserReply;
use crate::api::serving::request::{NonEmpty, Request, RequestDescription, query_parameter, query_values};
use crate::api::shared::app_authorization::{self, Agreement, AuthorizationArguments};
use crate::api::shared::authorization_redirect::{accepted, refused};
use crate::api::shared::consent_page;
use crate::api::shared::named_project::by_query;
use crate::api::shared::oauth_endpoints::OAuthEndpoints;
use crate::domain::id::UserHandle;
use crate::domain::pkce::CodeChallenge;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::user::UserRecord;
use crate::wire::openapi::Document;

/// Authorize an app.
pub struct Authorize<D>(PhantomData<D>);

/// The parameters of the query.
const PARAMETERS: [(&str, &str); 11] = [
    ("client_id", "The app."),
    ("redirect_uri", "Where the browser is to bring the code: one of the app's `redirect_urls`."),
    ("response_type", "Always `code`."),
    ("scope", "What the app wants to do, with spaces between."),
    ("state", "What the app wants to see again at its redirect URL."),
    ("nonce", "What the app wants to see again in the ID token."),
    ("code_challenge", "The SHA-256 of a code verifier, in URL-safe base64 (PKCE). Apps without a secret need it."),
    ("code_challenge_method", "Always `S256`."),
    ("prompt", "`consent`: the user is asked, whatever they agreed to before."),
    ("as", "The user: an id, an external id or an e-mail address, without a page. Of the emulator's own."),
    ("consent", "`granted` or `denied`, without a page. Of the emulator's own."),
];

/// The query, parameter by parameter as above.
pub struct Arguments([Option<String>; PARAMETERS.len()]);

impl Arguments {
    fn get(&self, name: &str) -> Option<&str> {
        let place = PARAMETERS.iter().position(|(known, _)| *known == name)?;
        self.0[place].as_deref()
    }

    fn given(&self) -> Vec<(&'static str, &str)> {
        PARAMETERS.iter().filter_map(|(name, _)| Some((*name, self.get(name)?))).collect()
    }
}

impl Request for Arguments {
    fn read(call: &Call<'_>) -> Result<Self, Refusal> {
        query_values(call, PARAMETERS.map(|(name, _)| name)).map(Self)
    }

    fn describe(_: &mut Document) -> RequestDescription {
        let is_required = |name: &str| ["client_id", "redirect_uri", "response_type", "scope"].contains(&name);
        let describe = |(name, meaning): (&str, &str)| query_parameter(name, is_required(name), meaning);
        RequestDescription { query: PARAMETERS.map(describe).to_vec(), body: None }
    }
}

const ERRORS: &[ErrorType] = &[
    ErrorType::ProjectNotFound,
    ErrorType::ConnectedAppNotFound,
    ErrorType::ConnectedAppSuppliedRedirectUrlNotFoundInClient,
    ErrorType::UserNotFound,
];

impl<D: OAuthEndpoints> BrowserEndpoint for Authorize<D> {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        project_of: Some(by_query::<D>),
        status: StatusCode::FOUND,
        errors: &[ERRORS],
        remark: "the page is the emulator's own: the vendor leaves it to the app",
        ..Description::new(D::AUTHORIZE, "Authorize a Connected App", Evidence::Assumed)
    };
    type Request = Arguments;

    fn handle(call: &Call<'_>, arguments: Arguments) -> Result<BrowserReply, Refusal> {
        let needed = |name: &str| {
            let missing = || Refusal::new(ErrorType::BadRequest, format!("the query has no {name}"));
            arguments.get(name).map(str::to_owned).ok_or_else(missing)
        };
        let (client_id, redirect_uri) = (needed("client_id")?, needed("redirect_uri")?);
        let project = D::project(call, Some(&client_id))?;
        // with these two the browser can be sent back with whatever else is wrong
        app_authorization::app(&project, &client_id, &redirect_uri)?;
        let state = arguments.get("state");
        let back = |error: &str| refused(&redirect_uri, error, state).map(BrowserReply::Redirect);
        if arguments.get("response_type") != Some("code") {
            return back("unsupported_response_type");
        }
        let asked = AuthorizationArguments {
            client_id: NonEmpty(client_id),
            redirect_uri: NonEmpty(redirect_uri.clone()),
            response_type: NonEmpty("code".to_owned()),
            scopes: arguments.get("scope").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            prompt: arguments.get("prompt").map(str::to_owned),
        };
        let Ok(asked) = asked.check(&project) else { return back("invalid_scope") };
        let challenge = arguments.get("code_challenge").map(CodeChallenge::parse).transpose();
        let is_known = arguments.get("code_challenge_method").is_none_or(|method| method == "S256");
        let (Ok(code_challenge), true) = (challenge, is_known) else { return back("invalid_request") };
        if asked.check_challenge(code_challenge.as_ref()).is_err() {
            return back("invalid_request");
        }
        let Some(name) = arguments.get("as") else {
            return Ok(consent_page::users(&project, &asked.app, &arguments.given()));
        };
        let record = user(&project, name)?;
        let results = asked.scope_results(&project, &record);
        if results.iter().any(|result| !result.is_grantable) {
            return back("invalid_scope");
        }
        match arguments.get("consent") {
            Some("granted") => {}
            Some("denied") => return back("access_denied"),
            _ if asked.requires_consent(&project, &record.user.id) => {
                return Ok(consent_page::consent(&asked, &record, &results, &arguments.given()));
            }
            _ => {}
        }
        // whoever is here counts as logged in: in the session that began last, if there is one
        let session_id = record.active_sessions(call.now).last().map(|session| session.id);
        let nonce = arguments.get("nonce").map(str::to_owned);
        let agreement = Agreement { user_id: record.user.id, session_id, nonce, code_challenge };
        let code = asked.grant(call, &project, agreement)?;
        accepted(&redirect_uri, &code, state).map(BrowserReply::Redirect)
    }
}

/// The user whom a name means: an id, or an address.
fn user(project: &Project, name: &str) -> Result<Arc<UserRecord>, Refusal> {
    let by_id = UserHandle::parse(name).ok().and_then(|handle| project.user(&handle));
    let has = |record: &UserRecord| record.user.emails.iter().any(|email| email.email.eq_ignore_ascii_case(name));
    let missing = || Refusal::new(ErrorType::UserNotFound, format!("no user of the project is {name}"));
    by_id.or_else(|| project.first_user(has)).ok_or_else(missing)
}
