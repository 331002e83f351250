//! Custom claims and metadata: how a request's object is merged into what is kept. Source: the vendor's API reference,
//! for merging and for the limits.

use serde_json::Value;

use super::JsonObject;
use super::refusal::{ErrorType, Refusal};

/// The most bytes of custom claims, or of one kind of metadata, as minified JSON.
const MAX_BYTES: usize = 4096;

/// The most top-level keys of metadata.
const MAX_METADATA_KEYS: usize = 20;

/// Claims that the vendor's own JWT sets. The API reference says that they are ignored, a guide that they are an
/// error; the reference is followed.
const RESERVED: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/// The vendor's own claims start with this.
const VENDOR_PREFIX: &str = "https://stytch.com/";

/// Merges custom claims deeply; `null` deletes at any depth, reserved names are ignored.
///
/// # Errors
/// `custom_claims_too_large`.
pub fn merge_claims(kept: &mut JsonObject, given: &JsonObject) -> Result<(), Refusal> {
    let own = |name: &str| RESERVED.contains(&name) || name.starts_with(VENDOR_PREFIX);
    let given = given.iter().filter(|(name, _)| !own(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
    merge_deep(kept, &given);
    match size(kept) {
        bytes if bytes > MAX_BYTES => Err(Refusal::new(
            ErrorType::CustomClaimsTooLarge,
            format!("the custom claims would have {bytes} bytes; the most is {MAX_BYTES}"),
        )),
        _ => Ok(()),
    }
}

fn merge_deep(kept: &mut JsonObject, given: &JsonObject) {
    for (name, value) in given {
        match (kept.get_mut(name), value) {
            (_, Value::Null) => {
                kept.remove(name);
            }
            (Some(Value::Object(kept)), Value::Object(given)) => merge_deep(kept, given),
            (_, Value::Object(given)) => {
                let mut fresh = JsonObject::new();
                merge_deep(&mut fresh, given);
                kept.insert(name.clone(), Value::Object(fresh));
            }
            (_, value) => {
                kept.insert(name.clone(), value.clone());
            }
        }
    }
}

/// Merges metadata at its top level; `null` deletes a key.
///
/// # Errors
/// `metadata_too_many_keys`, `metadata_too_large`.
pub fn merge_metadata(kept: &mut JsonObject, given: &JsonObject) -> Result<(), Refusal> {
    for (name, value) in given {
        if value.is_null() {
            kept.remove(name);
        } else {
            kept.insert(name.clone(), value.clone());
        }
    }
    if kept.len() > MAX_METADATA_KEYS {
        let reason = format!("the metadata would have {} keys; the most is {MAX_METADATA_KEYS}", kept.len());
        return Err(Refusal::new(ErrorType::MetadataTooManyKeys, reason));
    }
    match size(kept) {
        bytes if bytes > MAX_BYTES => {
            let reason = format!("the metadata would have {bytes} bytes; the most is {MAX_BYTES}");
            Err(Refusal::new(ErrorType::MetadataTooLarge, reason))
        }
        _ => Ok(()),
    }
}

fn size(object: &JsonObject) -> usize {
    serde_json::to_vec(object).map_or(0, |json| json.len())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> JsonObject {
        let Value::Object(object) = value else { panic!("{value} is no object") };
        object
    }

    #[test]
    fn claims_merge_deeply_and_null_deletes() {
        let mut claims = object(json!({ "a": { "b": 1, "c": { "d": 2 } }, "gone": 1, "list": [1, 2] }));
        let given = json!({ "a": { "c": { "d": null, "e": 3 } }, "gone": null, "list": [3], "new": { "x": null, "y": 1 } });
        merge_claims(&mut claims, &object(given)).unwrap();
        let expected = json!({ "a": { "b": 1, "c": { "e": 3 } }, "list": [3], "new": { "y": 1 } });
        assert_eq!(Value::Object(claims), expected);
    }

    #[test]
    fn reserved_claims_are_ignored() {
        let mut claims = JsonObject::new();
        merge_claims(&mut claims, &object(json!({ "iss": "me", "https://stytch.com/session": {}, "mine": 1 }))).unwrap();
        assert_eq!(Value::Object(claims), json!({ "mine": 1 }));
    }

    #[test]
    fn limits_hold_to_the_byte() {
        let of_size = |bytes: usize| object(json!({ "k": "x".repeat(bytes - r#"{"k":""}"#.len()) }));
        assert!(merge_claims(&mut JsonObject::new(), &of_size(MAX_BYTES)).is_ok());
        let refused = merge_claims(&mut JsonObject::new(), &of_size(MAX_BYTES + 1)).unwrap_err();
        assert_eq!(refused.error, ErrorType::CustomClaimsTooLarge);
        let refused = merge_metadata(&mut JsonObject::new(), &of_size(MAX_BYTES + 1)).unwrap_err();
        assert_eq!(refused.error, ErrorType::MetadataTooLarge);
        let keys = |count: usize| (0..count).map(|key| (key.to_string(), json!(1))).collect::<JsonObject>();
        assert!(merge_metadata(&mut JsonObject::new(), &keys(20)).is_ok());
        let refused = merge_metadata(&mut JsonObject::new(), &keys(21)).unwrap_err();
        assert_eq!(refused.error, ErrorType::MetadataTooManyKeys);
    }

    #[test]
    fn metadata_merges_at_the_top_only() {
        let mut metadata = object(json!({ "a": { "b": 1 }, "c": 1 }));
        merge_metadata(&mut metadata, &object(json!({ "a": { "x": null }, "c": null }))).unwrap();
        assert_eq!(Value::Object(metadata), json!({ "a": { "x": null } }));
    }
}
