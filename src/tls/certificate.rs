//! What a certificate says.

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::domain::timestamp::Timestamp;

/// The first certificate of a PEM file.
pub(super) fn first_certificate(pem: &[u8]) -> Result<CertificateDer<'static>, String> {
    CertificateDer::from_pem_slice(pem).map_err(|_| "holds no certificate in PEM".to_owned())
}

/// What is in a certificate.
pub(super) fn parse<'a>(der: &'a CertificateDer<'_>) -> Result<X509Certificate<'a>, String> {
    X509Certificate::from_der(der)
        .map(|(_, certificate)| certificate)
        .map_err(|error| format!("holds a broken certificate ({error})"))
}

/// Insists that a certificate is valid at `now`.
pub(super) fn check_validity(der: &CertificateDer<'_>, now: Timestamp) -> Result<(), String> {
    let validity = parse(der)?.validity().clone();
    if validity.not_after.timestamp() < now.unix_seconds() {
        return Err(format!("expired on {}", validity.not_after));
    }
    if validity.not_before.timestamp() > now.unix_seconds() {
        return Err(format!("is not valid before {}", validity.not_before));
    }
    Ok(())
}

/// Whether a public key (as `SubjectPublicKeyInfo`) is the one that a certificate speaks for.
pub(super) fn is_key_of(der: &CertificateDer<'_>, public_key: &[u8]) -> bool {
    parse(der).is_ok_and(|certificate| certificate.public_key().raw == public_key)
}
