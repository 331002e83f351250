//! A living world, written back as a seed: whoever loads it gets the same users, sessions, tokens and answers.

use serde_json::{Value, json};

use super::project;
use crate::domain::project::Project;
use crate::domain::timestamp::Timestamp;
use crate::wire::session::Time;

/// The seed of some projects; `clock` is where the clock is frozen, if it is.
#[must_use]
pub fn world<'a>(clock: Option<Timestamp>, now: Timestamp, projects: impl IntoIterator<Item = &'a Project>) -> Value {
    let projects = projects.into_iter().map(|each| project::export(each, now));
    let mut seed = json!({ "projects": projects.collect::<Vec<_>>() });
    if let Some(clock) = clock {
        seed["clock"] = json!(Time(clock));
    }
    seed
}
