//! `POST /v1/passwords/strength_check`: whether a user may choose a password. Source: the vendor's reference and its
//! guide on strength policies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, non_empty};
use crate::api::serving::sdk_door::Door;
use crate::domain::refusal::Refusal;

/// Check the strength of a password.
pub struct StrengthCheck;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// The password.
    password: String,
    /// The user's address; only with it is a breached password invalid.
    #[serde(default, deserialize_with = "non_empty")]
    email: Option<String>,
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// Always true: a new password is looked for among the breached ones.
    breach_detection_on_create: bool,
    breached_password: bool,
    feedback: Feedback,
    /// 0 to 4; always 0 under the `luds` policy.
    score: u8,
    strength_policy: &'static str,
    valid_password: bool,
}

/// What is wrong and what helps.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Feedback {
    /// Null under the `zxcvbn` policy.
    luds_requirements: Option<LudsRequirements>,
    suggestions: Vec<String>,
    warning: String,
}

/// Which kinds of characters are there, and what is missing.
#[derive(Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "the vendor's answer has four")]
#[schemars(inline)]
struct LudsRequirements {
    has_digit: bool,
    has_lower_case: bool,
    has_symbol: bool,
    has_upper_case: bool,
    missing_characters: usize,
    missing_complexity: usize,
}

impl Endpoint for StrengthCheck {
    const DESCRIPTION: Description = Description {
        is_slow: true,
        doors: &[Door::for_anyone("/sdk/v1/passwords/strength_check")],
        ..Description::new(
            Operation { name: "passwords.strengthCheck", method: "POST", path: "/v1/passwords/strength_check" },
            "Check the strength of a password",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let policy = &call.project().login_settings().password_strength;
        let strength = policy.check(&fields.password, fields.email.is_some(), call.now);
        let luds_requirements = strength.luds_requirements.map(|luds| LudsRequirements {
            has_digit: luds.has_digit,
            has_lower_case: luds.has_lower_case,
            has_symbol: luds.has_symbol,
            has_upper_case: luds.has_upper_case,
            missing_characters: luds.missing_characters,
            missing_complexity: luds.missing_complexity,
        });
        Ok(Answer {
            breach_detection_on_create: true,
            breached_password: strength.breached_password,
            feedback: Feedback { luds_requirements, suggestions: strength.suggestions, warning: strength.warning },
            score: strength.score,
            strength_policy: strength.strength_policy,
            valid_password: strength.valid_password,
        })
    }
}
