//! Passkeys in a seed: the credential of a user's registration, and what a project waits for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::node::Node;
use super::object::seed_object;
use super::path::Path;
use super::report::Report;
use super::time::When;
use super::value::{SeedValue, seed_names};
use crate::domain::id::UserId;
use crate::domain::timestamp::Timestamp;
use crate::domain::webauthn::client_data::{Ceremony, read_base64};
use crate::domain::webauthn::credential::PasskeyCredential;
use crate::domain::webauthn::passkeys::{PasskeyChallenge, Passkeys, UserVerification, lifetime};

seed_names! {
    UserVerification "user_verification": UserVerification::ALL.into_iter(), UserVerification::named;
    Ceremony "ceremony": [Ceremony::Register, Ceremony::Authenticate].into_iter(), Ceremony::named;
}

seed_object! {
    /// What proves a passkey.
    CredentialEntry, "a credential" {
        /// Its id, in base64url.
        credential_id: Option<String>,
        /// Its public key in COSE (ES256, `EdDSA` or RS256), in base64url.
        public_key: Option<String>,
        /// The highest count it has signed with. Default: 0.
        sign_count: Option<u32>,
    }
}

seed_object! {
    /// What the project asks of passkeys, and waits for.
    PasskeysEntry, "passkeys" {
        /// Whether authenticators have to verify their users. Default: preferred.
        user_verification: Option<UserVerification>,
        /// The challenges that nobody answered yet. Default: none.
        challenges: Option<Vec<ChallengeEntry>>,
    }
}

seed_object! {
    /// A challenge that was given out.
    ChallengeEntry, "a challenge" {
        /// What for: `register` or `authenticate`. Default: authenticate.
        ceremony: Option<Ceremony>,
        /// The challenge, in base64url.
        challenge: Option<String>,
        /// For whom. Default: whoever has a passkey.
        user_id: Option<UserId>,
        /// For which domain.
        domain: Option<String>,
        /// The browser, of a registration. Default: empty.
        user_agent: Option<String>,
        /// The kind of authenticator, of a registration. Default: empty.
        authenticator_type: Option<String>,
        /// Default: five minutes from now.
        expires_at: Option<When>,
    }
}

impl SeedValue for PasskeyCredential {
    fn read(node: &Node<'_, '_>, report: &mut Report<'_>) -> Option<Self> {
        let entry = CredentialEntry::read(node, report)?;
        let mut bytes = |key: &str, text: Option<&String>| {
            let bytes = text.and_then(|text| read_base64(text)).filter(|bytes| !bytes.is_empty());
            if bytes.is_none() {
                report.add(&node.path().key(key), format!("a credential needs a {key}, in base64url"));
            }
            bytes
        };
        let (id, key) = (bytes("credential_id", entry.credential_id.as_ref()), bytes("public_key", entry.public_key.as_ref()));
        let credential = Self { credential_id: id?, public_key: key?, sign_count: entry.sign_count.unwrap_or_default() };
        if !credential.is_sound() {
            report.add(&node.path().key("public_key"), "this is no key in COSE for ES256, EdDSA or RS256");
        }
        Some(credential)
    }

    fn schema() -> Value {
        CredentialEntry::schema()
    }
}

/// The seed entry of a credential.
#[must_use]
pub(super) fn export_credential(credential: &PasskeyCredential) -> Value {
    json!({
        "credential_id": URL_SAFE_NO_PAD.encode(&credential.credential_id),
        "public_key": URL_SAFE_NO_PAD.encode(&credential.public_key),
        "sign_count": credential.sign_count,
    })
}

impl PasskeysEntry {
    /// Reports what can't be left out.
    pub fn check(&self, path: &Path<'_>, report: &mut Report<'_>) {
        let path = path.key("challenges");
        for (index, entry) in self.challenges.iter().flatten().enumerate() {
            for (key, is_missing) in [("challenge", entry.challenge.is_none()), ("domain", entry.domain.is_none())] {
                if is_missing {
                    report.add(&path.index(index), format!("{key} is missing; nothing can stand in for it"));
                }
            }
        }
    }

    /// What it describes, at `now`.
    #[must_use]
    pub fn build(&self, now: Timestamp) -> Passkeys {
        let text = |given: &Option<String>| given.clone().unwrap_or_default();
        let challenge = |entry: &ChallengeEntry| PasskeyChallenge {
            ceremony: entry.ceremony.unwrap_or(Ceremony::Authenticate),
            challenge: text(&entry.challenge),
            user_id: entry.user_id,
            domain: text(&entry.domain),
            user_agent: text(&entry.user_agent),
            authenticator_type: text(&entry.authenticator_type),
            expires_at: entry.expires_at.map_or_else(|| now.saturating_add(lifetime()), |when| when.resolve(now)),
        };
        Passkeys {
            user_verification: self.user_verification.unwrap_or_default(),
            challenges: self.challenges.iter().flatten().map(challenge).collect(),
        }
    }
}

/// Writes that into the seed entry of its project.
pub fn export(entry: &mut Value, passkeys: &Passkeys) {
    if *passkeys == Passkeys::default() {
        return;
    }
    let mut webauthn = json!({ "user_verification": passkeys.user_verification.as_str() });
    if !passkeys.challenges.is_empty() {
        let challenge = |each: &PasskeyChallenge| {
            json!({
                "ceremony": each.ceremony.as_str(),
                "challenge": each.challenge,
                "user_id": each.user_id.map(|id| id.to_string()),
                "domain": each.domain,
                "user_agent": each.user_agent,
                "authenticator_type": each.authenticator_type,
                "expires_at": each.expires_at.to_string(),
            })
        };
        webauthn["challenges"] = passkeys.challenges.iter().map(challenge).collect();
    }
    entry["webauthn"] = webauthn;
}
