//! What the server shows: a certificate that the user brought, or one that was issued at start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use super::authority::{Authority, AuthorityError};
use super::ca_directory::{self, CaDirectoryError};
use super::certificate::{check_validity, first_certificate, is_key_of};
use super::dns_name::CertificateName;
use crate::domain::timestamp::Timestamp;

/// What the server shows its clients.
#[derive(Debug, Clone, Default)]
pub struct TlsSettings {
    /// A certificate chain and its key, as PEM files; otherwise one is issued.
    pub identity: Option<(PathBuf, PathBuf)>,
    /// More names for an issued certificate.
    pub names: Vec<CertificateName>,
    /// Where the issuing authority is kept.
    pub ca_dir: Option<PathBuf>,
}

/// The server's side of TLS, ready for handshakes.
#[derive(Debug, Clone)]
pub struct Tls {
    /// What rustls needs.
    pub config: Arc<ServerConfig>,
    /// What clients have to trust, if the emulator issued it.
    pub ca_pem: Option<Arc<str>>,
}

/// Why TLS can't be had.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file can't be read.
    #[error("{flag} {}: {error}", path.display())]
    Unreadable {
        /// The flag that named it.
        flag: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A file holds something else, or something too old.
    #[error("{flag} {}: it {what}", path.display())]
    Unusable {
        /// The flag that named it.
        flag: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The two don't belong together.
    #[error("--tls-key {} is not the key of --tls-cert {}", key.display(), certificate.display())]
    Mismatch {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
    },
    /// The own authority failed.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    /// The folder of the own authority can't be used.
    #[error(transparent)]
    CaDirectory(#[from] CaDirectoryError),
    /// rustls refused.
    #[error("TLS can't be set up: {0}")]
    Setup(#[from] rustls::Error),
}

impl Tls {
    /// Prepares TLS; `now` is the machine's time.
    ///
    /// # Errors
    /// If what the user brought can't be used, or the authority's folder can't.
    pub fn prepare(settings: &TlsSettings, now: Timestamp) -> Result<Self, TlsError> {
        let (chain, key, ca_pem) = if let Some((certificate, key)) = &settings.identity {
            let (chain, key) = read_identity(certificate, key, now)?;
            (chain, key, None)
        } else {
            let authority = match &settings.ca_dir {
                Some(folder) => ca_directory::authority(folder, now)?,
                None => Authority::ephemeral(now)?,
            };
            let (chain, key) = authority.issue(&settings.names, now)?;
            (chain, key, Some(authority.pem().into()))
        };
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), ca_pem })
    }
}

type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn read_identity(certificate: &Path, key: &Path, now: Timestamp) -> Result<Identity, TlsError> {
    const CERT: &str = "--tls-cert";
    const KEY: &str = "--tls-key";
    let read = |flag, path: &Path| fs::read(path).map_err(|error| TlsError::Unreadable { flag, path: path.to_owned(), error });
    let unusable = |flag, path: &Path, what: String| TlsError::Unusable { flag, path: path.to_owned(), what };
    let pem = read(CERT, certificate)?;
    let leaf = first_certificate(&pem).map_err(|what| unusable(CERT, certificate, what))?;
    check_validity(&leaf, now).map_err(|what| unusable(CERT, certificate, what))?;
    let chain: Result<_, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let chain = chain.map_err(|_| unusable(CERT, certificate, "holds a broken certificate after its first".to_owned()))?;
    let der = PrivateKeyDer::from_pem_slice(&read(KEY, key)?);
    let der = der.map_err(|_| unusable(KEY, key, "holds no unencrypted private key in PEM".to_owned()))?;
    let signing = rustls::crypto::ring::sign::any_supported_type(&der);
    let signing = signing.map_err(|error| unusable(KEY, key, format!("holds a key that can't be used: {error}")))?;
    if signing.public_key().is_some_and(|public| !is_key_of(&leaf, &public)) {
        return Err(TlsError::Mismatch { certificate: certificate.to_owned(), key: key.to_owned() });
    }
    Ok((chain, der))
}
