//! Whether an emulator with the seed answers what was recorded: the same requests are put to it.

use serde_json::Value;

use super::fetch::Recorded;

/// What differs between what was recorded and what is played. The order of keys and the envelope are left aside.
#[must_use]
pub fn differences(recorded: &Recorded, played: &Recorded) -> Vec<String> {
    let mut found = Vec::new();
    for (index, (one, other)) in recorded.users.iter().zip(&played.users).enumerate() {
        let place = format!("users[{index}]");
        compare(&place, &Value::Object(one.user.clone()), &Value::Object(other.user.clone()), &mut found);
        let sessions = |user: &super::fetch::RecordedUser| Value::from(user.sessions.clone());
        compare(&format!("{place}.sessions"), &sessions(one), &sessions(other), &mut found);
    }
    if let Some(policy) = &recorded.policy {
        compare("rbac_policy", policy, played.policy.as_ref().unwrap_or(&Value::Null), &mut found);
    }
    found
}

fn compare(place: &str, recorded: &Value, played: &Value, found: &mut Vec<String>) {
    match (recorded, played) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for (key, value) in ours {
                match theirs.get(key) {
                    Some(other) => compare(&format!("{place}.{key}"), value, other, found),
                    None => found.push(format!("{place}.{key}: the emulator answers without it")),
                }
            }
            for key in theirs.keys().filter(|key| !ours.contains_key(*key)) {
                found.push(format!("{place}.{key}: only the emulator answers it"));
            }
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            for (index, (value, other)) in ours.iter().zip(theirs).enumerate() {
                compare(&format!("{place}[{index}]"), value, other, found);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            found.push(format!("{place}: {} of {} are played", theirs.len(), ours.len()));
        }
        _ if recorded == played => {}
        _ => found.push(format!("{place}: another value")),
    }
}
