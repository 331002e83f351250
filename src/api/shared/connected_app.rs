//! Finding and changing the connected app that a path names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::api::serving::call::Call;
use crate::api::serving::request::WholeNumber;
use crate::domain::claims_template::render;
use crate::domain::client_secrets::{ClientSecrets, RotationRefusal};
use crate::domain::connected_app::{AppRefusal, AppSettings, ClientType, ConnectedApp};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::connected_app::ConnectedAppBody;

/// A connected app.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// The app.
    pub connected_app: ConnectedAppBody,
}

/// What a request says of an app.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SettingArguments {
    /// A name for people.
    client_name: Option<String>,
    /// A description for people.
    client_description: Option<String>,
    /// Where browsers may bring a code: https, an app's own scheme, or http to this machine.
    redirect_urls: Option<Vec<String>>,
    /// Whether access tokens can become sessions; first parties only.
    full_access_allowed: Option<bool>,
    /// How long an access token is good for: 1 to 1440, 60 without it. The range is a guess (assumed).
    access_token_expiry_minutes: Option<WholeNumber>,
    /// Whom access tokens are for, beside the project.
    access_token_custom_audience: Option<String>,
    /// What makes the custom claims of access tokens.
    access_token_template_content: Option<String>,
    /// What makes the custom claims of ID tokens.
    id_token_template_content: Option<String>,
    /// Where browsers may go after a logout.
    post_logout_redirect_urls: Option<Vec<String>>,
    /// A picture.
    logo_url: Option<String>,
    /// Whether `offline_access` asks for no consent; first parties only.
    bypass_consent_for_offline_access: Option<bool>,
}

/// What [`SettingArguments::apply`] can refuse.
pub const SETTING_ERRORS: &[ErrorType] = &[
    ErrorType::ConnectedAppInvalidRedirectUrl,
    ErrorType::ConnectedAppRedirectUrlMustIncludeScheme,
    ErrorType::ConnectedAppRedirectUrlHttpSchemeMustUseLoopback,
    ErrorType::ThirdPartyClientsCannotUseFullAccess,
    ErrorType::ThirdPartyClientsRequireConsentForOfflineAccess,
    ErrorType::IdpInvalidAccessTokenExpiryMinutes,
    ErrorType::IdpInvalidAccessTokenCustomAudience,
    ErrorType::IdpInvalidAccessTokenJwtTemplate,
];

impl SettingArguments {
    /// Gives an app of a type what is there.
    ///
    /// # Errors
    /// If such an app can't be like that.
    pub fn apply(self, client_type: ClientType, settings: &mut AppSettings) -> Result<(), Refusal> {
        fn set<T>(kept: &mut T, given: Option<T>) {
            if let Some(given) = given {
                *kept = given;
            }
        }
        let minutes = |number: WholeNumber| u32::try_from(number.0).unwrap_or(0);
        set(&mut settings.client_name, self.client_name);
        set(&mut settings.client_description, self.client_description);
        set(&mut settings.redirect_urls, self.redirect_urls);
        set(&mut settings.full_access_allowed, self.full_access_allowed);
        set(&mut settings.access_token_expiry_minutes, self.access_token_expiry_minutes.map(minutes));
        set(&mut settings.access_token_custom_audience, self.access_token_custom_audience);
        set(&mut settings.access_token_template_content, self.access_token_template_content);
        set(&mut settings.id_token_template_content, self.id_token_template_content);
        set(&mut settings.post_logout_redirect_urls, self.post_logout_redirect_urls);
        set(&mut settings.logo_url, self.logo_url);
        set(&mut settings.bypass_consent_for_offline_access, self.bypass_consent_for_offline_access);
        settings.check(client_type).map_err(|refusal| refuse(&refusal))?;
        let known = json!({ "user": {}, "client": {} });
        for template in [&settings.access_token_template_content, &settings.id_token_template_content] {
            let made = known.as_object().filter(|_| !template.is_empty()).map(|known| render(template, known));
            if let Some(Err(error)) = made {
                return Err(Refusal::new(ErrorType::IdpInvalidAccessTokenJwtTemplate, format!("the template: {error}")));
            }
        }
        Ok(())
    }
}

fn refuse(refusal: &AppRefusal) -> Refusal {
    let error = match refusal {
        AppRefusal::InvalidRedirectUrl(_) => ErrorType::ConnectedAppInvalidRedirectUrl,
        AppRefusal::RedirectUrlWithoutScheme(_) => ErrorType::ConnectedAppRedirectUrlMustIncludeScheme,
        AppRefusal::RedirectUrlNotLoopback(_) => ErrorType::ConnectedAppRedirectUrlHttpSchemeMustUseLoopback,
        AppRefusal::ThirdPartyFullAccess => ErrorType::ThirdPartyClientsCannotUseFullAccess,
        AppRefusal::ThirdPartyOfflineAccess => ErrorType::ThirdPartyClientsRequireConsentForOfflineAccess,
        AppRefusal::ExpiryMinutes => ErrorType::IdpInvalidAccessTokenExpiryMinutes,
        AppRefusal::CustomAudience => ErrorType::IdpInvalidAccessTokenCustomAudience,
    };
    Refusal::new(error, refusal.to_string())
}

/// The id in the path.
#[must_use]
pub fn id<'a>(call: &'a Call<'_>) -> &'a str {
    call.path_value("client_id").unwrap_or_default()
}

/// The refusal of an id that no app has.
#[must_use]
pub fn missing(client_id: &str) -> Refusal {
    Refusal::new(ErrorType::ConnectedAppNotFound, format!("no Connected App {client_id} in this project"))
}

/// Changes the app in the path, or leaves it as it is; what it looks like then.
///
/// # Errors
/// `connected_app_not_found`, or what `change` refuses.
pub fn change(
    call: &Call<'_>,
    change: impl FnOnce(&mut ConnectedApp) -> Result<(), Refusal>,
    show: impl FnOnce(&ConnectedApp) -> ConnectedAppBody,
) -> Result<Answer, Refusal> {
    call.project().oauth_clients().change(|clients| {
        let app = clients.connected_apps.get_mut(id(call)).ok_or_else(|| missing(id(call)))?;
        let mut changed = app.clone();
        change(&mut changed)?;
        *app = changed;
        Ok(Answer { connected_app: show(app) })
    })
}

/// A step of the rotation of the secret of the app in the path.
///
/// # Errors
/// `public_connected_apps_do_not_have_secrets`, or that the step is not due.
pub fn rotate(
    call: &Call<'_>,
    step: impl FnOnce(&mut ClientSecrets) -> Result<(), RotationRefusal>,
    show: impl FnOnce(&ConnectedApp) -> ConnectedAppBody,
) -> Result<Answer, Refusal> {
    let step = |app: &mut ConnectedApp| {
        let reason = "the app is public: it has no secret";
        let secrets = app.secrets.as_mut();
        let secrets = secrets.ok_or_else(|| Refusal::new(ErrorType::PublicConnectedAppsDoNotHaveSecrets, reason))?;
        step(secrets).map_err(|refusal| match refusal {
            RotationRefusal::AlreadyRotating => {
                Refusal::new(ErrorType::ConnectedAppAlreadyRotatingSecret, "there is a next_client_secret already")
            }
            RotationRefusal::NotRotating => {
                Refusal::new(ErrorType::ConnectedAppNotRotatingSecret, "there is no next_client_secret")
            }
        })
    };
    change(call, step, show)
}
