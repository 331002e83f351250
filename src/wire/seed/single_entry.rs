//! A single entry of a seed, as the control plane takes it.

use super::fault::FaultEntry;
use super::node::Node;
use super::path::Path;
use super::positions::Positions;
use super::report::{Problem, Report, Source};
use super::session::{Owner, SessionEntry};
use super::user::{self, UserEntry};
use super::value::SeedValue;
use crate::domain::fault::FaultRule;
use crate::domain::id::Environment;
use crate::domain::id_generator::IdGenerator;
use crate::domain::operation::Operation;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserRecord;

/// Reads one user, as the control plane takes it, with a seed entry's defaults.
///
/// # Errors
/// Every problem there is.
pub fn read_user(
    source: &Source,
    environment: Environment,
    now: Timestamp,
    ids: &mut IdGenerator<'_>,
) -> Result<UserRecord, Vec<Problem>> {
    let positions = Positions::of(source);
    let mut report = Report::on(&positions);
    let entry = Node::root(&mut report).and_then(|root| UserEntry::read(&root, &mut report));
    let record = entry.map(|mut entry| {
        let id = entry.fill_defaults(environment, ids);
        entry.check(&id, &Path::ROOT, now, &mut report);
        entry.build(id, now).0
    });
    finish(report, record)
}

/// Reads a fault, as the control plane takes it, and the project that it names.
///
/// # Errors
/// Every problem there is.
pub fn read_fault(
    source: &Source,
    now: Timestamp,
    operations: &[Operation],
) -> Result<(FaultRule, Option<String>), Vec<Problem>> {
    let positions = Positions::of(source);
    let mut report = Report::on(&positions);
    let entry = Node::root(&mut report).and_then(|root| FaultEntry::read(&root, &mut report));
    if let Some(entry) = &entry {
        entry.check(operations, &Path::ROOT, &mut report);
    }
    let rule = entry.and_then(|entry| Some((entry.rule(now).ok()?, entry.project_id.map(|id| id.to_string()))));
    finish(report, rule)
}

/// Reads one session of a user, as the control plane takes it, with a seed entry's defaults.
///
/// # Errors
/// Every problem there is.
pub fn read_session(
    source: &Source,
    record: &UserRecord,
    environment: Environment,
    now: Timestamp,
    ids: &mut IdGenerator<'_>,
) -> Result<Session, Vec<Problem>> {
    let positions = Positions::of(source);
    let mut report = Report::on(&positions);
    let user = &record.user;
    let contacts = user::contacts(user);
    let entry = Node::root(&mut report).and_then(|root| SessionEntry::read(&root, &mut report));
    let session = entry.map(|mut entry| {
        entry.fill_defaults(&contacts, environment, ids);
        entry.check(&user.id, &Path::ROOT, now, &mut report);
        entry.build(&mut Owner::new(&user.roles, &contacts), now).0
    });
    finish(report, session)
}

fn finish<T>(report: Report<'_>, value: Option<T>) -> Result<T, Vec<Problem>> {
    let problems = report.into_problems();
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        _ => Err(problems),
    }
}
