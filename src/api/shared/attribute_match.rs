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
    /// Compares attributes, if the request wants that. What neither side told does not match (assumed).
    ///
    /// # Errors
    /// `attribute_mismatch`.
    pub fn check(&self, before: Option<&Attributes>, now: Option<&Attributes>) -> Result<(), Refusal> {
        let Some(Object(options)) = &self.options else { return Ok(()) };
        let is_same = |part: fn(&Attributes) -> &String| {
            let told = |attributes: Option<&Attributes>| attributes.map(part).filter(|text| !text.is_empty()).cloned();
            told(before).is_some() && told(before) == told(now)
        };
        for (name, is_required, part) in [
            ("ip_address", options.ip_match_required, (|of| &of.ip_address) as fn(&Attributes) -> &String),
            ("user_agent", options.user_agent_match_required, |of| &of.user_agent),
        ] {
            if is_required && !is_same(part) {
                let reason = format!("attributes.{name} is not that of the request that began this");
                return Err(Refusal::new(ErrorType::AttributeMismatch, reason));
            }
        }
        Ok(())
    }
}
