//! The pages on which a person chooses who they are and lets a connected app in. They hold no script.

use url::form_urlencoded;

use super::app_authorization::{Asked, ScopeResult};
use super::oauth_page::{document, escaped};
use crate::api::serving::redirect::BrowserReply;
use crate::domain::connected_app::ConnectedApp;
use crate::domain::project::Project;
use crate::domain::user::{User, UserRecord};

/// The most users that can be chosen on the page; anybody can be named in the address.
const MAX_USERS: usize = 50;

/// The page that asks who the person is. Each choice is a link to the same address with `as` added.
#[must_use]
pub fn users(project: &Project, app: &ConnectedApp, parameters: &[(&str, &str)]) -> BrowserReply {
    let choice = |record: &UserRecord| {
        let query = query(parameters, ("as", &record.user.id.to_string()));
        let (name, contact) = (escaped(&name(&record.user)), escaped(&record.user.id.to_string()));
        format!("<li><a href=\"?{query}\">{name}<small>{contact}</small></a></li>\n")
    };
    let all = project.users();
    let choices: String = all.iter().take(MAX_USERS).map(|record| choice(record)).collect();
    let text = format!(
        "<p>This is stytch-mock's page of consent. Choose who you are; <code>as</code> in the address says it, too.</p>\n\
         <ul>\n{choices}</ul>\n"
    );
    document(&format!("Sign in to continue to {}", escaped(app_name(app))), &text)
}

/// The page that asks whether the app may. Both answers are links to the same address with `consent` added.
#[must_use]
pub fn consent(asked: &Asked, record: &UserRecord, results: &[ScopeResult], parameters: &[(&str, &str)]) -> BrowserReply {
    let scope = |result: &ScopeResult| format!("<li>{}</li>\n", escaped(result.meaning()));
    let scopes: String = results.iter().map(scope).collect();
    let parameters: Vec<(&str, &str)> = parameters.iter().copied().filter(|(name, _)| *name != "consent").collect();
    let (granted, denied) = (query(&parameters, ("consent", "granted")), query(&parameters, ("consent", "denied")));
    let text = format!(
        "<p>{} would like to:</p>\n<ul>\n{scopes}</ul>\n<p>You are {}.</p>\n\
         <ul>\n<li><a href=\"?{granted}\">Allow</a></li>\n<li><a href=\"?{denied}\">Deny</a></li>\n</ul>\n",
        escaped(app_name(&asked.app)),
        escaped(&name(&record.user)),
    );
    document(&format!("Let {} in?", escaped(app_name(&asked.app))), &text)
}

fn query(parameters: &[(&str, &str)], more: (&str, &str)) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters).append_pair(more.0, more.1);
    escaped(&query.finish())
}

fn app_name(app: &ConnectedApp) -> &str {
    if app.settings.client_name.is_empty() { &app.client_id } else { &app.settings.client_name }
}

fn name(user: &User) -> String {
    let parts = [&user.name.first_name, &user.name.middle_name, &user.name.last_name];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let email = || user.emails.first().map(|email| email.email.to_string());
    let external_id = || user.external_id.as_ref().map(ToString::to_string);
    Some(parts.join(" "))
        .filter(|name| !name.is_empty())
        .or_else(email)
        .or_else(external_id)
        .unwrap_or_else(|| user.id.to_string())
}
