//! The certificate, and its renewal while the program runs.

use super::hang_ups::HangUps;
use crate::refusal::log_failure;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig, crypto::ring};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(10);

/// A certificate with its key, read again when the files change.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Loaded>,
}

struct Loaded {
    /// Both files as they were read.
    files: [Vec<u8>; 2],
    acceptor: TlsAcceptor,
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not PEM, or has nothing of what is wanted in it.
    #[error("there is no {wanted} in {path}: it must be in PEM, as certbot and openssl write it")]
    NotPem {
        /// What was looked for.
        wanted: &'static str,
        /// Where.
        path: PathBuf,
        /// Why.
        source: pem::Error,
    },
    /// The certificate and the key do not go together, or cannot be used.
    #[error("the certificate in {path} cannot be used with its key")]
    Unusable {
        /// The file of the certificate.
        path: PathBuf,
        /// Why.
        source: rustls::Error,
    },
}

impl Tls {
    /// Reads a chain of certificates, that of the server first, and its key, both in PEM.
    ///
    /// # Errors
    /// When they cannot be read, or do not go together.
    pub fn open(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let current = Loaded::of(certificate, read_both(certificate, key)?)?;
        Ok(Self { certificate: certificate.into(), key: key.into(), current: RwLock::new(current) })
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        self.current.read().unwrap_or_else(PoisonError::into_inner).acceptor.clone()
    }

    /// Reads the files again; `true` when they have changed. Connections that there are keep what they began with.
    ///
    /// # Errors
    /// When the new ones cannot be used. Then the old ones stay.
    pub fn reload(&self) -> Result<bool, TlsError> {
        let files = read_both(&self.certificate, &self.key)?;
        if self.current.read().unwrap_or_else(PoisonError::into_inner).files == files {
            return Ok(false);
        }
        let new = Loaded::of(&self.certificate, files)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(true)
    }

    /// Reads the files again whenever they change, and when somebody asks for it, for ever.
    pub(crate) async fn follow(&self, mut asked: HangUps) {
        let mut failed = false;
        loop {
            let was_asked = tokio::time::timeout(LOOK, asked.next()).await.is_ok();
            match self.reload() {
                Ok(true) => tracing::info!("a new certificate is in use"),
                Ok(false) => {}
                // Said once, not every ten seconds: the old one may serve for weeks.
                Err(error) if was_asked || !failed => {
                    log_failure("the old certificate stays in use", &error);
                    failed = true;
                    continue;
                }
                Err(_) => continue,
            }
            failed = false;
        }
    }
}

impl Loaded {
    fn of(path: &Path, files: [Vec<u8>; 2]) -> Result<Self, TlsError> {
        let not_pem = |wanted| move |source| TlsError::NotPem { wanted, path: path.to_owned(), source };
        let unusable = |source| TlsError::Unusable { path: path.to_owned(), source };
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&files[0]).collect();
        let chain = chain.map_err(not_pem("certificate"))?;
        let key =
            PrivateKeyDer::from_pem_slice(&files[1]).map_err(not_pem("private key for the certificate"))?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(unusable)?;
        let mut config = config.with_no_client_auth().with_single_cert(chain, key).map_err(unusable)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { files, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

fn read_both(certificate: &Path, key: &Path) -> Result<[Vec<u8>; 2], TlsError> {
    let read =
        |path: &Path| fs::read(path).map_err(|source| TlsError::Unreadable { path: path.to_owned(), source });
    Ok([read(certificate)?, read(key)?])
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tls").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}
