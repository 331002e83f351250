//! An authority in a folder, so that trust in it outlives a restart: made there once, and used from then on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rcgen::KeyPair;
use x509_parser::prelude::X509Certificate;

use super::authority::{Authority, AuthorityError};
use super::certificate;
use crate::domain::timestamp::Timestamp;

const CERTIFICATE_FILE: &str = "ca.pem";
const KEY_FILE: &str = "ca-key.pem";

/// Held by the one of several emulators that makes the authority.
const LOCK_FILE: &str = "ca.lock";

/// Why a folder's authority can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CaDirectoryError {
    /// The folder, or a file of it, can't be read or written.
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
    /// A new authority can't be made.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
}

/// The authority of a folder; made there if the folder has none.
///
/// # Errors
/// If the folder can't be read or written, or holds something else.
pub fn authority(folder: &Path, now: Timestamp) -> Result<Authority, CaDirectoryError> {
    let certificate_file = folder.join(CERTIFICATE_FILE);
    let there = |path: &Path| fs::exists(path).map_err(|error| failed(path, error));
    if !there(&certificate_file)? {
        let lock_file = folder.join(LOCK_FILE);
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        let lock = fs::File::create(&lock_file).map_err(|error| failed(&lock_file, error))?;
        lock.lock().map_err(|error| failed(&lock_file, error))?;
        if !there(&certificate_file)? && !there(&folder.join(KEY_FILE))? {
            make(folder, now)?;
        }
    }
    let pem = read(folder, CERTIFICATE_FILE)?;
    let key = read(folder, KEY_FILE)?;
    parse(pem, &key, now).map_err(|what| CaDirectoryError::Unusable { path: folder.to_owned(), what })
}

/// The certificate comes last and whole: where it is, the key is, too.
fn make(folder: &Path, now: Timestamp) -> Result<(), CaDirectoryError> {
    let authority = Authority::ephemeral(now)?;
    let (key_file, certificate_file) = (folder.join(KEY_FILE), folder.join(CERTIFICATE_FILE));
    write_private(&key_file, &authority.key_pem()).map_err(|error| failed(&key_file, error))?;
    let draft = certificate_file.with_extension("pem.new");
    let written = fs::write(&draft, authority.pem()).and_then(|()| fs::rename(&draft, &certificate_file));
    written.map_err(|error| failed(&certificate_file, error))
}

fn read(folder: &Path, file: &str) -> Result<String, CaDirectoryError> {
    let path = folder.join(file);
    fs::read_to_string(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => CaDirectoryError::Unusable { path: folder.to_owned(), what: format!("{file} is missing") },
        _ => failed(&path, error),
    })
}

fn parse(pem: String, key: &str, now: Timestamp) -> Result<Authority, String> {
    // the file is handed to whoever asks
    if pem.contains("PRIVATE KEY") {
        return Err("ca.pem holds a private key".to_owned());
    }
    let der = certificate::first_certificate(pem.as_bytes()).map_err(|what| format!("ca.pem {what}"))?;
    certificate::check_validity(&der, now).map_err(|what| format!("ca.pem {what}"))?;
    if !certificate::parse(&der)?.is_ca() || !may_sign(&certificate::parse(&der)?) {
        return Err("ca.pem is no authority's certificate".to_owned());
    }
    // what the library says of a broken key may quote it
    let key = KeyPair::from_pem(key).map_err(|_| "ca-key.pem holds no unencrypted private key in PEM (PKCS #8)".to_owned())?;
    if !certificate::is_key_of(&der, &rcgen::PublicKeyData::subject_public_key_info(&key)) {
        return Err("ca-key.pem is not the key of ca.pem".to_owned());
    }
    Authority::new(pem, der, key).map_err(|error| format!("ca.pem can't be used ({error})"))
}

fn may_sign(certificate: &X509Certificate<'_>) -> bool {
    let usage = certificate.key_usage().ok().flatten();
    usage.is_none_or(|usage| usage.value.key_cert_sign())
}

fn failed(path: &Path, error: io::Error) -> CaDirectoryError {
    CaDirectoryError::Folder { path: path.to_owned(), error }
}

/// Writes a file that only its owner may read.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::Write::write_all(&mut options.open(path)?, text.as_bytes())
}
