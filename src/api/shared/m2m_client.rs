//! Finding and changing the machine client that a path names.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::domain::client_secrets::RotationRefusal;
use crate::domain::m2m_client::{M2mClient, is_scope};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::m2m_client::M2mClientBody;

/// A machine client.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// The client.
    pub m2m_client: M2mClientBody,
}

/// The id in the path.
#[must_use]
pub fn id<'a>(call: &'a Call<'_>) -> &'a str {
    call.path_value("client_id").unwrap_or_default()
}

/// The refusal of an id that no client has.
#[must_use]
pub fn missing(client_id: &str) -> Refusal {
    Refusal::new(ErrorType::M2mClientNotFound, format!("no M2M client {client_id} in this project"))
}

/// Changes the client in the path, or leaves it as it is; what it looks like then.
///
/// # Errors
/// `m2m_client_not_found`, or what `change` refuses.
pub fn change(
    call: &Call<'_>,
    change: impl FnOnce(&mut M2mClient) -> Result<(), Refusal>,
    show: impl FnOnce(&M2mClient) -> M2mClientBody,
) -> Result<Answer, Refusal> {
    call.project().oauth_clients().change(|clients| {
        let client = clients.m2m_clients.get_mut(id(call)).ok_or_else(|| missing(id(call)))?;
        let mut changed = client.clone();
        change(&mut changed)?;
        *client = changed;
        Ok(Answer { m2m_client: show(client) })
    })
}

/// The refusal of a step of a rotation.
#[must_use]
pub fn refuse_rotation(refusal: RotationRefusal) -> Refusal {
    match refusal {
        RotationRefusal::AlreadyRotating => {
            Refusal::new(ErrorType::M2mClientAlreadyRotatingSecret, "there is a next_client_secret already")
        }
        RotationRefusal::NotRotating => Refusal::new(ErrorType::M2mClientNotRotatingSecret, "there is no next_client_secret"),
    }
}

/// Insists that scopes are some.
///
/// # Errors
/// `invalid_m2m_client_scope`.
pub fn check_scopes(scopes: &[String]) -> Result<(), Refusal> {
    match scopes.iter().find(|scope| !is_scope(scope)) {
        Some(scope) => {
            let reason =
                format!("{scope:?} is no scope: those are visible ASCII without spaces, quotation marks and backslashes");
            Err(Refusal::new(ErrorType::InvalidM2mClientScope, reason))
        }
        None => Ok(()),
    }
}
