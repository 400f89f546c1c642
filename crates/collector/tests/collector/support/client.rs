//! A client that reports every status and follows nothing.

use serde_json::Value;
use ureq::http::{HeaderMap, Request};

/// Somebody who talks to one origin.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) origin: String,
    agent: ureq::Agent,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The body, and where it is text, as text.
    pub(crate) bytes: Vec<u8>,
    pub(crate) body: String,
}

impl Client {
    pub(crate) fn new(origin: String) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .build();
        Self { origin, agent: config.new_agent() }
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    pub(crate) fn post_json(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, &[("content-type", "application/json")], body.to_string())
    }

    pub(crate) fn post_form(&self, path: &str, body: &str) -> Reply {
        self.send("POST", path, &[("content-type", "application/x-www-form-urlencoded")], body)
    }

    pub(crate) fn withdraw(&self, receipt: &str) -> Reply {
        let body = serde_json::json!({ "receipt": receipt }).to_string();
        self.send("DELETE", "/api/v1/responses", &[("content-type", "application/json")], body)
    }

    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Reply {
        self.try_send(method, path, headers, body.into())
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Reply, ureq::Error> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let reply = match body.is_empty() {
            true => self.agent.run(request.body(())?)?,
            false => self.agent.run(request.body(body)?)?,
        };
        let (head, mut body) = reply.into_parts();
        let bytes = body.with_config().limit(64 << 20).read_to_vec()?;
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Reply { status: head.status.as_u16(), headers: head.headers, bytes, body })
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The receipt of a response that was kept.
    pub(crate) fn receipt(&self) -> String {
        self.json()["receipt"].as_str().unwrap_or_else(|| panic!("no receipt: {self:?}")).to_owned()
    }

    /// The code of a problem document, which must be whole and must say what to do.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{problem}");
        assert!(
            problem["title"].is_string()
                && problem["detail"].as_str().is_some_and(|detail| detail.len() > 10)
        );
        assert!(problem["problems"].is_array());
        let kind = problem["type"].as_str().unwrap();
        kind.strip_prefix("urn:qulaq:problem:").unwrap().to_owned()
    }

    /// The codes of `problems`, each with the question it concerns.
    pub(crate) fn problems(&self) -> Vec<String> {
        let problem = self.json();
        let problems = problem["problems"].as_array().unwrap();
        let named = |problem: &Value| {
            format!("{} {}", problem["code"].as_str().unwrap(), problem["question"].as_str().unwrap_or("-"))
        };
        problems.iter().map(named).collect()
    }
}
