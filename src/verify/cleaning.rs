//! Deletes the users that a case made, whatever came of it: those whose ids it saw, and whoever has the case's address.

use std::collections::BTreeSet;

use super::remote::answer::Answer;
use super::remote::client::Call;
use super::service::{Target, Trouble};

/// How often a user is tried to be deleted.
const ATTEMPTS: u32 = 3;

/// The users of a case.
#[derive(Debug, Default)]
pub struct Ledger {
    ids: BTreeSet<String>,
    /// The addresses with which users may have been made.
    emails: BTreeSet<String>,
}

impl Ledger {
    /// Notes that somebody may be there with an address.
    pub fn expect(&mut self, email: &str) {
        self.emails.insert(email.to_owned());
    }

    /// Notes who was made by the answer.
    pub fn note(&mut self, answer: &Answer) {
        // an error may repeat an id that is none of the case's
        if answer.status < 300 {
            self.ids.extend(answer.text("user_id").filter(|id| is_user(id)));
        }
    }

    /// Deletes them all; what is left, and why.
    pub async fn clean(mut self, target: &mut Target) -> Vec<String> {
        let mut left = Vec::new();
        for email in std::mem::take(&mut self.emails) {
            match find(target, &email).await {
                Ok(ids) => self.ids.extend(ids),
                // whoever is known is deleted all the same
                Err(why) => left.push(format!("whoever has the address {email}, if anybody has: {why}")),
            }
        }
        for id in self.ids {
            if let Err(why) = delete(target, &id).await {
                left.push(format!("{id}: {why}"));
            }
        }
        left
    }
}

/// Who has an address.
async fn find(target: &mut Target, email: &str) -> Result<Vec<String>, String> {
    let query = serde_json::json!({ "query": { "operator": "AND", "operands": [
        { "filter_name": "email_address", "filter_value": [email] },
    ] } });
    let answer = ask(target, "POST", "/v1/users/search".to_owned(), Some(query.to_string())).await?;
    if answer.status != 200 {
        return Err(format!("the search answers {}", answer.outcome()));
    }
    // a target that finds others than were asked for must not have them deleted
    let is_meant = |index: &usize| answer.text(&format!("results.{index}.emails.0.email")).as_deref() == Some(email);
    let found = (0..10).filter(is_meant).filter_map(|index| answer.text(&format!("results.{index}.user_id")));
    Ok(found.filter(|id| is_user(id)).collect())
}

async fn delete(target: &mut Target, id: &str) -> Result<(), String> {
    let mut why = String::new();
    for _ in 0..ATTEMPTS {
        match ask(target, "DELETE", format!("/v1/users/{id}"), None).await {
            Ok(answer) if answer.status == 200 || answer.status == 404 => return Ok(()),
            Ok(answer) => why = format!("the deletion answers {}", answer.outcome()),
            Err(trouble) => why = trouble,
        }
    }
    Err(why)
}

async fn ask(target: &mut Target, method: &'static str, path: String, body: Option<String>) -> Result<Answer, String> {
    let authorization = Some(target.remote.credentials().basic());
    let answer = target.ask(&Call { method, target: path, authorization, body }).await;
    answer.map_err(|trouble: Trouble| trouble.to_string())
}

/// Whether an id goes into a path as it is.
fn is_user(id: &str) -> bool {
    id.starts_with("user-") && id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}
