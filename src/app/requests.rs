//! The journal of requests: written by the API, read by tests.

use std::sync::atomic::Ordering;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::core::App;
use super::running_world::{RunningWorld, SteerError};
use crate::domain::id::ProjectId;
use crate::domain::journal::{Entry, Journal};
use crate::domain::project::Project;
use crate::domain::text_filter::TextFilter;

/// Which requests are meant: all that fit every part that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// Whose they were.
    pub project_id: Option<String>,
    /// Their method.
    pub method: Option<String>,
    /// Their path, as sent.
    pub path: Option<String>,
    /// Their status.
    pub status: Option<u16>,
    /// Their `error_type`.
    pub error_type: Option<String>,
    /// Their `request_id`.
    pub request_id: Option<String>,
    /// Part of the query.
    pub query: Option<String>,
    /// Part of the user agent.
    pub user_agent: Option<String>,
    /// Only those that came before a `retry-after` had passed, or only the others.
    pub before_retry_after: Option<bool>,
    /// Only those that were refused, or only the others.
    pub refused: Option<bool>,
    /// A part of anything in them but their bodies, in any letter case.
    pub q: Option<String>,
    /// Only those after this `sequence`.
    pub since: Option<u64>,
    /// Only those before this `sequence`.
    pub before: Option<u64>,
    /// Of those the newest, and no more than so many.
    pub limit: Option<usize>,
}

/// One request and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Request")]
#[non_exhaustive]
pub struct Record {
    /// Its number among all requests, from 1.
    pub sequence: u64,
    /// The `request_id` of the answer.
    pub request_id: String,
    /// When it came, by the emulator's clock.
    pub time: String,
    /// Its method.
    pub method: String,
    /// Its path, as sent.
    pub path: String,
    /// Its query, as sent. Secrets are redacted.
    pub query: String,
    /// The project of its credentials; `null` without one.
    pub project_id: Option<String>,
    /// Its user agent.
    pub user_agent: String,
    /// The HTTP status; `null` if the connection was ended without one.
    pub status: Option<u16>,
    /// How long the answer took, in microseconds of the machine's time.
    pub duration_micros: u64,
    /// The `error_type` of the answer; `null` if it was no error.
    pub error_type: Option<String>,
    /// Why it was refused; `null` if it was not.
    pub reason: Option<String>,
    /// The fault that changed it.
    pub fault: Option<u64>,
    /// Whether it came before the `retry-after` of a 429 had passed.
    pub before_retry_after: bool,
    /// The query parameters and keys of the body that were sent and not used.
    pub ignored: Vec<String>,
    /// The body, if the journal keeps bodies. Secrets are redacted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// Some requests of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Requests {
    /// How many requests fit.
    pub count: usize,
    /// How many requests fell out of the journal because it was full, whether they fit or not.
    pub dropped: u64,
    /// The requests, newest last; with a limit, the newest of them.
    pub requests: Vec<Record>,
}

impl App {
    /// Writes a request into the journal of its project. One of no project goes into the world's.
    pub fn record(&self, running_world: &RunningWorld, project: Option<&Project>, entry: &Entry<'_>) {
        let journal = project.map_or_else(|| running_world.world.journal(), Project::journal);
        journal.write(self.settings.journal, entry, || self.sequence.fetch_add(1, Ordering::Relaxed) + 1);
        self.arrivals.announce();
    }

