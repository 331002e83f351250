//! A project's OAuth clients: machines and connected apps, and what users let apps do. Most projects have none; then there
//! is nothing here.

use std::sync::Arc;

use parking_lot::Mutex;

use super::authorization::Authorizations;
use super::client_list::ClientList;
use super::connected_app::ConnectedApp;
use super::m2m_client::M2mClient;

/// Everything that is known of a project's OAuth clients.
#[derive(Debug, Clone, Default)]
pub struct OAuthClients {
    /// Machine clients.
    pub m2m_clients: ClientList<M2mClient>,
    /// What makes the custom claims of their tokens; none without it.
    pub m2m_claims_template: Option<String>,
    /// Connected apps.
    pub connected_apps: ClientList<ConnectedApp>,
    /// What users let them do.
    pub authorizations: Authorizations,
    /// The app's own page of consent; the emulator's without it.
    pub authorization_url: Option<String>,
}

impl OAuthClients {
    /// Whether a client of any kind has this id.
    #[must_use]
    pub fn has(&self, client_id: &str) -> bool {
        self.m2m_clients.get(client_id).is_some() || self.connected_apps.get(client_id).is_some()
    }

    /// Whether there is nothing to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let has_clients = !self.m2m_clients.is_empty() || !self.connected_apps.is_empty() || !self.authorizations.is_empty();
        !has_clients && self.m2m_claims_template.is_none() && self.authorization_url.is_none()
    }
}

/// A project's OAuth clients at rest; `None` if there is nothing.
pub type FrozenOAuthClients = Option<Arc<OAuthClients>>;

/// A project's OAuth clients at work. Whoever holds a user's turn may come here; never the other way round.
#[derive(Debug, Default)]
pub struct OAuthRegistry(Mutex<FrozenOAuthClients>);

impl OAuthRegistry {
    /// Sets clients to work.
    #[must_use]
    pub fn of(frozen: FrozenOAuthClients) -> Self {
        Self(Mutex::new(frozen))
    }

    /// Looks at what there is; nobody changes it meanwhile.
    pub fn read<T>(&self, look: impl FnOnce(&OAuthClients) -> T) -> T {
        match &*self.0.lock() {
            Some(clients) => look(clients),
            None => look(&OAuthClients::default()),
        }
    }

    /// Changes what there is; nobody else does meanwhile, so of two who come with one code one is late. What was
    /// changed before an error stays.
    ///
    /// # Errors
    /// What `change` says.
    pub fn change<T, E>(&self, change: impl FnOnce(&mut OAuthClients) -> Result<T, E>) -> Result<T, E> {
        change(Arc::make_mut(self.0.lock().get_or_insert_default()))
    }

    /// What there is, at rest.
    #[must_use]
    pub fn freeze(&self) -> FrozenOAuthClients {
        self.0.lock().clone()
    }
}
