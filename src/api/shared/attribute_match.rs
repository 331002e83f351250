//! Whether whoever ends a login is where it was begun.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::serving::request::Object;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::domain::session::Attributes;

/// Which attributes have to be the same as when the link or code was asked for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MatchArguments {
    /// Which of the attributes have to be the same as those that the link or code was asked for with.
    options: Option<Object<MatchOptions>>,
}

/// Which attributes are compared.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
struct MatchOptions {
    ip_match_required: bool,
    user_agent_match_required: bool,
}

impl MatchArguments {
    /// Compares attributes, if the request wants that. What was not told is an empty string, as answers show it (assumed).
    ///
    /// # Errors
    /// `attribute_mismatch`.
    pub fn check(&self, before: Option<&Attributes>, now: Option<&Attributes>) -> Result<(), Refusal> {
        let Some(Object(options)) = &self.options else { return Ok(()) };
        let unknown = Attributes::default();
        let (before, now) = (before.unwrap_or(&unknown), now.unwrap_or(&unknown));
        for (name, is_required, before, now) in [
            ("ip_address", options.ip_match_required, &before.ip_address, &now.ip_address),
            ("user_agent", options.user_agent_match_required, &before.user_agent, &now.user_agent),
        ] {
            if is_required && before != now {
                let reason = format!("attributes.{name} is not that of the request that began this");
                return Err(Refusal::new(ErrorType::AttributeMismatch, reason));
            }
        }
        Ok(())
    }
}
