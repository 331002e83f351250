//! Asks for what is to be recorded.

use std::time::SystemTime;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::domain::timestamp::Timestamp;
use crate::system::machine_time;
use crate::verify::remote::answer::Answer;
use crate::verify::remote::client::Call;
use crate::verify::service::{Target, Trouble};

/// What stands for itself in an id.
const ID: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// What is of the envelope, and of no user.
const ENVELOPE: [&str; 2] = ["request_id", "status_code"];

/// Why something was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The target does not answer.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// It refuses the credentials.
    #[error("{0} refuses these credentials ({1}); check --project-id (STYTCH_PROJECT_ID) and STYTCH_SECRET")]
    Refused(String, String),
    /// It refuses to tell.
    #[error("{0} answers {1}")]
    NotTold(String, String),
    /// It tells something else.
    #[error("{0} does not answer what the vendor's API answers")]
    Odd(String),
}

/// A user as they are told of.
#[derive(Debug, Clone)]
pub struct RecordedUser {
    /// The user, without the envelope.
    pub user: Map<String, Value>,
    /// Their sessions.
    pub sessions: Vec<Value>,
}

/// All that was asked for.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The users, in the order in which they were asked for.
    pub users: Vec<RecordedUser>,
    /// The policy, if the project tells it.
    pub policy: Option<Value>,
    /// When, by the target's clock if it says the time.
    pub at: Timestamp,
}

/// Asks for users, their sessions and the policy.
///
/// # Errors
/// At the first thing that is not told.
pub async fn fetch(target: &mut Target, user_ids: &[String]) -> Result<Recorded, FetchError> {
    let mut recorded = Recorded { users: Vec::new(), policy: None, at: machine_time().whole_seconds() };
    for id in user_ids {
        let id = utf8_percent_encode(id, ID).to_string();
        let mut user = told(target, &format!("/v1/users/{id}")).await?.1;
        let sessions = format!("/v1/sessions?user_id={id}");
        let (answer, mut body) = told(target, &sessions).await?;
        let Some(Value::Array(list)) = body.remove("sessions") else { return Err(FetchError::Odd(sessions)) };
        user.retain(|key, _| !ENVELOPE.contains(&key.as_str()));
        recorded.at = time(&answer).unwrap_or(recorded.at);
        recorded.users.push(RecordedUser { user, sessions: list });
    }
    // a project may have no policy to tell; a seed needs none
    recorded.policy = match told(target, "/v1/rbac/policy").await {
        Ok((_, mut body)) => body.remove("policy"),
        Err(FetchError::NotTold(..)) => None,
        Err(error) => return Err(error),
    };
    Ok(recorded)
}

async fn told(target: &mut Target, path: &str) -> Result<(Answer, Map<String, Value>), FetchError> {
    let authorization = Some(target.remote.credentials().basic());
    let call = Call { method: "GET", target: path.to_owned(), authorization, body: None };
    let answer = target.ask(&call).await?;
    let is_refused = answer.status == 401 || answer.error_type().as_deref() == Some("invalid_project_id_authentication");
    if is_refused {
        return Err(FetchError::Refused(target.remote.address().to_string(), answer.outcome()));
    }
    if answer.status != 200 {
        return Err(FetchError::NotTold(call.title(), answer.outcome()));
    }
    match serde_json::from_str(&answer.body) {
        Ok(Value::Object(body)) => Ok((answer, body)),
        _ => Err(FetchError::Odd(call.title())),
    }
}

/// The time that an answer tells.
fn time(answer: &Answer) -> Option<Timestamp> {
    let at: SystemTime = httpdate::parse_http_date(answer.header("date")?).ok()?;
    Some(Timestamp::from_datetime(at.into()).whole_seconds())
}
