//! One body in up to three encodings, made once and sent often.

use crate::digest::short_name;
use crate::refusal::Refusal;
use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};

/// A body that does not change, with its compressed copies.
#[derive(Clone, Debug)]
pub(crate) struct Encoded {
    content_type: &'static str,
    tag: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// Bytes from which the last few in a hundred would cost whoever asks first several seconds: a definition with all the
/// settlements of the country.
const LARGE: usize = 256 * 1024;

/// How small a body is to become.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Effort {
    /// As small as it goes: it is sent often.
    Once,
    /// As small as it goes in a millisecond or two: it is made for one request.
    EachTime,
}

impl Encoded {
    /// Takes copies that were compressed before.
    pub(crate) fn with_copies(
        content_type: &'static str,
        plain: Bytes,
        brotli: Option<Bytes>,
        gzip: Option<Bytes>,
    ) -> Self {
        // Weak, because one tag stands for three sequences of bytes.
        let tag = format!("W/\"{}\"", short_name(&plain));
        Self { content_type, tag, plain, brotli, gzip }
    }

    /// The body as it is.
    pub(crate) fn plain(&self) -> &Bytes {
        &self.plain
    }

    /// The body in each encoding that there is, with what is added to the name of a file for it.
    pub(crate) fn copies(&self) -> impl Iterator<Item = (&'static str, &Bytes)> {
        let compressed = [(".br", &self.brotli), (".gz", &self.gzip)];
        let compressed = compressed.into_iter().filter_map(|(ending, copy)| Some((ending, copy.as_ref()?)));
        compressed.chain([("", &self.plain)])
    }

    /// Makes a body and compresses it. That is slow, so it has a thread of its own.
    pub(crate) async fn make(
        content_type: &'static str,
        effort: Effort,
        body: impl FnOnce() -> String + Send + 'static,
    ) -> Result<Self, Refusal> {
        let making = tokio::task::spawn_blocking(move || Self::compress(content_type, effort, body()));
        let made = making.await.map_err(|error| Refusal::internal("a body could not be made", &error))?;
        made.map_err(|error| Refusal::internal("a body could not be compressed", &error))
    }

    fn compress(content_type: &'static str, effort: Effort, plain: String) -> io::Result<Self> {
        let (quality, level) = match effort {
            Effort::Once if plain.len() > LARGE => (9, Compression::best()),
            Effort::Once => (11, Compression::best()),
            Effort::EachTime => (4, Compression::fast()),
        };
        let (brotli, gzip) = (brotli(plain.as_bytes(), quality)?, gzip(plain.as_bytes(), level)?);
        Ok(Self::with_copies(content_type, plain.into(), Some(brotli.into()), Some(gzip.into())))
    }

    /// Answers a request with these headers: in the smallest encoding that the client takes, or with 304 when it has
    /// the body already.
    pub(crate) fn respond(&self, request: &HeaderMap, cache_control: &'static str) -> Response {
        let about = [(CACHE_CONTROL, cache_control), (ETAG, &self.tag), (VARY, "accept-encoding")];
        if self.is_known(request) {
            return (StatusCode::NOT_MODIFIED, about).into_response();
        }
        let (encoding, body) = self.best(request);
        let mut response = (about, [(CONTENT_TYPE, self.content_type)], body).into_response();
        if let Some(encoding) = encoding {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    fn is_known(&self, request: &HeaderMap) -> bool {
        let same =
            |tag: &str| tag == "*" || tag.trim_start_matches("W/") == self.tag.trim_start_matches("W/");
        listed(request, &IF_NONE_MATCH).any(same)
    }

    fn best(&self, request: &HeaderMap) -> (Option<&'static str>, Bytes) {
        let copies = [("br", &self.brotli), ("gzip", &self.gzip)];
        copies
            .into_iter()
            .filter(|(encoding, _)| accepts(request, encoding))
            .find_map(|(encoding, copy)| Some((Some(encoding), copy.clone()?)))
            .unwrap_or_else(|| (None, self.plain.clone()))
    }
}

/// Whether a client that names its encodings names this one, and does not weigh it zero.
fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    listed(request, &ACCEPT_ENCODING).any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
        name.trim().eq_ignore_ascii_case(encoding) && weight.unwrap_or(1.0) > 0.0
    })
}

fn listed<'a>(request: &'a HeaderMap, header: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = request.get_all(header).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}

fn brotli(plain: &[u8], quality: i32) -> io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality, size_hint: plain.len(), ..Default::default() };
    let mut encoded = Vec::new();
    brotli::BrotliCompress(&mut &plain[..], &mut encoded, &parameters)?;
    Ok(encoded)
}

fn gzip(plain: &[u8], level: Compression) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(plain)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    fn encoding(accept: &'static str) -> Option<String> {
        let encoded = Encoded::compress("text/html", Effort::Once, "қ".repeat(100)).unwrap();
        let response = encoded.respond(&headers(ACCEPT_ENCODING, accept), "no-cache");
        response.headers().get(CONTENT_ENCODING).map(|value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn the_smallest_encoding_that_is_taken_is_sent() {
        assert_eq!(encoding("gzip, deflate, br, zstd").as_deref(), Some("br"));
        assert_eq!(encoding("gzip;q=0.5, BR;q=0").as_deref(), Some("gzip"));
        assert_eq!(encoding("br;q=0.000, deflate"), None);
        assert_eq!(encoding(""), None);
    }

    #[test]
    fn a_body_that_is_known_is_not_sent_again() {
        let encoded = Encoded::compress("text/html", Effort::Once, "қ".to_owned()).unwrap();
        let status = |known: String| {
            let known = HeaderMap::from_iter([(IF_NONE_MATCH, known.try_into().unwrap())]);
            encoded.respond(&known, "no-cache").status()
        };
        assert_eq!(status(format!("\"other\", {}", encoded.tag)), StatusCode::NOT_MODIFIED);
        assert_eq!(status(encoded.tag.replace("W/", "")), StatusCode::NOT_MODIFIED);
        assert_eq!(status("\"other\"".to_owned()), StatusCode::OK);
    }
}
