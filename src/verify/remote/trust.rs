//! Whom TLS trusts: the authorities of a file, or those of the system. The system's are looked for where the usual
//! distributions keep them, as OpenSSL does; no library is linked for it, and no list of authorities ages in the program.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, io};

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

/// The variable by which OpenSSL, and much else, is told where the authorities are.
const VARIABLE: &str = "SSL_CERT_FILE";

/// Where systems keep their authorities: Debian, Fedora, SUSE, Alpine and macOS.
const USUAL: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Why nobody can be trusted.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file can't be read.
    #[error("--cacert {}: {error}", path.display())]
    Unreadable {
        /// What was asked for.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// It holds no certificate.
    #[error("--cacert {}: there is no certificate (PEM) in it", .0.display())]
    Empty(PathBuf),
    /// The system has no authorities, or keeps them elsewhere.
    #[error("this system's certificate authorities were not found; name a file of them (PEM) by --cacert or {VARIABLE}")]
    NoSystem,
    /// The library refuses.
    #[error("TLS can't be set up: {0}")]
    Tls(#[from] rustls::Error),
}

/// The TLS of a client that trusts the authorities of `file`, or those of the system.
///
/// # Errors
/// If there are none.
pub fn config(file: Option<&Path>) -> Result<Arc<ClientConfig>, TrustError> {
    let roots = match file {
        Some(path) => {
            let pem = fs::read(path).map_err(|error| TrustError::Unreadable { path: path.to_owned(), error })?;
            authorities(&pem).ok_or_else(|| TrustError::Empty(path.to_owned()))?
        }
        None => system().ok_or(TrustError::NoSystem)?,
    };
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let mut config = builder.with_safe_default_protocol_versions()?.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn system() -> Option<RootCertStore> {
    let told = env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    let mut files = told.into_iter().chain(USUAL.iter().map(PathBuf::from));
    files.find_map(|path| authorities(&fs::read(path).ok()?))
}

/// The authorities of a PEM file; what is none is passed over. `None` if there are none at all.
fn authorities(pem: &[u8]) -> Option<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(CertificateDer::pem_slice_iter(pem).filter_map(Result::ok));
    (!roots.is_empty()).then_some(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificates_is_named() {
        let refused = |path: &str| config(Some(Path::new(path))).unwrap_err().to_string();
        assert_eq!(refused("Cargo.toml"), "--cacert Cargo.toml: there is no certificate (PEM) in it");
        assert!(refused("no/such.pem").starts_with("--cacert no/such.pem: "));
    }
}
