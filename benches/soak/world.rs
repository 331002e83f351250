//! The seed, and the worlds that are put in place of each other: by resets, by another seed, by a snapshot. What the
//! well-behaved clients ask about is in all of them, and the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};

use crate::http::steer;
use crate::{Fallible, Soak};

/// The project of the well-behaved clients, and its secret.
pub const PROJECT: &str = "project-test-00000000-0000-4000-8000-00000000000a";
pub const SECRET: &str = "secret-test-of-the-well-behaved";

/// How many users that project has.
pub const USERS: usize = 50;

/// How often another world is put in place.
const EVERY: Duration = Duration::from_secs(2);

/// A session token of the `number`th user.
pub fn token(number: usize) -> String {
    format!("token-of-user-{number:030}")
}

/// The id of the `number`th user.
pub fn user_id(number: usize) -> String {
    format!("user-test-00000000-0000-4000-8000-{number:012x}")
}

/// The seed, in which nothing is left to chance; another number makes another second project of it.
fn seed(number: usize) -> String {
    let user = |number: usize| {
        let email_id = format!("email-test-00000000-0000-4000-8000-{number:012x}");
        let email = format!("user-{number}@example.com");
        let session = |which: usize, token: &str| {
            json!({
                "session_id": format!("session-test-00000000-0000-4000-8000-{:012x}", number * 16 + which), "session_token": token,
                "started_at": format!("2025-12-31T23:{which:02}:00Z"), "last_accessed_at": "2025-12-31T23:30:00Z",
                "expires_at": "2026-02-01T00:00:00Z", "custom_claims": { "number": number },
                "authentication_factors": [{
                    "type": "otp", "delivery_method": "email", "created_at": "2025-12-31T23:00:00Z",
                    "last_authenticated_at": "2025-12-31T23:00:00Z", "updated_at": "2025-12-31T23:00:00Z",
                    "email_factor": { "email_id": email_id, "email_address": email },
                }],
            })
        };
        let more = (1..=number % 5).map(|which| session(which, &format!("other-token-{which}-of-user-{number:020}")));
        let sessions: Vec<Value> = [session(0, &token(number))].into_iter().chain(more).collect();
        json!({
            "user_id": user_id(number), "created_at": "2025-12-01T00:00:00Z", "external_id": format!("customer-{number}"),
            "name": { "first_name": "User", "last_name": number.to_string() },
            "emails": [{ "email_id": email_id, "email": email, "verified": true }], "sessions": sessions,
        })
    };
    let users: Vec<Value> = (0..USERS).map(user).collect();
    let others: Vec<Value> = (0..10 + number % 90).map(|other| json!({ "external_id": format!("other-{other}") })).collect();
    let projects = json!([
        { "project_id": PROJECT, "secrets": [SECRET], "rate_limit": "off", "users": users },
        { "project_id": "project-test-00000000-0000-4000-8000-00000000000b", "secrets": ["secret-test-of-the-rest"], "users": others },
    ]);
    json!({ "projects": projects }).to_string()
}

/// Writes the seed in a folder of its own: a folder is watched whole.
pub fn write_seed() -> Fallible<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("soak-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let path = folder.join("seed.json");
    fs::write(&path, seed(0))?;
    Ok(path)
}

/// Saves the world as it was at first.
pub async fn save(soak: &Soak) -> Fallible<()> {
    let (status, body) = steer(soak.address, "PUT", "snapshots/first", "").await?;
    if status == 200 { Ok(()) } else { Err(format!("no snapshot: {status} {body}").into()) }
}

/// Puts one world after another in place of what is there, until the end.
pub async fn turn_over(soak: &Soak) -> Fallible<()> {
    let mut number = 0;
    while soak.goes_on() {
        tokio::time::sleep(EVERY).await;
        number += 1;
        soak.worlds.fetch_add(1, Ordering::SeqCst);
        match number % 4 {
            0 => {
                let (status, body) = steer(soak.address, "POST", "snapshots/first", "").await?;
                if status != 200 {
                    soak.wrong(format_args!("a restored snapshot: {status} {body}"));
                }
                soak.count("world snapshots restored");
            }
            1 | 3 => {
                let (status, body) = steer(soak.address, "POST", "reset", "").await?;
                if status != 200 {
                    soak.wrong(format_args!("a reset: {status} {body}"));
                }
                soak.count("resets");
            }
            _ => rewrite(soak, number).await?,
        }
        soak.worlds.fetch_add(1, Ordering::SeqCst);
    }
    if let Some(folder) = soak.seed.parent() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// Rewrites the seed, after an edit that is none, and waits until its second project is the new one.
async fn rewrite(soak: &Soak, number: usize) -> Fallible<()> {
    fs::write(&soak.seed, "{\"projects\": [")?;
    tokio::time::sleep(Duration::from_millis(50)).await;
    fs::write(&soak.seed, seed(number))?;
    soak.count("seeds rewritten");
    let expected = 10 + number % 90;
    for _ in 0..200 {
        let path = "users?project_id=project-test-00000000-0000-4000-8000-00000000000b&limit=1";
        let (_, body) = steer(soak.address, "GET", path, "").await?;
        if body["count"] == expected {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    soak.wrong(format_args!("a rewritten seed was not loaded within ten seconds"));
    Ok(())
}
