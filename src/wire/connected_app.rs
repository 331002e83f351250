//! The vendor's connected app, and what a user let in.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::client_secrets::ClientSecrets;
use crate::domain::connected_app::ConnectedApp;

/// The vendor's `ConnectedApp`, and with a secret those that show one once.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ConnectedApp")]
pub struct ConnectedAppBody {
    access_token_custom_audience: Option<String>,
    access_token_expiry_minutes: u32,
    access_token_template_content: String,
    bypass_consent_for_offline_access: bool,
    client_description: String,
    client_id: String,
    /// Always null: clients that describe themselves are not emulated.
    client_id_metadata_url: (),
    client_name: String,
    /// Shown once, when the app is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    client_secret_last_four: Option<String>,
    client_type: &'static str,
    /// Not where a secret is shown. Its word is assumed.
    #[serde(skip_serializing_if = "Option::is_none")]
    creation_method: Option<&'static str>,
    full_access_allowed: bool,
    id_token_template_content: String,
    logo_url: Option<String>,
    /// Shown once, when a rotation starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_client_secret: Option<String>,
    next_client_secret_last_four: Option<String>,
    post_logout_redirect_urls: Vec<String>,
    redirect_urls: Vec<String>,
    status: &'static str,
}

fn non_empty(text: &str) -> Option<String> {
    Some(text).filter(|text| !text.is_empty()).map(str::to_owned)
}

impl From<&ConnectedApp> for ConnectedAppBody {
    fn from(app: &ConnectedApp) -> Self {
        let settings = &app.settings;
        let next = app.secrets.as_ref().and_then(ClientSecrets::next);
        Self {
            access_token_custom_audience: non_empty(&settings.access_token_custom_audience),
            access_token_expiry_minutes: settings.access_token_expiry_minutes,
            access_token_template_content: settings.access_token_template_content.clone(),
            bypass_consent_for_offline_access: settings.bypass_consent_for_offline_access,
            client_description: settings.client_description.clone(),
            client_id: app.client_id.clone(),
            client_id_metadata_url: (),
            client_name: settings.client_name.clone(),
            client_secret: None,
            client_secret_last_four: app.secrets.as_ref().map(|secrets| secrets.current().last_four().to_owned()),
            client_type: app.client_type.as_str(),
            creation_method: Some("API"),
            full_access_allowed: settings.full_access_allowed,
            id_token_template_content: settings.id_token_template_content.clone(),
            logo_url: non_empty(&settings.logo_url),
            next_client_secret: None,
            next_client_secret_last_four: next.map(|next| next.last_four().to_owned()),
            post_logout_redirect_urls: settings.post_logout_redirect_urls.clone(),
            redirect_urls: settings.redirect_urls.clone(),
            status: app.status.as_str(),
        }
    }
}

impl ConnectedAppBody {
    /// With the secret itself, if there is one.
    #[must_use]
    pub fn with_secret(app: &ConnectedApp) -> Self {
        let client_secret = app.secrets.as_ref().map(|secrets| secrets.current().reveal().to_owned());
        Self { client_secret, creation_method: None, ..Self::from(app) }
    }

    /// With the next secret itself, if there is one.
    #[must_use]
    pub fn with_next_secret(app: &ConnectedApp) -> Self {
        let next = app.secrets.as_ref().and_then(ClientSecrets::next);
        Self { next_client_secret: next.map(|next| next.reveal().to_owned()), creation_method: None, ..Self::from(app) }
    }
}

/// The vendor's `ConnectedAppPublic`: what a user may know of an app.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ConnectedAppPublic")]
pub struct ConnectedAppPublicBody {
    client_description: String,
    client_id: String,
    client_name: String,
    client_type: &'static str,
    logo_url: Option<String>,
}

impl From<&ConnectedApp> for ConnectedAppPublicBody {
    fn from(app: &ConnectedApp) -> Self {
        Self {
            client_description: app.settings.client_description.clone(),
            client_id: app.client_id.clone(),
            client_name: app.settings.client_name.clone(),
            client_type: app.client_type.as_str(),
            logo_url: non_empty(&app.settings.logo_url),
        }
    }
}

/// The vendor's `UserConnectedApp`: an app that a user let in.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UserConnectedApp")]
pub struct UserConnectedAppBody {
    client_type: &'static str,
    connected_app_id: String,
    description: String,
    logo_url: Option<String>,
    name: String,
    /// With spaces between them.
    scopes_granted: String,
}

impl UserConnectedAppBody {
    /// An app, and what a user lets it do.
    #[must_use]
    pub fn new(app: &ConnectedApp, scopes: &[String]) -> Self {
        Self {
            client_type: app.client_type.as_str(),
            connected_app_id: app.client_id.clone(),
            description: app.settings.client_description.clone(),
            logo_url: non_empty(&app.settings.logo_url),
            name: app.settings.client_name.clone(),
            scopes_granted: scopes.join(" "),
        }
    }
}
