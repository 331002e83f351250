//! What requests say of the message that they send.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::request::non_empty;
use crate::domain::refusal::{ErrorType, Refusal};

/// The languages that the vendor writes messages in.
const LOCALES: [&str; 4] = ["en", "es", "pt-br", "fr"];

/// The language of a message.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LocaleArgument {
    /// The language of the message: `en`, `es`, `pt-br` or `fr`.
    #[serde(deserialize_with = "non_empty")]
    locale: Option<String>,
}

impl LocaleArgument {
    /// The language, if the request names one.
    ///
    /// # Errors
    /// `invalid_locale`.
    pub fn locale(self) -> Result<Option<String>, Refusal> {
        match self.locale {
            Some(locale) if !LOCALES.contains(&locale.as_str()) => {
                Err(Refusal::new(ErrorType::InvalidLocale, format!("locale is none of {}", LOCALES.join(", "))))
            }
            locale => Ok(locale),
        }
    }
}

/// The looks of an e-mail.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TemplateArguments {
    /// The template for a user who logs in; the outbox shows it, any is taken.
    #[serde(deserialize_with = "non_empty")]
    pub login_template_id: Option<String>,
    /// The template for a user who signs up; the outbox shows it, any is taken.
    #[serde(deserialize_with = "non_empty")]
    pub signup_template_id: Option<String>,
}
