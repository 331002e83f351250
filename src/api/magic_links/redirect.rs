//! `GET /v1/magic_links/redirect`: where the link of a message leads; the browser is sent on to the app. Source: the
//! vendor's guide "redirect routing". A token that was used or came too late is brought to the app, too, which then
//! hears so (assumed).

use axum::http::StatusCode;
use serde_json::Value;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Access, BrowserEndpoint, Description, Evidence, Operation};
use crate::api::serving::query::Parameter;
use crate::api::serving::redirect::BrowserReply;
use crate::api::serving::request::{Request, RequestDescription, query_parameter};
use crate::api::shared::email_link::REDIRECT_PATH;
use crate::api::shared::named_project::by_public_token;
use crate::api::shared::public_token::{self, PUBLIC_TOKEN_ERRORS};
use crate::domain::login_token::LoginTokenKind;
use crate::domain::redirect_url::RedirectUrl;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::openapi::Document;

/// Follow the link of a message.
pub struct Redirect;

/// The parameters of the query.
pub struct Parameters {
    public_token: Option<String>,
    token_type: Option<String>,
    token: Option<String>,
}

const PARAMETERS: [(&str, &str); 3] = [
    ("public_token", "The project's public token."),
    ("stytch_token_type", "What the link is for: `magic_links` or `reset_password`."),
    ("token", "The token of the link."),
];

impl Request for Parameters {
    fn read(call: &Call<'_>) -> Result<Self, Refusal> {
        let [public_token, token_type, token] = PARAMETERS.map(|(name, _)| match call.parameter(name) {
            Parameter::Once(value) if !value.is_empty() => Some(value.into_owned()),
            _ => None,
        });
        Ok(Self { public_token, token_type, token })
    }

    fn describe(_: &mut Document) -> RequestDescription {
        let query: Vec<Value> = PARAMETERS.map(|(name, meaning)| query_parameter(name, true, meaning)).into();
        RequestDescription { query, body: None }
    }
}

impl BrowserEndpoint for Redirect {
    const DESCRIPTION: Description = Description {
        access: Access::Public,
        project_of: Some(by_public_token),
        status: StatusCode::FOUND,
        errors: &[PUBLIC_TOKEN_ERRORS, &[ErrorType::InvalidToken, ErrorType::MagicLinkNotFound]],
        remark: "a browser follows it, no SDK calls it; its refusals are assumed",
        ..Description::new(
            Operation { name: "magicLinks.redirect", method: "GET", path: REDIRECT_PATH },
            "Follow the link of a message",
            Evidence::Documented,
        )
    };
    type Request = Parameters;

    fn handle(call: &Call<'_>, request: Parameters) -> Result<BrowserReply, Refusal> {
        let project = public_token::project(call, request.public_token.as_deref())?;
        let no_token = || Refusal::new(ErrorType::InvalidToken, "the query has no token");
        let (text, token_type) = (request.token.ok_or_else(no_token)?, request.token_type.unwrap_or_default());
        let kind = match token_type.as_str() {
            "magic_links" => LoginTokenKind::EmailMagicLink,
            "reset_password" => LoginTokenKind::PasswordReset,
            _ => {
                return Err(Refusal::new(ErrorType::InvalidToken, "stytch_token_type is neither magic_links nor reset_password"));
            }
        };
        let url = project.log_in(|turn| {
            let token = turn.pending().tokens.find(&text).filter(|token| token.kind == kind);
            let url = token.and_then(|token| token.redirect_url.as_deref()).and_then(|url| RedirectUrl::parse(url).ok());
            url.ok_or_else(|| Refusal::new(ErrorType::MagicLinkNotFound, "no link of this project has this token"))
        })?;
        Ok(BrowserReply::Redirect(url.with_query(&[("stytch_token_type", &token_type), ("token", &text)])))
    }
}