    /// The requests that fit a filter.
    ///
    /// # Errors
    /// If the filter names a project that is not there.
    pub fn requests(&self, filter: &RequestFilter) -> Result<Requests, SteerError> {
        let project_id = filter.project_id.as_deref();
        let running_world = self.running_world_with(project_id)?;
        let projects = running_world.projects(project_id)?;
        let of_nobody = project_id.is_none().then(|| (running_world.world.journal(), None));
        let of_projects = projects.iter().map(|project| (project.journal(), Some(project.id())));
        let journals: Vec<(&Journal, Option<&ProjectId>)> = of_nobody.into_iter().chain(of_projects).collect();
        let search = filter.q.as_deref().map(TextFilter::of);
        let fits = |sequence: u64, id: Option<&ProjectId>, entry: &Entry<'_>| {
            filter.fits(sequence, entry) && search.as_ref().is_none_or(|search| has(entry, id, search))
        };
        // of many that fit, only those are copied that there is room for
        let (mut count, mut first) = (0, 0);
        if let Some(limit) = filter.limit {
            let number = |sequence, id, entry: &Entry<'_>| fits(sequence, id, entry).then_some(sequence);
            let read = journals.iter().flat_map(|(journal, id)| journal.read(|sequence, entry| number(sequence, *id, entry)));
            let mut numbers: Vec<u64> = read.collect();
            numbers.sort_unstable();
            count = numbers.len();
            first = count.checked_sub(limit).map_or(0, |left_out| numbers.get(left_out).copied().unwrap_or(u64::MAX));
        }
        let record = |sequence, id, entry: &Entry<'_>| {
            (sequence >= first && fits(sequence, id, entry)).then(|| Record::of(sequence, id, entry))
        };
        let read = journals.iter().flat_map(|(journal, id)| journal.read(|sequence, entry| record(sequence, *id, entry)));
        let mut requests: Vec<Record> = read.collect();
        requests.sort_by_key(|request| request.sequence);
        requests.drain(..requests.len().saturating_sub(filter.limit.unwrap_or(usize::MAX)));
        let dropped = journals.iter().map(|(journal, _)| journal.dropped()).sum();
        Ok(Requests { count: count.max(requests.len()), dropped, requests })
    }

    /// The `sequence` of the newest request. Those up to it are in their journals, or have been.
    #[must_use]
    pub fn last_sequence(&self) -> u64 {
        self.sequence.load(Ordering::Acquire)
    }

    /// Waits until at least `count` requests fit a filter, or `timeout` is over. Gives those that there are then.
    ///
    /// # Errors
    /// If the filter names a project that is not there.
    pub async fn wait_for_requests(
        &self,
        filter: &RequestFilter,
        count: usize,
        timeout: Duration,
    ) -> Result<Requests, SteerError> {
        self.arrivals.wait(timeout, || self.requests(filter), |found| found.count >= count).await
    }

    /// Empties the journal of a project, or every journal. Gives how many requests were in it.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn clear_requests(&self, project_id: Option<&str>) -> Result<usize, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        if project_id.is_some() {
            return Ok(running_world.project(project_id)?.journal().clear());
        }
        let of_projects: usize = running_world.world.projects().iter().map(|project| project.journal().clear()).sum();
        Ok(of_projects + running_world.world.journal().clear())
    }
}

impl RequestFilter {
    fn fits(&self, sequence: u64, entry: &Entry<'_>) -> bool {
        let is = |wanted: &Option<String>, text: &str| wanted.as_deref().is_none_or(|wanted| wanted == text);
        let has = |wanted: &Option<String>, text: &str| wanted.as_deref().is_none_or(|wanted| text.contains(wanted));
        self.method.as_deref().is_none_or(|method| method.eq_ignore_ascii_case(entry.method))
            && is(&self.path, entry.path)
            && self.status.is_none_or(|status| status == entry.status)
            && is(&self.error_type, entry.error_type)
            && self.request_id.as_deref().is_none_or(|id| id == entry.request_id.to_string())
            && has(&self.query, entry.query)
            && has(&self.user_agent, entry.user_agent)
            && self.before_retry_after.is_none_or(|before_retry_after| before_retry_after == entry.before_retry_after)
            && self.refused.is_none_or(|refused| refused == (entry.status == 0 || entry.status >= 400))
            && self.since.is_none_or(|since| sequence > since)
            && self.before.is_none_or(|before| sequence < before)
    }
}

/// Whether something in an entry has what somebody looks for.
fn has(entry: &Entry<'_>, project_id: Option<&ProjectId>, search: &TextFilter) -> bool {
    let Entry { method, path, query, user_agent, error_type, reason, ignored, .. } = *entry;
    search.is_in_any([method, path, query, user_agent, error_type, reason])
        || search.is_in_any(project_id.map(ProjectId::as_str))
        || search.is_in_any(ignored)
        || search.is_in_any([entry.status.to_string(), entry.request_id.to_string()])
}

impl Record {
    fn of(sequence: u64, project_id: Option<&ProjectId>, entry: &Entry<'_>) -> Self {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            sequence,
            request_id: entry.request_id.to_string(),
            time: entry.at.to_string(),
            method: entry.method.to_owned(),
            path: entry.path.to_owned(),
            query: entry.query.to_owned(),
            project_id: project_id.map(ToString::to_string),
            user_agent: entry.user_agent.to_owned(),
            status: Some(entry.status).filter(|status| *status != 0),
            duration_micros: entry.micros.into(),
            error_type: given(entry.error_type),
            reason: given(entry.reason),
            fault: entry.fault,
            before_retry_after: entry.before_retry_after,
            ignored: entry.ignored.to_vec(),
            body: entry.body.map(str::to_owned),
        }
    }
}
