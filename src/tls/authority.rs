//! The emulator's own certificate authority: issued at start, or kept in a folder so that trust outlives a restart.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData, date_time_ymd,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::domain::timestamp::Timestamp;

/// The names that every certificate is good for: this machine's, and the vendor's hosts that an app may call.
pub const BUILT_IN_NAMES: [&str; 5] = ["localhost", "127.0.0.1", "::1", "test.stytch.com", "api.stytch.com"];

/// How long an authority lasts.
const AUTHORITY_LIFE: TimeDelta = TimeDelta::days(365);

/// How long a certificate lasts; a new one comes with every start.
const CERTIFICATE_LIFE: TimeDelta = TimeDelta::days(30);

const CERTIFICATE_FILE: &str = "ca.pem";
const KEY_FILE: &str = "ca-key.pem";

/// A certificate authority.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: CertificateDer<'static>,
    pem: String,
}

/// Why there is no authority.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// The folder can't be used.
    #[error("--ca-dir {}: {error}", path.display())]
    Folder {
        /// The file or folder in question.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// What lies there is no authority.
    #[error("--ca-dir {}: {what}; remove ca.pem and ca-key.pem to have new ones made", path.display())]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A name can't stand in a certificate.
    #[error("--tls-name: {0}")]
    Name(rcgen::Error),
    /// The library refused.
    #[error("a certificate can't be made: {0}")]
    Issue(#[from] rcgen::Error),
}

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

    /// The authority of a folder; made there if the folder has none.
    ///
    /// # Errors
    /// If the folder can't be read or written, or holds something else.
    pub fn kept_in(folder: &Path, now: Timestamp) -> Result<Self, AuthorityError> {
        let (certificate_file, key_file) = (folder.join(CERTIFICATE_FILE), folder.join(KEY_FILE));
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| AuthorityError::Folder { path, error }
        };
        if let (Ok(false), Ok(false)) = (fs::exists(&certificate_file), fs::exists(&key_file)) {
            let authority = Self::ephemeral(now)?;
            fs::create_dir_all(folder).map_err(failed(folder))?;
            write_private(&key_file, &authority.issuer.key().serialize_pem()).map_err(failed(&key_file))?;
            fs::write(&certificate_file, &authority.pem).map_err(failed(&certificate_file))?;
            return Ok(authority);
        }
        let pem = fs::read_to_string(&certificate_file).map_err(failed(&certificate_file))?;
        let key = fs::read_to_string(&key_file).map_err(failed(&key_file))?;
        let unusable = |what: String| AuthorityError::Unusable { path: folder.to_owned(), what };
        Self::from_pem(pem, &key, now).map_err(unusable)
    }

    fn from_pem(pem: String, key: &str, now: Timestamp) -> Result<Self, String> {
        let key = KeyPair::from_pem(key).map_err(|error| format!("ca-key.pem is no private key ({error})"))?;
        let der = super::first_certificate(pem.as_bytes()).map_err(|what| format!("ca.pem {what}"))?;
        super::check_validity(&der, now).map_err(|what| format!("ca.pem {what}"))?;
        if !super::is_key_of(&der, &key.subject_public_key_info()) {
            return Err("ca-key.pem is not the key of ca.pem".to_owned());
        }
        let issuer = Issuer::from_ca_cert_pem(&pem, key).map_err(|error| format!("ca.pem is no certificate ({error})"))?;
        Ok(Self { issuer, der, pem })
    }

    /// The authority's certificate, for clients to trust.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Issues a certificate for the built-in names and some more.
    ///
    /// # Errors
    /// If a name can't stand in a certificate.
    pub fn issue(
        &self,
        more_names: &[String],
        now: Timestamp,
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), AuthorityError> {
        let names = BUILT_IN_NAMES.iter().map(ToString::to_string).chain(more_names.iter().cloned());
        let mut params = CertificateParams::new(names.collect::<Vec<_>>()).map_err(AuthorityError::Name)?;
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

/// Writes a file that only its owner may read.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::Write::write_all(&mut options.open(path)?, text.as_bytes())
}
