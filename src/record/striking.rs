//! What looks like a credential is struck out of what customers write as they like: metadata and custom claims. The vendor's
//! own answers about users and sessions hold no secret.

use serde_json::{Map, Value};

/// What stands where it was.
pub const STRUCK: &str = "struck-out";

/// The keys under which customers write as they like.
const FREE: [&str; 3] = ["trusted_metadata", "untrusted_metadata", "custom_claims"];

/// Parts of the names of keys whose values are credentials, in lower case and without `-` and `_`.
const NAMES: [&str; 8] = ["secret", "token", "password", "passwd", "apikey", "privatekey", "authorization", "credential"];

/// How known credentials begin: of this vendor, of others, of JWTs, of keys.
const BEGINNINGS: [&str; 9] =
    ["secret-test-", "secret-live-", "sk_live_", "sk_test_", "ghp_", "xoxb-", "eyJ", "-----BEGIN", "Bearer "];

/// Strikes credentials out of a user or a session; notes where.
pub fn strike(members: &mut Map<String, Value>, place: &str, struck: &mut Vec<String>) {
    for (key, value) in members.iter_mut().filter(|(key, _)| FREE.contains(&key.as_str())) {
        walk(value, false, &format!("{place}.{key}"), struck);
    }
}

fn walk(value: &mut Value, is_secret: bool, place: &str, struck: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                walk(value, is_secret || is_secret_name(key), &format!("{place}.{key}"), struck);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter_mut().enumerate() {
                walk(element, is_secret, &format!("{place}[{index}]"), struck);
            }
        }
        Value::String(text) if is_secret || BEGINNINGS.iter().any(|start| text.starts_with(start)) => {
            STRUCK.clone_into(text);
            struck.push(place.to_owned());
        }
        Value::Number(_) if is_secret => {
            *value = Value::from(STRUCK);
            struck.push(place.to_owned());
        }
        _ => {}
    }
}

fn is_secret_name(key: &str) -> bool {
    let plain: String = key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    NAMES.iter().any(|name| plain.contains(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn credentials_are_struck_out_where_customers_write() {
        let mut user = json!({
            "password": { "password_id": "password-test-1" },
            "trusted_metadata": { "Api-Key": "a", "plan": "pro", "deep": [{ "pin": 1, "refresh_token": 5, "on": true }] },
            "custom_claims": { "note": "eyJhbGciOi", "tokens": ["b", null] },
        });
        let mut struck = Vec::new();
        strike(user.as_object_mut().unwrap(), "$", &mut struck);
        assert_eq!(
            user,
            json!({
                "password": { "password_id": "password-test-1" },
                "trusted_metadata": { "Api-Key": STRUCK, "plan": "pro", "deep": [{ "pin": 1, "refresh_token": STRUCK, "on": true }] },
                "custom_claims": { "note": STRUCK, "tokens": [STRUCK, null] },
            })
        );
        assert_eq!(
            struck,
            [
                "$.custom_claims.note",
                "$.custom_claims.tokens[0]",
                "$.trusted_metadata.Api-Key",
                "$.trusted_metadata.deep[0].refresh_token",
            ]
        );
    }
}
