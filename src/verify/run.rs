//! A run: case by case, each request to the emulator and to the target, and cleaning up after each case.

use std::collections::BTreeSet;
use std::pin::{Pin, pin};
use std::sync::Arc;

use rustls::ClientConfig;

use super::case::Case;
use super::catalogue::Choice;
use super::cleaning::Ledger;
use super::compare::answers::{Comparison, only_there};
use super::compare::difference::{Difference, Kind};
use super::reference::{NoReference, Reference};
use super::remote::address::Address;
use super::remote::answer::Answer;
use super::remote::client::{Call, Remote, Unreachable};
use super::remote::credentials::Credentials;
use super::remote::pace::{Pace, Rate};
use super::report::{CaseReport, Found, Report, Totals};
use super::service::{self, Target, Trouble, Values};
use crate::system::Entropy;
use crate::wire::profile::WireProfile;

/// Where users of a run have their addresses: nothing can be sent there (RFC 2606).
const DOMAIN: &str = "stytch-mock-verify.example.com";

/// What is to be compared with what.
pub struct Plan {
    /// The target.
    pub address: Address,
    /// Whom TLS trusts, if the target speaks it.
    pub tls: Option<Arc<ClientConfig>>,
    /// The user's own.
    pub credentials: Credentials,
    /// How fast the target is asked.
    pub rate: Rate,
    /// The face of the emulator.
    pub wire: WireProfile,
    /// Which cases; those of the sandbox are left out of live projects.
    pub choice: Choice,
    /// Differences that the user knows of.
    pub ignored: Vec<Ignored>,
}

/// A difference that the user knows of: a case, or `*` for all, and a place in its answers, or all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    case: String,
    place: Option<String>,
}

impl Ignored {
    /// Reads `CASE` or `CASE:PLACE`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.split_once(':') {
            Some((case, place)) => Self { case: case.to_owned(), place: Some(place.trim().to_owned()) },
            None => Self { case: text.to_owned(), place: None },
        }
    }

    fn covers(&self, case: &str, difference: &Difference) -> bool {
        (self.case == "*" || self.case == case) && self.place.as_ref().is_none_or(|place| *place == difference.place)
    }
}

/// Why nothing could be compared.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The target does not answer, or too little.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The target's host has no name that TLS knows.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// The target knows the project or the secret not.
    #[error("{0} refuses these credentials ({1}); check --project-id (STYTCH_PROJECT_ID) and STYTCH_SECRET")]
    Refused(String, String),
    /// What answers is not the vendor's API, or is out of order.
    #[error("{0} does not answer as the vendor's API: GET /v1/debug/whoami comes to {1}")]
    NotTheApi(String, String),
    /// There is nothing to compare with.
    #[error(transparent)]
    NoReference(#[from] NoReference),
    /// No case has such a name.
    #[error("--case: no case of this run has a name that begins so; --list shows all, also those that need --write")]
    NoCase,
}

/// Runs a plan until its end, or until `stopped`. What was made is deleted in either case.
///
/// # Errors
/// If nothing can be compared.
pub async fn run(plan: Plan, stopped: impl Future<Output = ()>) -> Result<Report, Failure> {
    let credentials = Arc::new(plan.credentials);
    let is_test = credentials.environment() == "test";
    let cases = Choice { with_sandbox: is_test, ..plan.choice.clone() }.cases();
    if cases.is_empty() {
        return Err(Failure::NoCase);
    }
    let remote = Remote::new(plan.address, Arc::clone(&credentials), plan.tls)?;
    let target = Target::new(remote, Pace::of(plan.rate));
    let mut run = Run {
        target,
        reference: Reference::start(Arc::clone(&credentials), plan.wire).await?,
        entropy: Entropy::new(None),
        ignored: plan.ignored,
        headers_only_there: BTreeSet::new(),
        left_behind: Vec::new(),
    };
    run.knock().await?;
    let mut stopped = Stop { signal: pin!(stopped), is_done: false };
    let (mut reports, mut interrupted) = (Vec::new(), None);
    for case in cases {
        match run.case(case, &mut stopped).await {
            Ok(report) => reports.push(report),
            Err(trouble) => {
                interrupted = Some(format!("at {}: {trouble}", case.name));
                break;
            }
        }
    }
    let mut report = Report {
        tool: concat!("stytch-mock ", env!("CARGO_PKG_VERSION")),
        against: run.target.remote.address().to_string(),
        project_id: credentials.project_id().to_owned(),
        wire: match plan.wire {
            WireProfile::Page => "page",
            WireProfile::Live => "live",
        },
        rate: plan.rate.to_string(),
        write: plan.choice.with_written,
        requests: run.target.requests,
        totals: Totals::default(),
        cases: reports,
        left_behind: run.left_behind,
        headers_only_there: run.headers_only_there,
        interrupted,
    };
    report.count();
    Ok(report)
}

