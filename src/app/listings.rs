//! Users and sessions as lists: searched by any of their ids and addresses, and shown a window at a time.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::core::App;
use super::running_world::SteerError;
use crate::domain::compact_text::CompactText;
use crate::domain::refusal::ErrorType;
use crate::domain::session::Session;
use crate::domain::session_token::SessionToken;
use crate::domain::text_filter::TextFilter;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{User, UserRecord};
use crate::wire::seed;

/// Which users, or which sessions, are meant: all that fit every part that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Whose they are. Default: any project's.
    pub project_id: Option<String>,
    /// A part of an id, an address, a number or a name, in any letter case; or a whole session token.
    pub q: Option<String>,
    /// Of sessions only those that are active, or only the others.
    pub active: Option<bool>,
    /// How many of those that fit come before the first that is shown.
    pub offset: usize,
    /// The most that are shown.
    pub limit: usize,
}

/// A user in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ListedUser {
    /// The project that the user is of.
    pub project_id: String,
    /// Their id.
    pub user_id: String,
    /// The app's own id for them.
    pub external_id: Option<String>,
    /// Their whole name; empty if they have none.
    pub name: String,
    /// `active` or `pending`.
    pub status: &'static str,
    /// Their addresses.
    pub emails: Vec<String>,
    /// Their numbers.
    pub phone_numbers: Vec<String>,
    /// When they were made.
    pub created_at: Option<String>,
    /// How many sessions they have.
    pub sessions: usize,
    /// How many of those are active.
    pub active_sessions: usize,
    /// The error that answers whoever asks about them.
    pub respond_with: Option<&'static str>,
}

/// A window on the users that fit a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListedUsers {
    /// How many fit.
    pub count: usize,
    /// Some of them, in the order in which projects and users came.
    pub users: Vec<ListedUser>,
}

/// A session in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedSession {
    /// The project that it is of.
    pub project_id: String,
    /// `active`, `expired` or `revoked`.
    pub state: &'static str,
    /// As a seed has it.
    pub entry: Value,
}

/// A window on those that fit a filter.
struct Window<T> {
    offset: usize,
    limit: usize,
    count: usize,
    shown: Vec<T>,
}

impl<T> Window<T> {
    fn of(filter: &ListFilter) -> Self {
        Self { offset: filter.offset, limit: filter.limit, count: 0, shown: Vec::new() }
    }

    /// Counts one that fits, and shows it if it is in the window.
    fn add(&mut self, show: impl FnOnce() -> T) {
        if self.count >= self.offset && self.shown.len() < self.limit {
            self.shown.push(show());
        }
        self.count += 1;
    }
}

impl App {
    /// A window on the users that fit a filter.
    ///
    /// # Errors
    /// If the filter names a project that is not there.
    pub fn users(&self, filter: &ListFilter) -> Result<ListedUsers, SteerError> {
        let running_world = self.running_world_with(filter.project_id.as_deref())?;
        let now = running_world.clock.now();
        let wanted = filter.q.as_deref().map(Wanted::of);
        let mut window = Window::of(filter);
        for project in running_world.projects(filter.project_id.as_deref())? {
            for record in project.users() {
                let has_session = |wanted: &Wanted| record.sessions.iter().any(|session| wanted.is_session(session));
                if wanted.as_ref().is_none_or(|wanted| wanted.is_user(&record.user) || has_session(wanted)) {
                    window.add(|| ListedUser::of(project.id().as_str(), &record, now));
                }
            }
        }
        Ok(ListedUsers { count: window.count, users: window.shown })
    }

    /// How many sessions fit a filter, and a window on them.
    ///
    /// # Errors
    /// If the filter names a project that is not there.
    pub fn sessions(&self, filter: &ListFilter) -> Result<(usize, Vec<ListedSession>), SteerError> {
        let running_world = self.running_world_with(filter.project_id.as_deref())?;
        let now = running_world.clock.now();
        let wanted = filter.q.as_deref().map(Wanted::of);
        let mut window = Window::of(filter);
        for project in running_world.projects(filter.project_id.as_deref())? {
            for record in project.users() {
                let is_users = wanted.as_ref().is_none_or(|wanted| wanted.is_user(&record.user));
                for session in &record.sessions {
                    let is_meant = || wanted.as_ref().is_some_and(|wanted| wanted.is_session(session));
                    let is_active = session.is_active(now);
                    if filter.active.is_none_or(|active| active == is_active) && (is_users || is_meant()) {
                        window.add(|| ListedSession {
                            project_id: project.id().to_string(),
                            state: state(session, now),
                            entry: seed::session::export(session, &record),
                        });
                    }
                }
            }
        }
        Ok((window.count, window.shown))
    }
}

fn state(session: &Session, now: Timestamp) -> &'static str {
    match session.revoked_at {
        Some(_) => "revoked",
        None if session.is_active(now) => "active",
        None => "expired",
    }
}

impl ListedUser {
    fn of(project_id: &str, record: &UserRecord, now: Timestamp) -> Self {
        let user = &record.user;
        Self {
            project_id: project_id.to_owned(),
            user_id: user.id.to_string(),
            external_id: user.external_id.as_ref().map(ToString::to_string),
            name: names(user).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" "),
            status: user.status.as_str(),
            emails: user.emails.iter().map(|email| email.email.to_string()).collect(),
            phone_numbers: user.phone_numbers.iter().map(|phone| phone.phone_number.clone()).collect(),
            created_at: user.created_at.map(|at| at.to_string()),
            sessions: record.sessions.len(),
            active_sessions: record.active_sessions(now).count(),
            respond_with: record.respond_with.map(ErrorType::as_str),
        }
    }
}

fn names(user: &User) -> impl Iterator<Item = &str> {
    [&user.name.first_name, &user.name.middle_name, &user.name.last_name].into_iter().map(String::as_str)
}

/// What somebody looks for among users.
struct Wanted {
    search: TextFilter,
    /// The same as a token, if it can be one: of that no part will do.
    token: Option<SessionToken>,
}

impl Wanted {
    fn of(q: &str) -> Self {
        Self { search: TextFilter::of(q), token: SessionToken::parse(q.trim()).ok() }
    }

    /// Whether it is in an id, an address, a number or the name of a user.
    fn is_user(&self, user: &User) -> bool {
        let is_in = |text: &str| self.search.is_in(text);
        let is_in_id = |id: &CompactText| self.search.is_in(&id.to_string());
        is_in(&user.id.to_string())
            || user.external_id.iter().any(|id| is_in(id.as_str()))
            || user.emails.iter().any(|email| is_in(&email.email) || is_in_id(&email.email_id))
            || names(user).any(is_in)
            || user.phone_numbers.iter().any(|phone| is_in(&phone.phone_number) || is_in_id(&phone.phone_id))
            || user.providers.iter().any(|each| is_in(&each.provider_subject) || is_in_id(&each.oauth_user_registration_id))
            || user.webauthn_registrations.iter().any(|each| is_in_id(&each.webauthn_registration_id))
            || user.biometric_registrations.iter().any(|each| is_in_id(&each.biometric_registration_id))
            || user.totps.iter().any(|totp| is_in_id(&totp.totp_id))
            || user.crypto_wallets.iter().any(|each| is_in(&each.crypto_wallet_address) || is_in_id(&each.crypto_wallet_id))
            || user.password.iter().any(|password| is_in_id(&password.password_id))
    }

    /// Whether it is in the id of a session, or is its token.
    fn is_session(&self, session: &Session) -> bool {
        self.search.is_in(&session.id.to_string()) || self.token.as_ref() == Some(&session.token)
    }
}
