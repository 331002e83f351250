//! The RSA key with which a project signs session JWTs (RS256). Fixed by default, and published: tokens stay valid over
//! a restart, and prove nothing outside a test.

use std::fmt;
use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, crypto};
use ring::digest::{SHA256, digest};
use ring::rsa::PublicKeyComponents;
use ring::signature::RsaKeyPair;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use uuid::Builder;

use super::id::Environment;

/// An RSA key pair of 2048 bits or more.
pub struct SigningKey {
    pem: Box<str>,
    signer: EncodingKey,
    verifier: DecodingKey,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    /// A DER certificate of the key, if there is one.
    certificate: Option<&'static [u8]>,
    /// The UUID of its `kid`.
    id: String,
}

/// Why a text is no signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an RSA private key of 2048 to 4096 bits, as unencrypted PEM (openssl genpkey -algorithm RSA)")]
pub struct InvalidKey;

static PUBLISHED: LazyLock<Arc<SigningKey>> = LazyLock::new(|| {
    let key = SigningKey::from_pem(include_str!("test_key/published-test-key.pem")).expect("the built-in key is one");
    Arc::new(SigningKey { certificate: Some(include_bytes!("test_key/published-test-certificate.der")), ..key })
});

impl SigningKey {
    /// The key that is built in, and known to everybody.
    #[must_use]
    pub fn published() -> Arc<Self> {
        Arc::clone(&PUBLISHED)
    }

    /// Reads a private key.
    ///
    /// # Errors
    /// If it is not RSA, not PEM, too short, or inconsistent.
    pub fn from_pem(pem: &str) -> Result<Self, InvalidKey> {
        let signer = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| InvalidKey)?;
        // what the signer will do at every signature, once: an inconsistent key is found here
        let pair = match PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| InvalidKey)? {
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
            PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
            _ => return Err(InvalidKey),
        };
        let public = PublicKeyComponents::<Vec<u8>>::from(pair.map_err(|_| InvalidKey)?.public());
        let mut key = Self {
            pem: pem.into(),
            verifier: DecodingKey::from_rsa_raw_components(&public.n, &public.e),
            modulus: public.n,
            exponent: public.e,
            signer,
            certificate: None,
            id: String::new(),
        };
        key.id = key.derive_id();
        Ok(key)
    }

    /// The UUID of its `kid`, made from the key itself so that it is the same wherever the key is.
    fn derive_id(&self) -> String {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest(&SHA256, &self.modulus).as_ref()[..16]);
        Builder::from_random_bytes(bytes).into_uuid().hyphenated().to_string()
    }

    /// The key as it was given.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// `kid` in the JWKS and in a token's header, `jwk-(test|live)-<uuid>`.
    #[must_use]
    pub fn kid(&self, environment: Environment) -> String {
        format!("jwk-{}-{}", environment.as_str(), self.id)
    }

    /// The public modulus, in URL-safe base64 (`n` of a JWK).
    #[must_use]
    pub fn modulus(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.modulus)
    }

    /// The public exponent, in URL-safe base64 (`e` of a JWK).
    #[must_use]
    pub fn exponent(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.exponent)
    }

    /// A certificate of the key, in base64 (an entry of a JWK's `x5c`), if there is one.
    #[must_use]
    pub fn certificate(&self) -> Option<String> {
        self.certificate.map(|der| STANDARD.encode(der))
    }

    /// The certificate's thumbprint (`x5tS256` of a JWK); empty if there is no certificate.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        self.certificate.map(|der| URL_SAFE_NO_PAD.encode(digest(&SHA256, der))).unwrap_or_default()
    }

    /// The RS256 signature of a message, in URL-safe base64.
    ///
    /// # Panics
    /// Never: the key was tried when it was read.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> String {
        crypto::sign(message, &self.signer, Algorithm::RS256).expect("the key was tried when it was read")
    }

    /// Whether `signature` (URL-safe base64) is this key's for the message.
    #[must_use]
    pub fn verifies(&self, signature: &str, message: &[u8]) -> bool {
        crypto::verify(signature, message, &self.verifier, Algorithm::RS256).unwrap_or(false)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl PartialEq for SigningKey {
    fn eq(&self, other: &Self) -> bool {
        self.modulus == other.modulus
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_key_signs_what_it_verifies() {
        let key = SigningKey::published();
        let signature = key.sign(b"message");
        assert!(key.verifies(&signature, b"message"));
        assert!(!key.verifies(&signature, b"messagE"));
        assert!(!key.verifies("", b"message"));
        assert_eq!(key.exponent(), "AQAB");
        assert!(!format!("{key:?}").contains("PRIVATE"));
    }

    #[test]
    fn what_is_no_rsa_key_is_refused() {
        let truncated = SigningKey::published().pem().replace("MII", "MIA");
        for pem in ["", "x", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", &truncated] {
            assert_eq!(SigningKey::from_pem(pem).err(), Some(InvalidKey));
        }
    }
}
