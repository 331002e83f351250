//! `POST /v1/magic_links`: a token for the app to send in a link of its own. Source: the vendor's reference.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, WholeNumber};
use crate::api::shared::lifetime::lifetime;
use crate::api::shared::login::AttributeArguments;
use crate::api::shared::user_lookup::{handle, user};
use crate::domain::login_token::{LoginToken, LoginTokenKind, token_text};
use crate::domain::refusal::{ErrorType, Refusal};

/// Create an embeddable magic link.
pub struct Create;

/// The fields of the body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Fields {
    /// Whom the link logs in: a Stytch id or an external id.
    user_id: String,
    /// Minutes until the token ends, 5 to 10080; 60 if nothing is said.
    #[serde(default)]
    expiration_minutes: Option<WholeNumber>,
}

/// The token.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {
    token: String,
    user_id: String,
}

impl Endpoint for Create {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::InvalidUserId, ErrorType::UserNotFound, ErrorType::InvalidExpiration]],
        ..Description::new(
            Operation { name: "magicLinks.create", method: "POST", path: "/v1/magic_links" },
            "Create an embeddable magic link",
            Evidence::Documented,
        )
    };
    type Request = (Body<Fields>, Body<AttributeArguments>);
    type Answer = Answer;

    fn handle(call: &Call<'_>, (Body(fields), Body(attributes)): Self::Request) -> Result<Answer, Refusal> {
        let handle = handle(&fields.user_id, ErrorType::InvalidUserId)?;
        let lifetime = lifetime(fields.expiration_minutes, 5..=10_080, 60, ErrorType::InvalidExpiration)?;
        let user_id = user(call, &handle)?.user.id;
        let environment = call.project().environment();
        let (method_id, token) =
            call.entropy.ids(|ids| (ids.object_id("embeddable-magic-link", environment).to_string(), token_text(ids.bytes())));
        let stands_for = LoginToken {
            kind: LoginTokenKind::EmbeddableMagicLink,
            user_id,
            method_id,
            expires_at: call.now.saturating_add(lifetime),
            code_challenge: None,
            redirect_url: None,
            attributes: attributes.attributes(),
        };
        call.project().log_in(|turn| {
            turn.pending().tokens.issue(&token, stands_for);
            Ok(())
        })?;
        Ok(Answer { token, user_id: user_id.to_string() })
    }
}
