//! A recording, from the first request to the seed that was tried out.

use std::sync::Arc;

use rustls::ClientConfig;
use serde_json::Value;

use super::fetch::{FetchError, Recorded, RecordedUser, fetch};
use super::renaming::Renaming;
use super::{check, seed, striking};
use crate::emulator::StartError;
use crate::verify::reference::Reference;
use crate::verify::remote::address::Address;
use crate::verify::remote::client::{Remote, Unreachable};
use crate::verify::remote::credentials::Credentials;
use crate::verify::remote::pace::{Pace, Rate};
use crate::verify::service::Target;
use crate::wire::profile::WireProfile;
use crate::wire::seed::load::DEFAULT_SECRET;

/// How often a seed is tried again without what was refused of it.
const ATTEMPTS: usize = 100;

/// What is to be recorded.
pub struct Plan {
    /// The service.
    pub address: Address,
    /// Whom TLS trusts, if the service speaks it.
    pub tls: Option<Arc<ClientConfig>>,
    /// The user's own.
    pub credentials: Credentials,
    /// How fast the service is asked.
    pub rate: Rate,
    /// The users, by their ids or external ids.
    pub user_ids: Vec<String>,
    /// Whether ids stay as they are.
    pub keep_ids: bool,
}

/// What was recorded.
#[derive(Debug)]
pub struct Recording {
    /// The seed.
    pub seed: String,
    /// The users: who was asked for, and the `user_id` in the seed.
    pub users: Vec<(String, String)>,
    /// How many sessions they have.
    pub sessions: usize,
    /// Where credentials were struck out.
    pub struck: Vec<String>,
    /// What the emulator's seed does not take.
    pub left_out: Vec<String>,
    /// Where an emulator with the seed answers something else than was recorded.
    pub differences: Vec<String>,
}

/// Why nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It can't be had.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The host has no name that TLS knows.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// The emulator takes no seed of it.
    #[error("no seed can be made of it: {0}")]
    Seed(#[from] StartError),
    /// The emulator does not take the project id.
    #[error(transparent)]
    Credentials(#[from] crate::verify::remote::credentials::InvalidCredentials),
    /// The seed does not answer.
    #[error("an emulator with the seed does not answer: {0}")]
    Played(FetchError),
}

/// Records.
///
/// # Errors
/// If something that was asked for is not told, or no seed can be made of it.
pub async fn run(plan: Plan) -> Result<Recording, Failure> {
    let project_id = plan.credentials.project_id().to_owned();
    let remote = Remote::new(plan.address, Arc::new(plan.credentials), plan.tls)?;
    let mut target = Target::new(remote, Pace::of(plan.rate));
    let mut renaming = if plan.keep_ids { Renaming::none() } else { Renaming::of_project(&project_id) };
    let mut struck = Vec::new();
    let recorded = told_on(fetch(&mut target, &plan.user_ids).await?, &mut renaming, &mut struck);
    let project_id = renaming.text(&project_id);
    let credentials = Arc::new(Credentials::new(&project_id, DEFAULT_SECRET)?);
    let mut seed = seed::of(&recorded, &project_id, DEFAULT_SECRET);
    let mut left_out = Vec::new();
    let (played, text) = start(&mut seed, &credentials, &mut left_out).await?;
    let id = |user: &RecordedUser| user.user.get("user_id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let ids: Vec<String> = recorded.users.iter().map(id).collect();
    let mut player = Target::new(played.remote, Pace::of(Rate::OFF));
    let played = fetch(&mut player, &ids).await.map_err(Failure::Played)?;
    Ok(Recording {
        seed: text,
        users: plan.user_ids.into_iter().zip(ids).collect(),
        sessions: recorded.users.iter().map(|user| user.sessions.len()).sum(),
        struck,
        left_out,
        differences: check::differences(&recorded, &played),
    })
}

/// What was recorded, without credentials, and with other ids.
fn told_on(mut recorded: Recorded, renaming: &mut Renaming, struck: &mut Vec<String>) -> Recorded {
    for (index, user) in recorded.users.iter_mut().enumerate() {
        striking::strike(&mut user.user, &format!("users[{index}]"), struck);
        user.user = renaming.object(&user.user);
        for (number, session) in user.sessions.iter_mut().enumerate() {
            if let Value::Object(members) = session {
                striking::strike(members, &format!("users[{index}].sessions[{number}]"), struck);
            }
            *session = renaming.value(session);
        }
    }
    recorded.policy = recorded.policy.map(|policy| renaming.value(&policy));
    recorded
}

/// An emulator with the seed, and the seed's text. What the emulator refuses is left out.
async fn start(
    seed: &mut Value,
    credentials: &Arc<Credentials>,
    left_out: &mut Vec<String>,
) -> Result<(Reference, String), StartError> {
    for _ in 0..ATTEMPTS {
        let text = format!("{seed:#}\n");
        match Reference::seeded(&text, Arc::clone(credentials), WireProfile::Live).await {
            Err(StartError::Seed(problems)) => {
                let more = seed::without(seed, &problems);
                if more.is_empty() {
                    return Err(StartError::Seed(problems));
                }
                left_out.extend(more);
            }
            started => return started.map(|reference| (reference, text)),
        }
    }
    let text = format!("{seed:#}\n");
    Reference::seeded(&text, Arc::clone(credentials), WireProfile::Live).await.map(|reference| (reference, text))
}
