//! One connection to a collector, by hand: every byte that a fault can cut off is written and read here.
//!
//! It knows as much of HTTP/1.1 as the collector's replies to a post need, and asks nothing again by itself: whoever
//! sends decides what is sent twice.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The type of a response.
const JSON: &str = "application/json";

/// A connection that is kept alive.
pub(crate) struct Wire(BufReader<TcpStream>);

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: u16,
    /// The lines of the head, in lower case.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: String,
}

impl Wire {
    /// Connects, for somebody who waits no longer than this for a reply. A collector that does not take the connection within
    /// a few seconds is not there.
    pub(crate) fn connect(to: SocketAddr, patience: Duration) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&to, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(patience))?;
        stream.set_write_timeout(Some(patience))?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Posts JSON and waits for the reply.
    pub(crate) fn post(&mut self, path: &str, json: &str) -> io::Result<Reply> {
        self.write(path, json)?;
        self.read()
    }

    /// Posts what a browser posts of a form in somebody's page, as a proxy does for whoever is at this address, and waits for
    /// the reply.
    pub(crate) fn post_form(&mut self, address: &str, path: &str, form: &str) -> io::Result<Reply> {
        let headers = format!("X-Forwarded-For: {address}\r\nAccept: text/x-qulaq-fragment\r\n");
        self.write_with(&headers, path, ("application/x-www-form-urlencoded", form))?;
        self.read()
    }

    /// Asks for something.
    pub(crate) fn get(&mut self, path: &str) -> io::Result<Reply> {
        write!(self.0.get_mut(), "GET {path} HTTP/1.1\r\nHost: chaos\r\n\r\n")?;
        self.read()
    }

    /// Posts JSON, as a proxy does for somebody at this address, and waits for the reply.
    pub(crate) fn post_for(&mut self, address: &str, path: &str, json: &str) -> io::Result<Reply> {
        self.write_with(&format!("X-Forwarded-For: {address}\r\n"), path, (JSON, json))?;
        self.read()
    }

    /// Writes a post and does not wait.
    pub(crate) fn write(&mut self, path: &str, json: &str) -> io::Result<()> {
        self.write_with("", path, (JSON, json))
    }

    fn write_with(&mut self, headers: &str, path: &str, (kind, body): (&str, &str)) -> io::Result<()> {
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: chaos\r\n{headers}Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.0.get_mut().write_all(request.as_bytes())
    }

    /// Reads the reply to what was written first. One that ends early is an error, never a shorter reply.
    pub(crate) fn read(&mut self) -> io::Result<Reply> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut head)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        let head = head.to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "no status"))?;
        let length = value(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(Reply { status, head, body })
    }
}

impl Reply {
    /// The receipt of a response that is kept.
    pub(crate) fn receipt(&self) -> Option<String> {
        self.told("receipt")
    }

    /// What the matter is called that the response has opened.
    pub(crate) fn matter(&self) -> Option<String> {
        self.told("number")
    }

    fn told(&self, field: &str) -> Option<String> {
        let body: serde_json::Value = serde_json::from_str(&self.body).ok()?;
        Some(body[field].as_str()?.to_owned())
    }

    /// Whether it says that nothing was kept and that it may be tried again later, in the documented way.
    pub(crate) fn is_honest_refusal(&self) -> bool {
        matches!(self.status, 503 | 507)
            && value(&self.head, "content-type") == Some("application/problem+json")
            && value(&self.head, "retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok())
    }
}

fn value<'head>(head: &'head str, name: &str) -> Option<&'head str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// What is read of these bytes.
    fn reading(bytes: &'static str) -> io::Result<Reply> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut wire = Wire::connect(listener.local_addr().unwrap(), Duration::from_secs(5)).unwrap();
        let (mut served, _) = listener.accept().unwrap();
        served.write_all(bytes.as_bytes()).unwrap();
        drop(served);
        wire.read()
    }

    #[test]
    fn a_reply_is_read_whole() {
        let reply =
            reading("HTTP/1.1 201 Created\r\nContent-Length: 17\r\n\r\n{\"receipt\": \"R\"}\n").unwrap();
        assert_eq!((reply.status, reply.receipt().as_deref()), (201, Some("R")));
    }

    #[test]
    fn a_reply_that_is_cut_off_anywhere_is_no_reply() {
        for cut in ["", "HTTP/1.1 201 Cr", "HTTP/1.1 201 Created\r\nContent-Length: 17\r\n\r\n{\"receipt\""] {
            assert!(reading(cut).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_refusal_is_honest_when_it_is_documented_and_says_when_to_come_back() {
        let of = |head: &str| reading_refusal(503, head).is_honest_refusal();
        assert!(of("content-type: application/problem+json\r\nretry-after: 2\r\n"));
        assert!(!of("content-type: text/html\r\nretry-after: 2\r\n"));
        assert!(!of("content-type: application/problem+json\r\n"));
    }

    fn reading_refusal(status: u16, head: &str) -> Reply {
        Reply { status, head: head.to_owned(), body: String::new() }
    }
}
