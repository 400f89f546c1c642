//! TLS of the collector's own, with certificates made here.

use crate::support::{Collector, Program, Running};
use collector::server::Serving;
use collector::server::tls::{Tls, TlsError};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Two files, with a certificate in them for `localhost`.
struct Files {
    directory: TempDir,
}

impl Files {
    fn new() -> (Self, CertificateDer<'static>) {
        let files = Self { directory: tempfile::tempdir().unwrap() };
        let certificate = files.renew();
        (files, certificate)
    }

    fn chain(&self) -> PathBuf {
        self.directory.path().join("chain.pem")
    }

    fn key(&self) -> PathBuf {
        self.directory.path().join("key.pem")
    }

    /// Writes another certificate with another key, and gives what clients need to believe it.
    fn renew(&self) -> CertificateDer<'static> {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        fs::write(self.key(), signing_key.serialize_pem()).unwrap();
        fs::write(self.chain(), cert.pem()).unwrap();
        cert.der().clone()
    }

    fn open(&self) -> Result<Tls, TlsError> {
        Tls::open(&self.chain(), &self.key())
    }
}

/// What a client that believes this certificate alone agrees on and is told; `None` when it does not believe the server.
async fn ask(
    origin: &str,
    believed: &CertificateDer<'static>,
    offered: &[&str],
) -> Option<(Option<String>, String)> {
    let mut roots = RootCertStore::empty();
    roots.add(believed.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_root_certificates(roots);
    let mut config = config.with_no_client_auth();
    config.alpn_protocols = offered.iter().map(|name| name.as_bytes().to_vec()).collect();
    let socket = tokio::net::TcpStream::connect(origin.strip_prefix("https://").unwrap()).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let mut socket = TlsConnector::from(Arc::new(config)).connect(name, socket).await.ok()?;
    let agreed = socket.get_ref().1.alpn_protocol().map(|name| String::from_utf8(name.to_vec()).unwrap());
    if agreed.as_deref() == Some("h2") {
        return Some((agreed, String::new()));
    }
    socket.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut told = Vec::new();
    socket.read_to_end(&mut told).await.unwrap();
    Some((agreed, String::from_utf8(told).unwrap()))
}

#[test]
fn a_collector_with_a_certificate_speaks_tls_and_agrees_on_the_protocol() {
    let (files, certificate) = Files::new();
    let serving = Serving { tls: Some(Arc::new(files.open().unwrap())), ..Serving::default() };
    let collector = Collector::serving(&[], serving);
    collector.wait(async {
        let (agreed, told) = ask(&collector.origin, &certificate, &["http/1.1"]).await.unwrap();
        assert_eq!(agreed.as_deref(), Some("http/1.1"));
        assert!(told.starts_with("HTTP/1.1 200 ") && told.ends_with("ok\n"), "{told}");
        let (agreed, _) = ask(&collector.origin, &certificate, &["h2", "http/1.1"]).await.unwrap();
        assert_eq!(agreed.as_deref(), Some("h2"));
    });
}

#[test]
fn new_files_are_taken_over_and_bad_ones_leave_the_old() {
    let (files, _) = Files::new();
    let tls = files.open().unwrap();
    assert!(!tls.reload().unwrap(), "nothing has changed");
    files.renew();
    assert!(tls.reload().unwrap());

    fs::write(files.key(), "no key").unwrap();
    assert!(matches!(tls.reload(), Err(TlsError::NotPem { .. })));
    let (other, _) = Files::new();
    fs::copy(other.key(), files.key()).unwrap();
    assert!(matches!(tls.reload(), Err(TlsError::Unusable { .. })), "a key of another certificate");
    fs::remove_file(files.key()).unwrap();
    assert!(matches!(tls.reload(), Err(TlsError::Unreadable { .. })));
    files.renew();
    assert!(tls.reload().unwrap());
}

fn serve(program: &Program, directory: &Path) -> Running {
    let path = |name: &str| directory.join(name).display().to_string();
    let (chain, key) = (path("chain.pem"), path("key.pem"));
    let arguments =
        ["serve", "--listen", "127.0.0.1:0", "--widget", "widget", "--tls-cert", &chain, "--tls-key", &key];
    Running::start(program.command(&arguments))
}

#[tokio::test]
async fn a_certificate_is_renewed_while_the_program_runs() {
    let (files, first) = Files::new();
    let program = Program::new();
    let mut server = serve(&program, files.directory.path());
    let origin = server.client.origin.clone();
    assert!(ask(&origin, &first, &[]).await.is_some());

    fs::write(files.chain(), "half a certifica").unwrap();
    server.signal("HUP");
    assert!(server.log_line("the old certificate stays in use").contains("chain.pem"));
    assert!(ask(&origin, &first, &[]).await.is_some(), "bad files change nothing");

    let second = files.renew();
    server.signal("HUP");
    let began = Instant::now();
    while ask(&origin, &second, &[]).await.is_none() {
        assert!(began.elapsed() < Duration::from_secs(30), "the new certificate is not in use");
    }
    assert!(ask(&origin, &first, &[]).await.is_none(), "the first is not shown any more");
    server.signal("TERM");
    assert!(server.process.wait().unwrap().success());
}

#[test]
fn a_certificate_that_cannot_be_used_is_said_at_the_start() {
    let (files, _) = Files::new();
    fs::write(files.chain(), "").unwrap();
    let program = Program::new();
    let (chain, key) = (files.chain().display().to_string(), files.key().display().to_string());
    let said = program.fail(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--widget",
        "widget",
        "--tls-cert",
        &chain,
        "--tls-key",
        &key,
    ]);
    assert!(said.contains("chain.pem cannot be used with its key"), "{said}");
}
