//! `POST /v1/sessions/revoke`: ends a session, named by its id, its token or its JWT. What the real service answers to a
//! second revoke is not known; here it is `session_not_found`, as everywhere for a session that is over (assumed).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::request::{Body, non_empty};
use crate::api::serving::sdk_door::{Door, Fill};
use crate::api::shared::session_arguments::{PROOF_ERRORS, SessionProof};
use crate::api::shared::user_lookup::scripted;
use crate::domain::refusal::{ErrorType, Refusal};

/// Revoke a session.
pub struct Revoke;

/// The session, by exactly one of its names.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// The session's id.
    #[serde(deserialize_with = "non_empty")]
    session_id: Option<String>,
    /// The session's token.
    #[serde(deserialize_with = "non_empty")]
    session_token: Option<String>,
    /// A JWT of the session, expired or not.
    #[serde(deserialize_with = "non_empty")]
    session_jwt: Option<String>,
}

/// Nothing beside what every answer has.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer {}

impl Endpoint for Revoke {
    const DESCRIPTION: Description = Description {
        errors: &[ERRORS, PROOF_ERRORS],
        remark: "a second revoke is assumed to be a 404",
        doors: &[Door::for_user("/sdk/v1/sessions/revoke", &[Fill::SessionToken])],
        ..Description::new(
            Operation { name: "sessions.revoke", method: "POST", path: "/v1/sessions/revoke" },
            "Revoke a session",
            Evidence::Documented,
        )
    };
    type Request = Body<Fields>;
    type Answer = Answer;

    fn handle(call: &Call<'_>, Body(fields): Body<Fields>) -> Result<Answer, Refusal> {
        let proofs = [
            fields.session_token.map(SessionProof::Token),
            fields.session_jwt.map(SessionProof::Jwt),
            fields.session_id.map(SessionProof::Id),
        ];
        let mut proofs = proofs.into_iter().flatten();
        let names = "session_id, session_token and session_jwt";
        let none = || Refusal::new(ErrorType::NoSessionRevokeArguments, format!("none of {names} is there"));
        let proof = proofs.next().ok_or_else(none)?;
        if proofs.next().is_some() {
            let reason = format!("more than one of {names} is there");
            return Err(Refusal::new(ErrorType::TooManySessionRevokeArguments, reason));
        }
        let project = call.project();
        let (record, id) = proof.find(project)?;
        scripted(&record)?;
        project.change_session(&record.user.id, &id, call.now, |session| {
            session.revoked_at = Some(call.now.whole_seconds());
            Ok(())
        })?;
        Ok(Answer {})
    }
}

const ERRORS: &[ErrorType] =
    &[ErrorType::NoSessionRevokeArguments, ErrorType::TooManySessionRevokeArguments, ErrorType::InvalidSessionId];
