//! What requests say of the message that they send, and of who may use what is in it.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::request::{Object, non_empty};
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session::Attributes;

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

/// From where a code or link may be used.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OptionArguments {
    /// Whether the attributes have to be those of the request that sent it.
    options: Option<Object<Options>>,
}

/// Which attributes are compared.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
struct Options {
    ip_match_required: bool,
    user_agent_match_required: bool,
}

impl OptionArguments {
    /// Compares who asked for a code or link with who uses it. What was not said is an empty string (assumed).
    ///
    /// # Errors
    /// `attribute_mismatch`.
    pub fn check(&self, asked: Option<&Attributes>, uses: Option<&Attributes>) -> Result<(), Refusal> {
        let Some(Object(options)) = &self.options else { return Ok(()) };
        let unknown = Attributes::default();
        let (asked, uses) = (asked.unwrap_or(&unknown), uses.unwrap_or(&unknown));
        let same = |required: bool, one: &str, other: &str| !required || one == other;
        if same(options.ip_match_required, &asked.ip_address, &uses.ip_address)
            && same(options.user_agent_match_required, &asked.user_agent, &uses.user_agent)
        {
            return Ok(());
        }
        Err(Refusal::new(ErrorType::AttributeMismatch, "it was asked for from another address or browser"))
    }
}
