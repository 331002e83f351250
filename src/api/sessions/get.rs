//! `GET /v1/sessions`: a user's active sessions. Source: the vendor's page for the endpoint, and captures of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::serving::call::Call;
use crate::api::serving::endpoint::{Description, Endpoint, Evidence, Operation};
use crate::api::serving::query::Parameter;
use crate::api::serving::request::{Request, RequestDescription, query_parameter};
use crate::api::shared::user_lookup;
use crate::domain::refusal::{ErrorType, Refusal};
use crate::wire::envelope::Payload;
use crate::wire::objects::RenderedSessions;
use crate::wire::openapi::Document;
use crate::wire::profile::WireProfile;
use crate::wire::session::render_list;

/// Get sessions.
pub struct Get;

/// The parameters of the query.
pub struct Parameters {
    user_id: String,
}

impl Request for Parameters {
    fn read(call: &Call<'_>) -> Result<Self, Refusal> {
        let invalid = |reason| Err(Refusal::new(ErrorType::InvalidUserId, reason));
        match call.parameter("user_id") {
            Parameter::Once(user_id) => Ok(Self { user_id: user_id.into_owned() }),
            Parameter::Absent => invalid("the query has no user_id"),
            Parameter::Repeated => invalid("the query has more than one user_id"),
        }
    }

    fn describe(_: &mut Document) -> RequestDescription {
        RequestDescription { query: vec![query_parameter("user_id", true, "A Stytch id or an external id.")], body: None }
    }
}

/// The sessions that are neither revoked nor over, oldest first.
#[derive(Serialize, JsonSchema)]
pub struct Answer {
    sessions: RenderedSessions,
}

impl Endpoint for Get {
    const DESCRIPTION: Description = Description {
        errors: &[&[ErrorType::InvalidUserId, ErrorType::UserNotFound]],
        remark: "captured as the live profile shows it",
        ..Description::new(
            Operation { name: "sessions.get", method: "GET", path: "/v1/sessions" },
            "Get sessions",
            Evidence::Documented,
        )
    };
    type Request = Parameters;
    type Answer = Answer;

    fn handle(call: &Call<'_>, request: Parameters) -> Result<Answer, Refusal> {
        let record = user_lookup::user(call, &user_lookup::handle(&request.user_id, ErrorType::InvalidUserId)?)?;
        let sessions = render_list(call.wire, &record, call.now);
        Ok(Answer { sessions: RenderedSessions(sessions) })
    }

    fn render(_: WireProfile, answer: Answer) -> Payload {
        Payload::default().with_json("sessions", answer.sessions.0)
    }
}
