//! What an authenticator says of a new credential, and by which signature: attestation of the formats none and packed. Whose
//! certificate signed is not asked: no authority is trusted more than another.

use minicbor::Decoder;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm};
use webpki::EndEntityCert;
use x509_parser::prelude::{FromDer, X509Certificate, X509Version};

use super::authenticator_data::{AuthenticatorData, NewCredential};

/// An attestation that was read.
#[derive(Debug)]
pub struct Attestation {
    format: String,
    statement: Statement,
    bytes: Vec<u8>,
    /// What the authenticator says of itself.
    pub data: AuthenticatorData,
}

#[derive(Debug, Default)]
struct Statement {
    is_empty: bool,
    algorithm: Option<i64>,
    signature: Vec<u8>,
    certificates: Option<Vec<Vec<u8>>>,
}

/// The extension of a certificate that names the authenticator's model.
const AAGUID_EXTENSION: &str = "1.3.6.1.4.1.45724.1.1.4";

impl Attestation {
    /// Reads it; `None` if it is of another form.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut decoder = Decoder::new(bytes);
        let (mut format, mut statement, mut data) = (None, None, None);
        for _ in 0..decoder.map().ok()??.min(16) {
            match decoder.str().ok()? {
                "fmt" => format = Some(decoder.str().ok()?.to_owned()),
                "attStmt" => statement = Some(Statement::read(&mut decoder)?),
                "authData" => data = Some(decoder.bytes().ok()?.to_vec()),
                _ => decoder.skip().ok()?,
            }
        }
        let bytes = data?;
        Some(Self { format: format?, statement: statement?, data: AuthenticatorData::read(&bytes)?, bytes })
    }

    /// What speaks against it; `client_data_hash` is what it was made of beside its own data.
    #[must_use]
    pub fn objection(&self, credential: &NewCredential, client_data_hash: &[u8]) -> Option<String> {
        match self.format.as_str() {
            "none" if self.statement.is_empty => None,
            "none" => Some("an attestation of the format none has no statement".to_owned()),
            "packed" => {
                let signed = [&self.bytes, client_data_hash].concat();
                self.statement.packed_objection(credential, &signed).map(str::to_owned)
            }
            _ => Some("the attestation is neither none nor packed".to_owned()),
        }
    }
}

impl Statement {
    fn read(decoder: &mut Decoder<'_>) -> Option<Self> {
        let count = decoder.map().ok()??;
        let mut statement = Self { is_empty: count == 0, ..Self::default() };
        for _ in 0..count.min(16) {
            match decoder.str().ok()? {
                "alg" => statement.algorithm = Some(decoder.i64().ok()?),
                "sig" => statement.signature = decoder.bytes().ok()?.to_vec(),
                "x5c" => {
                    let count = decoder.array().ok()??;
                    let mut certificates = Vec::new();
                    for _ in 0..count.min(16) {
                        certificates.push(decoder.bytes().ok()?.to_vec());
                    }
                    statement.certificates = Some(certificates);
                }
                _ => decoder.skip().ok()?,
            }
        }
        Some(statement)
    }

    fn packed_objection(&self, credential: &NewCredential, signed: &[u8]) -> Option<&'static str> {
        let Some(certificates) = &self.certificates else {
            if self.algorithm != Some(credential.key.algorithm()) {
                return Some("the attestation's algorithm is not the credential's");
            }
            return (!credential.key.verifies(signed, &self.signature)).then_some("the attestation's signature is wrong");
        };
        let Some(leaf) = certificates.first() else { return Some("the attestation has no certificate") };
        let Ok((_, certificate)) = X509Certificate::from_der(leaf) else {
            return Some("the attestation's certificate can't be read");
        };
        if certificate.version() != X509Version::V3 || certificate.is_ca() {
            return Some("the attestation's certificate is none of an authenticator's");
        }
        let model = certificate.extensions().iter().find(|extension| extension.oid.to_id_string() == AAGUID_EXTENSION);
        // an octet string of 16 bytes
        if model.is_some_and(|model| model.value.strip_prefix(&[4, 16]) != Some(&credential.aaguid)) {
            return Some("the attestation's certificate is of another model");
        }
        let algorithm: &dyn SignatureVerificationAlgorithm = match self.algorithm {
            Some(-7) => webpki::ring::ECDSA_P256_SHA256,
            Some(-8) => webpki::ring::ED25519,
            Some(-257) => webpki::ring::RSA_PKCS1_2048_8192_SHA256,
            _ => return Some("the attestation's algorithm is not known"),
        };
        let der = CertificateDer::from(leaf.as_slice());
        let is_right = EndEntityCert::try_from(&der)
            .is_ok_and(|certificate| certificate.verify_signature(algorithm, signed, &self.signature).is_ok());
        (!is_right).then_some("the attestation's signature is wrong")
    }
}
