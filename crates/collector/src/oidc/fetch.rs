//! One request to the provider: over TLS, except on this machine; bounded in time and size; no redirect is followed, for
//! a provider says its addresses itself.

use super::config::Endpoint;
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use axum::http::{Method, Request};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long one request may take, and how much may come of it.
const PATIENCE: Duration = Duration::from_secs(8);
const MOST: usize = 256 * 1024;

type AnyError = Box<dyn Error + Send + Sync>;

/// Somebody who asks the provider.
pub(super) struct Fetch(TlsConnector);

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Bytes,
}

impl Fetch {
    /// The provider is trusted by the certificates of this machine, or those that `SSL_CERT_FILE` names.
    pub(super) fn new() -> Result<Self, rustls::Error> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(ring).with_safe_default_protocol_versions()?;
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    pub(super) async fn get(&self, at: &Endpoint) -> Result<Answer, AnyError> {
        let request = begun(at, Method::GET).body(Full::default())?;
        self.in_time(at, request).await
    }

    /// Posts a form, with what says who asks.
    pub(super) async fn post(
        &self,
        at: &Endpoint,
        form: String,
        authorization: Option<String>,
    ) -> Result<Answer, AnyError> {
        let mut request = begun(at, Method::POST).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        self.in_time(at, request.body(Full::from(form))?).await
    }

    async fn in_time(&self, at: &Endpoint, request: Request<Full<Bytes>>) -> Result<Answer, AnyError> {
        tokio::time::timeout(PATIENCE, self.send(at, request)).await?
    }

    async fn send(&self, at: &Endpoint, request: Request<Full<Bytes>>) -> Result<Answer, AnyError> {
        let encrypted = at.uri().scheme_str() == Some("https");
        let host = at.uri().host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = at.uri().port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        let stream = TcpStream::connect((host.as_str(), port)).await?;
        if encrypted {
            let name = ServerName::try_from(host).map_err(io::Error::other)?;
            exchange(self.0.connect(name, stream).await?, request).await
        } else {
            exchange(stream, request).await
        }
    }
}

fn begun(at: &Endpoint, method: Method) -> axum::http::request::Builder {
    let path = at.uri().path_and_query().map_or("/", |path| path.as_str());
    let host = at.uri().authority().map_or("", |authority| authority.as_str());
    Request::builder()
        .method(method)
        .uri(path)
        .header(HOST, host)
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, "qulaq")
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, AnyError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let reply = async {
        let (head, body) = sender.send_request(request).await?.into_parts();
        let body = Limited::new(body, MOST).collect().await?.to_bytes();
        Ok(Answer { status: head.status.as_u16(), body })
    };
    let reply: Result<Answer, AnyError> = reply.await;
    connection.abort();
    reply
}
