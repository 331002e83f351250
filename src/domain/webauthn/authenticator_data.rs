//! What an authenticator says of itself and of a login: flags, a counter, and a new credential.

use minicbor::Decoder;
use ring::digest::{SHA256, digest};

use super::cose::CoseKey;

/// The user was there.
const USER_PRESENT: u8 = 1;
/// The user was verified, by a PIN or a fingerprint.
const USER_VERIFIED: u8 = 1 << 2;
/// A new credential follows.
const HAS_CREDENTIAL: u8 = 1 << 6;

/// It.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthenticatorData {
    domain_hash: [u8; 32],
    flags: u8,
    /// How often the credential has signed; 0 of an authenticator that does not count.
    pub sign_count: u32,
    /// The new credential, if there is one.
    pub credential: Option<NewCredential>,
}

/// A credential that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCredential {
    /// The model of the authenticator.
    pub aaguid: [u8; 16],
    /// The credential's id.
    pub id: Vec<u8>,
    /// The key, read.
    pub key: CoseKey,
    /// The key as it came.
    pub public_key: Vec<u8>,
}

impl AuthenticatorData {
    /// Reads it; `None` if it is of another form, or the key is none that is known.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (domain_hash, rest) = bytes.split_first_chunk::<32>()?;
        let (&flags, rest) = rest.split_first()?;
        let (sign_count, rest) = rest.split_first_chunk::<4>()?;
        let credential = if flags & HAS_CREDENTIAL == 0 { None } else { Some(NewCredential::read(rest)?) };
        Some(Self { domain_hash: *domain_hash, flags, sign_count: u32::from_be_bytes(*sign_count), credential })
    }

    /// What speaks against it: it is for another domain, or the user was not there, or not verified.
    #[must_use]
    pub fn objection(&self, domain: &str, needs_verification: bool) -> Option<&'static str> {
        if digest(&SHA256, domain.as_bytes()).as_ref() != self.domain_hash {
            return Some("the authenticator was asked for another domain");
        }
        if self.flags & USER_PRESENT == 0 {
            return Some("the user was not there");
        }
        (needs_verification && self.flags & USER_VERIFIED == 0).then_some("the user was not verified, which the project requires")
    }
}

impl NewCredential {
    fn read(bytes: &[u8]) -> Option<Self> {
        let (aaguid, rest) = bytes.split_first_chunk::<16>()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (id, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        let mut decoder = Decoder::new(rest);
        let key = CoseKey::read(&mut decoder)?;
        let public_key = rest.get(..decoder.position())?.to_vec();
        // longer ones are forbidden
        (1..=1023).contains(&id.len()).then(|| Self { aaguid: *aaguid, id: id.to_vec(), key, public_key })
    }
}
