//! The machine clients of a project, in a seed.

use serde_json::{Value, json};

use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::value::seed_names;
use crate::domain::JsonObject;
use crate::domain::claims_template::render;
use crate::domain::client_list::ClientList;
use crate::domain::client_secrets::ClientSecrets;
use crate::domain::id::Environment;
use crate::domain::id_generator::IdGenerator;
use crate::domain::login_token::token_text;
use crate::domain::m2m_client::{ClientStatus, M2mClient, is_client_id, is_scope};
use crate::domain::oauth_clients::OAuthClients;
use crate::domain::secret::Secret;

seed_names! {
    ClientStatus "status": ClientStatus::ALL.into_iter(), ClientStatus::named;
}

seed_object! {
    /// A machine client: a program that gets tokens by a secret.
    M2mClientEntry, "an M2M client" {
        /// Default: generated.
        client_id: Option<String>,
        /// Default: generated; the exported state shows it.
        client_secret: Option<Secret>,
        /// The secret that counts beside the first while it is rotated. Default: none.
        next_client_secret: Option<Secret>,
        /// Default: empty.
        client_name: Option<String>,
        /// Default: empty.
        client_description: Option<String>,
        /// Whether it gets tokens. Default: `active`.
        status: Option<ClientStatus>,
        /// What it may do. Default: nothing.
        scopes: Option<Vec<String>>,
        /// Default: empty.
        trusted_metadata: Option<JsonObject>,
    }
}

impl M2mClientEntry {
    /// Fills in what was left out.
    pub fn fill_defaults(&mut self, environment: Environment, ids: &mut IdGenerator<'_>) {
        self.client_id.get_or_insert_with(|| ids.object_id("m2m-client", environment).to_string());
        if self.client_secret.is_none() {
            self.client_secret = Secret::parse(&token_text(ids.bytes()));
        }
    }

    fn build(&self) -> Option<M2mClient> {
        Some(M2mClient {
            client_id: self.client_id.clone()?,
            secrets: ClientSecrets::new(self.client_secret.clone()?, self.next_client_secret.clone()),
            client_name: self.client_name.clone().unwrap_or_default(),
            client_description: self.client_description.clone().unwrap_or_default(),
            status: self.status.unwrap_or(ClientStatus::Active),
            scopes: self.scopes.clone().unwrap_or_default(),
            trusted_metadata: self.trusted_metadata.clone().unwrap_or_default(),
        })
    }
}

/// Reports ids that are none or stand twice, and scopes that are none.
pub fn check(entries: &[M2mClientEntry], path: &Path<'_>, report: &mut Report<'_>) {
    for (index, entry) in entries.iter().enumerate() {
        let path = path.index(index);
        if let Some(id) = &entry.client_id {
            if !is_client_id(id) {
                report.add(&path.key("client_id"), "expected 1 to 128 of letters, digits, -, ., _, ~, | and @");
            }
            if let Some(first) = entries[..index].iter().position(|other| other.client_id.as_ref() == Some(id)) {
                report.add(&path.key("client_id"), format!("this client_id stands at m2m_clients[{first}] already"));
            }
        }
        for (index, _) in entry.scopes.iter().flatten().enumerate().filter(|(_, scope)| !is_scope(scope)) {
            let message = "a scope is visible ASCII without spaces, quotation marks and backslashes";
            report.add(&path.key("scopes").index(index), message);
        }
    }
}

/// Reports a template that makes no claims.
pub fn check_template(template: Option<&String>, path: &Path<'_>, report: &mut Report<'_>) {
    let known = json!({ "client": {}, "request": {} });
    if let (Some(template), Some(known)) = (template, known.as_object())
        && let Err(error) = render(template, known)
    {
        report.add(path, error.to_string());
    }
}

/// The clients that entries describe.
#[must_use]
pub fn build(entries: &[M2mClientEntry]) -> ClientList<M2mClient> {
    entries.iter().filter_map(M2mClientEntry::build).collect()
}

/// Writes machine clients into the seed entry of their project.
pub fn export(entry: &mut Value, clients: &OAuthClients) {
    if let Some(template) = &clients.m2m_claims_template {
        entry["m2m_claims_template"] = json!(template);
    }
    if clients.m2m_clients.is_empty() {
        return;
    }
    let client = |client: &M2mClient| {
        let mut written = json!({
            "client_id": client.client_id,
            "client_secret": client.secrets.current().reveal(),
            "client_name": client.client_name,
            "client_description": client.client_description,
            "status": client.status.as_str(),
            "scopes": client.scopes,
            "trusted_metadata": client.trusted_metadata,
        });
        if let Some(next) = client.secrets.next() {
            written["next_client_secret"] = json!(next.reveal());
        }
        written
    };
    entry["m2m_clients"] = clients.m2m_clients.iter().map(|(_, each)| client(each)).collect();
}
