//! A request of the SDK for browsers: which project its public token names, whose session it has, and what these say in
//! the page's stead.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, USER_AGENT};
use serde_json::{Value, json};

use super::call::PathValues;
use super::endpoint::Route;
use super::request_context::RequestContext;
use super::sdk_caller::SdkCaller;
use super::sdk_door::{BACKENDS_METADATA, DISREGARDED, Door, Fill, Standing, TELEMETRY, WITHHELD};
use super::{body, credentials};
use crate::config::AuthMode;
use crate::domain::JsonObject;
use crate::domain::login_settings::LoginSettings;
use crate::domain::project::Project;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session::Attributes;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;

/// The address that a request came from. Servers put it among the extensions of those that may come from a page.
#[derive(Debug, Clone, Copy)]
pub struct PeerAddress(pub IpAddr);

/// What a page sends: its credentials, and its body or why that is none.
pub(super) struct SdkRequest {
    credentials: Vec<u8>,
    pub(super) body: Result<JsonObject, Refusal>,
}

/// The field of a form that stands for the header.
const FORM_AUTHORIZATION: &str = "__Authorization";

/// Takes a page's request in, as JSON or as a form of HTML.
///
/// # Errors
/// `unauthorized_credentials` if it has no credentials.
pub(super) async fn read(
    context: &RequestContext<'_>,
    route: &Route,
    path_values: &PathValues,
    incoming: &mut Body,
) -> Result<SdkRequest, Refusal> {
    let headers = &context.parts.headers;
    let mut form_authorization = None;
    let body = match route.reads_body() {
        false => Ok(JsonObject::new()),
        true if body::is_form(headers) => body::read_form(incoming).await.map(|mut fields| {
            form_authorization = fields.remove(FORM_AUTHORIZATION).and_then(|value| Some(value.as_str()?.to_owned()));
            fields.retain(|name, _| !name.starts_with("__"));
            route.typed(fields)
        }),
        true => body::read(headers, incoming, route.description.dialect).await,
    };
    // a path that names the project needs no header for it
    let named = path_values.iter().find(|(name, _)| name == "public_token");
    let credentials = match (named, form_authorization, headers.get(AUTHORIZATION)) {
        (Some((_, token)), ..) => Ok(token.clone().into_bytes()),
        (None, Some(header), _) => credentials::decode(header.as_bytes()),
        (None, None, Some(header)) => credentials::decode(header.as_bytes()),
        (None, None, None) => Err("there is no authorization header"),
    };
    Ok(SdkRequest { credentials: credentials.map_err(unauthorized)?, body })
}

impl SdkRequest {
    /// The project that the public token names.
    ///
    /// # Errors
    /// `unauthorized_credentials`.
    pub(super) fn project(&self, context: &RequestContext<'_>) -> Result<Arc<Project>, Refusal> {
        let token = str::from_utf8(self.split().0).unwrap_or_default();
        let app = context.app;
        let provided = || {
            let id = LoginSettings::project_id_in(token)?;
            app.running_world_with(Some(&id)).ok()?.world.project_by_public_token(token)
        };
        let world = &context.running_world.world;
        let first = || world.first_project();
        let project = world.project_by_public_token(token).or_else(provided);
        let project = if app.settings().auth == AuthMode::Any { project.or_else(first) } else { project };
        project.ok_or_else(|| {
            let near = first().map(|project| project.login_settings().public_token(project.id()).into_owned());
            let near = near.unwrap_or_else(|| "none: there is no project".to_owned());
            unauthorized(format!("no project has this public token; the first project's is {near}"))
        })
    }

    /// The session token, if there is one: a page without a session says its public token twice.
    fn session_token(&self) -> Option<&str> {
        let (public_token, rest) = self.split();
        let token = rest.filter(|rest| !rest.is_empty() && *rest != public_token)?;
        Some(str::from_utf8(token).unwrap_or_default())
    }

