//! What every body has in common: `status_code` and `request_id` around a payload, or the five keys of an error.
//! The only place where response bytes are put together.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

use super::profile::WireProfile;
use crate::domain::oauth_error::OAuthError;
use crate::domain::refusal::ErrorType;
use crate::domain::request_id::RequestId;

/// What an operation answers beside `status_code` and `request_id`: keys in alphabetical order, each with its
/// rendered value.
#[derive(Debug, Default)]
pub struct Payload {
    members: Vec<(Cow<'static, str>, Vec<u8>)>,
}

impl Payload {
    /// With one more key; `json` is its rendered value.
    #[must_use]
    pub fn with_json(mut self, key: impl Into<Cow<'static, str>>, json: Vec<u8>) -> Self {
        let key = key.into();
        let place = self.members.partition_point(|(other, _)| *other < key);
        self.members.insert(place, (key, json));
        self
    }

    /// With a member a second time, under another key; as it is if there is none of this key.
    #[must_use]
    pub fn with_copy(self, key: &str, copy: &'static str) -> Self {
        match self.members.iter().find(|(known, _)| known == key).map(|(_, json)| json.clone()) {
            Some(json) => self.with_json(copy, json),
            None => self,
        }
    }

    /// The members of an answer.
    ///
    /// # Panics
    /// If it does not serialise to a JSON object, as every answer does.
    #[must_use]
    pub fn of(profile: WireProfile, answer: &impl Serialize) -> Self {
        Self::from_object(&profile.render(answer))
    }

    fn from_object(json: &[u8]) -> Self {
        let members: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_slice(json).expect("an answer is an object");
        let owned = |(key, value): (Cow<'_, str>, &RawValue)| (key.into_owned().into(), value.get().as_bytes().to_vec());
        Self { members: members.into_iter().map(owned).collect() }
    }
}

/// A string that stands behind every key.
const LAST: &str = "\u{10FFFF}";

/// A success body; `status` as it is written.
#[must_use]
pub fn success(profile: WireProfile, status: &str, request_id: RequestId, payload: &Payload) -> Vec<u8> {
    let length: usize = payload.members.iter().map(|(key, json)| key.len() + json.len() + 4).sum();
    let mut body = Vec::with_capacity(length + 110);
    let write_status = |body: &mut Vec<u8>| {
        body.extend_from_slice(br#""status_code":"#);
        body.extend_from_slice(status.as_bytes());
    };
    let write_request_id = |body: &mut Vec<u8>| {
        body.extend_from_slice(br#""request_id":""#);
        request_id.write_to(body);
        body.push(b'"');
    };
    let write_members = |body: &mut Vec<u8>, from: &str, to: &str| {
        for (key, json) in &payload.members {
            if (from..to).contains(&key.as_ref()) {
                body.extend_from_slice(b"\"");
                body.extend_from_slice(key.as_bytes());
                body.extend_from_slice(b"\":");
                body.extend_from_slice(json);
                body.push(b',');
            }
        }
    };
    body.push(b'{');
    match profile {
        WireProfile::Page => {
            write_status(&mut body);
            body.push(b',');
            write_request_id(&mut body);
            body.push(b',');
            write_members(&mut body, "", LAST);
        }
        WireProfile::Live => {
            write_members(&mut body, "", "request_id");
            write_request_id(&mut body);
            body.push(b',');
            write_members(&mut body, "request_id", "status_code");
            write_status(&mut body);
            body.push(b',');
            write_members(&mut body, "status_code", LAST);
        }
    }
    // every member is written with its comma: the last one gives way to the brace
    body.pop();
    body.push(b'}');
    if profile == WireProfile::Live {
        body.push(b'\n');
    }
    body
}

/// A success body as pages get it: all of it in `data`.
#[must_use]
pub fn data(profile: WireProfile, status: &str, request_id: RequestId, payload: &Payload) -> Vec<u8> {
    let inner = success(profile, status, request_id, payload);
    let (inner, end) = inner.strip_suffix(b"\n").map_or((inner.as_slice(), &b"}"[..]), |inner| (inner, b"}\n"));
    [br#"{"data":"#, inner, end].concat()
}

/// An error body: the five keys, in the one order in which they were both documented and captured.
#[must_use]
pub fn failure(profile: WireProfile, request_id: RequestId, error: ErrorType) -> Vec<u8> {
    #[derive(Serialize)]
    struct Failure<'a> {
        status_code: u16,
        request_id: String,
        error_type: &'a str,
        error_message: &'a str,
        error_url: String,
    }
    WireProfile::Page.render(&Failure {
        status_code: error.status(),
        request_id: request_id.to_string(),
        error_type: error.as_str(),
        error_message: error.message(),
        error_url: profile.error_url(error),
    })
}

/// An error body of an OAuth endpoint. Source of its keys: the official SDKs for Go and Python; their order is that of
/// the other errors.
#[must_use]
pub fn oauth_failure(profile: WireProfile, request_id: RequestId, error: ErrorType) -> Vec<u8> {
    #[derive(Serialize)]
    struct Failure<'a> {
        status_code: u16,
        request_id: String,
        error: &'a str,
        error_description: &'a str,
        error_uri: String,
    }
    let OAuthError { code, status } = OAuthError::of(error);
    WireProfile::Page.render(&Failure {
        status_code: status,
        request_id: request_id.to_string(),
        error: code,
        error_description: error.message(),
        error_uri: profile.error_url(error),
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::Environment;

    fn id() -> RequestId {
        RequestId::new(Environment::Live, Uuid::from_u128(0xb05c_992f_ebdc_489d_a754_c7e7_0ba1_3141))
    }

    #[test]
    fn each_profile_has_its_order_and_its_end() {
        let payload = || {
            let payload = Payload::default().with_json("user", b"2".to_vec());
            payload.with_json("session", b"1".to_vec()).with_json("emails", b"[]".to_vec())
        };
        assert_eq!(
            String::from_utf8(success(WireProfile::Page, "201", id(), &payload())).unwrap(),
            r#"{"status_code":201,"request_id":"request-id-live-b05c992f-ebdc-489d-a754-c7e70ba13141","emails":[],"session":1,"user":2}"#
        );
        assert_eq!(
            String::from_utf8(success(WireProfile::Live, "201", id(), &payload())).unwrap(),
            concat!(
                r#"{"emails":[],"request_id":"request-id-live-b05c992f-ebdc-489d-a754-c7e70ba13141","session":1,"status_code":201,"user":2}"#,
                "\n"
            )
        );
        assert!(success(WireProfile::Page, "200", id(), &Payload::default()).ends_with(b"3141\"}"));
    }
}
