//! The connected apps of a project, in a seed.

use serde_json::{Value, json};

use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::value::seed_names;
use crate::domain::claims_template::render;
use crate::domain::client_list::ClientList;
use crate::domain::client_secrets::ClientSecrets;
use crate::domain::connected_app::{AppSettings, ClientType, ConnectedApp};
use crate::domain::id::Environment;
use crate::domain::id_generator::IdGenerator;
use crate::domain::login_token::token_text;
use crate::domain::m2m_client::{ClientStatus, is_client_id};
use crate::domain::secret::Secret;

seed_names! {
    ClientType "client_type": ClientType::ALL.into_iter(), ClientType::named;
}

seed_object! {
    /// An app that users can let in.
    ConnectedAppEntry, "a Connected App" {
        /// Default: generated.
        client_id: Option<String>,
        /// Default: `first_party`.
        client_type: Option<ClientType>,
        /// Default: generated, unless the app is public; the exported state shows it.
        client_secret: Option<Secret>,
        /// The secret that counts beside the first while it is rotated. Default: none.
        next_client_secret: Option<Secret>,
        /// Default: empty.
        client_name: Option<String>,
        /// Default: empty.
        client_description: Option<String>,
        /// Whether it gets tokens. Default: `active`.
        status: Option<ClientStatus>,
        /// Where browsers may bring a code, to the letter. Default: nowhere.
        redirect_urls: Option<Vec<String>>,
        /// Where browsers may go after a logout. Default: nowhere.
        post_logout_redirect_urls: Option<Vec<String>>,
        /// Whether access tokens can become sessions; first parties only. Default: false.
        full_access_allowed: Option<bool>,
        /// How long an access token is good for, 1 to 1440. Default: 60.
        access_token_expiry_minutes: Option<u32>,
        /// Whom access tokens are for, beside the project. Default: nobody.
        access_token_custom_audience: Option<String>,
        /// What makes the custom claims of access tokens. Default: nothing.
        access_token_template_content: Option<String>,
        /// What makes the custom claims of ID tokens. Default: nothing.
        id_token_template_content: Option<String>,
        /// Default: empty.
        logo_url: Option<String>,
        /// Whether `offline_access` asks for no consent; first parties only. Default: false.
        bypass_consent_for_offline_access: Option<bool>,
    }
}

impl ConnectedAppEntry {
    fn client_type(&self) -> ClientType {
        self.client_type.unwrap_or(ClientType::FirstParty)
    }

    /// Fills in what was left out.
    pub fn fill_defaults(&mut self, environment: Environment, ids: &mut IdGenerator<'_>) {
        self.client_id.get_or_insert_with(|| ids.object_id("connected-app", environment).to_string());
        if self.client_secret.is_none() && !self.client_type().is_public() {
            self.client_secret = Secret::parse(&token_text(ids.bytes()));
        }
    }

    fn settings(&self) -> AppSettings {
        let usual = AppSettings::default();
        let text = |given: &Option<String>| given.clone().unwrap_or_default();
        AppSettings {
            client_name: text(&self.client_name),
            client_description: text(&self.client_description),
            redirect_urls: self.redirect_urls.clone().unwrap_or_default(),
            full_access_allowed: self.full_access_allowed.unwrap_or_default(),
            access_token_expiry_minutes: self.access_token_expiry_minutes.unwrap_or(usual.access_token_expiry_minutes),
            access_token_custom_audience: text(&self.access_token_custom_audience),
            access_token_template_content: text(&self.access_token_template_content),
            id_token_template_content: text(&self.id_token_template_content),
            post_logout_redirect_urls: self.post_logout_redirect_urls.clone().unwrap_or_default(),
            logo_url: text(&self.logo_url),
            bypass_consent_for_offline_access: self.bypass_consent_for_offline_access.unwrap_or_default(),
        }
    }

    fn build(&self) -> Option<ConnectedApp> {
        let secret = self.client_secret.clone();
        Some(ConnectedApp {
            client_id: self.client_id.clone()?,
            client_type: self.client_type(),
            secrets: secret.map(|secret| ClientSecrets::new(secret, self.next_client_secret.clone())),
            settings: self.settings(),
            status: self.status.unwrap_or(ClientStatus::Active),
        })
    }
}

/// Reports what can be no app, and ids that stand twice.
pub fn check(entries: &[ConnectedAppEntry], path: &Path<'_>, report: &mut Report<'_>) {
    for (index, entry) in entries.iter().enumerate() {
        let path = path.index(index);
        if let Some(id) = &entry.client_id {
            if !is_client_id(id) {
                report.add(&path.key("client_id"), "expected 1 to 128 of letters, digits, -, ., _, ~, | and @");
            }
            if let Some(first) = entries[..index].iter().position(|other| other.client_id.as_ref() == Some(id)) {
                report.add(&path.key("client_id"), format!("this client_id stands at connected_apps[{first}] already"));
            }
        }
        let secrets = [("client_secret", &entry.client_secret), ("next_client_secret", &entry.next_client_secret)];
        for (key, _) in secrets.into_iter().filter(|(_, secret)| entry.client_type().is_public() && secret.is_some()) {
            report.add(&path.key(key), "a public app has no secret");
        }
        let settings = entry.settings();
        if let Err(refusal) = settings.check(entry.client_type()) {
            report.add(&path, refusal.to_string());
        }
        let known = json!({ "user": {}, "client": {} });
        for (key, template) in [
            ("access_token_template_content", &settings.access_token_template_content),
            ("id_token_template_content", &settings.id_token_template_content),
        ] {
            let made = known.as_object().filter(|_| !template.is_empty()).map(|known| render(template, known));
            if let Some(Err(error)) = made {
                report.add(&path.key(key), error.to_string());
            }
        }
    }
}

/// The apps that entries describe.
#[must_use]
pub fn build(entries: &[ConnectedAppEntry]) -> ClientList<ConnectedApp> {
    entries.iter().filter_map(ConnectedAppEntry::build).collect()
}

/// Writes apps into the seed entry of their project.
pub fn export(entry: &mut Value, apps: &ClientList<ConnectedApp>) {
    if apps.is_empty() {
        return;
    }
    let app = |app: &ConnectedApp| {
        let settings = &app.settings;
        let mut written = json!({
            "client_id": app.client_id,
            "client_type": app.client_type.as_str(),
            "client_name": settings.client_name,
            "client_description": settings.client_description,
            "status": app.status.as_str(),
            "redirect_urls": settings.redirect_urls,
            "post_logout_redirect_urls": settings.post_logout_redirect_urls,
            "full_access_allowed": settings.full_access_allowed,
            "access_token_expiry_minutes": settings.access_token_expiry_minutes,
            "access_token_custom_audience": settings.access_token_custom_audience,
            "access_token_template_content": settings.access_token_template_content,
            "id_token_template_content": settings.id_token_template_content,
            "logo_url": settings.logo_url,
            "bypass_consent_for_offline_access": settings.bypass_consent_for_offline_access,
        });
        if let Some(secrets) = &app.secrets {
            written["client_secret"] = json!(secrets.current().reveal());
            if let Some(next) = secrets.next() {
                written["next_client_secret"] = json!(next.reveal());
            }
        }
        written
    };
    entry["connected_apps"] = apps.iter().map(|(_, each)| app(each)).collect();
}
