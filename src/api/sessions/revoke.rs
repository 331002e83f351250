//! `POST /v1/sessions/revoke`: ends a session, named by its id, its token or its JWT. What the real service answers to a
//! second revoke is not known; here it is `session_not_found`, as everywhere for a session that is over (assumed).

use crate::api::routes::{Access, Endpoint, Verb};
use crate::api::serving::call::Call;
use crate::api::serving::response::Reply;
use crate::api::serving::session_arguments::SessionProof;
use crate::domain::error_catalogue::{ErrorType, Refusal};
use crate::wire::envelope::Payload;

/// The endpoint's line in the routing table.
pub const ENDPOINT: Endpoint =
    Endpoint { name: "sessions.revoke", method: Verb::Post, path: "/v1/sessions/revoke", access: Access::Project, handle };

fn handle(call: &Call<'_>) -> Result<Reply, Refusal> {
    let project = call.project();
    let proof = match SessionProof::all(call.fields(), true)?.as_slice() {
        [proof] => *proof,
        [] => {
            let reason = "none of session_id, session_token and session_jwt is there";
            return Err(Refusal::new(ErrorType::NoSessionRevokeArguments, reason));
        }
        _ => {
            let reason = "more than one of session_id, session_token and session_jwt is there";
            return Err(Refusal::new(ErrorType::TooManySessionRevokeArguments, reason));
        }
    };
    let (record, id) = proof.find(project)?;
    crate::api::serving::user_lookup::scripted(&record)?;
    project.change_session(&record.user.id, &id, call.now, |session| {
        session.revoked_at = Some(call.now.whole_seconds());
        Ok(())
    })?;
    Ok(Reply::ok(Payload::default()))
}
