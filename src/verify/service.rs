//! A side of the comparison: fills in a step's request with its own values and asks. The target is asked at the pace that the
//! user gave, and once more when it says that it was too fast.

use std::collections::BTreeMap;
use std::time::Duration;

use super::case::{Login, Step};
use super::remote::answer::Answer;
use super::remote::client::{Call, Remote, Unreachable};
use super::remote::credentials::basic;
use super::remote::pace::Pace;

/// How often a request is made that is answered by `too_many_requests`.
const ATTEMPTS: u32 = 3;

/// The longest wait that a target may ask for.
const MOST_WAIT: Duration = Duration::from_mins(1);

/// Why a target can't be asked on.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It does not answer.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// It wants to be asked less.
    #[error("{0} answers 429 too_many_requests, also after a wait; try a lower --rate")]
    TooFast(String),
    /// The user wants an end.
    #[error("stopped by a signal")]
    Stopped,
}

/// The target, asked at a pace.
pub struct Target {
    /// Where it is.
    pub remote: Remote,
    /// How many requests were made.
    pub requests: u64,
    pace: Pace,
}

impl Target {
    /// A target that is asked at a pace.
    #[must_use]
    pub fn new(remote: Remote, pace: Pace) -> Self {
        Self { remote, requests: 0, pace }
    }

    /// Asks when it is time to.
    ///
    /// # Errors
    /// If there is no answer, or none but `too_many_requests`.
    pub async fn ask(&mut self, call: &Call) -> Result<Answer, Trouble> {
        for attempt in 1..=ATTEMPTS {
            self.pace.turn().await;
            self.requests += 1;
            let answer = self.remote.send(call).await?;
            let is_too_fast = answer.status == 429 && answer.error_type().is_some_and(|error| error == "too_many_requests");
            if !is_too_fast {
                return Ok(answer);
            }
            if attempt < ATTEMPTS {
                let seconds = answer.header("retry-after").and_then(|seconds| seconds.parse().ok()).unwrap_or(1);
                tokio::time::sleep(Duration::from_secs(seconds).min(MOST_WAIT)).await;
            }
        }
        Err(Trouble::TooFast(self.remote.address().to_string()))
    }
}

/// What `<name>` stands for on one side.
pub type Values = BTreeMap<&'static str, String>;

/// The request of a step, with values filled in. All of them are of letters that stand for themselves in URLs and in JSON.
#[must_use]
pub fn call(step: &Step, values: &Values, remote: &Remote) -> Call {
    let filled =
        |text: &str| values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("<{name}>"), value));
    let credentials = remote.credentials();
    let project = credentials.project_id();
    let environment = credentials.environment();
    let authorization = match step.login {
        Login::Own => Some(credentials.basic()),
        Login::Nobody => None,
        Login::WrongSecret => Some(basic(project, &format!("secret-{environment}-stytch-mock-verify-wrong-secret00="))),
        Login::InvalidProject => Some(basic("project-test-123", "secret-test-stytch-mock-verify")),
        Login::UnknownProject => {
            Some(basic(&format!("project-{environment}-99999999-9999-4999-8999-999999999999"), "secret-test-stytch-mock-verify"))
        }
        Login::Bearer => Some("Bearer stytch-mock-verify".to_owned()),
    };
    let body = (!step.body.is_empty()).then(|| filled(step.body));
    Call { method: step.method, target: filled(step.target), authorization, body }
}

/// Keeps what a step says of an answer. The names of what is not there, or not of harmless letters.
pub fn keep(step: &Step, answer: &Answer, values: &mut Values) -> Vec<&'static str> {
    let is_harmless = |text: &String| {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.~=".contains(letter);
        !text.is_empty() && text.len() < 16_384 && text.chars().all(is_plain)
    };
    let mut missing = Vec::new();
    for (name, path) in step.keep {
        match answer.text(path).filter(is_harmless) {
            Some(value) => {
                values.insert(name, value);
            }
            None => missing.push(*path),
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::remote::address::Address;
    use super::super::remote::credentials::Credentials;
    use super::*;

    const PROJECT: &str = "project-test-11111111-1111-4111-8111-111111111111";

    /// A target that nobody is at.
    fn nobody(rate: &str) -> Target {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = Address::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let credentials = Credentials::new(PROJECT, "hidden").unwrap();
        Target::new(Remote::new(address, Arc::new(credentials), None).unwrap(), Pace::of(rate.parse().unwrap()))
    }

    #[tokio::test]
    async fn each_request_takes_a_turn_even_if_nobody_answers() {
        let mut target = nobody("1/h");
        let call = call(&Step::get("/v1/sessions"), &Values::new(), &target.remote);
        let trouble = target.ask(&call).await.unwrap_err().to_string();
        assert!(trouble.contains("can't be reached") && !trouble.contains("hidden"), "{trouble}");
        assert!(target.pace.book(Duration::ZERO) >= Duration::from_hours(1), "the next waits for an hour");
    }

    #[test]
    fn values_are_filled_in_and_odd_ones_are_not_kept() {
        let step = Step::post("/v1/x/<user_id>", r#"{"a":"<user_id>"}"#).keeping(&[("user_id", "user.user_id"), ("odd", "odd")]);
        let body = r#"{"user":{"user_id":"user-test-1"},"odd":"../x\""}"#.to_owned();
        let answer = Answer { status: 200, headers: Vec::new(), body };
        let mut values = Values::new();
        assert_eq!(keep(&step, &answer, &mut values), ["odd"]);
        let call = call(&step, &values, &nobody("off").remote);
        assert_eq!((call.title().as_str(), call.body.as_deref()), ("POST /v1/x/user-test-1", Some(r#"{"a":"user-test-1"}"#)));
    }
}