    /// What stands before the colon, and what stands behind it.
    fn split(&self) -> (&[u8], Option<&[u8]>) {
        let mut halves = self.credentials.splitn(2, |byte| *byte == b':');
        (halves.next().unwrap_or_default(), halves.next())
    }

    /// Lets a page in: what its session says is filled in, and what only backends may say is left out.
    ///
    /// # Errors
    /// If the door asks for a session and there is none, or the page says what it can't.
    pub(super) fn enter(
        &self,
        context: &RequestContext<'_>,
        (route, door): (&Route, &Door),
        body: &mut JsonObject,
        path_values: &mut PathValues,
    ) -> Result<SdkCaller, Refusal> {
        let attributes = attributes(context);
        let project = context.project.as_deref();
        let found = match door.standing {
            Standing::Anyone => None,
            Standing::AnyoneOrUser => project.and_then(|project| self.session(project, context.now).ok()),
            Standing::User(_) => project.map(|project| self.session(project, context.now)).transpose()?,
        };
        let device = body.remove(TELEMETRY.0).filter(|_| route.declares(TELEMETRY.1));
        for name in DISREGARDED {
            body.remove(name);
        }
        if route.declares(BACKENDS_METADATA) && body.remove(BACKENDS_METADATA).is_some_and(|value| !value.is_null()) {
            let reason = format!("the page says {BACKENDS_METADATA}, which only backends write");
            return Err(Refusal::new(ErrorType::CannotUpdateTrustedMetadata, reason));
        }
        let withheld = WITHHELD.into_iter().filter(|name| body.remove(*name).is_some()).collect();
        for (page, own) in door.renamed {
            body.remove(*own);
            if let Some(value) = body.remove(*page) {
                body.insert((*own).to_owned(), value);
            }
        }
        body.remove(TELEMETRY.1);
        body.extend(device.map(|id| (TELEMETRY.1.to_owned(), id)));
        let user_id = found.as_ref().map(|record| record.user.id);
        for fill in user_id.iter().flat_map(|_| door.fills()) {
            let id = user_id.map(|id| id.to_string()).unwrap_or_default();
            match fill {
                Fill::SessionToken => {
                    body.insert("session_token".to_owned(), self.session_token().into());
                }
                Fill::UserId => {
                    body.insert("user_id".to_owned(), Value::String(id));
                }
                Fill::UserInPath => path_values.push(("user_id".to_owned(), id)),
            }
        }
        let said = json!({ "ip_address": attributes.ip_address, "user_agent": attributes.user_agent });
        body.insert("attributes".to_owned(), said);
        Ok(SdkCaller { user_id, attributes, withheld })
    }

    /// Whose session it is. A token of no session, and one of a session that is over, are the same to a page: it logs out
    /// (assumed).
    fn session(&self, project: &Project, now: Timestamp) -> Result<Arc<UserRecord>, Refusal> {
        let none = || Refusal::new(ErrorType::UserUnauthenticated, "the page has no session");
        let token = self.session_token().ok_or_else(none)?;
        let unknown = || Refusal::new(ErrorType::SessionNotFound, "no session has the page's session token");
        let record = project.user_by_token(token).ok_or_else(unknown)?;
        record.sessions.iter().find(|session| session.token == *token).ok_or_else(unknown)?.expect_active(now)?;
        Ok(record)
    }
}

fn attributes(context: &RequestContext<'_>) -> Attributes {
    let parts = &context.parts;
    let user_agent = parts.headers.get(USER_AGENT).and_then(|agent| str::from_utf8(agent.as_bytes()).ok());
    let address = parts.extensions.get::<PeerAddress>();
    Attributes {
        ip_address: address.map(|PeerAddress(address)| address.to_canonical().to_string()).unwrap_or_default(),
        user_agent: user_agent.unwrap_or_default().to_owned(),
    }
}

/// Without a challenge: on one, a browser asks its user for a name and a password.
fn unauthorized(reason: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::new(ErrorType::UnauthorizedCredentials, reason)
}
