//! A credential as it is kept: its id, its key, and how often it has signed.

use minicbor::Decoder;
use ring::digest::{SHA256, digest};

use super::authenticator_data::AuthenticatorData;
use super::cose::CoseKey;

/// A credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyCredential {
    /// Its id, which its authenticator chose.
    pub credential_id: Vec<u8>,
    /// Its public key, in COSE.
    pub public_key: Vec<u8>,
    /// The highest count it has signed with.
    pub sign_count: u32,
}

impl PasskeyCredential {
    /// Whether its key is one that can be checked.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        CoseKey::read(&mut Decoder::new(&self.public_key)).is_some()
    }

    /// What speaks against an assertion of it: the signature, or a count that does not go on, as of a copy.
    #[must_use]
    pub fn objection(&self, data: &AuthenticatorData, bytes: &[u8], client_data: &[u8], signature: &[u8]) -> Option<String> {
        let key = CoseKey::read(&mut Decoder::new(&self.public_key));
        let signed = [bytes, digest(&SHA256, client_data).as_ref()].concat();
        if !key.is_some_and(|key| key.verifies(&signed, signature)) {
            return Some("the signature is not that of this credential".to_owned());
        }
        let counts = self.sign_count != 0 || data.sign_count != 0;
        (counts && data.sign_count <= self.sign_count)
            .then(|| format!("the sign count is {}, after {}: the credential was copied", data.sign_count, self.sign_count))
    }
}
