//! JWTs of a project: claims signed with its key in sorted order, as captured, and read back.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::domain::project::Project;

/// The claims of a JWT, each rendered.
#[derive(Debug, Default)]
pub struct Claims<'a>(BTreeMap<&'a str, Box<RawValue>>);

impl<'a> Claims<'a> {
    /// Sets a claim.
    ///
    /// # Panics
    /// Never: claims are plain JSON.
    pub fn set(&mut self, name: &'a str, value: &impl Serialize) {
        self.0.insert(name, to_raw_value(value).expect("claims are plain JSON"));
    }

    /// The JWT of these claims.
    ///
    /// # Panics
    /// Never: claims are plain JSON.
    #[must_use]
    pub fn sign(&self, project: &Project) -> String {
        let key = project.signing_key();
        let header = format!(r#"{{"alg":"RS256","kid":"{}","typ":"JWT"}}"#, key.kid(project.environment()));
        let claims = serde_json::to_vec(&self.0).expect("claims are plain JSON");
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = key.sign(message.as_bytes());
        format!("{message}.{signature}")
    }
}

/// `iss` of a project's tokens.
#[must_use]
pub fn issuer(project: &Project) -> String {
    format!("stytch.com/{}", project.id())
}

/// The claims of a JWT that the project's key signed, whatever they say.
///
/// # Errors
/// What is wrong with it.
pub fn read(project: &Project, jwt: &str) -> Result<Value, &'static str> {
    let (message, signature) = jwt.rsplit_once('.').ok_or("it has no three parts")?;
    let (header, claims) = message.split_once('.').ok_or("it has no three parts")?;
    let header = decode(header).ok_or("its header is not base64 of JSON")?;
    let claims = decode(claims).ok_or("its claims are not base64 of JSON")?;
    if header["alg"] != "RS256" {
        return Err("its alg is not RS256");
    }
    if !project.signing_key().verifies(signature, message.as_bytes()) {
        return Err("its signature is not by the project's key");
    }
    Ok(claims)
}

fn decode(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
