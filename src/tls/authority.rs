//! The emulator's own certificate authority, and the certificates that it issues.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::dns_name::CertificateName;
use crate::domain::timestamp::Timestamp;

/// The names that every certificate is good for: this machine's, and the vendor's hosts that an app may call. The SDKs for
/// backends ask the last one about fraud.
pub const BUILT_IN_NAMES: [&str; 6] =
    ["localhost", "127.0.0.1", "::1", "test.stytch.com", "api.stytch.com", "telemetry.stytch.com"];

/// How long an authority lasts.
const AUTHORITY_LIFE: TimeDelta = TimeDelta::days(365);

/// How long a certificate lasts; a new one comes with every start.
const CERTIFICATE_LIFE: TimeDelta = TimeDelta::days(30);

/// A certificate authority.
#[derive(Debug)]
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: CertificateDer<'static>,
    pem: String,
}

/// Why there is no authority, or no certificate: the library refused.
#[derive(Debug, thiserror::Error)]
#[error("a certificate can't be made: {0}")]
pub struct AuthorityError(#[from] rcgen::Error);

impl Authority {
    /// Makes an authority that nobody has seen before; it lives as long as the process.
    ///
    /// # Errors
    /// If the machine has no randomness to give.
    pub fn ephemeral(now: Timestamp) -> Result<Self, AuthorityError> {
        let key = KeyPair::generate()?;
        let params = authority_params(now);
        let certificate = params.self_signed(&key)?;
        Ok(Self { der: certificate.der().clone(), pem: certificate.pem(), issuer: Issuer::new(params, key) })
    }

    /// The authority of a certificate (as PEM, and decoded) and its key.
    ///
    /// # Errors
    /// If the certificate can't be read.
    pub fn new(pem: String, der: CertificateDer<'static>, key: KeyPair) -> Result<Self, rcgen::Error> {
        Ok(Self { issuer: Issuer::from_ca_cert_der(&der, key)?, der, pem })
    }

    /// The authority's certificate, for clients to trust.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The authority's key, for its folder alone.
    pub(super) fn key_pem(&self) -> String {
        self.issuer.key().serialize_pem()
    }

    /// Issues a certificate for the built-in names and some more.
    ///
    /// # Errors
    /// If the authority's key can't sign.
    ///
    /// # Panics
    /// Never: the built-in names are names.
    pub fn issue(
        &self,
        more_names: &[CertificateName],
        now: Timestamp,
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), AuthorityError> {
        let built_in = BUILT_IN_NAMES.iter().map(|name| name.parse().expect("the built-in names are names"));
        let mut params = CertificateParams::default();
        params.subject_alt_names = built_in.chain(more_names.iter().cloned()).map(|name| name.entry()).collect();
        params.distinguished_name = name("stytch-mock");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        set_life(&mut params, now, CERTIFICATE_LIFE);
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        Ok((vec![certificate.der().clone(), self.der.clone()], key.into()))
    }
}

fn authority_params(now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = name("stytch-mock test authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    set_life(&mut params, now, AUTHORITY_LIFE);
    params
}

fn name(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}

/// Good from yesterday on, since clients' clocks differ.
fn set_life(params: &mut CertificateParams, now: Timestamp, life: TimeDelta) {
    let day = |at: DateTime<Utc>| {
        let small = |number: u32| u8::try_from(number).unwrap_or(1);
        date_time_ymd(at.year(), small(at.month()), small(at.day()))
    };
    params.not_before = day(now.datetime() - TimeDelta::days(1));
    params.not_after = day(now.datetime() + life);
}