/// The user's wish for an end.
struct Stop<'a, S> {
    signal: Pin<&'a mut S>,
    is_done: bool,
}

impl<S: Future<Output = ()>> Stop<'_, S> {
    /// Does some work, unless an end was wished for.
    async fn unless<T>(&mut self, work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
        if self.is_done {
            return Err(Trouble::Stopped);
        }
        tokio::select! {
            biased;
            () = &mut self.signal => {
                self.is_done = true;
                Err(Trouble::Stopped)
            }
            done = work => done,
        }
    }
}

struct Run {
    target: Target,
    reference: Reference,
    entropy: Entropy,
    ignored: Vec<Ignored>,
    headers_only_there: BTreeSet<String>,
    left_behind: Vec<String>,
}

impl Run {
    /// Finds out whether the target is there and knows the user, before anything is held against it.
    async fn knock(&mut self) -> Result<(), Failure> {
        let authorization = Some(self.target.remote.credentials().basic());
        let call = Call { method: "GET", target: "/v1/debug/whoami".to_owned(), authorization, body: None };
        let answer = self.target.ask(&call).await?;
        let is_refused =
            answer.status == 401 || answer.error_type().is_some_and(|error| error == "invalid_project_id_authentication");
        let address = self.target.remote.address().to_string();
        if is_refused {
            return Err(Failure::Refused(address, answer.outcome()));
        }
        // a proxy that is in the way, a redirect to elsewhere, a service that is down
        if answer.status >= 500 || answer.text("request_id").is_none() {
            return Err(Failure::NotTheApi(address, answer.outcome()));
        }
        Ok(())
    }

    async fn case<S: Future<Output = ()>>(&mut self, case: &'static Case, stop: &mut Stop<'_, S>) -> Result<CaseReport, Trouble> {
        let mut ledger = Ledger::default();
        let came = self.steps(case, &mut ledger, stop).await;
        self.left_behind.extend(ledger.clean(&mut self.target).await);
        came
    }

    async fn steps<S: Future<Output = ()>>(
        &mut self,
        case: &'static Case,
        ledger: &mut Ledger,
        stop: &mut Stop<'_, S>,
    ) -> Result<CaseReport, Trouble> {
        let values = self.values(case);
        let (mut ours, mut theirs) = (values.clone(), values);
        let mut comparison = Comparison::new(case.slack);
        let mut report = CaseReport {
            name: case.name,
            evidence: case.evidence.as_str(),
            source: case.source,
            differences: Vec::new(),
            ignored: 0,
            unasked: 0,
        };
        for (index, step) in case.steps.iter().enumerate() {
            let expected = self.reference.remote.send(&service::call(step, &ours, &self.reference.remote)).await?;
            let call = service::call(step, &theirs, &self.target.remote);
            if step.makes_user {
                ledger.expect(&theirs["email"]);
            }
            let found = stop.unless(self.target.ask(&call)).await?;
            if step.makes_user {
                ledger.note(&found);
            }
            self.headers_only_there.extend(only_there(&expected, &found).map(str::to_owned));
            let mut differences = comparison.differences(&expected, &found);
            service::keep(step, &expected, &mut ours);
            let missing = service::keep(step, &found, &mut theirs);
            if differences.is_empty() {
                differences.extend(missing.iter().map(|path| no_value(path, &found)));
            }
            for difference in differences {
                if self.ignored.iter().any(|ignored| ignored.covers(case.name, &difference)) {
                    report.ignored += 1;
                } else {
                    report.differences.push(Found { step: index + 1, request: call.title(), difference });
                }
            }
            if !missing.is_empty() {
                report.unasked = case.steps.len() - index - 1;
                break;
            }
        }
        Ok(report)
    }

    /// What a case begins with.
    fn values(&self, case: &Case) -> Values {
        let credentials = self.target.remote.credentials();
        let environment = credentials.environment();
        let run = self.entropy.uuid().simple().to_string();
        Values::from([
            ("project_id", credentials.project_id().to_owned()),
            ("environment", environment.to_owned()),
            ("stranger", format!("user-{environment}-{}", self.entropy.uuid())),
            ("token", "A".repeat(44)),
            // no signature is looked at: it is refused for what stands beside it
            ("jwt", "e30.e30.e30".to_owned()),
            ("email", format!("{}-{}@{DOMAIN}", case.name, &run[..8])),
            ("external_id", format!("stytch-mock-verify-{}", &run[..8])),
            ("password", format!("Vv7-{run}")),
        ])
    }
}

/// What a later request needs, and can't be taken from the answer although that is like the expected one.
fn no_value(path: &str, found: &Answer) -> Difference {
    Difference::new(format!("$.{path}"), Kind::Text, "a value to go on with", &found.text(path).unwrap_or_default())
}
